"""What the two featurizers say of a message, as matrices for the classifiers."""

from collections.abc import Sequence

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
    return np.concatenate(vectors), _side_by_side(ngrams)


def _side_by_side(rows: Sequence[Sequence[scipy.sparse.csr_matrix]]) -> scipy.sparse.csr_matrix:
    """One matrix of the rows' parts, put side by side.

    SciPy's own stacking checks each part again, which takes longer for one text
    than counting its n-grams.
    """
    widths = [part.shape[1] for part in rows[0]]
    *offsets, width = np.cumsum([0, *widths])
    parts = [part for row in rows for part in row]
    shifted = [
        part.indices + offset for row in rows for part, offset in zip(row, offsets, strict=True)
    ]
    ends = np.cumsum([0, *(sum(part.nnz for part in row) for row in rows)])
    data = np.concatenate([part.data for part in parts])
    return scipy.sparse.csr_matrix(
        (data, np.concatenate(shifted), ends), shape=(len(rows), int(width))
    )


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
