"""Where Rasa keeps what it remembers: in our own database, in the transaction of the turn."""

from functools import lru_cache

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

from actions.conversation import conversation_of
from actions.in_turn import in_turn
from social_prescribing.bot_turns import BotTurn, turns_of_session
from social_prescribing.conversations import Conversation

# Rasa looks through all its classes anew for every event of every conversation that it reads.
Event.resolve_by_type = staticmethod(lru_cache(Event.resolve_by_type))


class TurnStore(TrackerStore):
    """Rasa's tracker store over BotTurn.

    Rasa's own SQL store commits by itself, so a crash between its commit and
    ours would have the bot believe that it gave an answer nobody got.
    """

    async def retrieve(self, sender_id):
        """The tracker of the conversation's latest session, or None."""
        return await in_turn(self._retrieve, sender_id)

    async def save(self, tracker):
        """Keep the events that are new since the tracker was retrieved."""
        await in_turn(self._save, tracker)

    async def keys(self):
        """The references of all conversations that the bot remembers."""
        remembered = Conversation.objects.filter(bot_turns__isnull=False).distinct()
        return await in_turn(list, remembered.values_list("reference", flat=True))

    async def delete(self, sender_id):
        """Forget a conversation."""
        await BotTurn.objects.filter(conversation__reference=sender_id).adelete()

    def _retrieve(self, sender_id):
        turns = turns_of_session(sender_id).values_list("events", flat=True)
        events = [event for turn in turns for event in turn]
        if not events:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.events_kept = len(events)
        return tracker

    def _save(self, tracker):
        kept = getattr(tracker, "events_kept", 0)
        new = list(tracker.events)[kept:]
        conversation = conversation_of(tracker)
        if not new or conversation.is_memory_deleted:
            # The patient had everything deleted in this very turn, and this turn tells it anew.
            return
        BotTurn.objects.create(
            conversation=conversation,
            events=[event.as_dict() for event in new],
            starts_session=any(isinstance(event, SessionStarted) for event in new),
        )
        tracker.events_kept = kept + len(new)
