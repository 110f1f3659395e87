"""What keeps somebody busy, and when that leaves them free.

"I'm at college tuesday and wednesday" leaves the other days, "at work till 4" what comes
after four. All of it reads plain words, a clause at a time.
"""

import re
from dataclasses import dataclass
from datetime import time

from social_prescribing.clock_words import BETWEEN, a_clock, read_clock
from social_prescribing.day_words import FROM_A_DAY, named_days
from social_prescribing.working_time import LATEST

WORK = (
    r"work(?:ing)?\b(?! (?:for|best|better|well|fine|ok|good|out|is))|at my work|office|shifts?"
    r"|college|uni|esol|class(?:es)?|lessons?|course|training|interview|volunteer\w*|job ?centre"
    r"|court|meetings?|busy|engaged|booked|tied up"
    r"|(?:have|got|in|at|i've)(?: got)?(?: the)? school|do the school run"
)
CARE = (
    r"appointment|dialysis|chemo|radiotherapy|treatment|rehab|infusion|scan|bloods?|hospital"
    r"|clinic|dentist|doctors?|physio\w*|nurse|carers?|chiropodist|podiatrist|optician"
    r"|counsell\w+|therapy|day (?:centre|center)"
)
OUT = (
    r"mosque|church|chapel|mass|prayers?|bingo|gym|swimming|choir|club|\w+ group|shopping"
    r"|funeral|wedding"
    r"|(?:be|i'm|we're|usually|always) (?:mostly |usually |always )?(?:out|away)"
    r"(?! (?:by|at|from)\b)"
    r"|i'm (?:up |down |over )?(?:at )?(?:the|my)"
    r" (?!house|phone|home|desk|door|only|best|one|flat|1)\w+"
    r"|at (?:my |the )?(?:mum|mam|mammy|mother|sister|brother|gran|granny|daughter|son|pal|dad)"
    r"'?s?|(?:go|going) to (?:the |my )?(?!be\b)\w+"
)
FAMILY = r"(?:i've|i have|i got|have|got)(?: got)? (?:the )?(?:my )?(?:kids|grand\w+|wee \w+)"
ASLEEP = (
    r"sleep(?:ing)?|asleep|in (?:my )?bed|i (?:nap|rest|sleep|lie down)|drowsy|groggy|sleepy"
    r"|out of it|i'm (?:\w+ )?(?:slow|stiff|sore|useless|hopeless|rough|grumpy|(?:not|no) human)"
)
BUSY = re.compile(rf"\b(?:{'|'.join((WORK, CARE, OUT, FAMILY, ASLEEP))})\b")
# Whose day it is: "when he's at work" is a good time.
OTHERS = re.compile(
    r"\b(?:he|he's|husband|hubby|man|partner|boyfriend|wife|son|daughter|kids|wee \w+|baby|dad"
    r"|flatmate|they're)\b"
)
SELF = re.compile(r"\b(?:i|i'm|i've|we|we're)\b")
# Before the word of work they make it an offer, or deny it: "home from work at 4", "no working".
NO_BUSY = re.compile(
    r"\b(?:after|before|once|when|while|whilst|if|during|between .* (?:is|are) (?:good|fine)|home"
    r"|back|in from|finish\w*|done|off|free|available|can (?:only )?(?:speak|talk|take|do)|suits?"
    r"|best|better|fine|ok|okay|ring|call|phone|please|only speak|not|no)\b"
)
# Said anywhere in a clause, it is about a call.
WELCOMES = re.compile(
    r"\b(?:is|are|be|r) (?:fine|ok|okay|good|best|better|grand)\b|\b(?:ring|call|phone) me\b"
    r"|\bfree\b|\bplease\b|\bsuits\b|\bworks\b(?= *$| for| best| fine)|\bmy day off\b"
)
LEAVES = re.compile(
    rf"\b(?:leaves?|away|gone|done|finished|finish|finishes|out|ends?|stops?|goes) "
    rf"(?:at |by |about |from )*{a_clock('a')}"
)
TILL = re.compile(rf"\b(?:till|to|up to|until) (?:about |around |at |maybe )*{a_clock('a')}")
FROM = re.compile(
    rf"\b(?:from|starts?|starting|after) (?:my |the |work |shift |about |at )*{a_clock('a')}"
)
# "am on nights" and "night shift" say when somebody works, not when to ring.
WORKS_NIGHTS = re.compile(
    r"\b(?:on|of|work|working|works|do|does|from) (?:the )?nights?\b(?: job)?|\bnight ?shifts?\b"
    r"|\bnight job\b|\bnights this week\b"
)
PART = re.compile(r"\b(morning|afternoon|evening|night)s?\b")


@dataclass(frozen=True)
class Busy:
    """What a clause says of being busy: days, hours, a part of the day."""

    days: tuple[str, ...] = ()
    free_from: time | None = None
    free_till: time | None = None
    part: str = ""
    names_clock: bool = False

    @property
    def is_of_some_hours(self):
        """Whether it takes a part of its days only."""
        return bool(self.part) or self.names_clock

    @property
    def is_by_the_clock(self):
        return bool(self.free_from or self.free_till)


def is_busy(clause):
    """Whether a clause says what keeps the patient from the phone."""
    found = BUSY.search(clause)
    if (
        not found
        or FROM_A_DAY.search(clause)
        or NO_BUSY.search(clause[: found.start()])
        or WELCOMES.search(clause)
    ):
        return False
    return bool(SELF.search(clause)) or not OTHERS.search(clause)


def read_busy(clause, now):
    """What a busy clause says."""
    days = named_days(clause, now)
    free_from = free_till = None
    if found := LEAVES.search(clause):
        free_from = read_clock(found, "a")
    elif found := BETWEEN.search(clause):
        is_once = not BETWEEN.search(clause, found.end())
        is_span = " and " not in found[0] or "between" in found[0] or "from" in found[0]
        if is_once and is_span:  # "at 8, 12 and 5" are three times
            free_from, free_till = _around(read_clock(found, "a"), read_clock(found, "b"))
    elif found := TILL.search(clause):
        free_from = read_clock(found, "a")
    elif found := FROM.search(clause):
        free_till = read_clock(found, "a")
    part = PART.search(clause)
    return Busy(
        days=days,
        free_from=free_from,
        free_till=free_till,
        part=part[1] if part and not WORKS_NIGHTS.search(clause) else "",
        names_clock=bool(re.search(r"\d", clause)),
    )


def _around(start, end):
    """What is left beside work from `start` to `end`: what comes after, or before a late shift."""
    if start is None or end is None:
        return None, None
    if start >= end and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    elif start > end:
        start = start.replace(hour=start.hour % 12)
    return (None, start) if end >= LATEST else (end, None)
