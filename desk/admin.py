"""What the administration shows, one class a noun."""
