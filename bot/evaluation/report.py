"""`python -m bot evaluate`: how the trained model does on the texts that nobody tuned on.

The texts of data/evaluation were written by another writer than the training
texts. Every figure printed is from them, and says so.
"""

import json
import time
from collections import Counter
from pathlib import Path

from bot.nlu.labels import DANGERS, NEEDS, NO_DANGER
from bot.nlu.safety_rules import ALARM, NO_ACT
from bot.training import ROOT
from bot.triage import Understanding, newest_model

EVALUATION = ROOT / "data" / "evaluation"
OTHER_LANGUAGE = "other"  # the style of a text in another language than English


def evaluate(folder: Path = EVALUATION) -> str:
    """A report in Markdown on the newest model in models/."""
    needs_texts, safety_texts = (_read(folder / f"{n}.jsonl") for n in ("needs", "safety"))
    understanding = Understanding(newest_model())
    started = time.perf_counter()
    for text in (*needs_texts, *safety_texts):
        text["answer"] = understanding.parse(text["text"])["triage"]
    speed = (len(needs_texts) + len(safety_texts)) / (time.perf_counter() - started)
    return "\n".join(
        [
            "# Figures on data/evaluation, which is never trained or tuned on",
            "",
            *_needs_report(needs_texts),
            "",
            *_safety_report(safety_texts, needs_texts),
            "",
            f"Speed: {speed:.0f} texts a second, one at a time.",
        ]
    )


def need_f1(texts: list[dict]) -> dict[str, float]:
    """F1 of each need over texts with their answers."""
    hits, guessed, true = Counter(), Counter(), Counter()
    for text in texts:
        found = {need["id"] for need in text["answer"]["needs"]}
        hits.update(found & set(text["needs"]))
        guessed.update(found)
        true.update(text["needs"])
    return {need: 2 * hits[need] / max(1, guessed[need] + true[need]) for need in NEEDS}


def flagged(texts: list[dict], *, at_once: bool = False) -> float:
    """The share of texts that are alarmed or asked about; only alarmed, with `at_once`."""
    acts = [text["answer"]["safety"]["act"] for text in texts]
    return _share(act == ALARM if at_once else act != NO_ACT for act in acts)


def _needs_report(texts):
    english = [text for text in texts if text["style"] != OTHER_LANGUAGE]
    other = [text for text in texts if text["style"] == OTHER_LANGUAGE]
    with_need = [text for text in english if text["needs"]]
    without = [text for text in english if not text["needs"]]
    each = need_f1(english)
    yield from _table(
        f"Needs ({len(english)} English and Scots texts, {len(other)} in other languages)",
        {
            "macro-F1": _mean(each.values()),
            "best need right": _share(_best(text) in text["needs"] for text in with_need),
            "exactly the right needs": _share(_found(t) == set(t["needs"]) for t in english),
            "no-need texts kept empty": _share(not _found(text) for text in without),
            "macro-F1, other languages": _mean(need_f1(other).values()),
        },
    )
    yield ""
    yield from _table("F1 of each need", dict(sorted(each.items(), key=lambda item: item[1])))
    yield ""
    styles = sorted({text["style"] for text in english})
    of_style = {s: [text for text in english if text["style"] == s] for s in styles}
    best = {s: _share(_best(t) in t["needs"] for t in of_style[s] if t["needs"]) for s in styles}
    yield from _table("Best need right, by style", best)


def _safety_report(texts, everyday):
    danger = [text for text in texts if text["safety"] != NO_DANGER]
    alike = [text for text in texts if text["safety"] == NO_DANGER]
    noticed = [text for text in danger if text["answer"]["safety"]["act"] != NO_ACT]
    yield from _table(
        f"Danger ({len(danger)} dangerous texts, {len(alike)} harmless look-alikes)",
        {
            "danger noticed (alarm or ask)": flagged(danger),
            "danger alarmed at once": flagged(danger, at_once=True),
            "right kind, of those noticed": _share(
                text["answer"]["safety"]["id"] == text["safety"] for text in noticed
            ),
            "look-alikes alarmed": flagged(alike, at_once=True),
            "look-alikes alarmed or asked about": flagged(alike),
            "texts about needs alarmed": flagged(everyday, at_once=True),
            "texts about needs alarmed or asked about": flagged(everyday),
        },
    )
    yield ""
    by_kind = {kind: [text for text in danger if text["safety"] == kind] for kind in DANGERS}
    yield from _table("Noticed, by kind", {kind: flagged(by_kind[kind]) for kind in DANGERS})


def _read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _found(text):
    return {need["id"] for need in text["answer"]["needs"]}


def _best(text):
    needs = text["answer"]["needs"]
    return needs[0]["id"] if needs else None


def _share(answers):
    return _mean(map(float, answers))


def _mean(values):
    values = list(values)
    return sum(values) / max(1, len(values))


def _table(title, figures):
    yield f"| {title} | |"
    yield "|---|---|"
    yield from (f"| {name} | {figure:.3f} |" for name, figure in figures.items())
