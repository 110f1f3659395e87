"""The outbox: what is still to be sent, and how far each sent text has come.

Everything that a patient gets is a stored Message first. Bot, desk and clock
put texts in here; whichever process is free sends them, those of one
conversation in order. A state only moves forwards: late or repeated news of a
delivery changes nothing.
"""

import random
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from social_prescribing.conversations import (
    SENT_BY_PROVIDER,
    Channel,
    Conversation,
    Direction,
    Message,
    State,
    first_state,
)

# From → to. A delivery report may skip a state, and none goes back; a text that was thought
# lost and then arrived is delivered.
NEXT = {
    State.QUEUED: {State.SENDING, State.SENT, State.DELIVERED, State.FAILED},
    State.SENDING: {State.QUEUED, State.SENT, State.DELIVERED, State.FAILED},
    State.SENT: {State.DELIVERED, State.FAILED},
    State.FAILED: {State.DELIVERED},
    State.DELIVERED: set(),
}

# A provider that has not answered within this time is asked what became of the text.
SENDING_LASTS = timedelta(seconds=60)
# A text that was just handed over stands in the provider's list only after a moment.
LOOK_UP_AFTER = timedelta(seconds=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=10)
# What could not be sent for a day would only puzzle who gets it.
GIVEN_UP_AFTER = timedelta(hours=24)


class ChannelPace(models.Model):
    """When the next text of a channel may go out, where its provider counts them a second."""

    channel = models.CharField(max_length=20, choices=Channel, primary_key=True)
    next_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.get_channel_display()}, {self.next_at:%H:%M:%S}"


class Failure(models.TextChoices):
    """Why a text was not delivered, in the desk's plain words. The values are stored."""

    OPTED_OUT = "opted_out", "The patient sent STOP, so the phone company refuses our texts"
    NOT_A_MOBILE = "not_a_mobile", "This number cannot get texts, it may be a landline"
    NO_SUCH_NUMBER = "no_such_number", "This number is not in use"
    UNREACHABLE = "unreachable", "The phone is switched off, out of reach or barred"
    BLOCKED = "blocked", "The patient or their phone company blocks our texts"
    ACCOUNT_GONE = "account_gone", "The patient has closed their account there"
    REFUSED = "refused", "The phone company refused the text"
    NOT_ALLOWED = "not_allowed", "Our account may not text this country or number"
    NOT_SET_UP = "not_set_up", "This channel is not set up: its keys are missing or wrong"
    WINDOW_CLOSED = "window_closed", "WhatsApp allows a text only within 24 hours of the patient's"
    MAYBE_SENT = "maybe_sent", "It may have been sent: we stopped while sending it"
    GIVEN_UP = "given_up", "It could not be sent for a day, so it was not sent"
    OTHER = "other", "It did not arrive, and we were not told why"


def send_text(conversation, text, *, asks="", options=(), key=None, despite_opt_out=False):
    """Queue a text that answers none of the patient's: a link worker's, or a reminder.

    Args:
        key: what may be sent once only, for example `nudge:42`. A second text with
            the same key is not queued; the first is returned.
        despite_opt_out: help in danger, or word of the opting out itself.

    Returns:
        The Message, or None where the patient has opted out.
    """
    conversation.refresh_from_db(fields=["opted_out_at"])
    if conversation.opted_out_at and not despite_opt_out:
        return None
    try:
        with transaction.atomic():
            return Message.objects.create(
                conversation=conversation,
                direction=Direction.OUTBOUND,
                channel=conversation.channel,
                state=first_state(conversation.channel),
                text=text,
                asks=asks,
                options=list(options),
                key=key,
                despite_opt_out=despite_opt_out,
            )
    except IntegrityError:
        return Message.objects.get(key=key)


def conversations_to_send(*, most=200):
    """Ids of conversations with a text that may be sent now, or whose sender stopped midway."""
    due = Message.objects.filter(
        state__in=[State.QUEUED, State.SENDING],
        channel__in=SENT_BY_PROVIDER,
        next_try_at__lte=timezone.now(),
    )
    return list(due.order_by("id").values_list("conversation", flat=True).distinct()[:most])


def texts_to_send(conversation_id):
    """The first two texts of a conversation that are not sent yet, in order.

    The second waits until the first is sent or given up, so that a patient reads them
    in order; that there is one says that the first is not the last.
    """
    waiting = Message.objects.filter(
        conversation=conversation_id,
        state__in=[State.QUEUED, State.SENDING],
        channel__in=SENT_BY_PROVIDER,
    )
    return list(waiting.select_related("conversation__contact_number").order_by("id")[:2])


def claim_message(message):
    """Mark a queued text as being sent. Returns whether it is ours to send.

    The database compares the state as it writes, so of two processes one gets it.
    """
    now = timezone.now()
    return bool(
        Message.objects.filter(pk=message.pk, state=State.QUEUED, next_try_at__lte=now).update(
            state=State.SENDING,
            state_since=now,
            attempts=models.F("attempts") + 1,
            next_try_at=now + SENDING_LASTS,
        )
    )


