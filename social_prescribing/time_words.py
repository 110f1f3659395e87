"""Words of time: which days, part of the day and clock times a text names.

"no before 10 a drop the weans aff" names a bound, "any day but Wednesday" the
other weekdays, "mornings are nae good" what is left of the day without them.
"""

import re
from datetime import datetime, time, timedelta

from django.db import models

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
DAYS = (*WEEKDAYS, "saturday", "sunday")

MORNING_ENDS, EVENING_STARTS = time(12), time(17)


class TimePreference(models.TextChoices):
    """The part of the day that suits the patient."""

    ANY = "any", "Any time"
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


def read_time_words(text, now):
    """`(days, not_before, not_after, part of the day)`; None or empty for what is not said.

    The part is TimePreference.ANY where the text says that any time suits, or names
    a time that cannot be told in these terms ("no when ma man's in").
    """
    said = _answer_in(_last_meant(_plain(text)))
    days, said = _read_days(said, now)
    part, said = _read_part_of_day(said)
    not_before, not_after = _read_bounds(said)
    if part in LEFT_WITHOUT:
        start, end = LEFT_WITHOUT[part]
        part = None
        not_before, not_after = not_before or start, not_after or end
    if part is None and not_before and not_after:
        part = _part_that_holds(not_before, not_after)
    if part is None and not days and not_before is None and not_after is None:
        part = TimePreference.ANY if VAGUE.search(said) else None
    return days, not_before, not_after, part


def _last_meant(said):
    """ "tuesday no sorry thursday afternoon": what is put right in the same breath counts."""
    changed = CHANGES_MIND.match(said)
    first, last = changed.groups() if changed else ("", "")
    if SAYS_CLOCK.search(last):
        days = " or ".join(DAY_WORD.findall(first))
        return last if DAY_WORD.search(last) else f"{days} {last}"
    return f"{DAY_WORD.sub('', first)} {last}" if DAY_WORD.search(last) else said


CHANGES_MIND = re.compile(
    r"^(.*\w)[ ,.]+(?:no ,? ?sorry|sorry ,? ?no|no ,? ?wait|wait ,? ?no|no ,? ?actually"
    r"|actually ,? ?no|scratch that|scrap that|i mean)\b(.+)$"
)
SAYS_CLOCK = re.compile(r"\d|\b(?:mornings?|afternoons?|evenings?|midday|lunchtime)\b")


def _part_that_holds(not_before, not_after):
    """The part of the day that a span lies in: 10 to 12 is a morning; None where it spans two."""
    if not_after <= MORNING_ENDS:
        return TimePreference.MORNING
    if not_before >= MORNING_ENDS and not_after <= EVENING_STARTS:
        return TimePreference.AFTERNOON
    return None


# "mornings are nae good" leaves the afternoon, and the other way about.
LEFT_WITHOUT = {
    "not early": (time(10), None),
    "not morning": (MORNING_ENDS, None),
    "not afternoon": (None, MORNING_ENDS),
    "not evening": (None, EVENING_STARTS),
}
# Of time, though nothing that a clock shows: kept as it is for the link worker to read.
VAGUE = re.compile(
    r"\b(?:not|except|only|just|unless)\b.*\b(?:between|when|while|during|if|if my|whenever)\b"
    r"|\b(?:before|after|around|about|at) (?:my |ma |the )?(?:dinner|break|lunch"
    r"|prayers?|mosque|church|mass)\b"
    r"|\b(?:late|later)(?: on)?\b"
)

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
    "anytime": "any time", "ish": "", "dinnertime": "lunchtime", "ony": "any", "mibbe": "maybe",
    "mebbe": "maybe", "ma": "my", "couldnae": "not", "couldn't": "not", "wouldnae": "not",
    "shouldnae": "not", "willnae": "not", "winnae": "not", "won't": "not", "wont": "not",
    "doesnae": "doesn't", "aren't": "not", "arenae": "not", "urnae": "not",
    "isn't": "not", "isnt": "not", "whit": "what", "fae": "from", "fi": "from", "wi": "with",
    "ah": "i", "av": "i've", "ave": "i've", "eftr": "after", "aifter": "after", "mon": "mon",
    "2day": "today", "2nite": "tonight", "tonite": "tonight", "tonicht": "tonight",
    "noon": "midday", "middle": "middle", "wkends": "weekends", "wkend": "weekend",
    "weekdays": "weekdays", "wkdays": "weekdays", "minus": "except", "tuesdy": "tuesday",
    "wednesdy": "wednesday", "thursdy": "thursday", "fridy": "friday", "mondy": "monday",
    "wedensday": "wednesday", "thirsday": "thursday", "wednsday": "wednesday", "o'": "of",
}  # fmt: skip


