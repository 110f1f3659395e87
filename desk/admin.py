"""Where Django's admin looks for pages: ours stand in desk/administration/."""

from desk.administration import people, practices  # noqa: F401
