import random

import pytest

from bot.encoder.variations import misspell, vary

TEXT = "my mother needs a wheelchair and the council keeps losing the form"


def letters_apart(left, right):
    return sum(a != b for a, b in zip(left, right, strict=False)) + abs(len(left) - len(right))


def test_a_misspelt_text_is_another_text_of_about_the_same_length():
    varied = {misspell(TEXT, random.Random(seed)) for seed in range(50)}
    assert len(varied) > 40
    assert all(abs(len(text) - len(TEXT)) <= 30 for text in varied)


@pytest.mark.parametrize("text", ["", "a", " ", "👍"])
def test_short_texts_are_no_trouble(text):
    for seed in range(30):
        misspell(text, random.Random(seed))


def test_the_same_chance_gives_the_same_text():
    assert misspell(TEXT, random.Random(7)) == misspell(TEXT, random.Random(7))


def test_a_joined_text_has_the_labels_of_both():
    texts, answers = ["no food", "want to die"], [[1, 0], [0, 1]]
    seen = {}
    for seed in range(300):
        text, labels = vary(texts, answers, 0, random.Random(seed))
        seen[tuple(labels)] = text
    assert set(seen) == {(1, 0), (1, 1)}
    assert len(seen[1, 1]) > len("no food") + 5
