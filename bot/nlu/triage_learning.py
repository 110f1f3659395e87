"""What triage learns from its texts: heads, and thresholds from writers held back."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import scipy.sparse
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.encoder.build import ADAPTER
from bot.encoder.held_back import adapted_writers, is_held_back
from bot.nlu.labels import DANGERS, NEEDS, NO_DANGER, Labels
from bot.nlu.linear_heads import LinearHeads, fit_heads
from bot.nlu.operating_points import (
    Calibration,
    OperatingPoints,
    lone_from,
    need_thresholds,
    plain_from,
    threshold_for_false_alarms,
)

# The heads' columns: needs, then danger of any kind, then each kind, then whether it is a
# matter for the practice at all.
NEED_COLUMNS = slice(0, len(NEEDS))
DANGER_COLUMN = len(NEEDS)
KIND_COLUMNS = slice(len(NEEDS) + 1, len(NEEDS) + 1 + len(DANGERS))
MATTER_COLUMN = KIND_COLUMNS.stop

# From this log-odds on a text is a matter for the practice, and more of it says nothing
# about danger: a plain need is surely a matter.
SURELY_A_MATTER = 4.0

# Texts without danger differ in how near they come to it.
HARMLESS_GROUPS = ("lookalikes", "everyday", "needs")


def fair_to_examine(messages: list[Message], labels: list[Labels]) -> np.ndarray:
    """The texts that the encoder was not adapted to; all, where it was not adapted."""
    known = adapted_writers(ADAPTER)
    return np.array(
        [
            label.writer not in known or is_held_back(message.get(TEXT))
            for message, label in zip(messages, labels, strict=True)
        ]
    )


def danger_logits(logits: np.ndarray, config: dict[str, Any]) -> np.ndarray:
    """Log-odds of danger, less where a text is no matter for the practice.

    The head of danger alone is sure of too much: "I can see the car from the kitchen window,
    Daniel" could be veiled danger, but nobody texts a practice so.

    Args:
        logits: of the heads, [..., columns].
    """
    matter = np.minimum(logits[..., MATTER_COLUMN], SURELY_A_MATTER)
    return logits[..., DANGER_COLUMN] + config["matter_counts"] * matter


def choose_points(
    logits: np.ndarray, answers: np.ndarray, labels: list[Labels], config: dict[str, Any]
) -> OperatingPoints:
    """Calibration and thresholds from log-odds of texts by writers held back."""
    needs = Calibration.fit(logits[:, NEED_COLUMNS], answers[:, NEED_COLUMNS])
    of_danger = danger_logits(logits, config)
    danger = Calibration.fit(of_danger, answers[:, DANGER_COLUMN])
    chances = danger.probability(of_danger)
    harmless = _harmless_groups(labels, config)

    def threshold(at_most: dict[str, float]) -> float:
        shares = [at_most[group] for group in HARMLESS_GROUPS]
        return threshold_for_false_alarms(chances, harmless, shares)

    probabilities, true = needs.probability(logits[:, NEED_COLUMNS]), answers[:, NEED_COLUMNS]
    thresholds = need_thresholds(probabilities, true)
    lone = lone_from(probabilities, true, thresholds, config["lone_at_most"])
    plain = plain_from(probabilities, true, config["which_at_most"])
    ask, alarm = threshold(config["ask_at_most"]), threshold(config["alarm_at_most"])
    return OperatingPoints(needs, danger, thresholds, lone, plain, ask, max(ask, alarm))


def _harmless_groups(labels: list[Labels], config: dict[str, Any]) -> list[np.ndarray]:
    """Which texts are in each of `HARMLESS_GROUPS`, bool [texts] each."""
    harmless = np.array([label.danger == NO_DANGER for label in labels])
    kinds = [label.kind_of_writer for label in labels]
    of_danger = np.isin(kinds, config["danger_writers"])
    of_everyday = np.isin(kinds, config["everyday_writers"])
    return [
        harmless & of_danger,
        harmless & of_everyday & ~of_danger,
        harmless & ~of_everyday & ~of_danger,
    ]


def counts_of(labels: list[Labels], config: dict[str, Any]) -> np.ndarray:
    """How often each text counts while the heads are learnt, float32 [texts]."""
    of_everyday = np.isin([label.kind_of_writer for label in labels], config["everyday_writers"])
    return np.where(of_everyday, config["everyday_counts"], 1).astype(np.float32)


def answers_of(labels: list[Labels]) -> np.ndarray:
    """Bool [texts, heads], in the order of the columns."""
    return np.array(
        [
            [need in label.needs for need in NEEDS]
            + [label.danger != NO_DANGER]
            + [label.danger == kind for kind in DANGERS]
            + [label.is_matter]
            for label in labels
        ]
    )


def fit_with_folds(
    vectors: np.ndarray,
    ngrams: scipy.sparse.csr_matrix,
    answers: np.ndarray,
    folds: np.ndarray,
    counts: np.ndarray,
) -> tuple[np.ndarray, LinearHeads]:
    """Log-odds of each text by heads that knew none of its fold, and final heads.

    Args:
        vectors, ngrams, answers, counts: as for `fit_heads`.
        folds: which fold each text is in, int [texts].
    """

    def fit_without(fold: int) -> LinearHeads:
        kept = folds != fold
        if not kept.any():  # one writer only: nothing can be held back
            kept = ~kept
        return fit_heads(vectors[kept], ngrams[kept], answers[kept], counts[kept])

    # The matrix products release the interpreter lock, so threads use both cores.
    nobody = int(folds.max()) + 1
    with ThreadPoolExecutor(max_workers=2) as pool:
        *per_fold, final = pool.map(fit_without, [*range(nobody), nobody])
    held_back = np.empty(answers.shape, np.float32)
    for number, heads in enumerate(per_fold):
        chosen = folds == number
        held_back[chosen] = heads.logits(vectors[chosen], ngrams[chosen])
    return held_back, final