# "bingo on thursdays, no then": the days and times before it are when NOT to ring.
NOT_THEN = re.compile(r"^(.*?)\b(?:so |but |and )?(?:not?|no) (?:then|those|that day|that time)\b")
# "dialysis mon wed fri so tues or thurs": what follows "so" is the answer.
SO_THEN = re.compile(r"^.*?\bso\b (.*)$")


# "1030" by itself, and not a part of a phone number.
FOUR_FIGURES = re.compile(r"(?<![\d:.])(?<!\d )\b([01]?\d|2[0-3])([0-5]\d)(?=(?:am|pm)?\b)(?! ?\d)")


def _plain(text):
    """Lower case, plain words for Scots and txt speak, number words as figures."""
    said = re.sub(r"[’`]", "'", text.casefold())
    # Txt speak with a figure in it would fall apart below.
    said = re.sub(
        r"\b(?:b4|2mor\w*|2moz|2mrw|2day|2nite)\b",
        lambda word: PLAIN.get(word[0], "tomorrow"),
        said,
    )
    said = re.sub(r"\b(\d{1,2})\s*[-–]?\s*ish\b", r"\1", said)
    said = re.sub(r"\bo'?\s?clock\b", " oclock", said)
    said = re.sub(
        r"(?<![\d:.])(?<!\d )\b([01]?\d|2[0-3])([0-5]\d)(?=(?:am|pm)?\b)(?! ?\d)", r"\1:\2", said
    )
    said = re.sub(r"\b(\d{1,2}(?:[:.]\d{2})?)\s*([ap])\.?m\b\.?", r"\1\2m", said)
    words = re.findall(r"\d{1,2}[:.]\d{2}(?:am|pm)?|\d+(?:am|pm)?|[a-z']+|[-–,.;!?&/]", said)
    return " ".join(str(NUMBER_WORDS.get(w, PLAIN.get(w, w))) for w in words)


# ----------------------------------------------------------------------- days

DAY = r"(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?(?:'?s)?"
DAY_WORD = re.compile(rf"\b{DAY}\b")
DAY_RANGE = re.compile(rf"\b({DAY}) (?:to|till|-|–|through|thru) ({DAY})\b")
# Besides its name a day may be told from today.
DAY_SAID = rf"(?:{DAY}|today|tomorrow|week ?ends?)"
# One excluded day may be followed by more, and by a part of the day: "not monday mornings".
EXCLUDED_DAYS = re.compile(
    rf"\b(?:but|except|except from|not|no|apart from|instead of|rather than"
    rf"|anything but|minus) (?:good |free |in |do |available |able |ring |phone |call |me )*"
    rf"(?:for |on |a |the |from |at |any )*"
    rf"({DAY_SAID}(?: ?(?:,|or|and|nor|&|/) ?(?:on |a |the )?{DAY_SAID})*)\b"
    rf"(?: (?:mornings?|afternoons?|evenings?|nights?|am|pm))?"
)
# "wednesdays are no good", "friday's out"
BAD_DAYS = re.compile(
    rf"\b({DAY_SAID}(?: ?(?:,|or|and|&|/) ?{DAY_SAID})*) (?:are |is |'s )?(?:just )?"
    rf"(?:(?:not|no|nae|doesn't|is not) (?:any )?(?:good|great|use|suit|work|possible|free|ok"
    rf"|in|then)|bad|out\b|(?:doesn't|not) suit)\b"
)


