"""Which move of the conversation a text is, and whether triage overrides it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import softmax

from bot.nlu.config import check_keys, check_range
from bot.nlu.features import feature_matrices
from bot.nlu.labels import CHAT, HINT_DANGER, SIGNAL_DANGER, TELL_NEED, TELLING
from bot.nlu.language import ENGLISH
from bot.nlu.linear_heads import LinearHeads, fit_heads
from bot.nlu.safety_rules import ALARM, ASK
from bot.nlu.triage import TRIAGE, NothingToLearn

HEADS_FILE = "moves.npz"
MOVES_FILE = "moves.json"
# Telling something, whatever it is: needs and safety say which intent.
TELLS = "tells"

# What answers each question that the bot may have asked (`asks` in the message's metadata,
# from the channel). "Grace" after "what is your name?" is a name, and no thanks.
YES_OR_NO = ("affirm", "deny", "unsure")
ANSWERS = {
    "need": (TELLS,),
    "area": ("give_area", "deny"),
    "want_callback": (*YES_OR_NO, "want_person", "want_no_call"),
    "name": ("give_name",),
    "phone": ("give_phone",),
    "time": ("give_time", "unsure"),
    "voicemail": YES_OR_NO,
    "safe_contact": (*YES_OR_NO, "safe_yes", "safe_no", "give_time"),
    "confirm": (*YES_OR_NO, "correct_answer"),
    "safety_check": (*YES_OR_NO, "safe_yes", "safe_no"),
}
# An answer is taken to be some ten times likelier than the text alone says.
LEANING = 2.3


class ConversationMoves(IntentClassifier, GraphComponent):
    """The intent: a move of the conversation, or what triage makes of a text that tells.

    Danger breaks in whatever the move: `signal_danger` for an alarm,
    `hint_danger` where a gentle question comes first.

    Config:
        ranking: how many intents to list, best first.
        sure: from this confidence on a move stands; below it, a text with a
            need tells of that need.
        most_that_tell: how many of the texts that tell something to learn from,
            evenly chosen; there are ten times as many as of all other moves.
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
        """Five intents are listed; a move is believed when likelier than not."""
        return {"ranking": 5, "sure": 0.5, "most_that_tell": 6000}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ConversationMoves":
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        check_keys(type(self), config)
        check_range("ranking", config["ranking"], 1, 100)
        check_range("sure", config["sure"], 0, 1)
        check_range("most_that_tell", config["most_that_tell"], 1, 1_000_000)
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._heads: LinearHeads
        self._moves: list[str]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the moves from every example that has an intent.

        Raises:
            NothingToLearn: if there is none.
        """
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        if not messages:
            raise NothingToLearn("No training text for ConversationMoves: is data/nlu/ empty?")
        messages = _enough(messages, self._config["most_that_tell"])
        moves = [move_of(message.get(INTENT)) for message in messages]
        self._moves = sorted(set(moves))
        answers = np.array([[move == other for other in self._moves] for move in moves])
        self._heads = fit_heads(*feature_matrices(messages), answers)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(Path(folder) / HEADS_FILE, **self._heads.to_arrays())
            (Path(folder) / MOVES_FILE).write_text(json.dumps(self._moves), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "ConversationMoves":
        """The classifier as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._heads = LinearHeads.from_file(Path(folder) / HEADS_FILE)
            component._moves = json.loads((Path(folder) / MOVES_FILE).read_text(encoding="utf-8"))
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Put `intent` and `intent_ranking` on each message."""
        logits = self._heads.logits(*feature_matrices(messages))
        for message, row in zip(messages, logits, strict=True):
            row = softmax(row + self._leaning(message))
            ranking = self._ranking(row, message.get(TRIAGE))
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _leaning(self, message: Message) -> np.ndarray:
        """Log-odds in favour of the moves that answer the question that stands open."""
        asks = (message.get("metadata") or {}).get("asks") or ""
        return LEANING * np.isin(self._moves, ANSWERS.get(asks, ()))

    def _ranking(self, chances: np.ndarray, triage: dict[str, Any]) -> list[dict[str, Any]]:
        """Intents, best first, those that break in before all."""
        best_first = np.argsort(-chances)[: self._config["ranking"]]
        ranking = [
            _intent(intent_of(self._moves[index], triage), chances[index]) for index in best_first
        ]
        if triage["language"] != ENGLISH:  # the moves are learnt from English
            ranking = _put_first(TELL_NEED, 1.0, ranking)
        elif triage["needs"] and ranking[0]["confidence"] < self._config["sure"]:
            ranking = _put_first(TELL_NEED, triage["needs"][0]["confidence"], ranking)
        danger = {ALARM: SIGNAL_DANGER, ASK: HINT_DANGER}.get(triage["safety"]["act"])
        if danger:
            ranking = _put_first(danger, triage["safety"]["confidence"], ranking)
        return ranking


def _enough(messages: list[Message], most_that_tell: int) -> list[Message]:
    """All texts of the other moves, and some of those that tell something."""
    tells = [message for message in messages if move_of(message.get(INTENT)) == TELLS]
    others = [message for message in messages if move_of(message.get(INTENT)) != TELLS]
    return others + tells[:: -(-len(tells) // most_that_tell) or 1]


def move_of(intent: str) -> str:
    """The move that an example's intent teaches."""
    return TELLS if intent in TELLING else intent


def intent_of(move: str, triage: dict[str, Any]) -> str:
    """The intent for a move: a text that tells is about a need, or it is chat."""
    if move != TELLS:
        return move
    return TELL_NEED if triage["needs"] else CHAT


def _put_first(name: str, confidence: float, ranking: list[dict[str, Any]]):
    return [_intent(name, confidence), *(i for i in ranking if i[INTENT_NAME_KEY] != name)]


def _intent(name: str, confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, "confidence": float(confidence)}
