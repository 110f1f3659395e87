"""The labels that training texts carry, and how they are read from a message."""

from dataclasses import dataclass

from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from social_prescribing import needs

NEEDS = tuple(needs.NEEDS)
DANGERS = (
    "suicide_self_harm", "medical_emergency", "abuse_danger", "child_protection",
    "harm_to_others",
)  # fmt: skip
NO_DANGER = "none"

# Intents whose texts tell something, rather than answer or ask: their labels
# are needs and safety, and which of these intents it is follows from them.
TELL_NEED = "tell_need"
CHAT = "chat"
SIGNAL_DANGER = "signal_danger"
HINT_DANGER = "hint_danger"
TELLING = (TELL_NEED, CHAT, SIGNAL_DANGER, HINT_DANGER)

# "no am no safe" answers a question about danger. Alone it is neither danger
# nor none, so triage does not learn from it.
ANSWERS_ABOUT_SAFETY = ("safe_yes", "safe_no")


# Whose the answers and questions are, which carry no metadata.
MOVES_WRITER = "moves"
# Who wrote what any phone holds; and with the conversation's own moves.
EVERYDAY = "everyday"
EVERYDAY_WRITERS = (EVERYDAY, MOVES_WRITER)
# Who wrote about danger, and what sounds like it: idioms, denials, the past.
DANGER_WRITERS = ("suicide", "dangers", "lookalikes", "veiled")


class LabelError(RasaException):
    """A training text carries a need or a danger that there is not."""


@dataclass(frozen=True)
class Labels:
    """What a link worker would tick for one training text, and whose text it is."""

    needs: frozenset[str]
    danger: str
    writer: str
    main_need: str | None = None

    @property
    def kind_of_writer(self) -> str:
        """As the function of that name says."""
        return kind_of_writer(self.writer)

    @property
    def is_matter(self) -> bool:
        """Whether a practice might be texted so: more than what any phone holds."""
        everyday = self.kind_of_writer in EVERYDAY_WRITERS
        return bool(self.needs) or self.danger != NO_DANGER or not everyday


def kind_of_writer(writer: str) -> str:
    """The writer's name without the number: "everyday2" is the second of a kind."""
    return writer.rstrip("0123456789")


def writer_of(message: Message) -> str:
    """Who wrote a training example."""
    return str((_intent_metadata(message) or {}).get("writer", MOVES_WRITER))


def labelled_examples(training_data: TrainingData) -> list[Message]:
    """The examples triage learns from."""
    return [
        message
        for message in training_data.intent_examples
        if message.get(TEXT) and message.get(INTENT) not in ANSWERS_ABOUT_SAFETY
    ]


def labels_of(message: Message) -> Labels:
    """A training example's labels; an answer or a question has no need, no danger.

    Raises:
        LabelError: if a label is unknown.
    """
    metadata = _intent_metadata(message) or {}
    listed = metadata.get("needs") or ()
    needs = frozenset(listed)
    danger = metadata.get("safety", NO_DANGER)
    unknown = needs.difference(NEEDS) | {danger}.difference(DANGERS, {NO_DANGER})
    if unknown:
        raise LabelError(f'"{message.get(TEXT)}" is labelled {", ".join(sorted(unknown))}.')
    main_need = listed[0] if listed else None
    return Labels(needs, danger, writer_of(message), main_need)


def _intent_metadata(message: Message) -> dict | None:
    return (message.get("metadata") or {}).get(INTENT)
