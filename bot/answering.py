"""What answers conversations in one process: a thread that takes turns with a loaded model."""

import random

from bot.turn import Turns
from bot.workers import Workers
from social_prescribing.inbox import conversations_to_answer

# Texts stored this long ago and still unanswered were left by another process.
LEFT_BEHIND_AFTER_SECONDS = 5
SWEEP_EVERY_SECONDS = 1


class Answering:
    """Answers the conversations that it is woken for, and those that were left behind.

    Args:
        agent: a loaded Rasa agent.
    """

    is_ready = True

    def __init__(self, agent):
        self._turns = Turns(agent)
        # Rasa is one processor's work at a time; more bots side by side answer more.
        self._workers = Workers(
            "answering",
            work=self._answer_next,
            sweep=_left_behind,
            every=SWEEP_EVERY_SECONDS,
            threads=1,
        )

    def start(self, on_answer):
        """Begin; what was left unanswered comes first.

        Args:
            on_answer: called with a conversation's id and the ids of the texts answered.
        """
        self._on_answer = on_answer
        self._workers.start()

    def stop(self):
        """Finish the turn under way; the rest stays stored."""
        self._workers.stop()

    def wake(self, conversation_id):
        """A text of this conversation was stored."""
        self._workers.wake(conversation_id)

    def _answer_next(self, conversation_id):
        texts, wait = self._turns.answer(conversation_id)
        if texts:
            self._on_answer(conversation_id, [text.pk for text in texts])
        return wait


def _left_behind():
    left = conversations_to_answer(left_alone_for=LEFT_BEHIND_AFTER_SECONDS)
    # In one order, two busy bots would understand each text side by side, and one in vain.
    random.shuffle(left)
    return left
