"""Needs and danger in a text of another language than English, by words that we know of it.

The words stand in `data/other_languages/`, one file a language, for its
speakers to review and extend. Nothing is translated, on this machine or any.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.nlu.files import DATA_FOLDER
from bot.nlu.labels import DANGERS, NEEDS
from bot.nlu.lexicon import LexiconError

OTHER_LANGUAGES = DATA_FOLDER / "other_languages"
# A phrase that would be taken for danger and is none: an idiom, a denial, the past.
HARMLESS = "harmless"
LABELS = (*NEEDS, *DANGERS, HARMLESS)

# A link worker ticks three needs of a text at most.
MOST_NEEDS = 3
# How sure one word makes, and what each further one leaves of the doubt.
ONE_WORD, DOUBT_LEFT = 0.6, 0.6

# Scripts whose words stand without spaces between them.
UNSPACED = {"zh"}
# Vowel signs of Indian scripts belong to a word, though Python's \w leaves them out.
_LETTER = r"[\w\u0900-\u0dff]"
# Accents of Latin and Cyrillic letters, Arabic vowel signs and tatweel, Gurmukhi nukta, tippi
# and addak, invisible marks.
_MARKS = re.compile(
    r"[\u0300-\u036f\u064b-\u0655\u0670\u0640\u0a3c\u0a70\u0a71\u00ad\u200b-\u200f\u2060\ufeff]"
)
_SAME_LETTER = str.maketrans({
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ۃ": "ه", "ł": "l", "ı": "i", "ø": "o",
    "ە": "ه", "ێ": "ی", "ۆ": "و", "ڵ": "ل", "ڕ": "ر", "ፀ": "ጸ", "ሠ": "ሰ", "œ": "oe", "đ": "d",
    "’": "'", "`": "'", "‘": "'", "ʼ": "'",
})  # fmt: skip


def fold(text: str) -> str:
    """A text in the form that words are compared in: no accents, small letters."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_SAME_LETTER)


@dataclass(frozen=True)
class Entries:
    """The entries of one label: any of these words, or something of each part of a group."""

    words: re.Pattern | None
    together: tuple[tuple[re.Pattern, ...], ...]

    def count(self, folded: str) -> int:
        """How many of them stand in a folded text."""
        found = {match.group() for match in self.words.finditer(folded)} if self.words else ()
        groups = sum(all(part.search(folded) for part in group) for group in self.together)
        return len(found) + groups

    def without(self, folded: str) -> str:
        """The text less the words that stand alone in the list."""
        return self.words.sub(" ", folded) if self.words else folded


@dataclass(frozen=True)
class KnownWords:
    """The words of one language, by label."""

    entries: dict[str, Entries]

    def count(self, label: str, folded: str) -> int:
        """How many entries of a label stand in a folded text."""
        return self.entries[label].count(folded) if label in self.entries else 0

    def count_all(self, folded: str) -> int:
        """How many labels have a word in a folded text."""
        return sum(bool(self.count(label, folded)) for label in self.entries)

    def needs(self, folded: str) -> list[dict]:
        """`{"id", "confidence"}` of the needs that words show, best first."""
        counts = {need: self.count(need, folded) for need in NEEDS}
        if counts["carers"] and counts["loneliness"] == 1:
            counts["loneliness"] = 0  # "I look after him alone" tells of the work, not of company
        shown = sorted((need for need in NEEDS if counts[need]), key=lambda need: -counts[need])
        return [
            {"id": need, "confidence": _confidence(counts[need])} for need in shown[:MOST_NEEDS]
        ]

    def danger(self, folded: str) -> str | None:
        """The kind of danger that most phrases show; what a harmless phrase covers is not read."""
        harmless = self.entries.get(HARMLESS)
        read = harmless.without(folded) if harmless else folded
        counts = {kind: self.count(kind, read) for kind in DANGERS}
        kind = max(DANGERS, key=lambda kind: counts[kind])
        return kind if counts[kind] else None


def _confidence(words: int) -> float:
    return round(1 - (1 - ONE_WORD) * DOUBT_LEFT ** (words - 1), 4)


def read_known_words(path: Path) -> KnownWords:
    """The words of a file; its name is the language's code.

    Raises:
        LexiconError: if a line is not `label<tab>words`, or has an unknown label.
    """
    listed: dict[str, list[list[str]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        label, tab, words = line.partition("\t")
        if not tab or not words.strip() or label not in LABELS:
            raise LexiconError(f"{path.name}, line {number}: a known label, a tab, words expected.")
        listed.setdefault(label, []).append(_parts(words))
    spaced = path.stem not in UNSPACED
    return KnownWords({label: _entries(groups, spaced) for label, groups in listed.items()})


def _parts(words: str) -> list[list[str]]:
    """`nie + chcę|mogę`: the alternatives of each part."""
    return [
        [alternative for alternative in part.split("|") if alternative.strip()]
        for part in words.split(" + ")
    ]


def _entries(groups: list[list[list[str]]], spaced: bool) -> Entries:
    alone = [alternative for group in groups if len(group) == 1 for alternative in group[0]]
    together = tuple(
        tuple(_any_of(alternatives, spaced) for alternatives in group)
        for group in groups
        if len(group) > 1
    )
    return Entries(_any_of(alone, spaced) if alone else None, together)


def _any_of(alternatives: list[str], spaced: bool) -> re.Pattern:
    # The longest first: of two that begin alike, the one that says more.
    expressions = sorted({_expression(words, spaced) for words in alternatives}, key=len)
    if not spaced:
        return re.compile("|".join(expressions[::-1]))
    return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(expressions[::-1])})(?!{_LETTER})")


def _expression(words: str, spaced: bool) -> str:
    """Words in a row; `*` at an edge of one stands for any letters there."""
    if not spaced:
        return r"\s*".join(re.escape(character) for character in fold(words).replace(" ", ""))
    parts = []
    for word in fold(words).split():
        start = rf"{_LETTER}*" if word.startswith("*") else ""
        end = rf"{_LETTER}*" if word.endswith("*") else ""
        parts.append(start + re.escape(word.strip("*")) + end)
    return r"\s+".join(parts)


@cache
def known_words(code: str) -> KnownWords | None:
    """The words of a language by its ISO 639-1 code, read when first needed; None for others."""
    path = OTHER_LANGUAGES / f"{code}.tsv"
    return read_known_words(path) if path.is_file() else None


def read_every_language() -> None:
    """Read all words now (4 s of processor), so that no patient waits for their language's."""
    for path in OTHER_LANGUAGES.glob("*.tsv"):
        known_words(path.stem)
