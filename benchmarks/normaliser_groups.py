"""Which groups of the lexicon help? `.venv/bin/python -m benchmarks.normaliser_groups`.

It takes some ten minutes. Heads are fitted on the texts of the writers to whom
the encoder was adapted, with the whole lexicon, with each group left out, and
with none, and asked of the texts that were held back from it and of those by
writers who came later. A group stays if it helps there: a word list written with
a test in mind proves nothing.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")

import numpy as np
import scipy.sparse
from rasa.shared.nlu.constants import TEXT

from bot.encoder.build import ADAPTER
from bot.encoder.held_back import adapted_writers, is_held_back
from bot.nlu.character_ngrams import CharacterNgrams
from bot.nlu.labels import DANGERS, NEEDS, labels_of
from bot.nlu.linear_heads import fit_heads
from bot.nlu.normaliser import SCOTS, normalise
from bot.nlu.sentence_embedding import embed_many
from bot.nlu.word_ngrams import WordNgrams
from bot.training_texts import training_texts

# The share of harmless texts that may be flagged where danger noticed is read.
FLAGGED = 0.1


def main():
    """Print a line for each lexicon."""
    messages = list(training_texts())
    labels = [labels_of(message) for message in messages]
    known = adapted_writers(ADAPTER)
    later = np.array(
        [
            label.writer not in known or is_held_back(message.get(TEXT))
            for message, label in zip(messages, labels, strict=True)
        ]
    )
    answers = np.array(
        [[need in label.needs for need in NEEDS] + [label.danger in DANGERS] for label in labels]
    )
    lines = SCOTS.read_text(encoding="utf-8").splitlines()
    groups = [line.strip("= ") for line in lines if line.startswith("== ")]
    print(f"Fitted on {(~later).sum()} texts, asked of {later.sum()} new to the encoder.")
    print(f"{'lexicon':28} best need  macro-F1  danger noticed at {FLAGGED:.0%} flagged")
    with tempfile.TemporaryDirectory() as cache:
        for name, without in {
            "whole": [],
            **{f"without {group}": [group] for group in groups},
            "none": groups,
        }.items():
            texts = [normalise(message.get(TEXT), without) for message in messages]
            figures = _examine(texts, answers, later, Path(cache))
            print(f"{name:28} {figures[0]:9.3f} {figures[1]:9.3f} {figures[2]:9.3f}", flush=True)


def _examine(texts, answers, later, cache):
    vectors = embed_many(texts, cache)
    ngrams = _ngrams(texts, ~later)
    heads = fit_heads(vectors[~later], ngrams[~later], answers[~later])
    logits, true = heads.logits(vectors[later], ngrams[later]), answers[later]
    danger = true[:, -1]
    needs, wanted = logits[:, :-1], true[:, :-1]
    harmless = ~danger & wanted.any(axis=1)
    best = wanted[np.arange(len(wanted)), needs.argmax(axis=1)][harmless].mean()
    found = needs[~danger] > -1.0
    hits = (found & wanted[~danger]).sum(axis=0)
    macro = (2 * hits / np.maximum(1, found.sum(axis=0) + wanted[~danger].sum(axis=0))).mean()
    threshold = np.quantile(logits[~danger, -1], 1 - FLAGGED)
    return best, macro, (logits[danger, -1] > threshold).mean()


def _ngrams(texts, learnt):
    columns = []
    for featurizer in (CharacterNgrams, WordNgrams):
        config = featurizer.get_default_config()
        vectorizer = featurizer("", config, None, None).new_vectorizer()
        vectorizer.fit([text for text, is_learnt in zip(texts, learnt, strict=True) if is_learnt])
        columns.append(vectorizer.transform(texts))
    return scipy.sparse.hstack(columns, format="csr")


if __name__ == "__main__":
    main()
