"""Many yes-or-no questions about a text, answered by logistic regression.

One weight for each feature and question. All questions are learnt together,
since the costly part, reading the features, is then done once.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse

from bot.nlu.many_minima import find_minima

# The vectors count this much of their length against the n-grams, chosen by
# leaving one writer out.
VECTOR_SCALE = 0.5
# Inverse strength of the pull towards zero (as scikit-learn's C).
FREEDOM = 5.0
# Ten more bring 0.002 of F1 on a writer held back, for half as much time again.
ROUNDS = 20


@dataclass
class LinearHeads:
    """Weights of questions: [vector width, questions], [n-grams, questions], [questions]."""

    of_vectors: np.ndarray
    of_ngrams: np.ndarray
    bias: np.ndarray

    def logits(self, vectors: np.ndarray, ngrams: scipy.sparse.csr_matrix) -> np.ndarray:
        """Log-odds of yes: float32 [texts, questions]."""
        return vectors @ self.of_vectors + ngrams @ self.of_ngrams + self.bias

    def to_arrays(self) -> dict[str, np.ndarray]:
        """For an `.npz`: half precision moves a log-odds by less than 0.01."""
        return {
            "of_vectors": self.of_vectors,
            "of_ngrams": self.of_ngrams.astype(np.float16),
            "bias": self.bias,
        }

    @classmethod
    def from_file(cls, path: Path) -> "LinearHeads":
        """The heads that an `.npz` holds."""
        with np.load(path, allow_pickle=False) as stored:
            # Row by row in memory: a text's few n-grams are then few reads, and
            # SciPy would copy the whole matrix for every text.
            of_ngrams = np.ascontiguousarray(stored["of_ngrams"], np.float32)
            return cls(stored["of_vectors"], of_ngrams, stored["bias"])


def fit_heads(
    vectors: np.ndarray,
    ngrams: scipy.sparse.csr_matrix,
    answers: np.ndarray,
    counts: np.ndarray | None = None,
    freedom: float = FREEDOM,
    rounds: int = ROUNDS,
) -> LinearHeads:
    """Learn one head for each column of `answers`.

    Minimises the logistic loss plus an L2 penalty, all in single precision.

    Args:
        vectors: float32 [texts, width].
        ngrams: float32 [texts, n-grams].
        answers: bool [texts, questions].
        counts: how often each text counts, float [texts]; once, if not given.
    """
    times = np.ones((len(answers), 1), np.float32) if counts is None else counts[:, np.newaxis]
    signs = np.where(answers, np.float32(1), np.float32(-1))
    scaled = (vectors * VECTOR_SCALE).astype(np.float32)
    ngrams_by_column = ngrams.T.tocsr()
    width = scaled.shape[1]

    def loss_and_slope(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        margins = signs * (scaled @ weights[:width] + ngrams @ weights[width:-1] + weights[-1])
        loss = (times * np.logaddexp(0, -margins)).sum(axis=0, dtype=np.float64)
        pulls = -signs * times / (1 + np.exp(np.minimum(margins, 50)))
        slope = np.empty_like(weights)
        slope[:width] = scaled.T @ pulls
        slope[width:-1] = ngrams_by_column @ pulls
        slope[-1] = pulls.sum(axis=0)
        slope[:-1] += weights[:-1] / freedom
        return loss + 0.5 / freedom * np.square(weights[:-1]).sum(axis=0), slope

    start = np.zeros((width + ngrams.shape[1] + 1, signs.shape[1]), np.float32)
    weights = find_minima(loss_and_slope, start, rounds)
    return LinearHeads(weights[:width] * VECTOR_SCALE, weights[width:-1], weights[-1])
