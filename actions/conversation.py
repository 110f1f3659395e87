"""What every action needs of the conversation it is called in."""

from rasa_sdk.events import SlotSet

from actions.in_turn import being_answered
from social_prescribing.conversations import Channel, Conversation, find_or_start_conversation
from social_prescribing.own_words import gap_of
from social_prescribing.phone_numbers import show
from social_prescribing.practices import Practice
from social_prescribing.self_referrals import SelfReferral

NO_TRIAGE = {
    "needs": [],
    "unsure_between": [],
    "safety": {"id": "none", "act": "none"},
    "by_rule": False,
    "language": "en",
}

# How texts name the practice while a shared number leaves it unknown.
UNKNOWN_PRACTICE = "your GP practice"


def conversation_of(tracker):
    """The Conversation that Rasa's tracker is named after: in a turn, the one that is answered.

    `rasa shell` and other tools talk without a channel of ours; they get a
    conversation over plain HTTP.
    """
    answered = being_answered.get()
    if answered is not None and answered.reference == tracker.sender_id:
        return answered
    found = (
        Conversation.objects.select_related("practice", "patient", "contact_number")
        .filter(reference=tracker.sender_id)
        .first()
    )
    return found or find_or_start_conversation(channel=Channel.REST, address=tracker.sender_id)


def referral_of(tracker):
    """The SelfReferral gathered so far."""
    return SelfReferral.from_slots(tracker.slots)


def slots_of(referral):
    """Events that store the referral whole, for a session that knows nothing."""
    return [SlotSet(name, value) for name, value in referral.to_slots().items()]


def changed_slots(referral, tracker):
    """Events that store what is new about the referral.

    Rasa goes through every event of the session several times at each step, so a slot that
    was never set is not set to what it is taken for anyway.
    """
    before = referral_of(tracker).to_slots()
    return [event for event in slots_of(referral) if before[event["name"]] != event["value"]]


def triage_of(tracker):
    """What bot/nlu/triage.py put on the latest text."""
    return tracker.latest_message.get("triage") or NO_TRIAGE


def text_of(tracker):
    return tracker.latest_message.get("text") or ""


def on_behalf_of(tracker):
    """Who the latest text says it is for ("mum"), as bot/nlu/entities.py marked it, or None."""
    entities = tracker.latest_message.get("entities") or []
    return next((e["value"].casefold() for e in entities if e["entity"] == "on_behalf_of"), None)


def intent_of(tracker):
    return (tracker.latest_message.get("intent") or {}).get("name") or ""


def in_language(referral):
    """The variation of a response in the language that the patient writes: `in_pl`.

    Kurdish is written in two scripts, by people who seldom read the other one.
    """
    latin = referral.written_in == "ku" and any(
        "a" <= letter <= "z" for letter in referral.words[-1]
    )
    return f"in_{referral.written_in}" + ("_latin" if latin else "")


def practice_name(conversation):
    """How texts name the patient's practice."""
    return conversation.practice.name_for_texts if conversation.practice else UNKNOWN_PRACTICE


def own_words(conversation):
    """What the patient's practice says of itself in the greeting, with a space after it."""
    return gap_of(conversation.practice.own_words) if conversation.practice else ""


def reception_phone(conversation):
    """The practice's own number as people write it; a plain word where it is unknown."""
    return show(conversation.practice.reception_phone) if conversation.practice else "its number"


def practice_of(conversation, referral):
    """The Practice that the referral names, mostly the conversation's; or None."""
    known = conversation.practice
    if known is not None and known.code == referral.practice:
        return known
    return Practice.objects.filter(code=referral.practice).first() if referral.practice else None


def shared_practices(conversation):
    """The practices that share the number this patient texts."""
    number = conversation.contact_number
    return list(number.practices.all()) if number else []


def texts_sent(tracker):
    """How many texts answered the latest one so far; two in a row are the most."""
    sent = 0
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return sent
        sent += event["event"] == "bot"
    return sent
