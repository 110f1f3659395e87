"""Which language a patient writes, from a handful of words and with no network.

Scots is English here: a Glaswegian must never be offered an interpreter.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.config import check_keys
from bot.nlu.files import LEXICON_FOLDER
from bot.nlu.lexicon import LexiconError, read_lexicon
from bot.nlu.normaliser import SCOTS
from bot.nlu.other_languages import KnownWords, fold, known_words

LANGUAGE = "language"
ENGLISH = "en"
LANGUAGES = LEXICON_FOLDER / "languages.tsv"

# Of the words, this share at least must be the foreign language's own, and two
# words at least: "no", "a" or a name prove nothing.
LEAST_SHARE = 0.34
LEAST_WORDS = 2
# One letter that only this language has says as much as this many words.
LETTER_WEIGHT = 1.0
# A text is in the Latin script unless this share of its letters is not.
OTHER_SCRIPT_SHARE = 0.3

_WORD = re.compile(r"[^\W_]+(?:['\u200c-][^\W_]+)*'?")


@dataclass
class Signs:
    """What tells one language from the others."""

    scripts: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


class LanguageGuesser:
    """Guesses by script first, then by letters and common words.

    Args:
        signs: by ISO 639-1 code; English must be among them.
        known: gives a language's words of need and danger, which decide in a
            short text that has one sign only.
    """

    def __init__(self, signs: dict[str, Signs], known: Callable[[str], KnownWords | None]) -> None:
        self._signs = signs
        self._known = known

    def guess(self, text: str) -> str:
        """The code of the likeliest language; English when in doubt."""
        text = unicodedata.normalize("NFC", text).lower().replace("\u2019", "'")
        script = foreign_script(text)
        if script:
            return self._by_script(script, text)
        scores = self._scores(text, set(self._signs))
        words = len(_WORD.findall(text))
        found = _clear_winner(scores, words)
        if found != ENGLISH or scores[ENGLISH] >= LEAST_SHARE * words:
            return found
        return self._by_need(text, scores)

    def _by_need(self, text: str, scores: dict[str, float]) -> str:
        """With the words of need and danger of the languages that have a sign in the text."""
        folded = fold(text)
        with_needs = {code: score for code, score in scores.items() if score}
        for code in with_needs:
            if known := self._known(code):
                with_needs[code] += known.count_all(folded)
        return _clear_winner({ENGLISH: 0.0} | with_needs, len(_WORD.findall(text)))

    def _by_script(self, script: str, text: str) -> str:
        candidates = {code for code, signs in self._signs.items() if script in signs.scripts}
        if not candidates:
            return ENGLISH
        scores = self._scores(text, candidates)
        return max(sorted(candidates), key=scores.get)

    def _scores(self, text: str, candidates: set[str]) -> dict[str, float]:
        """Words and letters of each language in the text, as a number of words."""
        words = _WORD.findall(text)
        letters = set(text)
        return {
            code: sum(word in self._signs[code].words for word in words)
            + LETTER_WEIGHT * len(letters & self._signs[code].letters)
            for code in candidates
        }


def _clear_winner(scores: dict[str, float], words: int) -> str:
    """The language with enough of the words, and more than English has; else English."""
    best = max(scores, key=lambda code: scores[code])
    enough = scores[best] >= LEAST_WORDS and scores[best] >= LEAST_SHARE * words
    return best if enough and scores[best] > scores[ENGLISH] else ENGLISH


def foreign_script(text: str) -> str:
    """The commonest script beside Latin, if much of the text is in it; else ""."""
    counts: dict[str, int] = {}
    for letter in filter(str.isalpha, text):
        script = unicodedata.name(letter, "").split(" ")[0]
        counts[script] = counts.get(script, 0) + 1
    total = sum(counts.values())
    counts.pop("LATIN", None)
    if not counts:
        return ""
    script = max(counts, key=counts.get)
    return script if counts[script] >= OTHER_SCRIPT_SHARE * total else ""


def read_signs(path: Path = LANGUAGES) -> dict[str, Signs]:
    """The languages of a file; its first lines explain its columns.

    Raises:
        LexiconError: if a line is not of that form.
    """
    signs: dict[str, Signs] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            _add_row(signs, line.split("\t"), f"{path.name}, line {number}")
    return signs


def _add_row(signs: dict[str, Signs], columns: list[str], place: str) -> None:
    if len(columns) != 3:
        raise LexiconError(f"{place}: three columns expected, {len(columns)} found.")
    code, kind, values = columns
    language = signs.setdefault(code, Signs())
    if kind == "script":
        language.scripts.add(values)
    elif kind == "letters":
        language.letters.update(values)
    elif kind == "words":
        language.words.update(values.split())
    else:
        raise LexiconError(f'{place}: "{kind}" is neither script, letters nor words.')


@lru_cache(maxsize=1)
def _guesser() -> LanguageGuesser:
    """The guesser, to whom every spelling in the Scots lexicon is English."""
    signs = read_signs()
    signs[ENGLISH].words.update(word for words in read_lexicon(SCOTS).spellings() for word in words)
    return LanguageGuesser(signs, known_words)


def guess_language(text: str) -> str:
    """The ISO 639-1 code of the language a text is in; "en" when in doubt."""
    return _guesser().guess(text)


class LanguageGuess(GraphComponent):
    """Puts `language` on what a patient wrote."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageGuess":
        """A guesser with the signs as they now stand in `data/lexicon/`."""
        check_keys(cls, config)
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Guess each message's language from the patient's own words."""
        for message in messages:
            message.set(LANGUAGE, guess_language(message.get(TEXT) or ""), add_to_output=True)
        return messages
