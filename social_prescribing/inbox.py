"""The inbox: texts that are stored and not answered yet, in the order in which they came.

A text is stored before anything else, so it waits here whatever happens to the
process that received it. Who answers a conversation locks its row for as long
as the answer's transaction lasts, and the database itself lets go of the lock
when that process dies: nothing has to time out before the next one may begin.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from social_prescribing.consent import is_opt_in, is_opt_out
from social_prescribing.conversations import Conversation, Direction, Message, reply_to

# After this many failures a person is asked to read the text, and the patient is told so.
MOST_TRIES = 3
FIRST_PAUSE = timedelta(seconds=1)
# A burst that does not end is answered all the same.
LONGEST_QUIET_WINDOWS = 6


@dataclass(frozen=True)
class Reply:
    """One text of an answer, before it is stored."""

    text: str
    asks: str = ""
    options: tuple[str, ...] = ()
    despite_opt_out: bool = False


def texts_to_answer(conversation_id):
    """The conversation's unanswered texts, oldest first."""
    return list(
        Message.objects.filter(
            conversation=conversation_id, direction=Direction.INBOUND, answered_at=None
        )
        .select_related("conversation__contact_number")
        .prefetch_related("conversation__contact_number__practices")
        .order_by("id")
    )


def conversations_to_answer(*, left_alone_for, most=200):
    """Ids of conversations with an unanswered text, the one that has waited longest first.

    Args:
        left_alone_for: seconds since the text was stored, or since its next try was due.
    """
    then = timezone.now() - timedelta(seconds=left_alone_for)
    waiting = (
        Message.objects.filter(direction=Direction.INBOUND, answered_at=None, next_try_at__lte=then)
        .order_by()
        .values("conversation")
        .annotate(first=models.Min("id"))
        .order_by("first")
    )
    return list(waiting.values_list("conversation", flat=True)[:most])


def seconds_to_wait(texts):
    """How long these texts are left alone yet: for more of a burst, or after a failure."""
    first, last = texts[0], texts[-1]
    quiet = quiet_window(first.channel)
    burst_ends = min(last.written_at + quiet, first.written_at + quiet * LONGEST_QUIET_WINDOWS)
    return (max(burst_ends, first.next_try_at) - timezone.now()).total_seconds()


def quiet_window(channel):
    """How long a channel must be quiet before a burst of texts counts as whole (timedelta)."""
    return timedelta(seconds=settings.QUIET_SECONDS.get(channel, 0))


def next_burst(texts):
    """The texts that are read together as one: the first, and those that came close upon it.

    A keyword, a picture and an empty text are each answered alone, and so is a
    text that failed before: it must not take others down with it.
    """
    first = texts[0]
    quiet = quiet_window(first.channel)
    burst = [first]
    if not quiet or _stands_alone(first):
        return burst
    for text in texts[1:]:
        if _stands_alone(text) or text.written_at - burst[-1].written_at > quiet:
            break
        burst.append(text)
    return burst


def _stands_alone(text):
    words = text.text.strip()
    return (
        text.attempts > 0 or not words or is_opt_out(words) or is_opt_in(words, text.conversation)
    )


def lock_conversation(texts):
    """Take the conversation of these texts for the rest of this transaction.

    SQLite has one lock for all, taken when the transaction began.

    Returns:
        the Conversation as it now stands, which the texts then point to; None where
        another process has it.
    """
    before = texts[0].conversation
    locked = Conversation.objects.select_for_update(skip_locked=True, of=("self",))
    conversation = locked.select_related("practice", "patient").filter(pk=before.pk).first()
    if conversation is None:
        return None
    # Numbers and the practices that share them are not the patient's to change.
    conversation.contact_number = before.contact_number
    for text in texts:
        text.conversation = conversation
    return conversation


def are_still_unanswered(texts):
    """Say whether nobody answered any of these, nor is there an older one."""
    waiting = Message.objects.filter(
        conversation=texts[0].conversation_id, direction=Direction.INBOUND, answered_at=None
    )
    first_ids = list(waiting.order_by("id").values_list("pk", flat=True)[: len(texts)])
    return first_ids == [text.pk for text in texts]


def record_answer(texts, replies):
    """Store the replies to a burst and mark all of it answered. Returns the stored replies.

    Runs in the transaction of the turn, so that an answer is whole or not there.
    An opted-out patient gets only what is sent despite that.
    """
    last = texts[-1]
    wanted = [r for r in replies if r.despite_opt_out or not last.conversation.opted_out_at]
    stored = Message.objects.bulk_create(
        reply_to(
            last,
            reply.text,
            asks=reply.asks,
            options=reply.options,
            despite_opt_out=reply.despite_opt_out,
        )
        for reply in wanted
    )
    _mark_answered(texts)
    return stored


@transaction.atomic
def record_failed_try(texts, *, fallback):
    """A try at answering failed. Returns the stored replies once a person is asked to help.

    `fallback` is the Reply that the patient gets after the last try.
    """
    conversation = lock_conversation(texts)
    if conversation is None or not are_still_unanswered(texts):
        return []
    tries = max(text.attempts for text in texts) + 1
    if tries >= MOST_TRIES:
        ask_for_person(conversation)
        return record_answer(texts, [fallback])
    Message.objects.filter(pk__in=[text.pk for text in texts]).update(
        attempts=tries, next_try_at=timezone.now() + FIRST_PAUSE * 2 ** (tries - 1)
    )
    return []


def ask_for_person(conversation):
    """The bot could not answer: the desk shows this conversation until somebody has looked."""
    Conversation.objects.filter(pk=conversation.pk, needs_person_since=None).update(
        needs_person_since=timezone.now()
    )


def record_person_looked(conversation):
    """Somebody has read what the bot could not answer."""
    Conversation.objects.filter(pk=conversation.pk).update(needs_person_since=None)


def _mark_answered(texts):
    now = timezone.now()
    Message.objects.filter(pk__in=[text.pk for text in texts]).update(answered_at=now)
