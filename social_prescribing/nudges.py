"""Nudges: one gentle text to a patient who fell silent in the middle of the questions.

One, in waking hours, and then rest. It asks the open question again, so that an
answer to it goes on where the conversation was.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from social_prescribing.conversations import Direction, Message
from social_prescribing.outbox import send_text
from social_prescribing.safe_contact import may_text_unasked
from social_prescribing.safety_alerts import SafetyAlert
from social_prescribing.words import responses, wording
from social_prescribing.working_time import is_waking_time

NUDGED_AFTER = timedelta(hours=2)
# Whoever has been silent for longer has moved on; they may still answer any day.
NOT_NUDGED_AFTER = timedelta(hours=24)
REST = timedelta(days=7)

# The questions of a self-referral. Where danger is asked about, the clock calls a person in;
# a summary that nobody confirms is of a call that stands.
NUDGED = (
    "need", "area", "want_callback", "practice", "name", "phone", "time", "voicemail",
    "safe_contact", "language",
)  # fmt: skip
KEY = "nudge:"


def nudge_silent_patients():
    """Nudge whoever fell silent mid-way, once. Returns how many."""
    if not is_waking_time(timezone.now()):
        return 0
    return sum(map(_nudge, silent_questions()))


def silent_questions():
    """Questions that nobody has answered for a while, and that may be asked once more."""
    now = timezone.now()
    same = Message.objects.filter(conversation=OuterRef("conversation"))
    nudged = same.filter(key__startswith=KEY, written_at__gt=now - REST)
    in_danger = SafetyAlert.objects.filter(conversation=OuterRef("conversation"), closed_at=None)
    return Message.objects.filter(
        ~Exists(same.filter(id__gt=OuterRef("pk"))),
        ~Exists(nudged),
        ~Exists(in_danger),
        direction=Direction.OUTBOUND,
        asks__in=NUDGED,
        written_at__lte=now - NUDGED_AFTER,
        written_at__gt=now - NOT_NUDGED_AFTER,
    ).select_related("conversation")


def _nudge(question):
    if not may_text_unasked(question.conversation):
        return 0
    sent = send_text(
        question.conversation,
        _words_for(question),
        asks=question.asks,
        options=question.options,
        key=f"{KEY}{question.pk}",
    )
    return 1 if sent else 0


def _words_for(question):
    """The question in a sentence of its own; in another language, the very text again."""
    if _is_in_another_language(question):
        return question.text
    if question.asks == "want_callback" and "text you" in question.text:
        return wording("utter_nudge__want_callback__texted")  # what was offered is asked again
    return wording(f"utter_nudge__{question.asks}")


def _is_in_another_language(question):
    asked = f"utter_ask_{question.asks}__in_"
    return any(
        question.text.endswith(one["text"])
        for name, wordings in responses().items()
        if name.startswith(asked)
        for one in wordings
    )
