"""What Rasa remembers goes with the patient's data, in the very turn that deletes it."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.in_turn import being_answered
from bot.turn_store import TurnStore
from social_prescribing.bot_turns import BotTurn
from social_prescribing.conversations import Conversation
from social_prescribing.held_data import delete_held
from tests.factories import a_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return TurnStore(Domain.empty())


def take_turn(store, conversation, text, before_saving=lambda conversation: None):
    conversation = Conversation.objects.get(pk=conversation.pk)  # as a turn locks it
    remembered = store._retrieve(conversation.reference)
    tracker = remembered or DialogueStateTracker(conversation.reference, store.domain.slots)
    if not remembered:
        tracker.update(SessionStarted())
    tracker.update(UserUttered(text))
    tracker.update(ActionExecuted("action_listen"))
    before_saving(conversation)
    answered = being_answered.set(conversation)
    store._save(tracker)
    being_answered.reset(answered)


def test_the_turn_that_deletes_leaves_nothing_of_itself_or_of_those_before(store):
    conversation = a_conversation()
    take_turn(store, conversation, "am skint")
    assert BotTurn.objects.exists()
    take_turn(store, conversation, "yes, delete it", delete_held)
    assert not BotTurn.objects.exists()
    assert store._retrieve(conversation.reference) is None


def test_who_writes_after_a_deletion_is_remembered_anew(store):
    conversation = a_conversation()
    take_turn(store, conversation, "am skint")
    take_turn(store, conversation, "yes", delete_held)
    take_turn(store, conversation, "I owe rent")
    assert "am skint" not in str(BotTurn.objects.get().events)
    assert "I owe rent" in str(BotTurn.objects.get().events)
