"""Posters and cards that a practice prints: what they say, and how they are set."""
