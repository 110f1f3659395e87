"""What link workers see: the Django project."""
