"""Words of time: which days, part of the day and clock times a text names.

"no before 10 a drop the weans aff" names a bound, "any day but Wednesday" the
other weekdays, "mornings are nae good" what is left of the day without them.
"""

import re
from datetime import time
from typing import NamedTuple

from django.db import models

from social_prescribing.busy_words import WORKS_NIGHTS, is_busy, read_busy
from social_prescribing.clock_words import BETWEEN, read_bounds, read_then
from social_prescribing.day_words import (
    A_LATER_DATE,
    DAY,
    DAY_SAID,
    DAY_WORD,
    DAYS,
    OTHER_DAYS,
    WEEKDAYS,
    dates_as_days,
    named_days,
    without_bad_days,
)
from social_prescribing.time_spellings import in_plain_words

MORNING_ENDS, EVENING_STARTS = time(12), time(17)


class TimePreference(models.TextChoices):
    """The part of the day that suits the patient."""

    ANY = "any", "Any time"
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


class TimeWords(NamedTuple):
    """What a text says of time; None or empty for what is not said.

    The part is TimePreference.ANY where the text says that any time suits, or names
    a time that cannot be told in these terms ("no when ma man's in").
    """

    days: tuple[str, ...] = ()
    not_before: time | None = None
    not_after: time | None = None
    part: str | None = None
    # Where only these were named, and the days are what they leave.
    days_out: tuple[str, ...] = ()

    @property
    def times(self):
        """The time of the day, whatever the days."""
        part = None if self.part == TimePreference.ANY else self.part
        return self.not_before, self.not_after, part

    @property
    def is_any_on_days(self):
        """Any time of certain days."""
        return bool(self.days and not self.days_out) and self.part == TimePreference.ANY


def read_time_words(text, now):
    """The TimeWords of a text."""
    plain = OF_THE_PHONE.sub(" ", LIVES_AT.sub(" ", in_plain_words(text)))
    said = _answer_in(_last_meant(dates_as_days(plain, now)))
    return _read_alternatives(said, now) or _read_said(said, now)


def _read_alternatives(said, now):
    """ "tuesday morning or thursday after 2": both days, any time; None where it is no such choice.

    Which hour goes with which day stays in the patient's words.
    """
    is_or = " or " in said and not any(" or " in found[0] for found in BETWEEN.finditer(said))
    sides = [
        _read_said(side, now) for side in (said.split(" or ") if is_or else LISTED.split(said))
    ]
    times = {side.times for side in sides}
    if len(times) == 1 or any(side.times == NO_TIMES and not side.is_any_on_days for side in sides):
        return None
    if not is_or and not all(side.days and side.times != NO_TIMES for side in sides):
        return None
    days = {day for side in sides for day in side.days} if all(s.days for s in sides) else ()
    return TimeWords(tuple(day for day in DAYS if day in days), part=TimePreference.ANY)


LISTED = re.compile(r" ?[,;] ?(?:and )?| and ")
NO_TIMES = (None, None, None)


def _read_said(said, now):
    offered, busy = _offers_and_busy(said, now)
    days, days_out, offered = _read_days(said, offered, busy, now)
    part, offered = _read_part_of_day(offered)
    is_late = bool(re.search(r"\bevenings?\b|\bnights?\b|\btonight\b", offered))
    not_before, not_after = read_then(said)
    if not (not_before or not_after):
        not_before, not_after = _read_offered(offered, is_late)
    if part in LEFT_WITHOUT:
        start, end = LEFT_WITHOUT[part]
        part = None
        not_before, not_after = not_before or start, not_after or end
    if part in (None, TimePreference.ANY) and not (not_before or not_after):
        not_before, not_after = _bounds_beside(said, busy, days)
    if not_before and not_after and not_before >= not_after:
        not_before = not_after = None  # "before 10 or after 4": for the link worker to read
        part = part or TimePreference.ANY
    part = _part_that_holds(part, not_before, not_after)
    if part == TimePreference.MORNING and not_after and not_after > MORNING_ENDS:
        not_after = None
    if part is None and not days and not_before is None and not_after is None:
        is_vague = VAGUE.search(said) or any(each.days or each.is_of_some_hours for each in busy)
        part = TimePreference.ANY if is_vague else None
    return TimeWords(days, not_before, not_after, part, days_out)


