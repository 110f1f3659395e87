"""The normaliser's data: an ordered lexicon that a Glaswegian can review.

`data/lexicon/scots.tsv` explains its own columns in its first lines.
"""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.exceptions import RasaException

CLAUSE_EDGE = {"after": "^", "before": "$"}


class LexiconError(RasaException):
    """A line of a lexicon file cannot be read; says which and why."""


@dataclass(frozen=True)
class Condition:
    """A word beside an entry that must, or must not, be one of a few."""

    side: str
    words: frozenset[str]
    beginnings: tuple[str, ...]
    wanted: bool

    def holds(self, before: set[str], after: set[str]) -> bool:
        """Whether it holds between those two neighbours (each word, all its readings)."""
        neighbour = before if self.side == "after" else after
        met = not self.words.isdisjoint(neighbour) or any(
            word.startswith(self.beginnings) for word in neighbour
        )
        return met == self.wanted


@dataclass(frozen=True)
class Entry:
    """One spelling, what it is read as, and when."""

    written: tuple[str, ...]
    plain: str
    conditions: tuple[Condition, ...]
    group: str


class Lexicon:
    """Entries by first word: the longest first, then in the file's order."""

    def __init__(self, entries: list[Entry]) -> None:
        self._by_first_word: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda entry: -len(entry.written)):
            self._by_first_word.setdefault(entry.written[0], []).append(entry)

    def spellings(self) -> list[tuple[str, ...]]:
        """The words of every spelling."""
        return [entry.written for entries in self._by_first_word.values() for entry in entries]

    def starting_with(self, word: str) -> list[Entry]:
        """Entries whose spelling begins with the word."""
        return self._by_first_word.get(word, [])


def read_lexicon(path: Path, without_groups: Container[str] = ()) -> Lexicon:
    """The lexicon in a file, less the groups left out.

    Raises:
        LexiconError: if a line has not four columns or an unknown condition.
    """
    entries: list[Entry] = []
    group = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("== "):
            group = line.strip("= ")
        elif line and not line.startswith("#") and group not in without_groups:
            entries += _entries(line, group, f"{path.name}, line {number}")
    return Lexicon(entries)


def read_words(path: Path) -> frozenset[str]:
    """The words of a plain list, one a line, `#` lines aside."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line and not line.startswith("#"))


def _entries(line: str, group: str, place: str) -> list[Entry]:
    columns = line.split("\t")
    if len(columns) != 4:
        raise LexiconError(f"{place}: four columns expected, {len(columns)} found.")
    written, plain, only, _note = columns
    conditions = tuple(_condition(text, place) for text in only.split(";") if text.strip())
    return [
        Entry(_words(spelling), plain, conditions, group)
        for spelling in written.split("|")
        if spelling.strip()
    ]


def _condition(text: str, place: str) -> Condition:
    words = text.split()
    wanted = words[0] != "not"
    side, *rest = words if wanted else words[1:]
    if side not in CLAUSE_EDGE or not rest:
        raise LexiconError(f'{place}: "{text.strip()}" is no condition.')
    listed = " ".join(rest).split("|")
    return Condition(
        side,
        words=frozenset(word for word in listed if not word.endswith("*")),
        beginnings=tuple(word[:-1] for word in listed if word.endswith("*")),
        wanted=wanted,
    )


def _words(spelling: str) -> tuple[str, ...]:
    """The spelling's words as the normaliser sees them: a hyphen parts two words."""
    return tuple(word.rstrip("'") for word in spelling.lower().replace("-", " ").split())
