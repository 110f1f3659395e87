"""Consent, and the words that opt out.

Consent is a row with the wording the patient saw and the time they agreed.
An opt-out stops messages; it is no withdrawal from care.
"""

from django.db import models
from django.utils import timezone

from social_prescribing.conversations import Conversation

# Twilio's own reserved words, so that our records and theirs agree. Only the
# whole message counts: "stop smoking" is a need, not an opt-out.
OPT_OUT_WORDS = {
    "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "optout", "revoke",
}  # fmt: skip
# Only from somebody who opted out: "yes" is an answer, and "start" the start of one.
OPT_IN_WORDS = {"start", "unstop", "yes"}


class Purpose(models.TextChoices):
    CALLBACK = "callback", "A link worker reads what was written and rings"
    FEEDBACK = "feedback", "We text a week later to ask how it went"


class Consent(models.Model):
    """A recorded yes to a stated use."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=20, choices=Purpose)
    wording = models.TextField(help_text="Exactly what the patient was asked")
    answer = models.TextField(help_text="Exactly what the patient answered")
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.get_purpose_display()}, {self.given_at:%d %b %Y %H:%M}"


def is_opt_out(text):
    """Say whether the whole message is a word that stops messages."""
    return _as_keyword(text) in OPT_OUT_WORDS


def is_opt_in(text, conversation):
    """Say whether the whole message is a word by which an opted-out patient opts in again."""
    return bool(conversation.opted_out_at) and _as_keyword(text) in OPT_IN_WORDS


def is_start(text):
    """Say whether the whole message is what Telegram's own first button sends."""
    return _as_keyword(text) == "start"


def opt_out(conversation):
    """Send this conversation nothing more until the patient opts in."""
    conversation.opted_out_at = timezone.now()
    conversation.save(update_fields=["opted_out_at"])


def opt_in(conversation):
    """The patient asked to hear from us again."""
    conversation.opted_out_at = None
    conversation.save(update_fields=["opted_out_at"])


def record_consent(conversation, *, purpose, wording, answer):
    """Keep what the patient was asked and what they answered."""
    return Consent.objects.create(
        conversation=conversation, purpose=purpose, wording=wording, answer=answer
    )


def _as_keyword(text):
    # Telegram's own way to say it is /stop.
    return " ".join(text.casefold().strip(" /.!\"'\n").split())
