"""`python -m bot known-words`: writes data/lexicon/known_words.tsv from the training texts.

To be run when texts were added, so that their words are not taken for misspellings.
"""

import re
from collections import Counter

from rasa.shared.nlu.constants import TEXT

from bot.nlu.entities import read_neighbourhoods
from bot.nlu.lexicon import read_lexicon
from bot.nlu.normaliser import SCOTS, normalise
from bot.nlu.spelling import KNOWN_WORDS
from bot.training_texts import training_texts

# A word that fewer texts hold may be a misspelling itself, or, if short, an abbreviation.
AT_LEAST, AT_LEAST_IF_SHORT = 8, 4
SHORT = 3
_WORD = re.compile(r"[a-z]{3,}")
HEAD = """\
# Words that are never taken for misspelt, and in how many training texts each stands.
# Spellings of the Scots lexicon and words of place names are among them, with 0.
# Written by `python -m bot known-words`; a change by hand is lost when it is run again.
"""


def write_known_words() -> int:
    """Write the file; returns how many words it holds."""
    counts: Counter[str] = Counter()
    for message in training_texts():
        counts.update(set(_WORD.findall(normalise(message.get(TEXT), correct=False))))
    known = {
        word: texts
        for word, texts in counts.items()
        if texts >= (AT_LEAST if len(word) > SHORT else AT_LEAST_IF_SHORT)
    }
    spellings = [word for words in read_lexicon(SCOTS).spellings() for word in words]
    for word in _WORD.findall(" ".join([*spellings, *read_neighbourhoods()])):
        known.setdefault(word, 0)
    lines = (f"{word}\t{known[word]}\n" for word in sorted(known))
    KNOWN_WORDS.write_text(HEAD + "".join(lines), encoding="utf-8")
    return len(known)