def _read_offered(offered, is_late):
    """ "pick them up at 3 so before 2": what follows "so" is the answer, if it is one."""
    then = SO_THEN.search(offered)
    told = read_bounds(then[1], is_late=is_late) if then else (None, None)
    return told if any(told) else read_bounds(offered, is_late=is_late)


def _part_that_holds(part, not_before, not_after):
    """The part of the day; for a span the one that it lies in: 10 to 12 is a morning."""
    if part is None and not_before and not_after:
        if not_after <= MORNING_ENDS:
            return TimePreference.MORNING
        if not_before >= MORNING_ENDS and not_after <= EVENING_STARTS:
            return TimePreference.AFTERNOON
    if part == TimePreference.MORNING and not_before and not_before >= MORNING_ENDS:
        return None
    return part


# "mornings are nae good" leaves the afternoon, and the other way about.
LEFT_WITHOUT = {
    "not early": (time(10), None),
    "not morning": (MORNING_ENDS, None),
    "not afternoon": (None, MORNING_ENDS),
    "not evening": (None, EVENING_STARTS),
}
# Of time, though nothing that a clock shows: kept as it is for the link worker to read.
VAGUE = re.compile(
    r"\b(?:no|not|except|only|just|unless)\b.*\b(?:lunch|dinner|tea|lunchtime|teatime|between"
    r"|when|while|during|if|if my|whenever"
    r"|in time of|then|that day|that time|those)\b"
    r"|\b(?:before|after|around|about|at) (?:my |ma |the )?(?:dinner|break|lunch"
    r"|prayers?|mosque|church|mass|fajr|zuhr|dhuhr|asr|maghrib|sunset|sunrise|iftar|isha"
    r"|jumu?m?ah?)\b"
    rf"|\b(?:late|later)(?: on)?\b|\b{A_LATER_DATE}\b|\b(?:this|next|following) week\b"
    r"|\b(?:during|through|in) the day(?:time)?\b|\bday ?time\b|\bfortnight\b"
    r"|\bbefore the weekend\b|\bdepends\b"
)
# "I rest from 1 to 3, ring outside those hours" leaves two spans.
OUTSIDE = re.compile(r"\boutside (?:of )?(?:those|these|that)\b|\bany other time\b")
LIVES_AT = re.compile(r"\b(?:live|living|stay|staying|address is) (?:at|in) \w+(?: \w+)?")

# "My phone's getting cut off on Friday", "losing this number on Friday": the day of that is no
# wish for a call. "My phone's away till Friday" does say when to ring.
PHONE = (
    r"(?:(?:tele)?phone|fone|mobile|mob|land ?line|line|number|nmbr|sim|contract|credit|minutes)"
)
LEADS_TO_ITS_DAY = rf"(?:(?:on|by|from|at|come|this|next|the|again|for good) )*{DAY_SAID}\b"
OF_THE_PHONE = re.compile(
    rf"\b{PHONE}(?:'?s)? (?:is |are |will |be |it |get\w* |go\w* |being |about to |due to |all "
    r"|running |to )*(?:cut|cut (?:off|aff)|off|aff|out|oot|up|barred|stopped|disconnected|dies"
    r"|ends|ending|expires|runs? (?:out|oot)|switched (?:off|aff)|changes|changing|changed|sold"
    r"|repaired|fixed|away|in for (?:a )?repairs?) "
    rf"{LEADS_TO_ITS_DAY}"
    r"|\b(?:los\w+|chang\w+|cut\w*|sell\w*|get\w*|giv\w+|switch\w*|hand\w*) "
    r"(?:back |in |up |off |rid of )?(?:a |the |this |that |my |me |us |new |old )*"
    rf"{PHONE} (?:off |aff |back |in |up |fixed |repaired |over )?{LEADS_TO_ITS_DAY}"
)

# ----------------------------------------------------- what counts as the answer

CHANGES_MIND = re.compile(
    r"^(.*\w)(?<!\bor)(?<!\bany time)[ ,.]+(?:no ,? ?sorry|sorry ,? ?no|no ,? ?wait|wait ,? ?no"
    r"|no ,? ?actually|actually ,? ?no|actually|scratch that|scrap that|i mea?nt?|no ,"
    r"|make? (?:it|that)|move (?:it|that|me) to|change (?:it|that)(?: to)?|try"
    r"|(?:could|can) (?:we|you) (?:do|make it)|(?:how|what) about)\b(.+)$"
    r"|^(.*\bi said\b.*)\bbut\b(.+)$"
)
# "Mak it tuesday. the rest is fine" speaks of the summary, and not of the other days.
REST_OF_SUMMARY = re.compile(
    r"[ ,.;]+(?:the )?rest(?: of it)?(?:'s| is)? (?:all )?"
    r"(?:fine|ok|okay|right|correct|good|grand).*$"
)
SAYS_CLOCK = re.compile(r"\d|\b(?:mornings?|afternoons?|evenings?|midday|lunchtime)\b")
OPENS_WITH_SORRY = re.compile(r"^(?:no ,? ?sorry|sorry ,? ?no|sorry|no ,|\W+)[ ,]*")


