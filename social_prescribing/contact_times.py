"""ContactTimes: when it is good to ring, read from what the patient wrote.

"no before 10 a drop the weans aff" gives not_before 10:00; "any day but
Wednesday" gives the other weekdays; "mornings" gives the part of the day.
What the patient wrote is kept beside what was read from it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from social_prescribing.day_words import DAYS, WEEKDAYS
from social_prescribing.time_words import (
    EVENING_STARTS,
    MORNING_ENDS,
    TimePreference,
    read_time_words,
    says_no_limits,
)
from social_prescribing.working_time import (
    CLOSES,
    EARLIEST,
    GLASGOW,
    LATEST,
    OPENS,
    is_waking_time,
    is_working_day,
)


@dataclass(frozen=True)
class ContactTimes:
    """Days (English names, lower case; empty means any), bounds and part of the day."""

    words: str
    days: tuple[str, ...] = ()
    not_before: time | None = None
    not_after: time | None = None
    preference: str = TimePreference.ANY
    # Where the text named only days that do not suit: these, and `days` is what they leave.
    days_out: tuple[str, ...] = ()

    @property
    def is_any(self):
        """Nothing is named that would bind a call."""
        return not (self.days or self.not_before or self.not_after) and (
            self.preference == TimePreference.ANY
        )


# What a phone writes down where somebody dictates the stops too.
SPOKEN_STOPS = re.compile(
    r"\b(?:full stop|comma|(?:question|exclamation) mark|new (?:line|paragraph))\b", re.IGNORECASE
)


def read_contact_times(text, *, now=None):
    """Read when it is good to ring, or return None where the text says nothing of it.

    `now` (aware datetime, by default this moment) gives "today" and "tomorrow".
    """
    said = read_time_words(SPOKEN_STOPS.sub(", ", text), now or datetime.now(GLASGOW))
    if not said.days and said.times == (None, None, None) and said.part is None:
        return None
    return ContactTimes(
        words=text.strip(),
        days=said.days,
        not_before=said.not_before,
        not_after=said.not_after,
        preference=said.part or TimePreference.ANY,
        days_out=said.days_out,
    )


def times_to_slot(times):
    """ContactTimes as the conversation engine can store them between texts."""
    return {
        "words": times.words[:200],
        "days": list(times.days),
        "not_before": times.not_before and times.not_before.isoformat("minutes"),
        "not_after": times.not_after and times.not_after.isoformat("minutes"),
        "preference": str(times.preference),
    }


def merge_times(before, said):
    """What holds once `said` (ContactTimes) changes or adds to `before` (a slot, or None).

    "Tuesdays before 12", then "*thursday", is Thursday before 12; then "actually evenings"
    is Thursday evening; "no thursday noo" takes that day out. "Any time" leaves nothing of
    before, and what only a person can read ("no next week") leaves it as it is.
    """
    new = times_to_slot(said)
    if not before or (_is_any(new) and says_no_limits(said.words)):
        return new
    kept = dict(before)
    if said.days:
        left = [day for day in before.get("days") or () if day not in said.days_out]
        kept["days"] = left if left and said.days_out else new["days"]
    if said.not_before or said.not_after or said.preference != TimePreference.ANY:
        kept |= {name: new[name] for name in ("not_before", "not_after", "preference")}
    kept["words"] = f"{before['words']}, then: {said.words}"[:200]
    return kept


def _is_any(slot):
    """Nothing is named that would bind a call."""
    bound = slot.get("days") or slot.get("not_before") or slot.get("not_after")
    return not bound and slot.get("preference") == TimePreference.ANY


def times_in_words(slot):
    """What was understood, as the patient is told it: `Tuesday or Thursday, after 2pm`."""
    if _is_any(slot):
        return "any time"
    days = _days_in_words(slot.get("days") or ())
    start, end = _read_time(slot.get("not_before")), _read_time(slot.get("not_after"))
    part = "" if slot["preference"] == TimePreference.ANY else slot["preference"]
    if part and days and not (start or end):
        return f"{days}, {part}s"
    bounds = {
        (True, True): lambda: f"{_clock(start)} to {_clock(end)}",
        (True, False): lambda: f"after {_clock(start)}",
        (False, True): lambda: f"before {_clock(end)}",
        (False, False): lambda: f"{part}s" if part else "",
    }[(bool(start), bool(end))]()
    return ", ".join(filter(None, [days, bounds]))


def _days_in_words(days):
    if set(days) == set(WEEKDAYS):
        return "Monday to Friday"
    left_out = [day.capitalize() for day in WEEKDAYS if day not in days]
    if days and len(left_out) == 1 and set(days) < set(WEEKDAYS):
        return f"any day but {left_out[0]}"
    named = [day.capitalize() for day in DAYS if day in days]
    return " or ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def _clock(moment):
    return f"{moment:%I:%M}".lstrip("0").removesuffix(":00") + f"{moment:%p}".lower()


def any_time(text):
    """A text that says nothing of time, kept for the link worker to read."""
    return {"words": text[:200], "preference": TimePreference.ANY.value}


def times_from_slot(slot):
    """Fields of a callback from what `times_to_slot` gave; any time from None."""
    slot = slot or {}
    return {
        "time_words": slot.get("words", ""),
        "days": tuple(slot.get("days", ())),
        "not_before": _read_time(slot.get("not_before")),
        "not_after": _read_time(slot.get("not_after")),
        "time_preference": slot.get("preference", TimePreference.ANY),
    }


def _read_time(text):
    return time.fromisoformat(text) if text else None


def is_good_time(callback, moment):
    """Say whether `moment` (aware datetime) is within what the patient said suits."""
    local = moment.astimezone(GLASGOW)
    if callback.days and DAYS[local.weekday()] not in callback.days:
        return False
    earliest, latest = hours_that_suit(callback)
    return earliest <= local.time() <= latest


# How far ahead a good time is looked for, in days.
LOOK_AHEAD_DAYS = 21


def may_ring_now(callback, now):
    """Whether anybody may be rung at this hour, and this patient said that it suits."""
    return is_waking_time(now) and is_good_time(callback, now)


def next_good_time(callback, after):
    """The first moment from `after` (aware) on that suits both the patient and working people.

    Link workers ring nine to five on working days; where only an early or late hour suits the
    patient, that hour counts, within the hours in which anybody may be rung. Returns an aware
    datetime on a five-minute mark, or None where nothing suits within three weeks.
    """
    start = _on_five_minutes(after.astimezone(GLASGOW))
    only_weekends = callback.days and not set(callback.days) & set(WEEKDAYS)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = start.date() + timedelta(days=ahead)
        if callback.days and DAYS[day.weekday()] not in callback.days:
            continue
        if not only_weekends and not is_working_day(day):
            continue
        opens, closes = _hours_on_a_day(callback)
        earliest = max(opens, start.time()) if ahead == 0 else opens
        if earliest < closes:
            return datetime.combine(day, earliest, GLASGOW)
    return None


def _hours_on_a_day(callback):
    """From when until when a link worker may ring on a day that suits."""
    start, end = hours_that_suit(callback)
    opens, closes = max(start, OPENS), min(end, CLOSES)
    if opens >= closes:
        opens, closes = max(start, EARLIEST), min(end, LATEST)
    return opens, closes


def _on_five_minutes(moment):
    """The next five-minute mark, at which people make appointments."""
    whole = moment.replace(second=0, microsecond=0)
    whole += timedelta(minutes=-whole.minute % 5)
    return whole if whole >= moment else whole + timedelta(minutes=5)


def hours_that_suit(callback):
    """The earliest and latest time of day for a call, as the patient said."""
    start, end = {
        TimePreference.MORNING: (time.min, MORNING_ENDS),
        TimePreference.AFTERNOON: (MORNING_ENDS, EVENING_STARTS),
        TimePreference.EVENING: (EVENING_STARTS, time.max),
    }.get(callback.time_preference, (time.min, time.max))
    return callback.not_before or start, callback.not_after or end
