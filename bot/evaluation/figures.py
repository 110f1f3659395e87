"""Figures: how far a model's answers are right.

Each text is a dict with its true `needs` (main one first), `safety` and
`style`, and the model's `answer`, which is what triage puts on a message.
"""

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from bot.nlu.labels import DANGERS, NEEDS, NO_DANGER
from bot.nlu.safety_rules import ALARM, NO_ACT

OTHER_LANGUAGE = "other"  # the style of a text in another language than English
NOTHING = "nothing"


def need_counts(texts: Iterable[dict]) -> tuple[Counter, Counter, Counter]:
    """How often each need was rightly found, found, and there."""
    hits, found, true = Counter(), Counter(), Counter()
    for text in texts:
        hits.update(found_needs(text) & set(text["needs"]))
        found.update(found_needs(text))
        true.update(text["needs"])
    return hits, found, true


def need_f1(texts: Iterable[dict]) -> dict[str, float]:
    """F1 of each need."""
    hits, found, true = need_counts(texts)
    return {need: 2 * hits[need] / max(1, found[need] + true[need]) for need in NEEDS}


def micro_f1(texts: Iterable[dict]) -> float:
    """F1 of all needs together."""
    hits, found, true = (sum(counts.values()) for counts in need_counts(texts))
    return 2 * hits / max(1, found + true)


def flagged(texts: list[dict], *, at_once: bool = False) -> float:
    """The share of texts that are alarmed or asked about; only alarmed, with `at_once`."""
    acts = [text["answer"]["safety"]["act"] for text in texts]
    return share(act == ALARM if at_once else act != NO_ACT for act in acts)


def needs_figures(texts: list[dict]) -> dict[str, float]:
    """Of the texts about needs."""
    english = [text for text in texts if text["style"] != OTHER_LANGUAGE]
    other = [text for text in texts if text["style"] == OTHER_LANGUAGE]
    with_need = [text for text in english if text["needs"]]
    without = [text for text in english if not text["needs"]]
    return {
        "needs macro-F1, English and Scots": mean(need_f1(english).values()),
        "needs micro-F1": micro_f1(english),
        "best need right": share(best_need(text) in text["needs"] for text in with_need),
        "exactly the right needs": share(found_needs(t) == set(t["needs"]) for t in english),
        "no-need texts kept empty": share(not found_needs(text) for text in without),
        "needs macro-F1, other languages": mean(need_f1(other).values()),
    }


def safety_figures(texts: list[dict], everyday: list[dict]) -> dict[str, float]:
    """Of the texts about danger and their look-alikes, and of ordinary texts beside them."""
    danger = [text for text in texts if text["safety"] != NO_DANGER]
    alike = [text for text in texts if text["safety"] == NO_DANGER]
    noticed = [text for text in danger if text["answer"]["safety"]["act"] != NO_ACT]
    return {
        "danger noticed (alarm or ask)": flagged(danger),
        "danger alarmed at once": flagged(danger, at_once=True),
        "right kind, of those noticed": share(
            text["answer"]["safety"]["id"] == text["safety"] for text in noticed
        ),
        "look-alikes alarmed": flagged(alike, at_once=True),
        "look-alikes alarmed or asked about": flagged(alike),
        "texts about needs alarmed": flagged(everyday, at_once=True),
        "texts about needs alarmed or asked about": flagged(everyday),
    }


def everyday_figures(texts: list[dict]) -> dict[str, float]:
    """Of ordinary messages, in which there is neither need nor danger."""
    return {
        "everyday messages alarmed": flagged(texts, at_once=True),
        "everyday messages alarmed or asked about": flagged(texts),
        "everyday messages with no need found": share(not found_needs(text) for text in texts),
    }


def noticed_by_kind(texts: list[dict]) -> dict[str, float]:
    """The share of each kind of danger that is noticed."""
    return {kind: flagged([text for text in texts if text["safety"] == kind]) for kind in DANGERS}


def by_style(texts: list[dict], figure: Callable[[list[dict]], float]) -> dict[str, float]:
    """A figure of the texts of each style."""
    styles = sorted({text["style"] for text in texts})
    return {style: figure([t for t in texts if t["style"] == style]) for style in styles}


def best_need_right(texts: list[dict]) -> float:
    """The share of texts with needs whose best need is among the true ones."""
    return share(best_need(text) in text["needs"] for text in texts if text["needs"])


def short_question(texts: list[dict]) -> dict[str, float]:
    """What asking "is it more about this or that?" is worth."""
    english = [t for t in texts if t["needs"] and t["style"] != OTHER_LANGUAGE]
    asked = [text for text in english if text["answer"]["unsure_between"]]
    return {
        "texts with a need that are asked about": len(asked) / max(1, len(english)),
        "of those, best guess right without asking": share(
            text["answer"]["unsure_between"][0] in text["needs"] for text in asked
        ),
        "of those, one of the two right": share(
            bool({*text["answer"]["unsure_between"]} & set(text["needs"])) for text in asked
        ),
    }


def confusion(texts: list[dict]) -> np.ndarray:
    """Texts by true main need (rows) and best need found (columns): int [21, 21], nothing last."""
    names = [*NEEDS, NOTHING]
    counts = np.zeros((len(names), len(names)), int)
    for text in texts:
        true = text["needs"][0] if text["needs"] else NOTHING
        counts[names.index(true), names.index(best_need(text) or NOTHING)] += 1
    return counts


def reliability(pairs: list[tuple[float, bool]], bins: int = 8) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, number) of answers, in bins of like confidence."""
    ordered = sorted(pairs)
    groups = [group for group in np.array_split(np.array(ordered, float), bins) if len(group)]
    return [(group[:, 0].mean(), group[:, 1].mean(), len(group)) for group in groups]


def need_confidences(texts: list[dict]) -> list[tuple[float, bool]]:
    """Each need found: its confidence, and whether it was there."""
    return [
        (need["confidence"], need["id"] in text["needs"])
        for text in texts
        for need in text["answer"]["needs"]
    ]


def danger_confidences(texts: list[dict]) -> list[tuple[float, bool]]:
    """Each text: how likely danger was thought, and whether it was there."""
    return [(_chance_of_danger(text), text["safety"] != NO_DANGER) for text in texts]


def _chance_of_danger(text: dict) -> float:
    safety = text["answer"]["safety"]
    return 1 - safety["confidence"] if safety["id"] == NO_DANGER else safety["confidence"]


def found_needs(text: dict) -> set[str]:
    """The needs that the model found."""
    return {need["id"] for need in text["answer"]["needs"]}


def best_need(text: dict) -> str | None:
    """The need that the model is surest of."""
    needs = text["answer"]["needs"]
    return needs[0]["id"] if needs else None


def share(answers: Iterable[bool]) -> float:
    """How many of the answers are yes, 0 to 1."""
    return mean(map(float, answers))


def mean(values: Iterable[float]) -> float:
    """The mean; 0 of nothing."""
    listed = list(values)
    return sum(listed) / max(1, len(listed))