def _last_meant(said):
    """ "tuesday no sorry thursday afternoon": what is put right in the same breath counts."""
    said = OPENS_WITH_SORRY.sub("", said)
    changed = CHANGES_MIND.match(said)
    first, last = [part for part in changed.groups() if part] if changed else ("", "")
    last = REST_OF_SUMMARY.sub("", last)
    if SAYS_CLOCK.search(last):
        days = " or ".join(DAY_WORD.findall(first))
        return last if DAY_WORD.search(last) else f"{days} {last}"
    return f"{DAY_WORD.sub('', first)} {last}" if DAY_WORD.search(last) else said


# "bingo on thursdays, no then": the days and times before it are when NOT to ring.
NOT_THEN = re.compile(
    r"^(.*?)\b(?:so |but |and )?(?:not?|no) (?:then|those|th[ei]se? days?|that days?|that time)\b"
)
# "dialysis mon wed fri so tues or thurs": what follows "so" is the answer.
SO_THEN = re.compile(r"^.*?\bso\b (.*)$")


def _answer_in(said):
    """Turn what a patient is busy with into what suits, or leave it out."""
    if busy := NOT_THEN.search(said):
        days = " and ".join(DAY_WORD.findall(busy[1]))
        rest = said[busy.end() :]
        return f"not {days} {rest}" if days else f"not then {rest}"
    then = SO_THEN.search(said)
    if then and (
        DAY_WORD.search(then[1]) or re.search(r"\b(?:mornings?|afternoons?|evenings?)\b", then[1])
    ):
        return then[1]
    return said


CLAUSES = re.compile(
    r" ?[,.;!?] ?(?=\D)| (?=(?:but|so|because|except|then|as i)\b)|(?<=\bok)|(?<=\bfree) (?=busy)"
)
ONLY_DAYS = re.compile(rf"(?:(?:on|and|or|{DAY}) ?)+")
STARTS_WITH_A_DAY = re.compile(rf"(?:(?:and|or|on) )*{DAY}\b")


def _clauses_of(said):
    """The clauses of a text; days in a list stay together: "mondays, wednesdays i work"."""
    clauses = []
    for clause in filter(None, map(str.strip, CLAUSES.split(said))):
        listed = clauses and ONLY_DAYS.fullmatch(clauses[-1]) and STARTS_WITH_A_DAY.match(clause)
        if listed:
            clauses[-1] += f" , {clause}"
        else:
            clauses.append(clause)
    return clauses


def _offers_and_busy(said, now):
    """`(what is said of a call, what is said of being busy)`."""
    offered, busy = said, []
    for clause in _clauses_of(said):
        if is_busy(clause) and not without_bad_days(clause, now)[0]:
            busy.append(read_busy(clause, now))
            offered = offered.replace(clause, " ", 1)
    return offered, busy


def _read_days(said, offered, busy, now):
    """`(days, those that were left out, offered without the days that do not suit)`."""
    out, rest = without_bad_days(offered, now)
    named = named_days(rest, now)
    is_rest = bool(OTHER_DAYS.search(rest))
    tells_hour = bool(_parts_named(rest)) or any(read_bounds(rest)) or any(read_then(said))
    for each in busy:
        # "physio at 2 on thursday, after 4 is good" leaves Thursday in.
        if is_rest or not (each.is_by_the_clock or (tells_hour and each.is_of_some_hours)):
            out.update(each.days)
    if is_rest and not out:
        out, named = set(named), ()
    if not out:
        return named, (), rest
    if named:
        return tuple(day for day in named if day not in out), (), rest
    left = tuple(day for day in WEEKDAYS if day not in out)
    return left, tuple(day for day in DAYS if day in out), rest


