"""Times as people say them: "today 5pm", "2 hours", "mornings, not before 10am"."""

from datetime import timedelta

from django.utils import timezone

from social_prescribing.callbacks import TimePreference
from social_prescribing.contact_times import DAYS, WEEKDAYS
from social_prescribing.working_time import GLASGOW


def clock(moment):
    """`5pm`, `9:30am`."""
    return f"{moment:%I:%M}".lstrip("0").removesuffix(":00") + f"{moment:%p}".lower()


def spoken_moment(moment, *, now=None):
    """`today 5pm`, `tomorrow 9am`, `Thursday 5pm`, `26 November 5pm`."""
    local = moment.astimezone(GLASGOW)
    today = (now or timezone.now()).astimezone(GLASGOW).date()
    days = (local.date() - today).days
    if days in (-1, 0, 1):
        day = {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    elif 1 < days < 7:
        day = f"{local:%A}"
    else:
        day = f"{local.day} {local:%B}"
    return f"{day} {clock(local)}"


def exact_moment(moment):
    """`Thursday 26 November 2026, 17:00`."""
    local = moment.astimezone(GLASGOW)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def spoken_span(span):
    """`less than a minute`, `12 minutes`, `3 hours`, `2 days`: the largest unit, rounded down."""
    for unit, length in (
        ("day", timedelta(days=1)),
        ("hour", timedelta(hours=1)),
        ("minute", timedelta(minutes=1)),
    ):
        if count := span // length:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def spoken_contact_times(callback):
    """When it is good to ring, as it was read: `Tuesdays or Thursdays, not before 10am`."""
    parts = [_spoken_days(callback.days), _spoken_bounds(callback)]
    return ", ".join(filter(None, parts)) or "any time"


def _spoken_days(days):
    if not days or set(days) == set(DAYS):
        return ""
    if set(days) == set(WEEKDAYS):
        return "weekdays"
    left_out = [day for day in WEEKDAYS if day not in days]
    if len(left_out) == 1 and set(days) < set(WEEKDAYS):
        return f"weekdays but {left_out[0].capitalize()}"
    named = [day.capitalize() for day in DAYS if day in days]
    return " or ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _spoken_bounds(callback):
    start, end = callback.not_before, callback.not_after
    if start and end:
        return f"between {clock(start)} and {clock(end)}"
    if start:
        return f"not before {clock(start)}"
    if end:
        return f"not after {clock(end)}"
    if callback.time_preference != TimePreference.ANY:
        return f"in the {callback.get_time_preference_display().lower()}"
    return ""
