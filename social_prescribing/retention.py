"""Retention: what is kept for how long, and what goes once its time is past.

One table says it; the clock keeps to it once a day, and `python -m desk retention` at
any time. What a patient has deleted on request is another matter, see held_data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from social_prescribing.bot_turns import BotTurn
from social_prescribing.callbacks import Callback, Status
from social_prescribing.conversations import Channel, Conversation
from social_prescribing.held_data import KEPT_FOR, delete_held, past_their_time

# In place of an address that is not kept; the next text from there begins anew.
NO_ADDRESS = "deleted-"


@dataclass(frozen=True)
class Kept:
    """One kind of record: how long it is kept, from when on, and why; and its finder and remover.

    past: gives the records whose time is past at a moment; remove: takes them away.
    """

    what: str
    time: timedelta
    since: str
    why: str
    past: Callable[[datetime], object]
    remove: Callable[[object], None]


def _memories(now):
    """What the bot remembers of conversations in which nothing is open."""
    is_open = Callback.objects.filter(conversation=OuterRef("pk")).exclude(status=Status.CLOSED)
    silent = (
        Conversation.objects.annotate(last=Max("messages__written_at"))
        .filter(~Exists(is_open), last__lt=now - MEMORY.time)
        .values("pk")
    )
    return BotTurn.objects.filter(conversation__in=silent)


def _numbers(now):
    """Conversations of which all else is deleted, and no opt-out has to be remembered."""
    return (
        Conversation.objects.annotate(last=Max("messages__written_at"))
        .filter(data_deletions__isnull=False, opted_out_at=None, last__lt=now - NUMBERS.time)
        .exclude(address__startswith=NO_ADDRESS)
        .distinct()
    )


def _forget_number(conversations):
    for conversation in conversations:
        conversation.address = f"{NO_ADDRESS}{conversation.pk}"
        if conversation.channel == Channel.REST:
            conversation.reference = conversation.address  # the caller's own name for them
        conversation.save(update_fields=["address", "reference"])
        # Some providers make their ids of the patient's account.
        conversation.messages.update(provider_id=None)


def _delete_held(conversations):
    for conversation in conversations:
        delete_held(conversation, why="Kept for its time, and that is past")


MEMORY = Kept(
    what="What the bot remembers between texts",
    time=timedelta(days=30),
    since="the last text, where no call is open",
    why="It lets a patient go on where they were; after a fortnight they are asked anew.",
    past=_memories,
    remove=lambda turns: turns.delete(),
)
WORDS = Kept(
    what="Texts, names, numbers, areas and notes of calls",
    time=KEPT_FOR,
    since="the last text, where no call or safety alert is open",
    why="A link worker can see what was tried before; patients are told this time.",
    past=past_their_time,
    remove=_delete_held,
)
NUMBERS = Kept(
    what="The number or account that wrote",
    time=KEPT_FOR,
    since="the last text, unless they sent STOP",
    why="An opt-out has to be remembered for as long as we might text.",
    past=_numbers,
    remove=_forget_number,
)
SESSIONS = Kept(
    what="Sign-ins of staff that have ended",
    time=timedelta(0),
    since="their end",
    why="Nobody needs them; who did what stands in the audit log.",
    past=lambda now: Session.objects.filter(expire_date__lt=now),
    remove=lambda sessions: sessions.delete(),
)
# In this order: a number is forgotten only after all else.
KEPT = (MEMORY, WORDS, NUMBERS, SESSIONS)


def remove_past_their_time(now=None):
    """Remove what is past its time. Returns how many records of each kind, by its words."""
    now = now or timezone.now()
    removed = {}
    for kept in KEPT:
        past = kept.past(now)
        removed[kept.what] = past.count()
        kept.remove(past)
    return removed


def count_past_their_time(now=None):
    """How many records of each kind would go now, by its words; nothing is removed."""
    now = now or timezone.now()
    return {kept.what: kept.past(now).count() for kept in KEPT}
