"""Scots, text speak and odd spellings into plain English, for the models to read.

The patient's own text stays as it is; what comes out here is read by the
encoder, the character n-grams and the safety rules only.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.config import check_keys
from bot.nlu.files import LEXICON_FOLDER, fingerprint_of
from bot.nlu.lexicon import CLAUSE_EDGE, Lexicon, LexiconError, read_lexicon, read_words
from bot.nlu.spelling import KNOWN_WORDS, Corrector, the_corrector

NORMALISED_TEXT = "normalised_text"
# Ten text messages' worth. What follows says nothing that the start has not,
# and the encoder reads 128 word pieces only.
LONGEST = 1600

SCOTS = LEXICON_FOLDER / "scots.tsv"
MASKED_WORDS = LEXICON_FOLDER / "masked_words.txt"
DOUBLED_LETTERS = LEXICON_FOLDER / "doubled_letters.txt"
ENDING_IN = LEXICON_FOLDER / "ending_in.txt"
FRAMES = LEXICON_FOLDER / "frames.tsv"
LEXICON_FILES = (SCOTS, MASKED_WORDS, DOUBLED_LETTERS, ENDING_IN, FRAMES, KNOWN_WORDS)

_WORD = re.compile(r"[^\W_]+(?:['/][^\W_]+)*'?")
_STRAIGHT = str.maketrans("\u2019\u2018`\u00b4\u201c\u201d\u2013\u2014", "''''\"\"--")
# Format characters (zero-width joiners, direction marks) and control characters
# are invisible and split words that the reader sees as one.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DOTTED_LETTERS = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?(?![a-z])")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_MASKED = re.compile(r"\b[a-z][a-z0-9@$!*]*[0-9@$!*][a-z0-9@$!*]*[a-z]\b")
_MASKS = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "@": "a",
    "$": "s",
    "!": "il",
}
_DROPPED_G = re.compile(r"\b([a-z]{3,}in)\b'?")
_CLAUSE_END = re.compile(r"[.!?,;:\n]")


class Normaliser:
    """Reads a text the way a Glaswegian at the practice would.

    Args:
        lexicon: spellings and what they are read as.
        masked: words looked for behind digits and signs.
        doubled: words that keep a doubled letter when a stretched word shrinks.
        ending_in: words that truly end in -in, as "greetin" does not.
        frames: polite phrases around what a text says.
        corrector: puts misspelt words right; without one they stay.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        masked: frozenset[str],
        doubled: frozenset[str],
        ending_in: frozenset[str],
        frames: re.Pattern,
        corrector: Corrector | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._masked = masked
        self._doubled = doubled
        self._ending_in = ending_in
        self._frames = frames
        self._corrector = corrector

    def normalise(self, text: str) -> str:
        """Plain English in small letters; empty for a text without a word."""
        text = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_STRAIGHT).lower()
        text = _INVISIBLE.sub("", text)
        text = _DOTTED_LETTERS.sub(lambda match: match[0].replace(".", ""), text)
        text = _MASKED.sub(lambda match: self._unmask(match[0]), text)
        text = re.sub(r"[a-z]+", lambda match: self._shrink(match[0]), text)
        text = self._read_words(text)
        text = " ".join(_DROPPED_G.sub(self._add_g, text).split())
        if self._corrector:
            text = self._corrector.correct(text)
        return self._frames.sub("", text) or text

    def _unmask(self, word: str) -> str:
        """ "k!ll" to "kill" if that is a word people mask; else the word as it was."""
        if word.isdigit():
            return word
        shape = re.compile(
            "".join(
                f"[{_MASKS[c]}]" if c in _MASKS else "." if c == "*" else re.escape(c) for c in word
            )
        )
        fitting = sorted(masked for masked in self._masked if shape.fullmatch(masked))
        return fitting[0] if fitting else word

    def _shrink(self, word: str) -> str:
        """ "neeeed" to "need", "sooo" to "so"."""
        if not _STRETCHED.search(word):
            return word
        doubled = _STRETCHED.sub(r"\1\1", word)
        return doubled if doubled in self._doubled else _STRETCHED.sub(r"\1", word)

    def _add_g(self, match: re.Match) -> str:
        """ "talkin'" and "talkin" to "talking"; "certain" stays."""
        return match[0] if match[1] in self._ending_in else f"{match[1]}g"

    def _read_words(self, text: str) -> str:
        """The text with each spelling in the lexicon replaced, left to right."""
        tokens = list(_WORD.finditer(text))
        words = [token.group().rstrip("'") for token in tokens]
        pieces: list[str] = []
        copied, position, last_read = 0, 0, ""
        while position < len(words):
            entry = self._entry_at(text, tokens, words, position, last_read)
            length = len(entry.written) if entry else 1
            last_read = entry.plain if entry else words[position]
            if entry:
                pieces += [text[copied : tokens[position].start()], entry.plain]
                copied = tokens[position + length - 1].end()
            position += length
        return "".join([*pieces, text[copied:]])

    def _entry_at(self, text, tokens, words, position, last_read):
        """The first entry that fits the words from a position on, or None."""
        for entry in self._lexicon.starting_with(words[position]):
            end = position + len(entry.written)
            if tuple(words[position:end]) != entry.written:
                continue
            if not entry.conditions:
                return entry
            before = _neighbour(text, tokens, words, position, -1, last_read)
            after = _neighbour(text, tokens, words, end - 1, +1, "")
            if all(condition.holds(before, after) for condition in entry.conditions):
                return entry
        return None


