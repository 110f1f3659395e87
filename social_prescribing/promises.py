"""When a person looks or rings, and what is in the queue, in words for a text."""

from django.utils import timezone

from social_prescribing import on_call
from social_prescribing.callbacks import due_by
from social_prescribing.contact_times import ContactTimes, times_in_words, times_to_slot
from social_prescribing.languages import language_name
from social_prescribing.needs import in_patient_words
from social_prescribing.phone_numbers import show
from social_prescribing.words import responses
from social_prescribing.working_time import spoken

# A summary must leave room for the rest of its text in two SMS segments.
LONGEST_SAID = 50
LONGEST_SAFE = 30
# What the name of a response ends in that is said to who is texted and not rung.
TEXTED = "texted"


def promise(callback):
    """Who rings, from which number, by when."""
    practice = callback.practice
    return {
        "name": callback.name,
        "who": callback.link_worker.first_name if callback.link_worker else "A link worker",
        "rings_from": practice.shown_rings_from if practice else "the practice",
        "due": spoken(callback.promised_by or callback.due_by, now=timezone.now()),
        "reference": callback.reference,
        "contact": "a text" if callback.by_text else "a call",
    }


def promise_to(callback):
    """The promise, and who is rung: `Tam on 07700 900451`."""
    called = f"{callback.name or 'you'} on {show(callback.phone)}" if callback.phone else ""
    return promise(callback) | {"called": called}


def how_to_reach(by):
    """What the link worker does, by a referral or its callback, a verb: `ring`."""
    return "text" if by.by_text else "ring"


def as_reached(response, by):
    """A response as it is said to who is texted and not rung, where that has words of its own."""
    texted = f"{response}__{TEXTED}"
    return texted if by.by_text and texted in responses() else response


def looks(conversation):
    """When a person looks at an alert raised now, truthfully."""
    return on_call.next_look(conversation.practice, timezone.now())


def told_of_a_child(conversation):
    """Who is told of a child in danger now, by name where there is one."""
    return on_call.told_of_a_child(conversation.practice, timezone.now())


def due_if_asked_now(conversation):
    """By when a call comes if the patient asks for it now."""
    due = due_by(conversation.practice, is_urgent=False)
    return spoken(due, now=timezone.now())


def summary_of(referral):
    """What the patient is asked to confirm, a line for each thing.

    On a phone that somebody else may read it says nothing of what the call is about.
    """
    who = ", ".join(filter(None, [referral.name, show(referral.phone) if referral.phone else ""]))
    safe = None if referral.is_safe is False else _safe_line(referral)
    by_text = None if referral.is_rung else "They will text you"
    lines = [who or "No name given", details_of(referral), safe, by_text]
    return "\n".join(line for line in lines if line)


def details_of(referral, *, with_needs=True):
    """What of the summary comes beside name and number."""
    is_private = referral.is_safe is False
    about = in_patient_words(referral.needs[:2]) if with_needs and not is_private else ""
    lines = [
        None if referral.safety and not referral.time else _reached(referral, referral.time),
        {True: "Voicemail: yes", False: "Voicemail: no"}.get(referral.voicemail),
        f"Interpreter: {language_name(referral.language)}" if referral.wants_interpreter else None,
        f"About: {about}" if about else None,
    ]
    return "\n".join(line for line in lines if line)


def _safe_line(referral):
    if not referral.safe_contact:
        return None
    return f"Safe to {how_to_reach(referral)}: " + (
        "yes" if referral.is_safe else cut(referral.safe_contact, LONGEST_SAFE)
    )


def summary_of_queued(callback):
    """What stands in the queue after a change."""
    times = times_to_slot(
        ContactTimes(
            words=callback.time_words,
            days=tuple(callback.days),
            not_before=callback.not_before,
            not_after=callback.not_after,
            preference=callback.time_preference,
        )
    )
    who = ", ".join(filter(None, [callback.name, show(callback.phone) if callback.phone else ""]))
    lines = [
        who,
        _reached(callback, times),
        {True: "Voicemail: yes", False: "Voicemail: no"}.get(callback.voicemail_ok),
        f"Area: {callback.area}" if callback.area else None,
        f"Interpreter: {language_name(callback.language)}" if callback.interpreter else None,
    ]
    return "\n".join(line for line in lines if line)


def _reached(by, times):
    """How and when, of a referral or its callback: `Ring: mornings`."""
    return f"{how_to_reach(by).capitalize()}: {said_times(times)}"


def said_times(times):
    """The times as they were understood; where nothing was, in the patient's own words."""
    understood = times_in_words(times) if times else "any time"
    if understood != "any time" or not times:
        return cut(understood)
    words = times.get("words", "")
    return understood if not words or len(words) < SHORT_WORDS else cut(words)


# Fewer letters than this say "any time"; in more may be something that was not understood.
SHORT_WORDS = 25


def cut(words, longest=LONGEST_SAID):
    """Words on one line, short enough for a text."""
    line = " ".join((words or "").split())
    return line if len(line) <= longest else line[: longest - 3].rstrip() + "..."
