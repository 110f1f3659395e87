"""While a link worker writes, the bot keeps still: all but danger, and nothing it heard is kept."""

import pytest

from bot.turn import Turns
from social_prescribing.callbacks import Status
from social_prescribing.conversations import Direction
from social_prescribing.inbox import Reply
from social_prescribing.patient_texts import hand_back_to_bot, write_to_patient
from tests.factories import a_callback, a_link_worker, a_message, a_practice

pytestmark = pytest.mark.django_db

DANGER = Reply("In danger now, ring 999.", despite_opt_out=True)
SAFETY_CHECK = Reply("Are you safe right now?", asks="safety_check")
SMALL_TALK = Reply("You are welcome. Text here any time.")


class StandInTurns(Turns):
    """Says what it is told to, and leaves a mark in the database as Rasa's memory would."""

    def __init__(self, *says):
        self.says = says

    def _understand(self, burst, asks):
        return {"text": burst[-1].text, "intent": {"name": "chat", "confidence": 1.0}}

    def _talk(self, turn, message):
        turn.replies.extend(self.says)
        a_practice(name="What the bot remembers")


@pytest.fixture
def conversation():
    sam = a_link_worker(a_practice(name_for_texts="Possil Practice"), name="Sam Reid")
    callback = a_callback(
        status=Status.CLAIMED, practice=sam.practices.first(), link_worker=sam,
        is_safe_to_ring=True,
    )  # fmt: skip
    conversation = callback.conversation
    conversation.messages.update(answered_at=conversation.started_at)
    write_to_patient(callback, "Is the heating back on?", link_worker=sam)
    return conversation


def answers(conversation, *says, text="aye it is, ta"):
    message = a_message(text, address=conversation.address)
    StandInTurns(*says).answer(conversation.pk)
    message.refresh_from_db()
    assert message.answered_at, "no text waits for ever"
    replies = message.replies.filter(direction=Direction.OUTBOUND)
    return [reply.text for reply in replies]


def bot_remembers():
    from social_prescribing.practices import Practice

    return Practice.objects.filter(name="What the bot remembers").exists()


def test_the_bot_says_and_remembers_nothing_while_a_person_writes(conversation):
    assert answers(conversation, SMALL_TALK) == []
    assert not bot_remembers()


@pytest.mark.parametrize("reply", [DANGER, SAFETY_CHECK])
def test_danger_is_answered_at_once_whoever_writes(conversation, reply):
    assert answers(conversation, reply, SMALL_TALK) == [reply.text]
    assert bot_remembers()


def test_once_the_person_is_done_the_bot_says_that_it_is_the_computer_again_once(conversation):
    hand_back_to_bot(conversation)
    assert answers(conversation, SMALL_TALK) == [
        f"This is the computer again. Sam can still read what you send.\n{SMALL_TALK.text}",
    ]
    assert answers(conversation, SMALL_TALK) == [SMALL_TALK.text]
