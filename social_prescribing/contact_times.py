"""ContactTimes: when it is good to ring, read from what the patient wrote.

"no before 10 a drop the weans aff" gives not_before 10:00; "any day but
Wednesday" gives the other weekdays; "mornings" gives the part of the day.
What the patient wrote is kept beside what was read from it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import models

from social_prescribing.working_time import (
    CLOSES,
    EARLIEST,
    GLASGOW,
    LATEST,
    OPENS,
    is_waking_time,
    is_working_day,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
DAYS = (*WEEKDAYS, "saturday", "sunday")

MORNING_ENDS, EVENING_STARTS = time(12), time(17)


class TimePreference(models.TextChoices):
    """The part of the day that suits the patient."""

    ANY = "any", "Any time"
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


@dataclass(frozen=True)
class ContactTimes:
    """Days (English names, lower case; empty means any), bounds and part of the day."""

    words: str
    days: tuple[str, ...] = ()
    not_before: time | None = None
    not_after: time | None = None
    preference: str = TimePreference.ANY


def read_contact_times(text, *, now=None):
    """Read when it is good to ring, or return None where the text says nothing of it.

    `now` (aware datetime, by default this moment) gives "today" and "tomorrow".
    """
    said = _answer_in(_plain(text))
    days = _read_days(said, now or datetime.now(GLASGOW))
    not_before, not_after = _read_bounds(said)
    preference = _read_part_of_day(said)
    if not days and not_before is None and not_after is None and preference is None:
        return None
    return ContactTimes(
        words=text.strip(),
        days=days,
        not_before=not_before,
        not_after=not_after,
        preference=preference or TimePreference.ANY,
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
    earliest, latest = _window(callback)
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
    start, end = _window(callback)
    opens, closes = max(start, OPENS), min(end, CLOSES)
    if opens >= closes:
        opens, closes = max(start, EARLIEST), min(end, LATEST)
    return opens, closes


def _on_five_minutes(moment):
    """The next five-minute mark, at which people make appointments."""
    whole = moment.replace(second=0, microsecond=0)
    whole += timedelta(minutes=-whole.minute % 5)
    return whole if whole >= moment else whole + timedelta(minutes=5)


def _answer_in(said):
    """Turn what a patient is busy with into what suits, or leave it out."""
    if busy := NOT_THEN.search(said):
        days = " or ".join(DAY_WORD.findall(busy.group(1)))
        return f"not {days} {said[busy.end() :]}" if days else said[busy.end() :]
    then = SO_THEN.search(said)
    if then and (
        DAY_WORD.search(then.group(1))
        or re.search(r"\b(?:mornings?|afternoons?|evenings?)\b", then.group(1))
    ):
        return then.group(1)
    return said


def _window(callback):
    """The earliest and latest time of day for a call."""
    start, end = {
        TimePreference.MORNING: (time.min, MORNING_ENDS),
        TimePreference.AFTERNOON: (MORNING_ENDS, EVENING_STARTS),
        TimePreference.EVENING: (EVENING_STARTS, time.max),
    }.get(callback.time_preference, (time.min, time.max))
    return callback.not_before or start, callback.not_after or end


# ---------------------------------------------------------------- plain words

NUMBER_WORDS = dict(
    zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        range(1, 13),
        strict=True,
    )
)

# Scots and txt speak for time words, as whole words, before anything is read.
PLAIN = {
    "efter": "after", "aftr": "after", "afta": "after", "eftir": "after", "afore": "before",
    "b4": "before", "bfore": "before", "tae": "to", "til": "till", "untill": "till",
    "until": "till", "hauf": "half", "haulf": "half", "naw": "no", "nae": "no", "nao": "no",
    "cannae": "not", "canny": "not", "cant": "not", "dinnae": "not", "dont": "not",
    "don't": "not", "can't": "not", "no'": "no", "isnae": "not", "never": "not",
    "morra": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "tomoro": "tomorrow",
    "2moro": "tomorrow", "2morrow": "tomorrow", "tomorra": "tomorrow", "tomoz": "tomorrow",
    "mornin": "morning", "morn": "morning", "mornins": "mornings", "moring": "morning",
    "efternoon": "afternoon", "efternoons": "afternoons", "aft": "afternoon",
    "afternoon's": "afternoons", "arvo": "afternoon", "evenin": "evening", "evenins": "evenings",
    "eve": "evening", "eves": "evenings", "evng": "evening", "evngs": "evenings",
    "weans": "kids", "wean": "kids", "bairns": "kids", "children": "kids", "wains": "kids",
    "childrens": "kids", "weekdy": "weekday", "wk": "week", "nite": "night",
    "mornng": "morning", "mornngs": "mornings", "aftrnoon": "afternoon", "aftrnoons": "afternoons",
    "2mrw": "tomorrow", "tuseday": "tuesday", "wendsday": "wednesday", "wensday": "wednesday",
    "thurday": "thursday", "satday": "saturday", "noo": "now", "eva": "ever", "wen": "when",
    "excep": "except", "dusnt": "doesn't", "hours": "hours", "oan": "on", "o": "of",
    "schl": "school", "skool": "school", "scool": "school", "wrk": "work", "wark": "work",
    "excpt": "except", "apart": "except", "bar": "except", "anyday": "any day",
    "anytime": "any time", "oclock": "", "o'clock": "", "ish": "", "dinnertime": "lunchtime",
}  # fmt: skip


# "bingo on thursdays, no then": the days and times before it are when NOT to ring.
NOT_THEN = re.compile(r"^(.*?)\b(?:so |but |and )?(?:not?|no) (?:then|those|that day|that time)\b")
# "dialysis mon wed fri so tues or thurs": what follows "so" is the answer.
SO_THEN = re.compile(r"^.*?\bso\b (.*)$")


def _plain(text):
    """Lower case, plain words for Scots and txt speak, number words as figures."""
    said = re.sub(r"[’`]", "'", text.casefold())
    said = re.sub(r"\b(\d{1,2})\s*[-–]?\s*ish\b", r"\1", said)
    said = re.sub(r"(?<=\d)\s*o'?\s?clock\b", "", said)
    words = re.findall(r"\d{1,2}[:.]\d{2}|\d+(?:am|pm)?|[a-z']+|[-–,.;!?&/]", said)
    return " ".join(str(NUMBER_WORDS.get(w, PLAIN.get(w, w))) for w in words)


# ----------------------------------------------------------------------- days

DAY = r"(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?(?:'?s)?"
DAY_WORD = re.compile(rf"\b{DAY}\b")
DAY_RANGE = re.compile(rf"\b({DAY}) (?:to|till|-|–|through|thru) ({DAY})\b")
# One excluded day may be followed by more: "not monday or tuesday".
EXCLUDED_DAYS = re.compile(
    rf"\b(?:but|except|except from|not|no|apart from"
    rf"|anything but|minus) (?:for |on |a |the |from )*"
    rf"({DAY}(?: ?(?:,|or|and|nor|&|/) ?(?:on |a )?{DAY})*)\b"
)


def _read_days(said, now):
    if excluded := EXCLUDED_DAYS.search(said):
        out = {_day(word) for word in DAY_WORD.findall(excluded.group(1))}
        rest = _named_days(said[: excluded.start()] + said[excluded.end() :], now)
        return tuple(day for day in rest or WEEKDAYS if day not in out)
    return _named_days(said, now)


def _named_days(said, now):
    days = set()
    for first, last in DAY_RANGE.findall(said):
        start, end = DAYS.index(_day(first)), DAYS.index(_day(last))
        days.update(DAYS[start : end + 1] if start <= end else DAYS[start:] + DAYS[: end + 1])
    days.update(_day(word) for word in DAY_WORD.findall(said))
    if re.search(r"\bweek ?days?\b|\b(?:during|through) the week\b", said):
        days.update(WEEKDAYS)
    if re.search(r"(?<!not )(?<!no )\b(?:the )?week ?ends?\b", said):
        days.update(DAYS[5:])
    if re.search(r"\btoday\b|\bthe day\b(?! after)|\btonight\b|\bthe night\b", said):
        days.add(DAYS[now.weekday()])
    if re.search(r"\btomorrow\b", said):
        days.add(DAYS[(now + timedelta(days=1)).weekday()])
    return tuple(day for day in DAYS if day in days)


def _day(word):
    return next(day for day in DAYS if day.startswith(word[:3]))


# --------------------------------------------------------------- part of day

ANY_TIME = re.compile(
    r"\b(?:right )?now\b|\basap\b|\bas soon as\b|\bsoon as\b|\bearlier the better\b"
    r"|\ball days?\b|\bn e time\b"
    r"|\bfree (?:all|aw) day\b|\bwhenever\b|\bwhen ever\b|\bany ?time\b"
    r"|\bany day\b(?! but)(?! except)|\banytime\b"
    r"|\ball day\b|\bany of them\b|\bany time of day\b"
    r"|\b(?:doesn't|disnae|doesnt|does not|disny|dusnae) (?:matter|make)\b"
    r"|\b(?:not|no|dinnae) (?:mind|fussed|bothered|fussy|care|caring)\b"
    r"|\bup to (?:you|yous|her|him)\b"
    r"|\b(?:her|his|your|yer) choice\b|\beasy\b"
    r"|\bwhat ?ever (?:suits|time|day|works)\b|\bnot working\b"
    r"|^any$|^whatever$|\bhome all the time\b|\balways (?:in|home|here)\b|\bno plans\b"
)
# "am on nights" and "night shift" say when somebody works, not when to ring.
WORKS_NIGHTS = re.compile(
    r"\b(?:on|work|working|works|do|does) (?:the )?nights?\b|\bnight ?shifts?\b"
)
NOT_PART = r"(?<!not )(?<!no )(?<!not in the )(?<!no in the )(?<!not on )(?<!no the )(?<!not the )"
PARTS = (
    (
        TimePreference.MORNING,
        re.compile(
            rf"{NOT_PART}\bmornings?\b|\bin the am\b|\bearly on\b|\bfirst thing\b"
            rf"|\bearly doors\b|\btomorrow am\b"
        ),
    ),
    (
        TimePreference.AFTERNOON,
        re.compile(rf"{NOT_PART}\bafternoons?\b|\bin the pm\b|\bafter (?:my |the )?lunch\b"),
    ),
    (
        TimePreference.EVENING,
        re.compile(
            rf"{NOT_PART}\bevenings?\b|\btonight\b|\bat night\b|\bnights?\b"
            rf"|\bafter (?:my |the )?tea\b"
        ),
    ),
)


def _read_part_of_day(said):
    said = WORKS_NIGHTS.sub(" ", said)
    parts = [part for part, pattern in PARTS if pattern.search(said)]
    if len(parts) == 1:
        return parts[0]
    if len(parts) > 1 or ANY_TIME.search(said):
        return TimePreference.ANY
    return None


# --------------------------------------------------------------------- bounds

CLOCK = (
    r"(?:(?P<{0}half>half(?: past)?|quarter past|quarter to|quarter after) )?"
    r"(?P<{0}hour>\d{{1,2}})(?:[:.](?P<{0}minute>\d{{2}}))?\s*(?P<{0}meridiem>am"
    r"|pm|in the morning|at night)?"
    r"(?! ?(?:min|minute|hour|hr|week|year|month|kids|st|nd|th)s?\b)"
)


def _clock(name):
    return CLOCK.format(name)


NOT = r"(?:not|no|nothing|never|n't)(?: \w+)? "
ABOUT = r"(?:about |around |at |the back of |roughly |like |say )*"
BETWEEN = re.compile(
    rf"\b(?:between |from |any time )?{ABOUT}{_clock('a')} ?(?:-"
    rf"|–|to|and|till|&) ?{ABOUT}{_clock('b')}(?!\d)"
)
NOT_BEFORE = (
    re.compile(rf"\b{NOT}(?:before|till|earlier than|ahead of) {ABOUT}{_clock('a')}"),
    re.compile(
        rf"(?<!not )(?<!no )(?<!nothing )\b(?:after|from|past|later than) {ABOUT}{_clock('a')}"
    ),
    re.compile(
        rf"\b(?:finish|finished|finishes|done|home|back|hame|free|up|in"
        rf"|out) (?:my work |work |by |from |fae |after )?{ABOUT}{_clock('a')}"
    ),
    re.compile(rf"\bback of {_clock('a')}"),
    re.compile(rf"{_clock('a')} (?:onwards|onward|on|or later|or after|and after)\b"),
)
NOT_AFTER = (
    re.compile(rf"\b{NOT}(?:after|later than|past) {ABOUT}{_clock('a')}"),
    re.compile(
        rf"(?<!not )(?<!no )(?<!nothing )\b(?:before|by|up to"
        rf"|up till|no later than|till) {ABOUT}{_clock('a')}"
    ),
    re.compile(
        rf"\b(?:start|starts|starting|leave|go out|head out"
        rf"|away) (?:my work |work |for work )?{ABOUT}{_clock('a')}"
    ),
    re.compile(rf"{_clock('a')} (?:latest|at the latest|or before|or earlier|max)\b"),
)
# What stands before the hour, in minutes.
PAST = {
    "": 0, "half": 30, "half past": 30, "quarter past": 15, "quarter after": 15, "quarter to": -15,
}  # fmt: skip
AT = re.compile(rf"\b(?:at|about|around|roughly) {_clock('a')}|^{_clock('b')}$")

# What a day with children at school, or a usual working day, means on the clock. Longer
# phrases come first; words such as "the" and "my" are left out of both sides.
HABITS = (
    (("kids at school", "kids in school", "kids at nursery", "school hours"),
     time(9, 30), time(14, 30)),
    (("after school run", "after school drop", "after drop off", "after dropoff", "after dropping",
      "after nursery run", "after nursery drop", "after drop kids", "after take kids"),
     time(9, 30), None),
    (("before school run", "before school pick", "before pick up", "before pickup",
      "before kids get", "before kids come", "before pick kids", "before collect kids"),
     None, time(14, 30)),
    (("after school", "after pick up", "after pickup"), time(15, 30), None),
    (("after work",), time(17), None),
    (("before work",), None, time(9)),
    (("not before noon", "no before noon", "not before midday", "not before lunch",
      "no before lunch", "not till noon", "not till after lunch", "after noon", "from noon",
      "after midday", "after lunch"), time(12), None),
    (("before noon", "before midday", "before lunch"), None, time(12)),
    (("lunchtime", "lunch time", "lunch break", "on break", "at noon", "at midday"),
     time(12), time(14)),
    (("teatime", "tea time"), time(16), time(18)),
)  # fmt: skip
LEFT_OUT = re.compile(r"\b(?:the|my|ma|i've|i|are|is|ur|morning)\b ?")


def _read_bounds(said):
    late = bool(re.search(r"\bevenings?\b|\bnight\b|\btea\b", said))
    if between := BETWEEN.search(said):
        start, end = _time(between, "a", late), _time(between, "b", late)
        if start and end:
            return (start, end) if start < end else (_earlier_half(start), end)
    not_before, not_after = _first(NOT_BEFORE, said, late), _first(NOT_AFTER, said, late)
    if not_before is None and not_after is None and (at := AT.search(said)):
        not_before = _time(at, "a" if at["ahour"] else "b", late)
        # "at 2" means a call around two, so an hour is left for it.
        not_after = not_before and _later(not_before, hours=1)
    if not_before is None and not_after is None:
        return _read_habits(said)
    return not_before, not_after


def _read_habits(said):
    said = LEFT_OUT.sub("", said)
    not_before = not_after = None
    for phrases, start, end in HABITS:
        for phrase in phrases:
            if phrase in said:
                # Read once: "before noon" also stands in "not before noon".
                said = said.replace(phrase, "")
                not_before, not_after = not_before or start, not_after or end
    return not_before, not_after


def _first(patterns, said, late):
    for pattern in patterns:
        if found := pattern.search(said):
            return _time(found, "a", late)
    return None


def _time(found, name, late):
    """The clock time of one group of a match; afternoon where the hour alone leaves it open."""
    hour, minute = int(found[name + "hour"]), int(found[name + "minute"] or 0)
    half, meridiem = found[name + "half"] or "", found[name + "meridiem"] or ""
    minute += PAST[half]
    if hour > 23 or minute > 59:
        return None
    if hour < 12 and (meridiem in ("pm", "at night") or (not meridiem and (hour < 7 or late))):
        hour += 12
    return _later(time(hour), minutes=minute)


def _earlier_half(moment):
    """Read "9 to 1" and "10 till 2" as morning to afternoon."""
    return moment.replace(hour=moment.hour - 12) if moment.hour >= 12 else moment


def _later(moment, **shift):
    return (datetime.combine(datetime(2000, 1, 1), moment) + timedelta(**shift)).time()
