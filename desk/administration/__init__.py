"""The administration: what a programme officer looks after, without a developer."""
