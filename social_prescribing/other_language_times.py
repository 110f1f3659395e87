"""When to ring, in other languages than English: days, parts of the day and hours of the clock.

What is found is put into English, which contact_times.py reads.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from social_prescribing.contact_times import read_contact_times
from social_prescribing.day_words import DAYS
from social_prescribing.other_language_words import (
    BEHIND_A_DAY,
    BEHIND_AN_HOUR,
    CLOCK,
    PARTS,
    TIMES,
    Folded,
    words_of,
)

HOUR = r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>[0-5]\d)|\s?(?:h\b|点|點|時|时))?(?!\d)"
LAST_HOUR = HOUR.replace("<hour>", "<last>").replace("<minute>", "<last_minute>")
# "godzinie 16", "the hour 4": between the small word and the figure, or behind it.
_HOURS = (
    r"godz\w*\.?|las?|les|as|le|ore|ora|orele|saat|ساعت|الساعه|ساعه|годин\w*|час\w*"
    r"|baje|bajay|bje|بجے|ਵਜ|gio"
)
CHINESE_FIGURES = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2,
    "兩": 2,
}
LONGEST_REFUSAL = 14  # signs between "no" and the day that it speaks of


def read_times(text, *, language):
    """ContactTimes by the day, part of day and clock words of a language, or None."""
    said = _chinese_hours_as_figures(Folded.of(text).text)
    in_english = " ".join(hit.english for hit in times_in(said, language))
    times = read_contact_times(in_english) if in_english else None
    return times and replace(times, words=text.strip())


class _Hit(NamedTuple):
    """A word of time, where it stands, and what it says in English."""

    start: int
    end: int
    english: str


def times_in(said, language):
    """Each word of time, in the order of the text."""
    words = words_of(language)
    spans = [*_spans_in(said, words), *_hours_before_a_word(said, words)]
    found = [
        hit
        for hit in (*_named_in(said, words), *_hours_in(said, words))
        if not any(hit.start < span.end and span.start < hit.end for span in spans)
    ] + spans
    found.sort(key=lambda hit: (hit.start, -hit.end))
    hits = []
    for hit in found:
        if not hits or hit.start >= hits[-1].end:
            hits.append(hit)
    return _without_days_refused(
        said, _as_ranges(said, _with_half_of_day(said, hits), words), words
    )


def _named_in(said, words):
    """Days, parts of the day and the like; one may stand inside another, as in "after noon"."""
    for kind in TIMES:
        for match in words[kind].finditer(said) if kind in words else ():
            yield _Hit(match.start(), match.end(), kind)


def _spans_in(said, words):
    """ "10 do 12": from one hour to another."""
    till = rf"|{words['till'].pattern}" if "till" in words else ""
    for match in re.finditer(rf"{HOUR}\s*(?:-|–{till})\s*(?:{_HOURS})?\s*{LAST_HOUR}", said):
        first = _clock(match["hour"], match["minute"])
        last = _clock(match["last"], match["last_minute"])
        if first and last:
            yield _Hit(match.start(), match.end(), f"{first} to {last}")


def _hours_in(said, words):
    """Hours of the clock with the words before them."""
    for kind in CLOCK:
        for match in words[kind].finditer(said) if kind in words else ():
            rest = re.match(rf"\s*(?:{_HOURS})?\s*{HOUR}", said[match.end() :])
            if rest and (clock := _clock(rest["hour"], rest["minute"])):
                yield _Hit(match.start(), match.end() + rest.end(), f"{kind} {clock}")


def _hours_before_a_word(said, words):
    """ "10 baje ke baad": hours of the clock with the words behind them."""
    for kind in BEHIND_AN_HOUR:
        for match in words[kind].finditer(said) if kind in words else ():
            before = re.search(rf"(?<!\d){HOUR}\s*(?:{_HOURS})?\s*$", said[: match.start()])
            if before and (clock := _clock(before["hour"], before["minute"])):
                english = kind.removeprefix("hour+")
                yield _Hit(before.start(), match.end(), f"{english} {clock}")


def _with_half_of_day(said, hits):
    """ "subah 10 baje ke baad" is after ten in the morning, not a morning."""
    told = []
    for hit in hits:
        before = told[-1] if told else None
        if before and not said[before.end : hit.start].strip():
            part, hour = (before, hit) if before.english in PARTS else (hit, before)
            if part.english in PARTS and re.search(r"\d$", hour.english):
                half = "am" if part.english == "morning" else "pm"
                is_open = ":" not in hour.english and not hour.english.endswith("12")
                english = hour.english + (half if is_open else "")
                told[-1] = _Hit(before.start, hit.end, english)
                continue
        told.append(hit)
    return told


def _clock(hour, minute):
    """An hour as English writes it, so that "4" stays open to be read as four in the afternoon."""
    if int(hour) >= 24:
        return None
    return f"{hour}:{minute or '00'}" if minute or int(hour) > 12 else hour


def _chinese_hours_as_figures(said):
    """ "下午三点" with its hour as a figure."""
    return re.sub(
        "(十?[一二三四五六七八九两兩]|十)(?=点|點|时|時)",
        lambda found: str(sum(CHINESE_FIGURES[sign] for sign in found[0])),
        said,
    )


def _without_days_refused(said, hits, words):
    """The hits, with "except" before a day that is refused: "no puedo los lunes"."""
    marked = []
    for number, hit in enumerate(hits):
        is_day = any(day in hit.english for day in DAYS)
        last_end = hits[number - 1].end if number else 0
        next_start = hits[number + 1].start if number + 1 < len(hits) else len(said)
        before = re.split(r"[,.;،。，]", said[last_end : hit.start])[-1][-LONGEST_REFUSAL:]
        behind = re.split(r"[,.;،。，]", said[hit.end : next_start])[0][:LONGEST_REFUSAL]
        is_refused = is_day and (
            ("no" in words and words["no"].search(before))
            or (BEHIND_A_DAY in words and words[BEHIND_A_DAY].search(behind))
        )
        marked.append(hit._replace(english=f"except {hit.english}") if is_refused else hit)
    return marked


def _as_ranges(said, hits, words):
    """ "od poniedziałku do piątku": two days with "till" between them are all the days."""
    ranged = []
    for number, hit in enumerate(hits):
        before = hits[number - 1] if number else None
        are_days = before and hit.english in DAYS and before.english in DAYS and "till" in words
        if are_days and words["till"].fullmatch(said[before.end : hit.start].strip()):
            ranged[-1] = _Hit(before.start, hit.end, f"{before.english} to {hit.english}")
            continue
        ranged.append(hit)
    return ranged
