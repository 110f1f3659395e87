"""`python -m bot training-texts`: what triage learns from, a JSON line each, for `make adapt`."""

import json
import sys

from rasa.shared.nlu.constants import TEXT

from bot.nlu.importer import TrainingTextsImporter
from bot.nlu.labels import DANGERS, NEEDS, NO_DANGER, labelled_examples, labels_of
from bot.nlu.normaliser import normalise
from bot.training import ROOT


def training_texts():
    """The messages that triage learns from."""
    texts = TrainingTextsImporter(training_data_paths=[str(ROOT / "data" / "nlu")])
    yield from labelled_examples(texts.get_nlu_data())


def print_training_texts():
    """`{"text", "normalised", "writer", "answers"}`: needs, danger, its kind, a matter at all."""
    for message in training_texts():
        labels = labels_of(message)
        answers = [need in labels.needs for need in NEEDS]
        answers.append(labels.danger != NO_DANGER)
        answers += [labels.danger == kind for kind in DANGERS]
        answers.append(labels.is_matter)
        text = message.get(TEXT)
        line = {
            "text": text,
            "normalised": normalise(text),
            "writer": labels.writer,
            "answers": list(map(int, answers)),
        }
        sys.stdout.write(json.dumps(line) + "\n")
