"""The same text as another hand might have typed it: what the encoder is adapted to, besides ours.

Each time a training text comes up while the encoder is adapted, it may come
misspelt, or with another text after it. Labels of a joined text are those of
both. Nothing here is ever shown to a patient or kept.
"""

import random
from collections.abc import Callable, Sequence

MISSPELT = 0.4  # of the texts, each time they come up
JOINED = 0.12
SHORT_ENOUGH = 140  # characters: longer texts are not joined
LETTERS_A_SLIP = 18  # a text of so many letters has one slip on average

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    letter: "".join(row[max(0, i - 1) : i] + row[i + 1 : i + 2])
    for row in _ROWS
    for i, letter in enumerate(row)
}


def vary(
    texts: Sequence[str], answers: Sequence, chosen: int, chance: random.Random
) -> tuple[str, list]:
    """One training text and its answers (0 or 1 each), perhaps varied."""
    text, labels = texts[chosen], list(answers[chosen])
    if len(text) < SHORT_ENOUGH and chance.random() < JOINED:
        other = chance.randrange(len(texts))
        if len(texts[other]) < SHORT_ENOUGH:
            text = f"{text}{chance.choice(('. ', ' ', ', ', ' and '))}{texts[other]}"
            labels = [max(pair) for pair in zip(labels, answers[other], strict=True)]
    if chance.random() < MISSPELT:
        text = misspell(text, chance)
    return text, labels


def misspell(text: str, chance: random.Random) -> str:
    """The text with a few slips of the thumb."""
    for _ in range(1 + int(chance.expovariate(1) * len(text) / LETTERS_A_SLIP / 2)):
        at = chance.randrange(len(text)) if text else 0
        text = chance.choice(_SLIPS)(text, at, chance)
    return text


def _swap(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _drop(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at + 1 :]


def _double(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at : at + 1] * 2 + text[at + 1 :]


def _slip(text: str, at: int, chance: random.Random) -> str:
    near = _NEIGHBOURS.get(text[at : at + 1])
    return text[:at] + chance.choice(near) + text[at + 1 :] if near else text


def _join_words(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at:].replace(" ", "", 1)


def _leave_out_vowels(text: str, at: int, chance: random.Random) -> str:
    """Of the word from here on, as in "cnt" and "hospitl"."""
    start = text.rfind(" ", 0, at) + 1
    end = text.find(" ", at)
    end = len(text) if end < 0 else end
    word = text[start:end]
    return text[:start] + word[:1] + word[1:].translate(_NO_VOWELS) + text[end:]


_NO_VOWELS = str.maketrans("", "", "aeiou")
_SLIPS: tuple[Callable[[str, int, random.Random], str], ...] = (
    _swap, _swap, _drop, _drop, _slip, _slip, _double, _join_words, _leave_out_vowels,
)  # fmt: skip
