"""Reminders of a call: an hour before a timed one, and when the promised time slips.

A patient who waits by the phone for a call that does not come stops picking up. So a time
that was named is called to mind, and a promise that cannot be kept is taken back in time.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from social_prescribing.callbacks import Attempt, Callback, NextStep, Status
from social_prescribing.conversations import Direction, Message
from social_prescribing.days_there import end_of_promise
from social_prescribing.outbox import send_text
from social_prescribing.patient_texts import tell_by_rule
from social_prescribing.promises import as_reached
from social_prescribing.safe_contact import is_private, may_text_unasked
from social_prescribing.words import wording
from social_prescribing.working_time import is_working_time, spoken

REMINDED_BEFORE = timedelta(hours=1)
# A reminder that comes with the call itself, or on the heels of another text, is noise.
TOO_LATE = timedelta(minutes=10)
JUST_TEXTED = timedelta(minutes=90)
# Told twice that it takes longer, a patient believes no third time: that is for a person.
MOST_SLIPS = 2


def remind_of_timed_calls():
    """Text patients an hour before a call whose time they were told. Returns how many.

    A text comes without a reminder of it.
    """
    now = timezone.now()
    texted = Message.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Direction.OUTBOUND,
        written_at__gt=now - JUST_TEXTED,
    )
    soon = Callback.objects.filter(
        ~Exists(texted),
        status=Status.CLAIMED,
        by_text=False,
        next_step=NextStep.RING,
        next_step_at__gt=now + TOO_LATE,
        next_step_at__lte=now + REMINDED_BEFORE,
    )
    return sum(map(_remind, soon.select_related("conversation", "practice", "link_worker")))


def _remind(callback):
    if not may_text_unasked(callback.conversation):
        return 0
    sent = tell_by_rule(
        callback,
        "utter_desk_reminder",
        link_worker=callback.link_worker,
        key=f"reminder:{callback.pk}:{callback.next_step_at:%Y%m%d%H%M}",
        when=callback.next_step_at,
    )
    return 1 if sent else 0


def tell_of_slipped_calls():
    """Tell patients whose call did not come in the time we promised. Returns how many."""
    return sum(map(_tell_of_slip, slipped_calls()))


def slipped_calls():
    """Open callbacks that nobody has tried in the time that the patient was told.

    Danger is no matter of waiting times: there the check-back and the climbing alert speak.
    """
    now = timezone.now()
    tried = Attempt.objects.filter(callback=OuterRef("pk"))
    return (
        Callback.objects.exclude(status=Status.CLOSED)
        .filter(
            ~Exists(tried),
            Q(next_step_at=None) | Q(next_step_at__lte=now),
            is_urgent=False,
        )
        .annotate(told_by=Coalesce(F("promised_by"), F("due_by")))
        .filter(told_by__lte=now)
        .select_related("conversation", "practice", "link_worker")
    )


@transaction.atomic
def _tell_of_slip(callback):
    slips = callback.conversation.messages.filter(key__startswith=f"late:{callback.pk}:").count()
    conversation = callback.conversation
    if slips >= MOST_SLIPS or is_private(callback) or not may_text_unasked(conversation):
        return 0
    now = timezone.now()
    # The end of the next working day; after hours that is the one which opens next.
    promised = end_of_promise(callback.practice, now, days=1 if is_working_time(now) else 0)
    # Of two clocks one finds the old promise still standing.
    is_ours = Callback.objects.filter(pk=callback.pk, promised_by=callback.promised_by).update(
        promised_by=promised
    )
    if not is_ours:
        return 0
    practice = callback.practice
    text = wording(
        as_reached("utter_late", callback),
        who=callback.link_worker.first_name if callback.link_worker else "A link worker",
        rings_from=practice.shown_rings_from if practice else "the practice",
        due=spoken(promised, now=now),
    )
    return 1 if send_text(conversation, text, key=f"late:{callback.pk}:{slips + 1}") else 0
