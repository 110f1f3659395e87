"""Is a place open? Opening hours in OpenStreetMap's syntax, on Glasgow's clock.

The syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours, read by the
library opening-hours-py.
"""

import re
from functools import lru_cache

import holidays
from opening_hours import OpeningHours, ParserError, State

from social_prescribing.working_time import GLASGOW

ALWAYS_OPEN = "24/7"
SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


def check_hours(hours):
    """Raise ValueError when `hours` is not in OpenStreetMap's syntax, or runs past midnight.

    opening-hours-py 2.1.4 drops what a day's hours say of the small hours of the
    next when that day has a rule of its own: "Mo 18:00-02:00; Tu 18:00-22:00"
    is shut for it on Tuesday at one. So each day states its own hours.
    """
    _parsed(hours)
    for opens, closes in SPAN.findall(hours):
        if closes <= opens:
            raise ValueError(f"{opens}-{closes} runs past midnight: give each day its own hours")


def open_now(hours, at):
    """Say whether a place with these hours is open at a moment: True, False or None.

    hours: OpenStreetMap syntax, "" when nobody told us.
    at: an aware datetime, of any time zone; ValueError when it is naive.

    None means that it cannot be known: without hours, and on a bank holiday
    ("Mo-Fr 09:00-17:00" of a charity says nothing of Christmas Day, and the
    library does not know Scotland's holidays), unless it never shuts.
    """
    moment = _in_glasgow(at)
    if not hours or _says_nothing_of(moment, hours):
        return None
    return _parsed(hours).is_open(moment)


def next_opening(hours, at):
    """Return when a shut place opens next, an aware datetime on Glasgow's clock.

    None when it is open already, never opens, or the hours are not known.
    """
    moment = _in_glasgow(at)
    if not hours or _parsed(hours).is_open(moment):
        return None
    opening = _parsed(hours).next_change(moment)
    while opening is not None and _says_nothing_of(opening, hours):
        opening = _opening_after(opening, hours)
    return opening


def next_closing(hours, at):
    """Return when an open place shuts next, an aware datetime on Glasgow's clock.

    None when it is shut already, never shuts, or the hours are not known.
    """
    moment = _in_glasgow(at)
    if not hours or not _parsed(hours).is_open(moment):
        return None
    return _parsed(hours).next_change(moment)


def open_spans(hours, start, end):
    """Yield (opens, closes), aware datetimes, of each span from `start` to `end`."""
    for opens, closes, state, _ in _parsed(hours).intervals(start, end):
        if state == State.OPEN:
            yield opens, closes


def _opening_after(opening, hours):
    closing = _parsed(hours).next_change(opening)
    return closing and _parsed(hours).next_change(closing)


def _says_nothing_of(moment, hours):
    return hours != ALWAYS_OPEN and moment.date() in _bank_holidays()


@lru_cache
def _bank_holidays():
    """Scotland's and England's: a line for the whole of the UK may shut on either."""
    return holidays.country_holidays("GB", subdiv="SCT") + holidays.country_holidays(
        "GB", subdiv="ENG"
    )


def _in_glasgow(at):
    if at.tzinfo is None:
        raise ValueError("opening hours need a time with its time zone")
    return at.astimezone(GLASGOW)


@lru_cache(maxsize=4096)
def _parsed(hours):
    try:
        return OpeningHours(hours, timezone=GLASGOW)
    except ParserError as error:
        raise ValueError(f"{hours!r} is not in OpenStreetMap's syntax") from error