def _read_days(said, now):
    """`(days, said without the days that do not suit)`."""
    for pattern in (BAD_DAYS, EXCLUDED_DAYS):
        if found := pattern.search(said):
            out = set(_named_days(found.group(1), now))
            said = said[: found.start()] + " " + said[found.end() :]
            rest = _named_days(said, now)
            return tuple(day for day in rest or WEEKDAYS if day not in out), said
    return _named_days(said, now), said


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
    today = r"\btoday\b|\bthe day\b(?! (?:after|centre|center|off|aff|nursery|care))|\btonight\b"
    if re.search(today + r"|\bthe night\b|\bthis (?:morning|afternoon|evening)\b", said):
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
    r"|\bstraight ?away\b|\bimmediately\b|\b(?:you|she|he|they|yous) (?:choose|decide|pick)\b"
    r"|\bany ?when\b|\bno preference\b|\bany of the days\b|\bround the clock\b|\b24 ?/? ?7\b"
    r"|^any$|^whatever$|\bhome all the time\b|\balways (?:in|home|here)\b|\bno plans\b"
)
# "am on nights" and "night shift" say when somebody works, not when to ring.
WORKS_NIGHTS = re.compile(
    r"\b(?:on|work|working|works|do|does) (?:the )?nights?\b|\bnight ?shifts?\b"
)
PARTS = {
    TimePreference.MORNING: r"mornings?|in the am|early on|first thing|early doors|ams",
    TimePreference.AFTERNOON: r"afternoons?|in the pm|(?<!\d )pm|pms",
    TimePreference.EVENING: (
        r"evenings?|tonight|(?<!\d )(?<!\dpm )at night|(?<!at )nights?|after (?:my |the )?tea"
        r"|(?:in|to|go to|are in) (?:their |my )?bed"
    ),
}
NO_PART = re.compile(
    r"\b(?:not?|nothing|never|except|but not|but no) (?:(?:do|in|on|at|any|the|good|suit"
    r"|ring|phone|call|me) )*"
    r"(mornings?|afternoons?|evenings?|nights?|first thing)\b"
    r"|\b(mornings?|afternoons?|evenings?|nights?)(?: (?:are|is|r))?(?: just)? "
    r"(?:not? (?:good|use|great|suit|ok|work|possible)|bad|hopeless|out\b|doesn't|not suit|not)\b"
)
BUSY_PART = re.compile(
    r"\b(?:got|have|has|had|at|work|works|working|do|does|doing|on shift|busy|sleep|asleep)\b"
    r"[^,.;]{0,30}?\b(?:mornings?|afternoons?|evenings?|nights?)\b"
)
OF_PART = {"m": "not morning", "f": "not early", "a": "not afternoon", "e": "not evening",
           "n": "not evening"}  # fmt: skip


def _parts_named(said):
    return [part for part, words in PARTS.items() if re.search(rf"\b(?:{words})\b", said)]


def _read_part_of_day(said):
    """`(part, said without what does not suit)`; the part may be "not morning"."""
    said = WORKS_NIGHTS.sub(" ", said)
    said = re.sub(rf"\b({DAY}|tomorrow) am\b|^am$", r"\1 morning", said)
    without = NO_PART.search(said)
    if without:
        said = said[: without.start()] + " " + said[without.end() :]
    parts = _parts_named(said)
    if len(parts) > 1:
        # "afternoons, got the jobcentre in the mornings": what keeps them busy does not suit.
        parts = _parts_named(BUSY_PART.sub(" ", said)) or parts
    if len(parts) == 1:
        return parts[0], said
    if without and not parts:
        return OF_PART[(without.group(1) or without.group(2))[0]], said
    if len(parts) > 1 or ANY_TIME.search(said):
        return TimePreference.ANY, said
    return None, said


# --------------------------------------------------------------------- bounds

CLOCK = (
    r"(?:(?P<{0}half>half(?: past)?|quarter past|quarter to|quarter after) )?"
    r"(?<!half )(?P<{0}hour>\d{{1,2}})(?:[:.](?P<{0}minute>\d{{2}}))?(?:\s*(?P<{0}meridiem>am"
    r"|pm|oclock(?: at night| in the morning)?|in the morning|at night))?"
    r"(?! ?(?:min|minute|hour|hr|week|year|month|kids|st|nd|rd|th|day|times?)s?\b)"
).replace("(?<!half )", "")


def _clock(name):
    return CLOCK.format(name)


