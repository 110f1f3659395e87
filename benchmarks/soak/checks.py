"""What the database and the stand-in must show when the soak is over."""

import re
from collections import Counter

from social_prescribing.bot_turns import BotTurn
from social_prescribing.callbacks import Callback
from social_prescribing.conversations import Channel, Conversation, Direction, Message, State

REPORTED = re.compile(r"message=(\d+)")


def count(stand_in, *, texts_sent):
    """Everything that was promised, counted: name → (what is, what must be)."""
    inbound = Message.objects.filter(channel=Channel.SMS, direction=Direction.INBOUND)
    outbound = Message.objects.filter(channel=Channel.SMS, direction=Direction.OUTBOUND)
    conversations = Conversation.objects.filter(channel=Channel.SMS)
    heard = _heard(conversations)
    sent = Counter(int(REPORTED.search(one.status_callback)[1]) for one in stand_in.taken)
    agreed = outbound.filter(text__contains="Your reference is").count()
    return {
        "texts stored, each provider id once": (inbound.count(), texts_sent),
        "texts answered": (inbound.exclude(answered_at=None).count(), texts_sent),
        "texts that the bot took in exactly once": (_once(heard), texts_sent),
        "conversations answered in the order sent": (
            sum(ids == sorted(ids) for ids in heard.values()),
            conversations.count(),
        ),
        "replies that Twilio was given exactly once": (_once_sent(sent), outbound.count()),
        "replies given to Twilio that nobody stored": (
            len(set(sent) - set(outbound.values_list("pk", flat=True))),
            0,
        ),
        "replies with their state known": (
            outbound.filter(state__in=[State.SENT, State.DELIVERED]).count(),
            outbound.count(),
        ),
        "conversations left for a person": (
            conversations.exclude(needs_person_since=None).count(),
            0,
        ),
        "callbacks queued, one for each patient told so": (
            Callback.objects.filter(conversation__in=conversations).count(),
            agreed,
        ),
        "patients with more than one callback": (
            _with_more_than_one_callback(conversations),
            0,
        ),
    }


def _heard(conversations):
    """Conversation → ids of the messages that the bot remembers being told, in order."""
    heard = {pk: [] for pk in conversations.values_list("pk", flat=True)}
    for turn in BotTurn.objects.filter(conversation__in=conversations).order_by("id"):
        ids = [int(event["message_id"]) for event in turn.events if event["event"] == "user"]
        heard[turn.conversation_id] += ids
    return heard


def _once(heard):
    counts = Counter(message for ids in heard.values() for message in ids)
    return sum(times == 1 for times in counts.values())


def _once_sent(sent):
    return sum(times == 1 for times in sent.values())


def _with_more_than_one_callback(conversations):
    owners = Callback.objects.filter(conversation__in=conversations)
    counts = Counter(owners.values_list("conversation", flat=True))
    return sum(times > 1 for times in counts.values())
