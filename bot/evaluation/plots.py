"""The two pictures of the evaluation: what is taken for what, and whether confidence is earned."""

from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot

from bot.evaluation import figures
from bot.nlu.labels import NEEDS


def draw_confusion(texts: list[dict], path: Path) -> None:
    """True main need against best need found, as shares of each row."""
    counts = figures.confusion(texts)
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    names = [name.replace("_", " ") for name in (*NEEDS, figures.NOTHING)]
    figure, axes = pyplot.subplots(figsize=(10, 9))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("need the model is surest of")
    axes.set_ylabel("main need of the text")
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, counts[row, column], ha="center", va="center", color=colour, size=7)
    _write(figure, path)


def draw_reliability(needs_texts: list[dict], safety_texts: list[dict], path: Path) -> None:
    """Confidence against the share that was right; on the line, confidence is earned."""
    figure, axes = pyplot.subplots(figsize=(6, 6))
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
    for name, pairs in (
        ("needs found", figures.need_confidences(needs_texts)),
        ("danger (texts about danger only)", figures.danger_confidences(safety_texts)),
    ):
        bins = figures.reliability(pairs)
        axes.plot([b[0] for b in bins], [b[1] for b in bins], marker="o", label=name)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that was right")
    axes.legend()
    _write(figure, path)


def _write(figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    # No date inside: the same figures give the same file.
    figure.savefig(path, dpi=100, metadata={"Software": None})
    pyplot.close(figure)