NOT = r"(?:not|no|nothing|never|n't)(?: \w+){0,3}? "
ABOUT = r"(?:about |around |at |the back of |back of |roughly |like |say |maybe |probably )*"
# "past 2" in "half past 2" is no bound.
NOT_HALF = r"(?<!half )(?<!quarter )"
BETWEEN = re.compile(
    rf"\b(?:between |from |any time )?{ABOUT}{_clock('a')} ?(?:-"
    rf"|–|to|and|till|&|or) ?(?:at )?{ABOUT}{_clock('b')}(?!\d)"
)
NOT_BETWEEN = re.compile(rf"\b(?:not?|except|but) (?:\w+ )?{BETWEEN.pattern}")
# What somebody is busy with, and until when.
BUSY = (
    r"\b(?:i|i'm|am|im|we|she's|he's|it's)?(?: am| do| usually| just)? ?"
    r"(?:work|working|at (?:my )?work|at college|in college|at uni|at school|in class|busy|on shift"
    r"|sleep|sleeping"
    r"|asleep|in (?:my )?bed|at dialysis|dialysis|at the hospital) "
    r"(?:\w+ ){0,2}?"
)
BUSY_BETWEEN = re.compile(BUSY + BETWEEN.pattern)
BUSY_TILL = re.compile(BUSY + rf"(?:till|to|up to) {_clock('a')}")
NEGATED_BEFORE = re.compile(rf"\b{NOT}(?:before|till|earlier than|ahead of) {ABOUT}{_clock('a')}")
NEGATED_AFTER = re.compile(rf"\b{NOT}(?:after|later than|past) {ABOUT}{_clock('a')}")
NOT_BEFORE = (
    re.compile(rf"{NOT_HALF}\b(?:after|from|past|later than) {ABOUT}{_clock('a')}"),
    re.compile(
        rf"\b(?:finish|finished|finishes|done|home|back|hame|free|up|in"
        rf"|out|stop|stops|get in|get home) (?:my work |work |by |from |after |till )?"
        rf"{ABOUT}{_clock('a')}"
    ),
    re.compile(rf"\bback (?:of|ae|a|i) {_clock('a')}"),
    re.compile(
        rf"{_clock('a')} (?:onwards|onward|on(?! (?:a |the )?[a-z]+day)|or later|or after"
        rf"|and after)\b"
    ),
    re.compile(rf"\b(?:after|once) (?:[a-z']+ ){{1,8}}(?:at|about) {_clock('a')}"),
)
NOT_AFTER = (
    re.compile(rf"\b(?:before|by|up to|up till|no later than|till) {ABOUT}{_clock('a')}"),
    re.compile(
        rf"\b(?:start|starts|starting|leave|go out|head out"
        rf"|away) (?:my work |work |for work |out |again )?{ABOUT}{_clock('a')}"
    ),
    re.compile(rf"{_clock('a')} (?:latest|at the latest|or before|or earlier|max)\b"),
)
# What stands before the hour, in minutes.
PAST = {
    "": 0, "half": 30, "half past": 30, "quarter past": 15, "quarter after": 15, "quarter to": -15,
}  # fmt: skip
AT = (
    re.compile(rf"\b(?:at|about|around|roughly|maybe|say) {_clock('a')}"),
    re.compile(
        rf"^{_clock('a')}(?: (?:is|would|will|wid|be|best|suits?|good|fine|works?|please|pls).*)?$"
    ),
    re.compile(rf"\b(?:{DAY}|tomorrow|today) (?:at )?{_clock('a')}"),
    # A figure that is plainly of the clock: "10am on tuesday", "half 3 the morra".
    re.compile(rf"{_clock('a')}(?<=m)"),
    re.compile(rf"(?=half|quarter|\d{{1,2}}[:.]|\d{{1,2}} oclock){_clock('a')}"),
)

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
    (("after school", "after pick up", "after pickup", "home from school"), time(15, 30), None),
    (("after kids in bed", "after kids bed", "after kids asleep", "once kids in bed",
      "once kids asleep", "kids in their bed", "kids asleep"), time(19), None),
    (("not too early", "no too early", "not early"), time(10), None),
    (("after work", "home from work", "in from work", "finish work"), time(17), None),
    (("before work",), None, time(9)),
    (("not before noon", "no before noon", "not before midday", "not before lunch",
      "no before lunch", "not till noon", "not till after lunch", "after noon", "from noon",
      "after midday", "after lunch", "not before midday", "from midday", "midday on"),
     time(12), None),
    (("after dinner time", "after lunchtime"), time(13), None),
    (("before noon", "before midday", "before lunch"), None, time(12)),
    (("lunchtime", "lunch time", "lunch break", "on break", "at noon", "at midday", "dinner time",
      "around midday", "at lunch"), time(12), time(14)),
    (("teatime", "tea time"), time(16), time(18)),
)  # fmt: skip
LEFT_OUT = re.compile(r"\b(?:the|my|ma|i've|i|are|is|ur|morning)\b ?")


