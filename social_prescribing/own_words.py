"""Own words: what a practice says of itself in the first text to each of its patients.

They stand in the greeting (utter_introduction in domain.yml) and are checked as it is: the GSM
alphabet, two segments together with the rest, no question, and no word that a provider takes
for opting out.
"""

import re

from social_prescribing.consent import OPT_IN_WORDS, OPT_OUT_WORDS
from social_prescribing.segments import LONGEST_TEXT, outside_gsm_7
from social_prescribing.words import wording

# What word processors make of the plain signs.
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
# Twilio answers HELP and INFO itself.
RESERVED = OPT_OUT_WORDS | OPT_IN_WORDS | {"help", "info"}
ASKS_FOR_A_WORD = re.compile(
    r"\b(?:reply|text|txt|send|write|answer|say)\s+\W*(\w+)", re.IGNORECASE
)


def plain_words(words):
    """Words on one line, with the plain signs that every phone has, and an end."""
    line = " ".join((words or "").translate(PLAIN).split())
    return f"{line}." if line and line[-1].isalnum() else line


def why_not_own_words(words, *, name_for_texts):
    """Why these words cannot stand in the greeting, in words for staff; empty where they can."""
    if odd := outside_gsm_7(words):
        return f"A text cannot carry {' '.join(odd)}. Write it with plain letters and signs."
    if "?" in words:
        return "Ask nothing here: the first question follows in the next text."
    if word := _reserved_word(words):
        return f"Leave out {word}: sent alone, it would stop the patient’s texts or start them."
    too_long = len(greeting(name_for_texts, words)) - LONGEST_TEXT
    if too_long > 0:
        return f"The greeting fits two texts if this is {too_long} letters shorter."
    return ""


def greeting(name_for_texts, words=""):
    """The first text to a patient of a practice, as it goes out."""
    return wording("utter_introduction", practice=name_for_texts, own_words=gap_of(words))


def gap_of(words):
    """The words as they fill their gap in the greeting: with the space that parts them."""
    return f"{words} " if words else ""


def _reserved_word(words):
    """A reserved word in capitals, or one that the patient is asked to send, or an empty text."""
    in_capitals = (word for word in re.findall(r"\b[A-Z]{3,}\b", words))
    asked_for = ASKS_FOR_A_WORD.findall(words)
    return next((w.upper() for w in (*in_capitals, *asked_for) if w.casefold() in RESERVED), "")
