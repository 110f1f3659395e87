"""Held data: what is kept about a patient, for how long, and how it is deleted.

A patient may ask by text what is held and have it deleted. What stays after that
is what the law asks for: that texts and a call came and went, without name, number,
needs or words; that a need was left open, counted for the programme in a row that leads to
nobody; safety alerts, which show what was done for somebody in danger; the
number that wrote, to show who asked for it, and its opt-out, without which the next
text could not be held back. `tests/social_prescribing/test_held_data.py` looks into
every table and names each thing that stays.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from social_prescribing.agreed_supports import AgreedSupport
from social_prescribing.callback_moves import cancel_callback
from social_prescribing.callbacks import (
    Attempt,
    Callback,
    CallbackEvent,
    CallbackNeed,
    Status,
    open_callback,
)
from social_prescribing.conversations import Conversation, State
from social_prescribing.gaps import cut_off_gaps
from social_prescribing.need_corrections import NeedCorrection
from social_prescribing.needs import in_patient_words
from social_prescribing.notices import Notice
from social_prescribing.phone_numbers import show
from social_prescribing.safety_alerts import take_safety_step

# After the last text, unless a callback or a safety alert is still open.
KEPT_YEARS = 2
KEPT_FOR = timedelta(days=365 * KEPT_YEARS)
DELETED = "deleted"  # in the place of words that must not be empty


class DataDeletion(models.Model):
    """One time that what was held of a conversation was deleted. Holds nothing of it itself."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="data_deletions"
    )
    deleted_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.conversation}, {self.deleted_at:%d %b %Y}"


@dataclass(frozen=True)
class Held:
    """What is held of one patient, in short."""

    texts: int
    name: str = ""
    phone: str = ""
    area: str = ""
    needs: tuple = ()
    reference: str = ""

    @property
    def in_words(self):
        """A line for each thing, in the patient's terms."""
        about = in_patient_words(self.needs[:2])
        lines = [
            ", ".join(filter(None, [self.name, show(self.phone) if self.phone else ""])),
            f"Area: {self.area}" if self.area else "",
            f"Call {self.reference}: {about}" if self.reference and about else "",
            f"Your texts: {self.texts}",
        ]
        return "\n".join(filter(None, lines))


def held_about(conversation):
    """What is held of the patient at this conversation."""
    latest = conversation.callbacks.order_by("-requested_at").first()
    patient = conversation.patient
    return Held(
        texts=conversation.messages.filter(direction="in").exclude(text="", media=[]).count(),
        name=latest.name if latest else (patient.name if patient else ""),
        phone=(latest.phone if latest else "") or conversation.known_phone,
        area=latest.area if latest else "",
        needs=tuple(latest.need_ids) if latest else (),
        reference=latest.reference if latest else "",
    )


# What a callback goes back to: its model's own defaults, and a word where one is needed.
OF_THE_PATIENT = (
    "area", "time_preference", "days", "not_before", "not_after", "time_words", "voicemail_ok",
    "safe_contact", "is_safe_to_ring", "by_text", "language", "interpreter", "on_behalf_of", "age",
    "referred_by", "follow_up_on",
)  # fmt: skip
EMPTIED = {name: Callback._meta.get_field(name).get_default() for name in OF_THE_PATIENT}
# Rows that are about the patient and nothing else.
GO_WHOLE = (CallbackNeed, NeedCorrection, AgreedSupport, Notice)


@transaction.atomic
def delete_held(conversation, *, why="The patient asked for it by text"):
    """Delete what is held of a patient; see above for what stays. An open callback is cancelled.

    Other conversations stay as they are: nobody can have another person's words deleted
    by giving their number.
    """
    _tell_who_sees_danger_through(conversation)
    _delete_calls(conversation)
    _delete_texts(conversation)
    conversation.consents.update(answer="")
    conversation.support_reports.update(words="")
    conversation.signpostings.all().delete()
    conversation.asked_needs.all().delete()
    cut_off_gaps(conversation)
    # The turn store keeps nothing of a turn that had its memory deleted.
    conversation.bot_turns.all().delete()
    conversation.is_memory_deleted = True
    conversation.code_word = ""
    conversation.needs_person_since = conversation.person_writing = None
    conversation.person_writes_until = None
    conversation.save(
        update_fields=["code_word", "needs_person_since", "person_writing", "person_writes_until"]
    )
    if patient := conversation.patient:
        patient.name = patient.phone = ""
        patient.language = "en"
        patient.save(update_fields=["name", "phone", "language"])
    return DataDeletion.objects.create(conversation=conversation, why=why)


def _tell_who_sees_danger_through(conversation):
    """Nobody in danger becomes unreachable: an open alert is told how to ring them."""
    held = held_about(conversation)
    reach = ", ".join(filter(None, [held.name, show(held.phone) if held.phone else ""]))
    for alert in conversation.safety_alerts.filter(closed_at=None):
        what = f"All else was deleted as asked. To reach them: {reach or 'by text only'}"
        take_safety_step(alert, what=what)


def _delete_calls(conversation):
    callbacks = conversation.callbacks.all()
    for rows in (CallbackEvent, Attempt):
        rows.objects.filter(callback__in=callbacks).update(note="")
    if callback := open_callback(conversation):
        cancel_callback(callback, note="The patient had everything deleted")
    for rows in GO_WHOLE:
        rows.objects.filter(callback__in=callbacks).delete()
    callbacks.update(name=DELETED, phone="", words=DELETED, **EMPTIED)


def _delete_texts(conversation):
    """Empty every text. One not sent yet is not sent, but for help in danger."""
    waiting = models.Q(state=State.QUEUED)
    conversation.messages.filter(waiting, despite_opt_out=False).delete()
    conversation.messages.exclude(waiting).update(text="", media=[], options=[])


def past_their_time(now):
    """Conversations to which nobody has written for KEPT_FOR, and in which nothing is open.

    Whoever wrote again after a deletion is held anew, and their time runs anew.
    """
    last, deleted = models.Max("messages__written_at"), models.Max("data_deletions__deleted_at")
    is_held = models.Q(deleted=None) | models.Q(deleted__lt=models.F("last"))
    return (
        Conversation.objects.annotate(last=last, deleted=deleted)
        .filter(is_held, last__lt=now - KEPT_FOR)
        .exclude(callbacks__status__in=[Status.WAITING, Status.CLAIMED])
        .exclude(safety_alerts__isnull=False, safety_alerts__closed_at=None)
    )
