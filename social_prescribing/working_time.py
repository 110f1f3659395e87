"""When link workers work: weekdays nine to five in Glasgow, bank holidays off."""

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

GLASGOW = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
# Nobody is rung, and nobody texted unasked, early or late.
EARLIEST, LATEST = time(8), time(20)


def is_working_day(day):
    """Say whether link workers work on this date."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def is_working_time(moment):
    """Say whether a person is at the desk at this moment (aware datetime)."""
    local = moment.astimezone(GLASGOW)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def is_waking_time(moment):
    """Say whether people may be rung, or texted unasked, at this moment (aware datetime)."""
    return EARLIEST <= moment.astimezone(GLASGOW).time() < LATEST


def end_of_working_day(moment, *, days):
    """The close of the working day that is `days` working days after `moment`.

    A text that comes after hours counts as sent on the next working day.
    """
    day = local_day(next_working_moment(moment))
    for _ in range(days):
        day = _next_working_day(day)
    return end_of_day(day)


def end_of_day(day):
    """When link workers go home on a date."""
    return datetime.combine(day, CLOSES, GLASGOW)


def working_days_between(start, end):
    """Working days from one moment to a later one; on the same working day, 0.

    As in `end_of_working_day`, what comes after hours counts from the next working day.
    """
    day, days = next_working_moment(start).astimezone(GLASGOW).date(), 0
    while day < end.astimezone(GLASGOW).date():
        day += timedelta(days=1)
        days += is_working_day(day)
    return days


def start_of_day(day):
    """When link workers begin on a date."""
    return datetime.combine(day, OPENS, GLASGOW)


def local_day(moment):
    """The date of a moment (aware datetime) in Glasgow."""
    return moment.astimezone(GLASGOW).date()


def next_working_moment(moment):
    """`moment` itself in working time, else when the next working day opens."""
    local = moment.astimezone(GLASGOW)
    if is_working_time(local):
        return local
    day = local.date()
    if not is_working_day(day) or local.time() >= CLOSES:
        day = _next_working_day(day)
    return start_of_day(day)


def _next_working_day(day):
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@lru_cache
def _bank_holidays(year):
    return holidays.country_holidays("GB", subdiv="SCT", years=year)


def spoken(moment, *, now):
    """A time as a text says it: `5pm today`, `9am on Monday`, `9am on Monday 3 January`."""
    local, today = moment.astimezone(GLASGOW), now.astimezone(GLASGOW).date()
    clock = local.strftime("%I:%M").lstrip("0").removesuffix(":00") + local.strftime("%p").lower()
    if local.date() == today:
        return f"{clock} today"
    return f"{clock} on {local:%A} {local.day} {local:%B}"
