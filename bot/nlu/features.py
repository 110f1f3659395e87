"""What the two featurizers say of a message, as matrices for the classifiers."""

import numpy as np
import scipy.sparse
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message


class FeaturesMissing(RasaException):
    """A classifier stands before the featurizers in `config.yml`, or without them."""


def feature_matrices(messages: list[Message]) -> tuple[np.ndarray, scipy.sparse.csr_matrix]:
    """Sentence vectors [messages, 384] and n-gram weights [messages, n-grams].

    N-grams of several featurizers stand side by side, in the pipeline's order.

    Raises:
        FeaturesMissing: if a message lacks either.
    """
    vectors, ngrams = zip(*(_sentence_features(message) for message in messages), strict=True)
    # One featurizer's rows first: stacking a few tall matrices is far quicker
    # than stacking thousands of wide rows.
    columns = [scipy.sparse.vstack(column, format="csr") for column in zip(*ngrams, strict=True)]
    return np.concatenate(vectors), scipy.sparse.hstack(columns, format="csr")


def _sentence_features(message: Message):
    found = [
        feature
        for feature in message.features
        if feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE
    ]
    dense = [feature.features for feature in found if feature.is_dense()]
    sparse = [feature.features for feature in found if feature.is_sparse()]
    if len(dense) != 1 or not sparse:
        raise FeaturesMissing(
            "The pipeline needs SentenceEmbedding once and n-grams before the classifiers."
        )
    return dense[0], sparse
