"""Tiny training data with made-up features, so that classifiers train in a moment."""

import numpy as np
import pytest
import scipy.sparse
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

WORDS = ("rent", "food", "die", "lonely", "hello", "aye", "bus")


def a_message(text, intent=None, **metadata):
    """A message whose features say which of `WORDS` it holds."""
    held = np.array([[word in text for word in WORDS]], np.float32)
    message = Message({TEXT: text, "normalised_text": text})
    if intent:
        message.data |= {INTENT: intent, "metadata": {INTENT: metadata}}
    for features in (held, scipy.sparse.csr_matrix(held)):
        message.add_features(Features(features, FEATURE_TYPE_SENTENCE, TEXT, "test"))
    return message


@pytest.fixture
def tiny_training_data():
    messages = [
        a_message(f"{text} {writer}", intent, writer=writer, **labels)
        for writer in ("plain", "scots", "txt")
        for text, intent, labels in [
            ("the rent", "tell_need", {"needs": ["housing"]}),
            ("rent is due", "tell_need", {"needs": ["housing"]}),
            ("no food", "tell_need", {"needs": ["food"]}),
            ("food and rent", "tell_need", {"needs": ["food", "housing"]}),
            ("so lonely", "tell_need", {"needs": ["loneliness"]}),
            ("want to die", "signal_danger", {"needs": [], "safety": "suicide_self_harm"}),
            ("nice day", "chat", {"needs": []}),
        ]
    ]
    moves = [
        a_message(text, intent) for text, intent in [("hello", "greet"), ("aye", "affirm")] * 3
    ]
    return TrainingData(messages + moves)


@pytest.fixture
def trained(tmp_path, tiny_training_data):
    """Train a component on the tiny data, write it down and read it back."""

    def train(component_class, **config):
        config = {**component_class.get_default_config(), **config}
        storage, resource = LocalModelStorage(tmp_path), Resource(component_class.__name__)
        component = component_class.create(config, storage, resource, None)
        component.train(tiny_training_data)
        return component_class.load(config, storage, resource, None)

    return train