def _bounds_beside(said, busy, days):
    """What the hours somebody is busy leave free."""
    if OUTSIDE.search(said):
        return None, None
    for each in busy:
        if each.is_by_the_clock and (not each.days or not days or set(each.days) & set(days)):
            return each.free_from, each.free_till
    parts = {each.part for each in busy if each.part and not each.days}
    return LEFT_WITHOUT[OF_PART[parts.pop()[0]]] if len(parts) == 1 else (None, None)


# --------------------------------------------------------------- part of day

ANY_TIME = re.compile(
    r"\b(?:right|just|yes) now\b|^now\b|\bnow (?:please|is|would|if)\b|\basap\b|\bas soon as\b"
    r"|\bsoon as\b|\bearlier the better\b"
    r"|\ball days?\b|\ball (?:the )?time\b|\bany (?:old |reasonable |decent )?(?:time|hour)\b"
    r"|\bevery (?:day|time)\b"
    r"|\bfree (?:all|aw) day\b|\bwhenever\b|\bwhen ever\b|\bany ?time\b|\bwhen you (?:want|like)\b"
    r"|\bany day\b(?! but)(?! except)|\banytime\b|\bearliest convenience\b|\bimmaterial\b"
    r"|\ball day\b|\bany of them\b|\bany time of day\b|\bid[mc]\b|\bsame to me\b"
    r"|\b(?:doesn't|disnae|doesnt|does not|disny|dusnae) (?:matter|make)\b"
    r"|\b(?:not|no|dinnae) (?:mind|fussed|bothered|fussy|care|caring)\b"
    r"|\bup to (?:you|yous|her|him)\b"
    r"|\b(?:her|his|your|yer) choice\b|\beasy\b"
    r"|\bwhat ?ever (?:suits|time|day|works)\b|\bnot working\b"
    r"|\bstraight ?away\b|\bimmediately\b|\b(?:you|she|he|they|yous) (?:choose|decide|pick)\b"
    r"|\bany ?when\b|\bno preference\b|\bany of the days\b|\bround the clock\b|\b24 ?/? ?7\b"
    r"|^any$|^whatever$|\bhome all the time\b|\balways (?:in|home|here)\b|\bno plans\b"
)
PARTS = {
    TimePreference.MORNING: r"mornings?|in the am|early on(?! \w+day)|first thing|early doors|ams"
    r"|(?:^|(?<=[,.] )|(?<=\bso )|(?<=\bbe )|(?<=\bis ))early(?= *$| *[,.]| please| is| or| fine"
    r"| best)",
    TimePreference.AFTERNOON: r"afternoons?|in the pm|(?<!\d )pm|pms",
    TimePreference.EVENING: (
        r"evenings?|tonight|last thing|(?<!\d )(?<!\dpm )at night|(?<!at )nights?"
        r"|after (?:my |the )?tea"
        r"|(?:in|to|go to|are in) (?:their |my )?bed"
    ),
}
LEADS_TO_A_PART = (
    r"(?:(?:do|in|on|at|any|the|good|suit|ring|phone|call|rung|phoned|called|telephoned"
    r"|telephone|contacted|to|me|can|have|make|manage|so|a|of|my|be"
    r"|really|great|up|over|during) )*"
)
NO_PART = re.compile(
    rf"\b(?:not?|nothing|except|but not|but no|instead of|rather than) {LEADS_TO_A_PART}"
    r"(mornings?|afternoons?|evenings?|nights?|first thing)\b"
    r"|\b(mornings?|afternoons?|evenings?|nights?)(?: (?:are|is|r))?(?: just)? "
    r"(?:not? (?:good|use|great|suit|ok|work|possible)|bad|hopeless|out\b|doesn't|not suit|not"
    r"|taken|busy|impossible|awkward|hectic)\b"
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
    parts = [
        part for part in _parts_named(said) if not without or part not in _parts_named(without[0])
    ]
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


def says_no_limits(text):
    """Whether an answer to when it is good to ring says that any time, or any day, is."""
    return bool(ANY_TIME.search(in_plain_words(text)))


# Said of a call though it was not asked: "aye, any time".
SAYS_ANY_TIME = re.compile(
    r"\bany ?time\b|\bony ?time\b|\bwhen ?ever\b|\bany day\b|\basap\b|\bas soon as\b|\ball day\b"
    r"|\bstraight ?away\b|\bright (?:now|away)\b",
    re.IGNORECASE,
)


def says_any_time(text):
    """Whether a text plainly says that any time will do."""
    return bool(SAYS_ANY_TIME.search(text))
