"""Is a place open? Opening hours in OpenStreetMap's syntax, on Glasgow's clock.

The syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours, read by the
library opening-hours-py.
"""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays
from opening_hours import OpeningHours, ParserError

GLASGOW_TIME = ZoneInfo("Europe/London")
ALWAYS_OPEN = "24/7"

# A line for the whole of the UK may shut on England's holidays as well as on ours.
_BANK_HOLIDAYS = country_holidays("GB", subdiv="SCT") + country_holidays("GB", subdiv="ENG")


def check_hours(hours: str) -> None:
    """Raise ValueError when `hours` is not in OpenStreetMap's syntax."""
    _parsed(hours)


def open_now(hours: str, at: datetime) -> bool | None:
    """Whether a place with these hours is open at that moment.

    hours: OpenStreetMap syntax, "" when nobody told us.
    at: an aware datetime of any time zone; ValueError when it is naive.

    Answers None when it cannot be known: without hours, and on a bank holiday
    when the hours do not say what happens then (a "Mo-Fr 09:00-17:00" of a
    charity says nothing of Christmas Day).
    """
    moment = _on_glasgow_clock(at)
    if not hours or _unsure_today(hours, moment):
        return None
    return _parsed(hours).is_open(moment)


def next_opening(hours: str, at: datetime) -> datetime | None:
    """When a place that is shut opens next, on Glasgow's clock.

    Answers None when it is open already, never opens, or the hours are unknown.
    """
    moment = _on_glasgow_clock(at)
    if not hours or _parsed(hours).is_open(moment):
        return None
    opening = _parsed(hours).next_change(moment)
    while opening is not None and _unsure_today(hours, opening):
        opening = _opening_after(hours, opening)
    return opening


def _opening_after(hours: str, opening: datetime) -> datetime | None:
    closing = _parsed(hours).next_change(opening)
    return None if closing is None else _parsed(hours).next_change(closing)


def _unsure_today(hours: str, moment: datetime) -> bool:
    says_what_happens = hours == ALWAYS_OPEN or "PH" in hours
    return not says_what_happens and moment.date() in _BANK_HOLIDAYS


def _on_glasgow_clock(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("opening hours need a time with its time zone")
    return at.astimezone(GLASGOW_TIME)


@lru_cache(maxsize=4096)
def _parsed(hours: str) -> OpeningHours:
    try:
        return OpeningHours(hours, timezone=GLASGOW_TIME)
    except ParserError as unreadable:
        raise ValueError(f"{hours!r} is not in OpenStreetMap's syntax") from unreadable
