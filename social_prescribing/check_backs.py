"""Check-backs: after words of danger, one text that asks how the patient is now.

It says truthfully whether a person has read what they wrote, or when one will. Nobody
who is afraid of another person is texted by the clock, unless they said that this phone
is theirs alone, and then only words that give nothing away.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from social_prescribing.callbacks import Attempt, AttemptResult
from social_prescribing.conversations import Direction, Message
from social_prescribing.languages import ENGLISH
from social_prescribing.on_call import next_look
from social_prescribing.outbox import send_text
from social_prescribing.safe_contact import may_text_unasked
from social_prescribing.safety_alerts import Kind, SafetyAlert
from social_prescribing.words import wording

CHECKED_AFTER = timedelta(hours=1)
# A night and a morning: later than this the text would come out of the blue.
CHECKED_WITHIN = timedelta(hours=36)
STILL_TALKING = timedelta(minutes=30)


def check_back_after_danger():
    """Ask patients how they are, where no person has spoken with them yet. Returns how many."""
    return sum(map(_check_back, alerts_to_check()))


def alerts_to_check():
    """Open alerts of some time ago, whose patients no person has reached or texted since."""
    now = timezone.now()
    since = {"conversation": OuterRef("conversation"), "written_at__gte": OuterRef("raised_at")}
    by_a_person = Message.objects.filter(written_by__isnull=False, **since)
    talking = Message.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Direction.INBOUND,
        written_at__gt=now - STILL_TALKING,
    )
    reached = Attempt.objects.filter(
        callback__conversation=OuterRef("conversation"),
        result=AttemptResult.REACHED,
        rung_at__gte=OuterRef("raised_at"),
    )
    return SafetyAlert.objects.filter(
        ~Exists(by_a_person),
        ~Exists(talking),
        ~Exists(reached),
        ~Q(kind=Kind.ABUSE_DANGER) | Q(conversation__is_safe_to_text=True),
        closed_at=None,
        due_at__lte=now - CHECKED_AFTER,
        due_at__gt=now - CHECKED_WITHIN,
    ).select_related("conversation__patient", "conversation__practice")


def _check_back(alert):
    conversation = alert.conversation
    key = f"check-back:{alert.pk}"
    if not may_text_unasked(conversation) or not _reads_english(conversation):
        return 0
    if Message.objects.filter(key=key).exists():
        return 0
    return 1 if send_text(conversation, _words_for(alert), key=key) else 0


def _reads_english(conversation):
    return conversation.patient is None or conversation.patient.language == ENGLISH


def _words_for(alert):
    if alert.kind == Kind.ABUSE_DANGER:
        return wording("utter_check_back__bland")
    if alert.seen_at:
        return wording("utter_check_back__seen")
    return wording("utter_check_back", looks=next_look(alert.conversation.practice, timezone.now()))