# "After 6 is no good" shuts out what follows six.
BAD_BOUND = re.compile(
    rf"\b(?P<which>after|from|before|till) {ABOUT}{_clock('a')}(?: (?:is|would be|are))? "
    r"(?:just )?(?:no|not) (?:any )?(?:good|great|use|suit|work|possible|ok|for me)\b"
)


def _read_bounds(said):
    said = BAD_BOUND.sub(
        lambda found: f"not {found['which']} {found['ahour']}{found['ameridiem'] or ''}", said
    )
    late = bool(re.search(r"\bevenings?\b|\bnight\b|\btonight\b|\btea\b|\bbed\b", said))
    said = NOT_BETWEEN.sub(" ", said)
    for busy in (BUSY_BETWEEN, BUSY_TILL):
        if found := busy.search(said):
            free_from = _time(found, "b" if busy is BUSY_BETWEEN else "a", late)
            rest = said[: found.start()] + " " + said[found.end() :]
            # What they say of a call itself comes before what can be told from their day.
            start, end = _told_bounds(rest, late)
            return (start, end) if start or end else (free_from, None)
    start, end = _told_bounds(said, late)
    return (start, end) if start or end else _read_habits(said)


def _told_bounds(said, late):
    """The bounds that a text names by the clock."""
    before, said = _cut_out((NEGATED_BEFORE,), said, late)
    after, said = _cut_out((NEGATED_AFTER,), said, late)
    if before or after:
        told_before, said = _cut_out(NOT_BEFORE, said, late)
        told_after, _ = _cut_out(NOT_AFTER, said, late)
        return _both(max, before, told_before), _both(min, after, told_after)
    if between := BETWEEN.search(said):
        start, end = _time(between, "a", late), _time(between, "b", late)
        if start and end and start != end:
            return (start, end) if start < end else (_earlier_half(start), end)
    not_before, said = _cut_out(NOT_BEFORE, said, late)
    not_after, said = _cut_out(NOT_AFTER, said, late)
    if not_before is None and not_after is None:
        not_before, _ = _cut_out(AT, said, late)
        # "at 2" means a call around two, so an hour is left for it.
        not_after = not_before and _later(not_before, hours=1)
    return not_before, not_after


def _both(stricter, first, second):
    """Of two bounds the one that keeps to both, of one that one."""
    return stricter(first, second) if first and second else first or second


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


def _cut_out(patterns, said, late):
    """`(clock time, said without it)` of the first pattern that is found."""
    for pattern in patterns:
        if found := pattern.search(said):
            return _time(found, "a", late), f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


# "after 7" is seven in the evening: nobody is rung at seven in the morning.
FROM_THIS_HOUR = 8


def _time(found, name, late):
    """The clock time of one group of a match; afternoon where the hour alone leaves it open."""
    hour, minute = int(found[name + "hour"]), int(found[name + "minute"] or 0)
    half, meridiem = found[name + "half"] or "", found[name + "meridiem"] or ""
    minute += PAST[half]
    if hour > 23 or minute > 59:
        return None
    is_late = meridiem == "pm" or meridiem.endswith("at night")
    is_open = meridiem in ("", "oclock")
    if hour < 12 and (is_late or (is_open and (hour < FROM_THIS_HOUR or late))):
        hour += 12
    return _later(time(hour), minutes=minute)


def _earlier_half(moment):
    """Read "9 to 1" and "10 till 2" as morning to afternoon."""
    return moment.replace(hour=moment.hour - 12) if moment.hour >= 12 else moment


def _later(moment, **shift):
    return (datetime.combine(datetime(2000, 1, 1), moment) + timedelta(**shift)).time()


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


# Said of a call though it was not asked: "aye, any time".
SAYS_ANY_TIME = re.compile(
    r"\bany ?time\b|\bony ?time\b|\bwhen ?ever\b|\bany day\b|\basap\b|\bas soon as\b|\ball day\b"
    r"|\bstraight ?away\b|\bright (?:now|away)\b",
    re.IGNORECASE,
)


def says_any_time(text):
    """Whether a text plainly says that any time will do."""
    return bool(SAYS_ANY_TIME.search(text))
