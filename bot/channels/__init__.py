"""The ways in and out, one file each, all of the shape that `channel.py` shows."""