def claim_left_message(message):
    """Take on a text whose sender stopped midway. Returns whether it is ours to look up.

    Its sender had SENDING_LASTS to say what became of it, or said that it does not know.
    """
    now = timezone.now()
    return bool(
        Message.objects.filter(pk=message.pk, state=State.SENDING, next_try_at__lte=now).update(
            next_try_at=now + SENDING_LASTS
        )
    )


def leave_to_look_up(message):
    """Nobody knows whether this text went out: have it looked up in a moment."""
    Message.objects.filter(pk=message.pk, state=State.SENDING).update(
        next_try_at=timezone.now() + LOOK_UP_AFTER
    )


def is_unwelcome(message):
    """Say whether the patient has opted out since the text was queued: see texts_to_send."""
    return bool(message.conversation.opted_out_at) and not message.despite_opt_out


@transaction.atomic
def take_slot(channel, *, rate):
    """Take the next moment at which a text may go out. Returns the seconds until then.

    All processes share the row, so together they keep to the rate.

    Args:
        rate: texts a second.
    """
    ChannelPace.objects.get_or_create(channel=channel)
    pace = ChannelPace.objects.select_for_update().get(channel=channel)
    now = timezone.now()
    slot = max(now, pace.next_at)
    pace.next_at = slot + timedelta(seconds=1 / rate)
    pace.save()
    return (slot - now).total_seconds()


def seconds_until_next(conversation_id, *, pause):
    """How long a patient's last text has to have been out before the next may follow."""
    last = (
        Message.objects.filter(
            conversation=conversation_id, state__in=[State.SENT, State.DELIVERED]
        )
        .order_by("-state_since")
        .first()
    )
    if last is None:
        return 0.0
    return (last.state_since + timedelta(seconds=pause) - timezone.now()).total_seconds()


def record_sent(message, *, provider_id=None, segments=None, is_kept=False):
    """The provider took the text."""
    known = {"provider_id": provider_id} if provider_id else {}
    if is_kept:
        known["kept_by_provider"] = True
    if segments:
        known["segments"] = segments
    if not move_message(message, State.SENT, **known) and known:
        # Its delivery report was quicker; what the provider calls it is still news.
        Message.objects.filter(pk=message.pk, provider_id=None).update(**known)


def record_not_sent(message, failure, *, code=""):
    """The text will not be sent: nothing that we may do would change that."""
    if failure == Failure.OPTED_OUT:
        # The provider knows of an opt-out that we do not: from now on our records agree.
        Conversation.objects.filter(pk=message.conversation_id, opted_out_at=None).update(
            opted_out_at=timezone.now()
        )
    return move_message(message, State.FAILED, failure=failure, failure_code=str(code or "")[:20])


def record_report(*, channels, provider_id, message_id, state, failure="", code=""):
    """A delivery report came, perhaps late, twice, or before we knew the provider's id.

    Args:
        channels: the Channel values that the provider carries.
        message_id: our own id, as it was given to the provider; "" where it was not.
    """
    ours = Message.objects.filter(direction=Direction.OUTBOUND, channel__in=channels)
    known, news = ours.filter(provider_id=provider_id), {"failure": "", "failure_code": ""}
    if state == State.SENT and known.exclude(state__in=_states_before(state)).exists():
        return  # the answer to our call said so before
    if state != State.FAILED and (_move(known, state, **news) or known.exists()):
        return  # told, or old news
    message = known.first()
    if message is None and message_id.isdecimal():
        message = ours.filter(pk=message_id, provider_id=None).first()
    if message is None:
        return
    if state == State.FAILED:
        record_not_sent(message, failure, code=code)
    else:
        move_message(message, state, **news)


def messages_to_remove_at_provider(*, most=100):
    """Messages that are over and whose words the provider still keeps: ids."""
    over = models.Q(direction=Direction.INBOUND) | models.Q(
        state__in=[State.DELIVERED, State.FAILED]
    )
    kept = Message.objects.filter(over, kept_by_provider=True, provider_id__isnull=False)
    return list(kept.order_by("id").values_list("pk", flat=True)[:most])


def try_later(message, *, after=None):
    """Put a text back: the provider could not take it just now.

    Args:
        after: seconds that the provider asked for, or None.
    """
    now = timezone.now()
    if now - message.written_at > GIVEN_UP_AFTER:
        record_not_sent(message, Failure.GIVEN_UP)
        return
    pause = max(_pause(message.attempts), timedelta(seconds=after or 0))
    move_message(message, State.QUEUED, next_try_at=now + pause)


def _pause(attempts):
    """Twice as long each time, and never quite the same for all."""
    longest = min(FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 20), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1)


def move_message(message, to, **changes):
    """The one door through which a message changes its state. Returns whether it did.

    News that would take it backwards is old news and does nothing.
    """
    return _move(Message.objects.filter(pk=message.pk), to, **changes)


def _move(messages, to, **changes):
    waiting = messages.filter(state__in=_states_before(to))
    return bool(waiting.update(state=to, state_since=timezone.now(), **changes))


def _states_before(state):
    return [before for before in State if state in NEXT[before]]


def failed_messages():
    """Texts that did not arrive, latest first."""
    return Message.objects.filter(state=State.FAILED).order_by("-state_since")
