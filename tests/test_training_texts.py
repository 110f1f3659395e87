"""The texts that the model learns from, and those that it is examined on."""

import json
import re
from collections import Counter
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


@pytest.mark.parametrize("need", NEEDS)
def test_each_need_is_the_main_one_of_many_texts(need):
    main = [text for _, _, needs, _, text in TRAINING if needs[:1] == [need]]
    assert len(main) >= 300


def test_a_third_of_the_texts_with_needs_have_several():
    sizes = [len(needs) for _, intent, needs, *_ in TRAINING if intent == "tell_need"]
    assert sum(size > 1 for size in sizes) >= len(sizes) / 3
