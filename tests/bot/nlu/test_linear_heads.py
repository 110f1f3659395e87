import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from bot.nlu.linear_heads import VECTOR_SCALE, LinearHeads, fit_heads


def some_features(texts=300):
    random = np.random.default_rng(1)
    vectors = random.normal(size=(texts, 6)).astype(np.float32)
    ngrams = scipy.sparse.random(texts, 12, 0.3, "csr", np.float32, random_state=1)
    answers = np.stack([vectors[:, 0] > 0.3, ngrams.toarray()[:, 2] > 0.2], axis=1)
    return vectors, ngrams, answers


def test_heads_are_those_of_scikit_learns_logistic_regression():
    vectors, ngrams, answers = some_features()
    ours = fit_heads(vectors, ngrams, answers, freedom=1.0, rounds=500).logits(vectors, ngrams)
    together = np.hstack([vectors * VECTOR_SCALE, ngrams.toarray()])
    for column in range(2):
        theirs = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000).fit(
            together, answers[:, column]
        )
        assert np.allclose(ours[:, column], theirs.decision_function(together), atol=0.05)


def test_a_text_that_counts_twice_is_as_good_as_two():
    vectors, ngrams, answers = some_features()
    twice = np.arange(len(answers)) % 3 == 0
    counted = fit_heads(vectors, ngrams, answers, np.where(twice, 2, 1).astype(np.float32))
    rows = np.concatenate([np.arange(len(answers)), np.flatnonzero(twice)])
    repeated = fit_heads(vectors[rows], ngrams[rows], answers[rows])
    expected = repeated.logits(vectors, ngrams)
    assert np.allclose(counted.logits(vectors, ngrams), expected, atol=0.01)


def test_heads_survive_being_written_down(tmp_path):
    vectors, ngrams, answers = some_features()
    heads = fit_heads(vectors, ngrams, answers)
    np.savez(tmp_path / "heads.npz", **heads.to_arrays())
    read = LinearHeads.from_file(tmp_path / "heads.npz")
    assert np.allclose(read.logits(vectors, ngrams), heads.logits(vectors, ngrams), atol=0.02)
