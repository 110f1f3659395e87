"""From log-odds to decisions: calibration and thresholds, chosen from data.

They are chosen on training texts whose writer the model had not read
(cross-validation in groups of writers), never on a held-out set.
"""

from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from bot.encoder.held_back import dealt_to


@dataclass(frozen=True)
class Calibration:
    """Turns a log-odds x into a probability: sigmoid(slope · x + shift) (Platt, 1999)."""

    slope: float = 1.0
    shift: float = 0.0

    def probability(self, logits: np.ndarray) -> np.ndarray:
        """Calibrated probabilities, of the logits' shape."""
        return expit(self.slope * logits + self.shift)

    @classmethod
    def fit(cls, logits: np.ndarray, answers: np.ndarray) -> "Calibration":
        """The slope and shift that make these answers likeliest."""
        signs = np.where(answers, 1.0, -1.0)

        def loss(line: np.ndarray) -> float:
            return float(np.logaddexp(0, -signs * (line[0] * logits + line[1])).mean())

        slope, shift = minimize(loss, (1.0, 0.0), method="Nelder-Mead").x
        return cls(float(slope), float(shift))


@dataclass(frozen=True)
class OperatingPoints:
    """Everything decided on besides the weights.

    `needs` and `danger` calibrate; a need counts from `need_thresholds` up.
    Where none does, the likeliest counts from `lone` up, and it takes `plain`
    to go on without asking which need it is. A text is worth asking about from
    `ask` up and an alarm from `alarm` up. All of them are probabilities.
    """

    needs: Calibration
    danger: Calibration
    need_thresholds: tuple[float, ...]
    lone: float
    plain: float
    ask: float
    alarm: float

    def to_json(self) -> dict:
        """As plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict) -> "OperatingPoints":
        """From plain values."""
        return cls(
            Calibration(**values["needs"]),
            Calibration(**values["danger"]),
            tuple(values["need_thresholds"]),
            values["lone"],
            values["plain"],
            values["ask"],
            values["alarm"],
        )


# Mean F1 this near to the best differs by chance.
AS_GOOD = 0.004


def need_thresholds(probabilities: np.ndarray, answers: np.ndarray) -> tuple[float, ...]:
    """For each need the probability from which it counts, by best F1.

    A rare need's own best threshold is mostly luck, so each is drawn halfway
    to the one threshold that is best for all. Many are as good as that one: of
    these the strictest is taken, since a need that nobody told misleads more
    than a second one that is asked about on the telephone.

    Args:
        probabilities, answers: [texts, needs].
    """
    candidates = np.arange(0.10, 0.71, 0.02)
    scores = np.array([_f1(probabilities >= t, answers) for t in candidates])
    mean = scores.mean(axis=1)
    common = candidates[mean >= mean.max() - AS_GOOD].max()
    own = candidates[scores.argmax(axis=0)]
    return tuple(float(round((common + each) / 2, 3)) for each in own)


def plain_from(probabilities: np.ndarray, answers: np.ndarray, share: float) -> float:
    """The probability of the best need that a share of the texts with needs falls short of.

    Args:
        probabilities, answers: [texts, needs].
    """
    best = probabilities[answers.any(axis=1)].max(axis=1, initial=0.0)
    return float(np.quantile(best, share)) if len(best) else 0.0


def lone_from(
    probabilities: np.ndarray, answers: np.ndarray, thresholds: Sequence[float], share: float
) -> float:
    """From where the best need counts though it is below its threshold.

    So that of the texts without a need at most this share gets one by it.

    Args:
        probabilities, answers: [texts, needs].
    """
    nothing_passes = ~(probabilities >= np.array(thresholds)).any(axis=1)
    without = ~answers.any(axis=1)
    best = np.sort(probabilities[without & nothing_passes].max(axis=1, initial=0.0))[::-1]
    allowed = int(share * without.sum())
    return float(best[allowed]) + 1e-6 if allowed < len(best) else 0.0


def _f1(guessed: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """F1 of each column."""
    hits = (guessed & answers).sum(axis=0)
    return 2 * hits / np.maximum(guessed.sum(axis=0) + answers.sum(axis=0), 1)


def threshold_for_false_alarms(
    probabilities: np.ndarray, harmless: Sequence[np.ndarray], shares: Sequence[float]
) -> float:
    """The lowest threshold that keeps false alarms within a share in each group.

    Args:
        probabilities: of danger, one a text.
        harmless: for each group which texts are its harmless ones, bool [texts].
        shares: the share of each group that may be flagged.
    """
    limits: list[float] = [0.0]
    for members, share in zip(harmless, shares, strict=True):
        if members.any():
            limits.append(float(np.quantile(probabilities[members], 1 - share)))
    return min(max(limits) + 1e-6, 0.99)


def writer_folds(
    writers: Sequence[str], texts: Sequence[str], folds: int, dealt_out: Container[str] = ()
) -> np.ndarray:
    """Which fold each text is in, so that no writer is in two: int [texts].

    The biggest writers come first, each to the smallest fold so far; those of the
    writers dealt out go by the text itself, so that adding texts moves no other. With
    one writer only there is one fold, and nothing can be held back.
    """
    names, counts = np.unique([w for w in writers if w not in dealt_out], return_counts=True)
    sizes = [0] * max(1, min(folds, len(names)))
    fold_of: dict[str, int] = {}
    for index in np.argsort(-counts, kind="stable"):
        smallest = int(np.argmin(sizes))
        fold_of[str(names[index])] = smallest
        sizes[smallest] += int(counts[index])
    return np.array(
        [
            fold_of[writer] if writer in fold_of else dealt_to(len(sizes), text)
            for writer, text in zip(writers, texts, strict=True)
        ]
    )
