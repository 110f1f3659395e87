"""The sentence's meaning as 384 numbers, for the classifiers after it."""

import hashlib
import logging
import os
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import Encoder, encoder_stamp, the_encoder
from bot.nlu.config import check_keys
from bot.nlu.files import MODELS_FOLDER
from bot.nlu.normaliser import NORMALISED_TEXT, ScotsNormaliser

CACHE_FOLDER = MODELS_FOLDER / "cache"

logger = logging.getLogger(__name__)


class SentenceEmbedding(DenseFeaturizer, GraphComponent):
    """MiniLM's vector of the normalised text as a sentence feature of the text.

    Training embeds thousands of texts (some 2 ms each); their vectors are kept
    in `models/cache/`, so that only new texts take time the next time.
    """

    @classmethod
    def required_components(cls) -> list:
        """The normaliser writes what is embedded here."""
        return [ScotsNormaliser]

    @staticmethod
    def required_packages() -> list[str]:
        """What runs the encoder."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return DenseFeaturizer.get_default_config()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse settings that mean nothing here."""
        check_keys(cls, config)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEmbedding":
        """The encoder itself is loaded at the first text."""
        return cls(execution_context.node_name, config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Changes with the encoder, so that Rasa trains again."""
        return encoder_stamp()

    def process(self, messages: list[Message]) -> list[Message]:
        """Embed what a patient wrote."""
        self._add_vectors(messages, the_encoder().encode(_texts(messages)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embed the training examples, each text once for good."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        self._add_vectors(messages, embed_many(_texts(messages)))
        return training_data

    def _add_vectors(self, messages: list[Message], vectors: np.ndarray) -> None:
        for message, vector in zip(messages, vectors, strict=True):
            self.add_features_to_message(None, vector[np.newaxis], TEXT, message)


def _texts(messages: list[Message]) -> list[str]:
    return [message.get(NORMALISED_TEXT) or "" for message in messages]


def embed_many(texts: list[str], cache_folder: Path = CACHE_FOLDER) -> np.ndarray:
    """Vectors of many texts, float32 [len(texts), 384], with a cache on disk."""
    cache = cache_folder / f"embeddings-{encoder_stamp()}.npz"
    known = _read_cache(cache)
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        logger.info("Embedding %d texts; %d are known.", len(new), len(known))
        vectors = Encoder(threads=os.cpu_count() or 1).encode(list(new.values()))
        known.update(zip(new, vectors, strict=True))
        _write_cache(cache, known)
    return np.array([known[key] for key in keys], np.float32).reshape(len(texts), -1)


def _read_cache(path: Path) -> dict[str, np.ndarray]:
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))


def _write_cache(path: Path, vectors: dict[str, np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp.npz")
    np.savez(temporary, keys=np.array(list(vectors)), vectors=np.array(list(vectors.values())))
    os.replace(temporary, path)
    for older in set(path.parent.glob("embeddings-*.npz")) - {path}:
        older.unlink(missing_ok=True)
