"""The texts that the model learns from, and those that it is examined on."""

import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from social_prescribing.needs import NEEDS
from social_prescribing.safety_alerts import Kind

ROOT = Path(__file__).resolve().parents[1]
DANGERS = {*Kind.values, "none"}
INTENTS = set(yaml.safe_load((ROOT / "domain.yml").read_text())["intents"])


def training_texts():
    """(file, intent, needs, danger, text) of each example in data/nlu."""
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text())["nlu"]:
            metadata = block.get("metadata", {})
            for line in block["examples"].splitlines():
                yield (
                    path.relative_to(ROOT),
                    block["intent"],
                    metadata.get("needs", []),
                    metadata.get("safety", "none"),
                    line.removeprefix("- "),
                )


def examination_texts():
    for path in sorted((ROOT / "data" / "evaluation").glob("*.jsonl")):
        yield from map(json.loads, path.read_text().splitlines())


TRAINING = list(training_texts())
EXAMINATION = list(examination_texts())


def as_heard(text):
    """Letters, figures and the star of a correction: texts that differ in nothing else are one."""
    return re.sub(r"[^\w*]+|_", " ", text.casefold()).strip()


def test_every_label_is_known():
    for path, intent, needs, danger, text in TRAINING:
        assert intent in INTENTS, (path, intent)
        assert set(needs) <= set(NEEDS), (path, text)
        assert danger in DANGERS, (path, text)
        assert text.strip(), path


def test_examination_labels_are_known():
    assert len(EXAMINATION) >= 1000
    for text in EXAMINATION:
        assert set(text["needs"]) <= set(NEEDS)
        assert text["safety"] in DANGERS


def test_no_text_stands_twice_in_training():
    counts = Counter(as_heard(text) for *_, text in TRAINING if as_heard(text))
    assert [text for text, count in counts.items() if count > 1] == []


def test_no_text_is_both_learnt_and_examined():
    learnt = {as_heard(text) for _, intent, *_, text in TRAINING if len(text.split()) > 3}
    assert [t["text"] for t in EXAMINATION if as_heard(t["text"]) in learnt] == []


def near_pairs(texts, alike):
    """Pairs whose runs of nine letters overlap by that share (Jaccard) or more.

    Two such sets must share one of their rarest runs, so only those are looked
    up (Chaudhuri et al., 2006, "prefix filtering").
    """
    runs = [{heard[i : i + 9] for i in range(max(1, len(heard) - 8))} for heard in texts]
    rarity = Counter(run for found in runs for run in found)
    having = defaultdict(list)
    for index, found in enumerate(runs):
        rarest = sorted(found, key=lambda run: (rarity[run], run))
        rarest = rarest[: len(found) - math.ceil(alike * len(found)) + 1]
        for other in {other for run in rarest for other in having[run]}:
            if len(found & runs[other]) >= alike * len(found | runs[other]):
                yield texts[other], texts[index]
        for run in rarest:
            having[run].append(index)


LONG_ENOUGH = 25  # letters: "aye that's fine" and its like do not come in many ways
ALIKE = 0.6


def test_no_text_is_nearly_another_in_training_or_examination():
    learnt = {as_heard(text) for *_, text in TRAINING}
    examined = {as_heard(text["text"]) for text in EXAMINATION}
    every = [text for text in sorted(learnt | examined) if len(text) >= LONG_ENOUGH]
    assert list(near_pairs(every, ALIKE)) == []


def test_near_pairs_are_found():
    texts = ["the meter is empty and the weans are cold", "the bus is late on the hill road"]
    nearly = "the meter is empty n the weans are cold"
    assert list(near_pairs([*texts, nearly], 0.5)) == [(texts[0], nearly)]


@pytest.mark.parametrize("need", NEEDS)
def test_each_need_is_the_main_one_of_many_texts(need):
    main = [text for _, _, needs, _, text in TRAINING if needs[:1] == [need]]
    assert len(main) >= 300


def test_a_third_of_the_texts_with_needs_have_several():
    sizes = [len(needs) for _, intent, needs, *_ in TRAINING if intent == "tell_need"]
    assert sum(size > 1 for size in sizes) >= len(sizes) / 3
