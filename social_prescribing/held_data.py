"""Held data: what is kept about a patient, for how long, and how it is deleted.

A patient may ask by text what is held and have it deleted. What stays after that
is what the law asks for: that there was a call and a date, without name or words;
safety alerts, which show what was done for somebody in danger; and an opt-out,
without which the next text could not be held back.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from social_prescribing.callbacks import Status, cancel_callback, open_callback
from social_prescribing.conversations import Conversation
from social_prescribing.needs import in_patient_words
from social_prescribing.phone_numbers import show

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
        texts=conversation.messages.filter(direction="in").count(),
        name=latest.name if latest else (patient.name if patient else ""),
        phone=(latest.phone if latest else "") or conversation.known_phone,
        area=latest.area if latest else "",
        needs=tuple(latest.need_ids) if latest else (),
        reference=latest.reference if latest else "",
    )


@transaction.atomic
def delete_held(conversation, *, why="The patient asked for it by text"):
    """Delete what is held of a patient; see above for what stays. An open callback is cancelled."""
    if callback := open_callback(conversation):
        cancel_callback(callback, note="The patient had everything deleted")
    conversation.messages.update(text="", media=[], options=[])
    conversation.consents.update(answer="")
    conversation.support_reports.update(words="")
    conversation.callbacks.update(
        name=DELETED, phone="", area="", words=DELETED, time_words="", safe_contact="",
        on_behalf_of="", age=None,
    )  # fmt: skip
    for closed in conversation.callbacks.filter(status=Status.CLOSED):
        closed.attempts.update(note="")
    if patient := conversation.patient:
        patient.name = patient.phone = ""
        patient.save(update_fields=["name", "phone"])
    return DataDeletion.objects.create(conversation=conversation, why=why)


def past_their_time(now):
    """Conversations to which nobody has written for KEPT_FOR, and in which nothing is open."""
    before = now - KEPT_FOR
    return (
        Conversation.objects.annotate(last=models.Max("messages__written_at"))
        .filter(last__lt=before, data_deletions=None)
        .exclude(callbacks__status__in=[Status.WAITING, Status.CLAIMED])
        .exclude(safety_alerts__isnull=False, safety_alerts__closed_at=None)
    )
