"""Answers in other languages than English: a name, days and hours, yes and no.

The words stand in `data/answers/other_languages.tsv`, for speakers to review. Only what
is sure is read; nothing is translated, and what cannot be read is kept as it was written.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from social_prescribing.answers import ABOUT_THE_CALL
from social_prescribing.contact_times import read_contact_times
from social_prescribing.day_words import DAYS
from social_prescribing.languages import ENGLISH
from social_prescribing.names import read_name
from social_prescribing.places import find_place

WORDS = Path(__file__).resolve().parent.parent / "data" / "answers" / "other_languages.tsv"
# Languages in which area, time and voicemail are asked too; the others only name and phone.
ASKED_MORE = frozenset(
    {"ar", "es", "fa", "fr", "it", "pl", "pt", "ro", "ru", "tr", "uk", "ur", "zh"}
)
UNSPACED = {"zh"}
PARTS = ("morning", "afternoon", "evening")
CLOCK = ("after", "before", "at", "from", "till", "between", "and")
# Words that stand behind the hour, or the day, that they speak of: "10 baje ke baad".
BEHIND_AN_HOUR = ("hour+after", "hour+before", "hour+till", "hour+at")
BEHIND_A_DAY = "day+except"
TIMES = (*DAYS, "weekdays", "weekend", "today", "tomorrow", *PARTS, "any time", "except")
KINDS = {
    *TIMES, *CLOCK, *BEHIND_AN_HOUR, BEHIND_A_DAY, "yes", "no", "hello", "name is", "i am",
    "name ends", "no name", "no interpreter", "no call",
}  # fmt: skip

LONGEST_NAME = 4  # words; of a text that was asked for a name, too
LONGEST_CHINESE_NAME = 4  # signs
LONGEST_BARE_NO = 2  # words: "nie, dziękuję" is a no to the call, a sentence with a no is not
PARTICLES = {"de", "da", "do", "dos", "del", "la", "van", "von", "al", "el", "bin", "ibn", "bint",
             "abu", "di", "y", "ben"}  # fmt: skip
LETTER = r"[\w\u0900-\u0dff]"
HOUR = r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>[0-5]\d)|\s?(?:h\b|点|點|時|时))?(?!\d)"
CUTS = re.compile(r"[,;!?\n()/\d:،؛؟。，！？：、।]|\.(?=\s|$)|\s-\s")
_SAME_LETTER = str.maketrans({
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ł": "l", "ı": "i", "ø": "o", "đ": "d", "’": "'",
    "`": "'", "‘": "'", "ʼ": "'", "أ": "ا", "إ": "ا", "آ": "ا",
})  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """A text in the form that words are compared in, and where each sign of it stood."""

    text: str
    at: tuple

    @classmethod
    def of(cls, text):
        signs, at = [], []
        for place, sign in enumerate(text):
            for part in unicodedata.normalize("NFD", sign.casefold()):
                if unicodedata.category(part) in ("Mn", "Cf") or part == "ـ":
                    continue
                digit = unicodedata.digit(part, None)
                signs.append(part.translate(_SAME_LETTER) if digit is None else str(digit))
                at.append(place)
        return cls("".join(signs), (*at, len(text)))


@cache
def words_of(language):
    """Patterns of one language by kind; empty for a language that has no words here."""
    listed = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            code, kind, words = line.split("\t")
            if kind not in KINDS:
                raise ValueError(f"{WORDS.name}: {kind} is no kind of word")
            if code == language:
                listed.setdefault(kind, []).extend(words.split("|"))
    return {
        kind: _any_of(words, language in UNSPACED or kind in BEHIND_AN_HOUR)
        for kind, words in listed.items()
    }


def _any_of(words, unspaced):
    longest_first = sorted({Folded.of(word.strip()).text for word in words}, key=len, reverse=True)
    if unspaced:
        return re.compile("|".join(map(re.escape, longest_first)))
    patterns = (_word(word) for word in longest_first)
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(patterns)})(?!{LETTER})")


def _word(word):
    start = rf"{LETTER}{{0,3}}" if word.startswith("*") else ""
    end = rf"{LETTER}{{0,6}}" if word.endswith("*") else ""
    return start + r"\s+".join(map(re.escape, word.strip("*").split())) + end


def read_in_language(answers, text, *, language, asks, tells=False):
    """Answers, with what the words of a language say in place of what English made of them.

    tells: the text tells of a need, so that few of its words can be a name.
    """
    words, folded = words_of(language), Folded.of(text)
    if language == ENGLISH or not words:
        return answers
    is_sentence = asks == "name" and len(text.split()) > LONGEST_BARE_NO
    yes = None if is_sentence else _first_said(answers.yes, _read_yes_no(words, folded))
    about_call = asks in ABOUT_THE_CALL
    refuses = _refuses_call(words, folded, language)
    times = (read_times(text, language=language) if about_call else None) or answers.times
    place = answers.place or _read_place(text, asks)
    said = _Said(text, folded, words, asks, tells, bool(times or answers.phone))
    name = said.name() if asks == "name" or not answers.name else answers.name
    return replace(
        answers,
        yes=yes,
        name=None if refuses else name,
        place=place,
        area=place.name if place else answers.area,
        times=times,
        voicemail=yes if asks == "voicemail" else answers.voicemail,
        want_callback=False
        if refuses
        else _first_said(answers.want_callback, yes if asks == "want_callback" else None),
    )


def _first_said(*values):
    return next((value for value in values if value is not None), None)


def refuses_interpreter(text, *, language):
    """Whether a text says that no interpreter is needed, in its language or in English."""
    words, said = words_of(language), Folded.of(text).text
    found = words["no interpreter"].search(said) if "no interpreter" in words else None
    in_language = found and not NOT_BEFORE.search(said[: found.start()])
    return bool(in_language or NO_INTERPRETER.search(text))


# "Nie mówię dobrze po angielsku", "no hablo bien inglés": a no before it turns it round.
NOT_BEFORE = re.compile(r"\b(?:nie|no|не|non|nu|nao|ne) $")

NO_INTERPRETER = re.compile(
    r"\b(?:no|(?:don'?t|dont|do not) (?:need|want)(?: an?| any)?|without(?: an?)?)"
    r" (?:interpreter|translator)\b(?!.{0,12}\b(?:hard|can'?t|cannot|cant)\b)"
    r"|\bi (?:can )?speak (?:good |ok |fine |very good )?english\b"
    r"(?! (?:not|bad|badly|little|only|a bit|but))",
    re.IGNORECASE,
)


# ------------------------------------------------------------------ yes and no


def _read_yes_no(words, folded):
    said = folded.text.strip(" .,!،")
    if "hello" in words:
        said = re.sub(rf"^(?:{words['hello'].pattern})[\s,.!،]*", "", said)
    for kind, meaning in (("no", False), ("yes", True)):
        if kind in words and words[kind].match(said):
            return meaning
    return None


# ------------------------------------------------------------------------ place


def _refuses_call(words, folded, language):
    """Whether no call is wanted. "Do not ring before 10" leaves other times open."""
    found = words["no call"].search(folded.text) if "no call" in words else None
    return bool(found) and not _times_in(folded.text[found.end() :][:NEAR], language)


# Signs after "do not ring" in which a time limits it: "no me llamen antes de las 10".
NEAR = 30


def _read_place(text, asks):
    """Asked for, any place; else one whose name is written as a name or is a postcode."""
    if asks == "area":
        return find_place(text, is_asked_for=True)
    latin = re.findall(r"[A-Za-z][A-Za-z'-]*\d*|\d+[A-Za-z]{2}\b", text)
    named = " ".join(word for word in latin if word[0].isupper() or word[-1].isdigit())
    place = find_place(named) if named else None
    return place if place and place.kind in ("postcode", "neighbourhood") else None


# ------------------------------------------------------------------------ times


def read_times(text, *, language):
    """ContactTimes by the day, part of day and clock words of a language, or None."""
    said = _chinese_hours_as_figures(Folded.of(text).text)
    in_english = " ".join(hit.english for hit in _times_in(said, language))
    times = read_contact_times(in_english) if in_english else None
    return times and replace(times, words=text.strip())


class _Hit(NamedTuple):
    """A word of time, where it stands, and what it says in English."""

    start: int
    end: int
    english: str


def _times_in(said, language):
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


def _chinese_hours_as_figures(said):
    """ "下午三点" with its hour as a figure."""
    return re.sub(
        "(十?[一二三四五六七八九两兩]|十)(?=点|點|时|時)",
        lambda found: str(sum(CHINESE_FIGURES[sign] for sign in found[0])),
        said,
    )


LONGEST_REFUSAL = 14  # signs between "no" and the day that it speaks of


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


# ------------------------------------------------------------------------- name


@dataclass(frozen=True)
class _Said:
    """A text as something that may hold a name."""

    text: str
    folded: Folded
    words: dict
    asks: str
    tells: bool
    says_more: bool  # a time or a number stands beside it

    def name(self):
        """The name by one of the ways of giving it; asked for, also one that stands alone."""
        return (
            self._after("name is")
            or self._after("i am", only_names=self.asks != "name" or self.tells)
            or read_name(self.text, was_asked=False)
            or (self._alone() if self.asks == "name" else None)
        )

    def _after(self, kind, *, only_names=False):
        found = self.words[kind].search(self.folded.text) if kind in self.words else None
        if not found:
            return None
        words = self._cut(found.end()).split()
        if only_names or kind == "i am":
            return _as_name(words, only_names=True)
        return _as_name(words)

    def _cut(self, start):
        """The text from there up to what cannot belong to a name."""
        rest = self.folded.text[start:]
        rest_words = re.match(r"\W*", rest).end()
        ends = [cut.start() for cut in CUTS.finditer(rest, rest_words)]
        for kind in ("name ends", "no name", "hello", *TIMES):
            if kind in self.words and (found := self.words[kind].search(rest)):
                ends.append(found.start())
        end = min(ends, default=len(rest))
        return (
            self.text[self.folded.at[start + rest_words] : self.folded.at[start + end]]
            if (end > rest_words)
            else ""
        )

    def _alone(self):
        """ "tak, Katarzyna Nowak", or in a longer text a name before the first comma."""
        start = 0
        for _ in range(2):
            for kind in ("hello", "yes"):
                rest = self.folded.text[start:]
                opening = re.match(r"\W*", rest).end()
                if kind in self.words and (found := self.words[kind].match(rest, opening)):
                    start += found.end()
        if not self.folded.text[start:].strip(" .,!،。"):
            return None
        said = self._cut(start).split()
        is_short = len(self.text[self.folded.at[start] :].split()) <= LONGEST_NAME
        is_whole = self._cut(start).strip() == self.text[self.folded.at[start] :].strip(" .,!،。\n")
        if is_short and is_whole and not self.tells:
            return _as_name(said, only_names=len(said) > 2)
        return _as_name(said, only_names=True) if len(said) > 1 or self.says_more else None


def _as_name(words, *, only_names=False):
    """The words of a name at the front of these, or None.

    only_names: where a script has capitals, only what is written with one.
    """
    if not words:
        return None
    if not any(sign.isascii() or sign.lower() != sign.upper() for sign in "".join(words)):
        return _as_name_without_capitals(words)
    name = []
    for word in words:
        is_name = word[:1].isupper() or (bool(name) and word.casefold() in PARTICLES)
        if not is_name and ((name and name[0][:1].isupper()) or only_names or len(name) == 2):
            break
        name.append(word)
    while name and name[-1].casefold() in PARTICLES:
        name.pop()
    if not name or len(name) > LONGEST_NAME or any(map(str.isdigit, "".join(name))):
        return None
    return " ".join(word if word[:1].isupper() or word in PARTICLES else word.capitalize()
                    for word in name)  # fmt: skip


def _as_name_without_capitals(words):
    name = " ".join(words)
    if "\u4e00" <= name[0] <= "\u9fff":
        return name if len(name) <= LONGEST_CHINESE_NAME else None
    return name if len(words) < LONGEST_NAME else None
