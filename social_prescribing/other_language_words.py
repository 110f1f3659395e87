"""Words by which answers in other languages than English are read, and a text made fit for them.

They stand in `data/answers/other_languages.tsv`, for speakers to review.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from social_prescribing.day_words import DAYS

WORDS = Path(__file__).resolve().parent.parent / "data" / "answers" / "other_languages.tsv"
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

LETTER = r"[\w\u0900-\u0dff]"
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
