"""Posters and cards: what they say, what scans, what is read aloud, what fits."""
