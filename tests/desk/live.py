"""Reads the live parts of a page as htmx would."""

import re


def shown_version(page, part):
    """The version that a live part says it shows."""
    return re.search(rf'id="{part}"[^>]*"seen": "(\w+)"', page).group(1)
