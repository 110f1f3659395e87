"""Find the minima of many smooth functions at once, one for each column.

Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", algorithm
7.4), each column with its own history and its own step, so that they share the
costly part: reading the data. SciPy's version would treat them as one function
of a million variables, and spend more time on its own arithmetic than on ours.
"""

from collections import deque
from collections.abc import Callable

import numpy as np

MEMORY = 6
# A step is taken if it brings this share of what the slope promised (Armijo).
PROMISED = 1e-4
SHORTEN = 0.3
MOST_SHORTENINGS = 8

LossAndSlope = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def find_minima(loss_and_slope: LossAndSlope, start: np.ndarray, rounds: int) -> np.ndarray:
    """The point to which each column has come after so many rounds.

    Args:
        loss_and_slope: of points [size, columns] gives losses [columns] and
            slopes [size, columns].
        start: where to begin, float32 [size, columns].
        rounds: how many steps to take.
    """
    point = start
    loss, slope = loss_and_slope(point)
    history: deque = deque(maxlen=MEMORY)
    for _ in range(rounds):
        direction = -_times_inverse_curvature(slope, history)
        promise = _dot(direction, slope)
        step = np.ones_like(loss) if history else 1 / np.maximum(1, np.sqrt(-promise))
        for _ in range(MOST_SHORTENINGS):
            ahead = point + (step * direction).astype(point.dtype)
            loss_ahead, slope_ahead = loss_and_slope(ahead)
            too_far = loss_ahead > loss + PROMISED * step * promise
            if not too_far.any():
                break
            step = np.where(too_far, step * SHORTEN, step)
        stuck = too_far & (loss_ahead > loss)
        ahead, slope_ahead = np.where(stuck, point, ahead), np.where(stuck, slope, slope_ahead)
        history.append(_curvature(ahead - point, slope_ahead - slope))
        point, loss, slope = ahead, np.where(stuck, loss, loss_ahead), slope_ahead
    return point


def _dot(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Inner product of each column with its fellow."""
    return np.einsum("ij,ij->j", left, right)


def _curvature(moved: np.ndarray, turned: np.ndarray):
    """What one step showed: the way moved, how the slope turned, their product.

    A column that stood still showed nothing, and counts for nothing.
    """
    product = _dot(moved, turned)
    useful = product > 1e-12
    return moved, turned, np.where(useful, 1 / np.where(useful, product, 1), 0).astype(moved.dtype)


def _times_inverse_curvature(slope: np.ndarray, history: deque) -> np.ndarray:
    """The two-loop recursion: slope times the inverse curvature that history shows."""
    result = slope.copy()
    shares = []
    for moved, turned, inverse in reversed(history):
        share = inverse * _dot(moved, result)
        result -= share * turned
        shares.append(share)
    if history:
        moved, turned, inverse = history[-1]
        size = inverse * _dot(turned, turned)
        result /= np.where(size > 0, size, 1)
    for (moved, turned, inverse), share in zip(history, reversed(shares), strict=True):
        result += moved * (share - inverse * _dot(turned, result))
    return result