def _neighbour(text, tokens, words, position, step, read_as) -> set[str]:
    """The word beside a token as written and as read, or the clause's edge.

    A comma is an edge to what stands before it, but the word is still there:
    both are in the set.
    """
    beside = position + step
    edge = CLAUSE_EDGE["after" if step < 0 else "before"]
    if not 0 <= beside < len(words):
        return {edge}
    first, second = sorted((position, beside))
    between = text[tokens[first].end() : tokens[second].start()]
    if _CLAUSE_END.search(between):
        return {edge}
    return {words[beside], *read_as.split()[-1:]}


def read_frames(path: Path = FRAMES) -> re.Pattern:
    """What matches the polite phrases at a text's start and end.

    Raises:
        LexiconError: if a line is not `start` or `end`, a tab and a phrase.
    """
    phrases: dict[str, list[str]] = {"start": [], "end": []}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where, _, phrase = line.partition("\t")
        if where not in phrases or not phrase.strip():
            raise LexiconError(f"{path.name}, line {number}: start or end, a tab, a phrase.")
        phrases[where].append(re.escape(phrase.strip()))
    start, end = ("|".join(sorted(listed, key=len)[::-1]) for listed in phrases.values())
    name = r"(?:[\s,.!-]+[^\W\d_]+){0,3}"
    return re.compile(rf"^(?:(?:{start})\b[\s,.!-]*)+|[\s,.!-]+(?:{end}){name}[\s,.!-]*$")


@lru_cache(maxsize=4)
def _normaliser(without_groups: frozenset[str], correct: bool) -> Normaliser:
    word_lists = (read_words(path) for path in (MASKED_WORDS, DOUBLED_LETTERS, ENDING_IN))
    corrector = the_corrector() if correct else None
    return Normaliser(read_lexicon(SCOTS, without_groups), *word_lists, read_frames(), corrector)


def normalise(text: str, without_groups: Iterable[str] = (), *, correct: bool = True) -> str:
    """The text as the models read it, by the lexicon less some of its groups."""
    return _normaliser(frozenset(without_groups), correct).normalise(text)


class ScotsNormaliser(GraphComponent):
    """Puts `normalised_text` on every message.

    Config:
        without_groups: names of lexicon groups to leave out.
        correct: whether misspelt words are put right.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The whole lexicon, and misspelt words put right."""
        return {"without_groups": [], "correct": True}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ScotsNormaliser":
        """A normaliser with the lexicon as it now stands in `data/lexicon/`."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        check_keys(type(self), config)
        self._normaliser = _normaliser(frozenset(config["without_groups"]), config["correct"])

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Changes with the lexicon, so that Rasa trains again."""
        return fingerprint_of(*LEXICON_FILES)

    def process(self, messages: list[Message]) -> list[Message]:
        """Put the plain English beside each patient's own words."""
        for message in messages:
            text = message.get(TEXT)
            if text is not None:
                message.set(NORMALISED_TEXT, self._normaliser.normalise(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for training examples."""
        self.process(training_data.training_examples)
        return training_data
