"""What the two n-gram featurizers share: TF-IDF weights, learnt and kept as plain data."""

import json
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.config import check_keys, check_range
from bot.nlu.normaliser import NORMALISED_TEXT, ScotsNormaliser

VOCABULARY = "ngrams.json"
RARITY = "ngrams.npz"


class Ngrams(SparseFeaturizer, GraphComponent):
    """TF-IDF of a normalised text's n-grams, as a sentence feature of the text.

    Config:
        shortest, longest: lengths of the n-grams, 1 to 8.
        at_least: in how many training texts an n-gram must stand to count.
        at_most: how many n-grams to keep, the most frequent.
    """

    # As scikit-learn names it: what an n-gram is made of.
    analyzer: str
    token_pattern: str | None = None

    @classmethod
    def required_components(cls) -> list:
        """The normaliser writes what is read here."""
        return [ScotsNormaliser]

    @staticmethod
    def required_packages() -> list[str]:
        """What counts the n-grams."""
        return ["sklearn"]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse unknown settings and senseless lengths."""
        check_keys(cls, config)
        for name, low, high in (
            ("shortest", 1, 8),
            ("longest", 1, 8),
            ("at_least", 1, 1000),
            ("at_most", 1, 1_000_000),
        ):
            check_range(name, config[name], low, high)
        if config["shortest"] > config["longest"]:
            raise InvalidConfigException(f"{cls.__name__}: shortest is longer than longest.")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Ngrams":
        """An untrained featurizer."""
        return cls(execution_context.node_name, config, model_storage, resource)

    def __init__(
        self, name: str, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._vectorizer = self.new_vectorizer()

    def new_vectorizer(self) -> TfidfVectorizer:
        """An untrained vectorizer, as the config says."""
        return TfidfVectorizer(
            analyzer=self.analyzer,
            token_pattern=self.token_pattern,
            ngram_range=(self._config["shortest"], self._config["longest"]),
            min_df=self._config["at_least"],
            max_features=self._config["at_most"],
            sublinear_tf=True,
            dtype=np.float32,
        )

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which n-grams there are and how rare each is."""
        self._vectorizer.fit(_texts(_with_text(training_data)))
        with self._model_storage.write_to(self._resource) as folder:
            write_vectorizer(self._vectorizer, Path(folder))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "Ngrams":
        """The featurizer as trained."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            read_vectorizer(component._vectorizer, Path(folder))
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Count the n-grams of what a patient wrote."""
        for message, text in zip(messages, _texts(messages), strict=True):
            self.add_features_to_message(None, self._counter.count(text), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Count the n-grams of the training examples."""
        self.process(_with_text(training_data))
        return training_data

    @cached_property
    def _counter(self) -> "NgramCounter":
        return NgramCounter(self._vectorizer)


class NgramCounter:
    """What a trained vectorizer makes of a text, without asking each time whether it is trained.

    For a single text scikit-learn spends ten times as long on checks as on counting.
    """

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._ngrams_of = vectorizer.build_analyzer()
        self._columns = vectorizer.vocabulary_
        self._rarity = vectorizer.idf_.astype(np.float32)

    def count(self, text: str) -> scipy.sparse.csr_matrix:
        """TF-IDF weights with a sublinear count, of length one: [1, n-grams]."""
        found = map(self._columns.get, self._ngrams_of(text))
        counts = Counter(column for column in found if column is not None)
        columns = np.array(sorted(counts), np.int32)
        times = np.array([counts[column] for column in columns.tolist()], np.float32)
        weights = (1 + np.log(times)) * self._rarity[columns]
        weights /= np.linalg.norm(weights) or 1
        ends = np.array([0, len(columns)], np.int32)
        return scipy.sparse.csr_matrix(
            (weights, columns, ends), shape=(1, len(self._rarity)), dtype=np.float32
        )


def write_vectorizer(vectorizer: TfidfVectorizer, folder: Path) -> None:
    """Keep what was learnt as plain data: a model file must run no code when loaded."""
    ordered = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
    (folder / VOCABULARY).write_text(json.dumps(ordered, ensure_ascii=False), encoding="utf-8")
    np.savez_compressed(folder / RARITY, rarity=vectorizer.idf_.astype(np.float32))


def read_vectorizer(vectorizer: TfidfVectorizer, folder: Path) -> None:
    """Give an untrained vectorizer what `write_vectorizer` kept."""
    ordered = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
    vectorizer.set_params(vocabulary={ngram: index for index, ngram in enumerate(ordered)})
    with np.load(folder / RARITY, allow_pickle=False) as stored:
        vectorizer.idf_ = stored["rarity"]


def _with_text(training_data: TrainingData) -> list[Message]:
    return [message for message in training_data.training_examples if message.get(TEXT)]


def _texts(messages: list[Message]) -> list[str]:
    return [message.get(NORMALISED_TEXT) or "" for message in messages]
