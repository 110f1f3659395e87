"""Misspelt words into the words they stand for, where there is hardly a doubt.

A word is only touched if nobody knows it: no dictionary of English, none of our
training texts, no place. It becomes a word that our texts hold often, one slip
of the thumb away. So "dose", "lots" and "wan" stay, and "wnat" is read "want".
"""

import re
from functools import lru_cache
from importlib import resources
from pathlib import Path

from symspellpy import SymSpell, Verbosity

from bot.nlu.files import LEXICON_FOLDER
from bot.nlu.lexicon import LexiconError

KNOWN_WORDS = LEXICON_FOLDER / "known_words.tsv"
ENGLISH = "frequency_dictionary_en_82_765.txt"

# In how many training texts a word must stand for a misspelling to be read as it.
OFTEN = 15
# Three letters in another order are often a name or an abbreviation ("EDF" is not "fed").
OFTEN_IF_SHORT = 100
# Two letters that changed places are a slip; another letter may be another word.
SWAPPED, SAME_START, OTHER_START = 5.0, 3.0, 0.3
SHORTEST, SHORTEST_BUT_FOR_SWAPS = 3, 5

_WORD = re.compile(r"(?<!')\b[a-z]{3,}\b(?!')")
# "tyin" and "daein" have lost a g, and no more.
_SHORT_DOING_WORD = re.compile(r"[a-z]{1,3}in")


class Corrector:
    """Corrects words one slip away from a frequent one.

    Args:
        known: words that are left alone.
        frequent: words that a misspelling may be read as, and in how many texts each stands.
    """

    def __init__(self, known: frozenset[str], frequent: dict[str, int]) -> None:
        self._known = known
        self._speller = SymSpell(max_dictionary_edit_distance=1)
        for word, texts in frequent.items():
            self._speller.create_dictionary_entry(word, texts)

    def correct(self, text: str) -> str:
        """The text, in small letters, with what is surely misspelt put right."""
        return _WORD.sub(lambda match: self._correct_word(match[0]), text)

    def _correct_word(self, word: str) -> str:
        if word in self._known or _SHORT_DOING_WORD.fullmatch(word):
            return word
        near = self._speller.lookup(word, Verbosity.ALL, max_edit_distance=1)
        weights = {found.term: found.count * _likeness(word, found.term) for found in near}
        best = max(weights, key=lambda term: (weights[term], term), default=word)
        return best if weights.get(best) else word


def _likeness(word: str, term: str) -> float:
    """How readily the one is typed for the other; 0 where the word is too short to tell."""
    if len(word) == len(term) and sorted(word) == sorted(term):
        return SWAPPED
    same_start = word[0] == term[0]
    if len(word) < SHORTEST_BUT_FOR_SWAPS:
        # "stil" is "still", but "rolo" is no "roll".
        return 1.0 if same_start and len(term) > len(word) > SHORTEST else 0.0
    return SAME_START if same_start else OTHER_START


def read_known_words(path: Path = KNOWN_WORDS) -> dict[str, int]:
    """Words and the number of training texts that hold each.

    Raises:
        LexiconError: if a line is not a word, a tab and a number.
    """
    words: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        word, _, texts = line.partition("\t")
        if not texts.isdigit():
            raise LexiconError(f"{path.name}, line {number}: a word, a tab, a number of texts.")
        words[word] = int(texts)
    return words


def read_english() -> frozenset[str]:
    """The words of an English dictionary, British and American."""
    content = (resources.files("symspellpy") / ENGLISH).read_text(encoding="utf-8-sig")
    return frozenset(line.partition(" ")[0] for line in content.splitlines())


@lru_cache(maxsize=1)
def the_corrector() -> Corrector:
    """The corrector with the words as they now stand in `data/lexicon/`."""
    seen, english = read_known_words(), read_english()
    frequent = {
        word: texts
        for word, texts in seen.items()
        if texts >= (OFTEN if len(word) > SHORTEST else OFTEN_IF_SHORT) and word in english
    }
    return Corrector(english.union(seen), frequent)
