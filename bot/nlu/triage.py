"""Needs, danger and language of a text, put on the message as `triage`."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.config import check_keys, check_range
from bot.nlu.features import feature_matrices
from bot.nlu.files import fingerprint_of
from bot.nlu.labels import (
    DANGER_WRITERS,
    DANGERS,
    EVERYDAY_WRITERS,
    NEEDS,
    NO_DANGER,
    labelled_examples,
    labels_of,
)
from bot.nlu.language import ENGLISH, LANGUAGE
from bot.nlu.linear_heads import LinearHeads
from bot.nlu.normaliser import NORMALISED_TEXT
from bot.nlu.operating_points import OperatingPoints, writer_folds
from bot.nlu.other_languages import ONE_WORD, KnownWords, fold, known_words
from bot.nlu.safety_rules import (
    ACTS,
    ALARM,
    ASK,
    NO_ACT,
    SAFETY_RULES,
    RuleFinding,
    read_safety_rules,
)  # fmt: skip
from bot.nlu.triage_learning import (
    HARMLESS_GROUPS,
    KIND_COLUMNS,
    NEED_COLUMNS,
    answers_of,
    choose_points,
    counts_of,
    danger_logits,
    fair_to_examine,
    fit_with_folds,
)

TRIAGE = "triage"
HEADS_FILE = "triage.npz"
POINTS_FILE = "operating_points.json"
# A text without one says nothing: "?", "x x x", figures. The heads would only guess.
A_WORD = re.compile(r"[^\W\d_]{2}")


class NothingToLearn(RasaException):
    """The training data hold no text for triage."""


class Triage(IntentClassifier, GraphComponent):
    """One-vs-rest heads for 20 needs, danger, and its kind; safety rules beside them.

    Config:
        folds: groups of writers for choosing thresholds.
        danger_writers: who wrote about danger and its look-alikes (idioms,
            denials, the past).
        everyday_writers: who wrote what any phone holds, and the
            conversation's own moves. The texts of these two kinds are dealt out
            to the folds singly, whoever wrote them. A second writer of a kind
            has a number after the name ("lookalikes2").
        everyday_counts: how often a text by one of the everyday writers counts while the heads
            are learnt. Most of what any number gets is such, and an alarm there is worth least.
        matter_counts: how much the log-odds that a text is a matter for the practice,
            and no ordinary chat, count beside those of danger.
        lone_at_most: the share of texts without a need that may be given one because
            it is the likeliest, though below its threshold.
        which_at_most: the share of texts with a need, the least plain ones, that
            may be answered by "is it more about this or that?".
        ask_at_most, alarm_at_most: which share of harmless texts may be asked
            about (or alarmed), and which alarmed, among `lookalikes`,
            `everyday` texts and all others, mostly of `needs`.
    """

    @classmethod
    def required_components(cls) -> list:
        """The featurizers."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """What the heads are fitted with."""
        return ["scipy", "numpy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Recall first: a false alarm costs a kind line, a miss may cost a life."""
        return {
            "folds": 3,
            "danger_writers": list(DANGER_WRITERS),
            "everyday_writers": list(EVERYDAY_WRITERS),
            "everyday_counts": 3,
            "matter_counts": 0.5,
            "lone_at_most": 0.1,
            "which_at_most": 0.15,
            "ask_at_most": {"lookalikes": 0.25, "everyday": 0.016, "needs": 0.06},
            "alarm_at_most": {"lookalikes": 0.08, "everyday": 0.0045, "needs": 0.015},
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Triage":
        """An untrained triage with the rules as they now stand in `data/`."""
        return cls(config, model_storage, resource)

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        check_keys(type(self), config)
        check_range("folds", config["folds"], 2, 20)
        check_range("everyday_counts", config["everyday_counts"], 1, 100)
        check_range("matter_counts", config["matter_counts"], 0, 10)
        for share in ("lone_at_most", "which_at_most"):
            check_range(share, config[share], 0, 1)
        for shares in (config["ask_at_most"], config["alarm_at_most"]):
            for group in HARMLESS_GROUPS:
                check_range(f"the share of {group}", shares.get(group), 0, 1)
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._rules = read_safety_rules()
        self._heads: LinearHeads
        self._points: OperatingPoints

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Changes with the rules, so that Rasa trains again."""
        return fingerprint_of(SAFETY_RULES)

    # ---- learning -----------------------------------------------------------

    def train(self, training_data: TrainingData) -> Resource:
        """Learn heads from all texts, thresholds from texts by writers held back.

        Raises:
            NothingToLearn: if no example has a text.
            LabelError: if an example has an unknown label.
        """
        messages = labelled_examples(training_data)
        if not messages:
            raise NothingToLearn("No training text for Triage: is data/nlu/ empty?")
        labels = [labels_of(message) for message in messages]
        features = feature_matrices(messages)
        answers = answers_of(labels)
        dealt_out = {*self._config["danger_writers"], *self._config["everyday_writers"]}
        writers = [
            label.kind_of_writer if label.kind_of_writer in dealt_out else label.writer
            for label in labels
        ]
        texts = [message.get(TEXT) for message in messages]
        folds = writer_folds(writers, texts, self._config["folds"], dealt_out)
        counts = counts_of(labels, self._config)
        held_back, self._heads = fit_with_folds(*features, answers, folds, counts)
        fair = fair_to_examine(messages, labels)
        examined = [label for label, is_fair in zip(labels, fair, strict=True) if is_fair]
        self._points = choose_points(held_back[fair], answers[fair], examined, self._config)
        self._persist()
        return self._resource

    def _persist(self) -> None:
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(Path(folder) / HEADS_FILE, **self._heads.to_arrays())
            points = json.dumps(self._points.to_json(), indent=2)
            (Path(folder) / POINTS_FILE).write_text(points, encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "Triage":
        """Triage as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._heads = LinearHeads.from_file(Path(folder) / HEADS_FILE)
            points = json.loads((Path(folder) / POINTS_FILE).read_text(encoding="utf-8"))
        component._points = OperatingPoints.from_json(points)
        return component

    # ---- deciding -----------------------------------------------------------

    def process(self, messages: list[Message]) -> list[Message]:
        """Put `triage` on each message; an empty text has no need and no danger."""
        logits = self._heads.logits(*feature_matrices(messages))
        for message, row in zip(messages, logits, strict=True):
            message.set(TRIAGE, self._decide(message, row), add_to_output=True)
        return messages

    def _decide(self, message: Message, logits: np.ndarray) -> dict[str, Any]:
        language = message.get(LANGUAGE, ENGLISH)
        if words := known_words(language):
            return _decide_by_words(words, message.get(TEXT) or "", language)
        text = message.get(NORMALISED_TEXT) or ""
        blank = not A_WORD.search(text)
        chances = np.zeros(len(NEEDS)) if blank else self._chances(logits)
        needs, found = self._needs(chances), self._rules.find(text)
        return {
            "needs": needs,
            "unsure_between": self._unsure_between(needs, chances),
            "safety": self._safety(found, 0.0 if blank else self._danger(logits), logits),
            # What a rule finds no later step may pass over as only an answer.
            "by_rule": found.rule is not None,
            "language": language,
        }

    def _chances(self, logits: np.ndarray) -> np.ndarray:
        return self._points.needs.probability(logits[NEED_COLUMNS])

    def _unsure_between(self, needs: list[dict[str, Any]], chances: np.ndarray) -> list[str]:
        """The two likeliest needs where one was found and is not plain; else none."""
        second, best = np.argsort(chances)[-2:]
        unsure = len(needs) == 1 and chances[best] < self._points.plain
        return [NEEDS[best], NEEDS[second]] if unsure else []

    def _needs(self, chances: np.ndarray) -> list[dict[str, Any]]:
        """Needs past their thresholds, best first; else the likeliest, if likely enough."""
        thresholds = np.array(self._points.need_thresholds)
        best = chances.argmax()
        if chances[best] >= self._points.lone and not (chances >= thresholds).any():
            thresholds[best] = 0.0
        passed = [
            {"id": need, "confidence": round(float(chance), 4)}
            for need, chance, threshold in zip(NEEDS, chances, thresholds, strict=True)
            if chance >= threshold
        ]
        return sorted(passed, key=lambda need: -need["confidence"])

    def _danger(self, logits: np.ndarray) -> float:
        return float(self._points.danger.probability(danger_logits(logits, self._config)))

    def _safety(self, found: RuleFinding, chance: float, logits: np.ndarray) -> dict[str, Any]:
        act = (
            ALARM if chance >= self._points.alarm else ASK if chance >= self._points.ask else NO_ACT
        )
        kind = DANGERS[int(np.argmax(logits[KIND_COLUMNS]))]
        return join_findings(found, kind, chance, act)


def _decide_by_words(words: KnownWords, text: str, language: str) -> dict[str, Any]:
    """Triage of another language than English, of which the heads have read nothing."""
    folded = fold(text)
    kind = words.danger(folded)
    # "Are you safe?" is asked in English, so a sign of danger calls a person in at once.
    safety = {"id": kind, "confidence": ONE_WORD, "act": ALARM} if kind else no_danger(ONE_WORD)
    needs = words.needs(folded)
    return {
        "needs": needs,
        "unsure_between": [],
        "safety": safety,
        "by_rule": kind is not None,
        "language": language,
    }


def no_danger(confidence: float = 1.0) -> dict[str, Any]:
    """The finding for a text without danger; the confidence is of that."""
    return {"id": NO_DANGER, "confidence": round(confidence, 4), "act": NO_ACT}


def join_findings(found: RuleFinding, kind: str, chance: float, act: str) -> dict[str, Any]:
    """The stronger of what the rules found and what the model thinks.

    A true denial lowers the model's alarm to a gentle question, never below,
    and never an alarm by a rule.
    """
    if found.denied and act == ALARM:
        act = ASK
    if found.rule and ACTS.index(found.rule.act) >= ACTS.index(act):
        kind, act = found.rule.kind, found.rule.act
    if act == NO_ACT:
        return no_danger(1 - chance)
    return {"id": kind, "confidence": round(chance, 4), "act": act}
