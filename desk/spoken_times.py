"""When it is good to ring, as people say it: "mornings, not before 10am"."""

from social_prescribing.contact_times import DAYS, WEEKDAYS, TimePreference
from social_prescribing.spoken_times import clock, exact_moment, spoken_moment, spoken_span

__all__ = ["clock", "exact_moment", "spoken_contact_times", "spoken_moment", "spoken_span"]


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
