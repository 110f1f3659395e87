"""BotTurn: what Rasa remembers of one turn of a conversation.

It stands in the same database as the messages, so that one transaction holds
a turn whole: what the bot remembers, what it did, and what it answered. It
goes when its conversation goes.
"""

from django.db import models

from social_prescribing.conversations import Conversation


class BotTurn(models.Model):
    """The events of one turn, as Rasa writes them."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="bot_turns"
    )
    events = models.JSONField()
    starts_session = models.BooleanField(
        default=False, help_text="Rasa began anew here; what came before is not read again"
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            # Each turn looks for the latest beginning.
            models.Index(fields=["conversation", "starts_session", "id"], name="bot_turn_session"),
        ]

    def __str__(self):
        return f"{self.conversation}, {len(self.events)} events"


def turns_of_session(reference):
    """The turns since Rasa last began anew with this conversation, oldest first."""
    turns = BotTurn.objects.filter(conversation__reference=reference)
    start = turns.filter(starts_session=True).order_by("-id").values("id")[:1]
    return turns.filter(id__gte=models.Subquery(start)).order_by("id")
