"""What the two featurizers say of a message, as matrices for the classifiers."""

from typing import List, Tuple

import numpy as np
import scipy.sparse
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message


class FeaturesMissing(RasaException):
    """A classifier stands before the featurizers in `config.yml`, or without them."""


def feature_matrices(messages: List[Message]) -> Tuple[np.ndarray, scipy.sparse.csr_matrix]:
    """Sentence vectors [messages, 384] and n-gram weights [messages, n-grams].

    Raises:
        FeaturesMissing: if a message lacks either.
    """
    vectors, ngrams = [], []
    for message in messages:
        dense, sparse = _sentence_features(message)
        vectors.append(dense)
        ngrams.append(sparse)
    return np.concatenate(vectors), scipy.sparse.vstack(ngrams, format="csr")


def _sentence_features(message: Message):
    dense = sparse = None
    for feature in message.features:
        if feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE:
            if feature.is_dense():
                dense = feature.features
            else:
                sparse = feature.features
    if dense is None or sparse is None:
        raise FeaturesMissing(
            "The pipeline needs SentenceEmbedding and CharacterNgrams before the classifiers."
        )
    return dense, sparse
