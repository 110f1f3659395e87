"""Conversation and Message: everything written between one patient and us on one channel.

A text is stored before it is answered, once by its provider's id, and keeps
the patient's own words exactly as they were sent.
"""

import secrets
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from social_prescribing.link_workers import LinkWorker
from social_prescribing.patients import Patient
from social_prescribing.phone_numbers import show
from social_prescribing.practices import ContactNumber, Practice

# Longer than any phone sends in one text; what is beyond would only fill the disk.
LONGEST_TEXT = 10_000


class Channel(models.TextChoices):
    """A way in. The values are stored and exported."""

    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    WEB = "web", "Web chat"
    SIMULATED_SMS = "simulated_sms", "SMS (simulated)"
    REST = "rest", "HTTP"


# On these channels the address is the patient's own phone number.
PHONE_CHANNELS = {Channel.SMS, Channel.WHATSAPP, Channel.SIMULATED_SMS}
# On these a text is handed to a provider; on the others the patient's own page fetches it.
SENT_BY_PROVIDER = {Channel.SMS, Channel.WHATSAPP, Channel.TELEGRAM}


class Conversation(models.Model):
    """All messages with one patient on one channel."""

    reference = models.CharField(
        max_length=80, unique=True, help_text="How exports and Rasa's tracker name it"
    )
    channel = models.CharField(max_length=20, choices=Channel)
    address = models.CharField(max_length=200, help_text="Where the channel reaches the patient")
    contact_number = models.ForeignKey(
        ContactNumber, null=True, blank=True, on_delete=models.SET_NULL
    )
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.SET_NULL)
    patient = models.ForeignKey(
        Patient, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    started_at = models.DateTimeField(default=timezone.now)
    opted_out_at = models.DateTimeField(null=True, blank=True)
    needs_person_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The bot could not answer a text, and nobody has looked yet",
    )
    person_writing = models.ForeignKey(
        LinkWorker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="writes_in",
        help_text="Who writes by hand, so that the bot is silent",
    )
    person_writes_until = models.DateTimeField(null=True, blank=True)
    is_safe_to_text = models.BooleanField(
        null=True,
        blank=True,
        help_text="No: somebody else may read this phone, so it gets nothing telling by rule",
    )
    code_word = models.CharField(
        max_length=30, blank=True, help_text="Chosen by the patient, to know that it is us"
    )

    # Set on the one that is at hand as its turns are deleted; not stored.
    is_memory_deleted = False

    class Meta:
        indexes = [
            # Every page of the desk counts them; there are few.
            models.Index(
                fields=["needs_person_since"],
                condition=models.Q(needs_person_since__isnull=False),
                name="conversation_needs_person",
            ),
        ]
        constraints = [
            # nulls_distinct would let one address without a contact number stand twice.
            models.UniqueConstraint(
                fields=["channel", "address", "contact_number"], name="one_conversation_an_address"
            ),
            models.UniqueConstraint(
                fields=["channel", "address"],
                condition=models.Q(contact_number=None),
                name="one_conversation_an_address_without_number",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def known_phone(self):
        """The patient's number where the channel gives it (E.164), or an empty text."""
        return self.address if self.channel in PHONE_CHANNELS else ""

    @property
    def shown_phone(self):
        """The patient's number as people write it, where the channel gives it."""
        return show(self.known_phone)


class Direction(models.TextChoices):
    INBOUND = "in", "From the patient"
    OUTBOUND = "out", "To the patient"


class State(models.TextChoices):
    """How far an outbound message has come; it only moves forwards. The values are stored."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Not delivered"


class Message(models.Model):
    """One text, inbound or outbound."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=20, choices=Channel)
    provider_id = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001
    text = models.TextField(blank=True)
    media = models.JSONField(
        default=list, blank=True, help_text="Addresses of photos and voice notes"
    )
    asks = models.CharField(
        max_length=20, blank=True, help_text="What the bot waits for after this"
    )
    options = models.JSONField(default=list, blank=True, help_text="Quick replies")
    written_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="Tries at answering that failed, or tries at sending"
    )
    next_try_at = models.DateTimeField(default=timezone.now, help_text="Not tried before this")
    kept_by_provider = models.BooleanField(
        default=False, help_text="The provider still keeps the words, and should not"
    )
    # What follows is about outbound messages only.
    state = models.CharField(max_length=10, choices=State, blank=True)
    state_since = models.DateTimeField(default=timezone.now)
    failure = models.CharField(
        max_length=30, blank=True, help_text="Why it was not delivered, see outbox.Failure"
    )
    failure_code = models.CharField(
        max_length=20, blank=True, help_text="The provider's own code for it"
    )
    segments = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="SMS that the provider made of it"
    )
    key = models.CharField(  # noqa: DJ001
        max_length=80, null=True, blank=True, help_text="What may be sent once only: nudge:42"
    )
    despite_opt_out = models.BooleanField(
        default=False, help_text="Sent although the patient wants no texts: help in danger"
    )
    is_correction = models.BooleanField(
        default=False, help_text="The patient mended an earlier text, and this is what it says now"
    )
    in_reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    written_by = models.ForeignKey(
        LinkWorker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="messages",
        help_text="Who wrote it by hand; empty for the bot and the rules",
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            # An unset provider_id is null, not empty, so that only real ids must differ.
            models.UniqueConstraint(
                fields=["channel", "provider_id"], name="one_message_a_provider_id"
            ),
            models.UniqueConstraint(fields=["key"], name="one_message_a_key"),
        ]
        indexes = [
            # What is still to be answered, and what is still to be sent: both are short.
            models.Index(
                fields=["conversation", "id"],
                condition=models.Q(direction="in", answered_at=None),
                name="message_to_answer",
            ),
            models.Index(
                fields=["conversation", "id"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="message_to_send",
            ),
            # The clock and the funnel: what was asked, and when.
            models.Index(
                fields=["written_at"],
                condition=models.Q(direction="out") & ~models.Q(asks=""),
                name="message_asks",
            ),
            # What is to be removed at the provider; mostly none.
            models.Index(
                fields=["id"],
                condition=models.Q(kept_by_provider=True),
                name="message_kept_by_provider",
            ),
            # The desk's list of texts that did not arrive.
            models.Index(
                fields=["state_since"],
                condition=models.Q(state="failed"),
                name="message_failed",
            ),
        ]

    def __str__(self):
        return f"{self.get_direction_display()}, {self.written_at:%d %b %H:%M}"

    @property
    def is_from_patient(self):
        return self.direction == Direction.INBOUND


@dataclass(frozen=True)
class Inbound:
    """One text as a channel hands it on: the provider's words are left behind."""

    channel: Channel
    address: str
    text: str
    provider_id: str | None = None
    contact_number: ContactNumber | None = None
    practice: Practice | None = None
    media: list[str] = field(default_factory=list)
    kept_by_provider: bool = False
    is_correction: bool = False


def receive_message(inbound):
    """Store an inbound text once. Returns `(message, is_new)`.

    A provider that sends the same id again gets the first message back and
    `is_new` False.
    """
    conversation = find_or_start_conversation(
        channel=inbound.channel,
        address=inbound.address,
        contact_number=inbound.contact_number,
        practice=inbound.practice,
    )
    try:
        with transaction.atomic():
            message = Message.objects.create(
                conversation=conversation,
                direction=Direction.INBOUND,
                channel=inbound.channel,
                provider_id=inbound.provider_id,
                text=without_nulls(inbound.text)[:LONGEST_TEXT],
                media=inbound.media,
                kept_by_provider=inbound.kept_by_provider,
                is_correction=inbound.is_correction,
            )
        return message, True
    except IntegrityError:
        stored = Message.objects.select_related("conversation").get(
            channel=inbound.channel, provider_id=inbound.provider_id
        )
        return stored, False


def find_or_start_conversation(*, channel, address, contact_number=None, practice=None):
    """Return the conversation at this address, started now if there is none."""
    here = {"channel": channel, "address": address, "contact_number": contact_number}
    conversation = Conversation.objects.filter(**here).first()
    is_settled = conversation is not None and conversation.practice_id is not None
    if practice is None and contact_number is not None and not is_settled:
        practice = contact_number.only_practice
    if conversation is None:
        new = {"reference": _new_reference(channel, address), "practice": practice}
        conversation, _ = Conversation.objects.get_or_create(**here, defaults=new)
    if practice is not None and conversation.practice_id is None:
        # They wrote before, and come now by a practice's own page or link.
        conversation.practice = practice
        conversation.save(update_fields=["practice"])
    return conversation


def send_reply(message, text, **more):
    """Queue what the bot answers to one inbound message."""
    reply = reply_to(message, text, **more)
    reply.save()
    return reply


def reply_to(message, text, *, asks="", options=(), despite_opt_out=False):
    """What the bot answers to one inbound message, not stored yet."""
    return Message(
        conversation=message.conversation,
        direction=Direction.OUTBOUND,
        channel=message.channel,
        state=first_state(message.channel),
        text=text,
        asks=asks or "",
        options=list(options),
        in_reply_to=message,
        despite_opt_out=despite_opt_out,
    )


def first_state(channel):
    """Where the patient's own page fetches it, a stored message is sent."""
    return State.QUEUED if channel in SENT_BY_PROVIDER else State.SENT


def messages_after(after, *, channel, address, contact_number=None):
    """What was sent to an address after the message of this id; None where nobody ever wrote."""
    conversation = Conversation.objects.filter(
        channel=channel, address=address, contact_number=contact_number
    ).first()
    if conversation is None:
        return None
    return list(conversation.messages.filter(direction=Direction.OUTBOUND, pk__gt=after))


def open_question(conversation):
    """What the bot last asked of this patient, for example `name`, or an empty text."""
    sent = conversation.messages.filter(direction=Direction.OUTBOUND)
    return sent.values_list("asks", flat=True).last() or ""


def without_nulls(text):
    """Drop NUL, the one character that PostgreSQL cannot store in a text."""
    return text.replace("\x00", "")


def _new_reference(channel, address):
    """Name a conversation for exports, never by a phone number or a web chat secret.

    Over plain HTTP the sender is a name the caller chose, so it is kept.
    """
    if channel == Channel.REST and not Conversation.objects.filter(reference=address).exists():
        return address
    return f"{channel}-{secrets.token_hex(8)}"
