"""What to say, and what to mind, when a link worker rings."""

from dataclasses import dataclass

from django.utils import timezone

from desk.callback_forms import no_voicemail_reason
from desk.names import called
from desk.spoken_times import spoken_contact_times
from social_prescribing.contact_times import is_good_time, next_good_time
from social_prescribing.safe_contact import is_private, may_ring
from social_prescribing.spoken_times import spoken_moment
from social_prescribing.working_time import is_waking_time


@dataclass(frozen=True)
class CallScript:
    """The call in the order in which it happens."""

    opening: str
    if_somebody_else: str
    once_it_is_them: str
    if_no_answer: str
    not_now: str  # why this is no moment to ring, or empty
    good_from: str  # the next moment that suits: "today 2pm", or empty where none is near
    may_ring: bool = True  # where it is not safe, only at the times the patient gave
    is_private: bool = False  # somebody else may see or answer this phone
    code_word: str = ""


def call_script(callback, link_worker):
    """Nothing said before it is surely the patient may give away where the call is from."""
    me, them = link_worker.first_name, called(callback)
    return CallScript(
        opening=f"Hello, is that {them}?"
        if callback.name.strip()
        else "Hello, who is that, please?",
        if_somebody_else=f"“I’ll try again another time, thanks.” If they ask who you are: “{me}.” "
        "Do not say where you are ringing from, or why.",
        once_it_is_them=_once_it_is_them(callback, link_worker),
        if_no_answer=_if_no_answer(callback, me, them),
        not_now=_why_not_now(callback),
        may_ring=may_ring(callback) or not is_private(callback),
        is_private=is_private(callback),
        code_word=callback.conversation.code_word,
        good_from=_good_from(callback),
    )


def suits_now(callback):
    """`Asked for mornings: now`, where the patient named times and this is one; else empty."""
    said = spoken_contact_times(callback)
    if said == "any time" or not is_good_now(callback):
        return ""
    if said.startswith("in the "):
        return f"Asked for {said.removeprefix('in the ')}s: now"
    return f"{said[0].upper()}{said[1:]}: now"


def is_good_now(callback):
    """Whether this moment suits the patient, as far as they said."""
    return not _why_not_now(callback)


def _why_not_now(callback):
    now = timezone.now()
    if not is_waking_time(now):
        return "It is too early or too late in the day to ring."
    if not is_good_time(callback, now):
        suits = spoken_contact_times(callback)
        return f"Now is outside the times that suit {called(callback)}: {suits}."
    return ""


def _once_it_is_them(callback, link_worker):
    """What was safe when they texted may not be safe now, so it is asked again each time."""
    me, word = link_worker.first_name, callback.conversation.code_word
    if not is_private(callback):
        asked = "asked to hear from us" if callback.by_text else "asked for a call"
        return (
            f"This is {me}, {_from(callback, link_worker)}. You texted us and {asked}. "
            "Is now a good time to talk?"
        )
    opening = f"It’s {me}. {word.capitalize()}. " if word else f"It’s {me}. "
    return (
        f"{opening}Is it safe to talk just now? Yes or no is enough.” Only after a yes: "
        f"“I am {_from(callback, link_worker)}."
    )


def _good_from(callback):
    moment = next_good_time(callback, timezone.now())
    return spoken_moment(moment) if moment else ""


def _from(callback, link_worker):
    if callback.practice is None:
        return "a link worker with the GP practices"
    return f"the link worker from {callback.practice.name_for_texts}"


def _if_no_answer(callback, me, them):
    return no_voicemail_reason(callback) or (
        f"You may leave a voicemail: “Hello {them}, it’s {me}. I’ll try you again.” "
        "No more than that."
    )
