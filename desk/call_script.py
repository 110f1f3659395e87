"""What to say, and what to mind, when a link worker rings."""

from dataclasses import dataclass
from datetime import time

from django.utils import timezone

from desk.callback_forms import no_voicemail_reason
from desk.names import called
from desk.spoken_times import spoken_contact_times
from social_prescribing.contact_times import is_good_time
from social_prescribing.working_time import GLASGOW

# Nobody is rung early or late, whatever time they said suits.
EARLIEST, LATEST = time(8), time(20)


@dataclass(frozen=True)
class CallScript:
    """The call in the order in which it happens."""

    opening: str
    if_somebody_else: str
    once_it_is_them: str
    if_no_answer: str
    not_now: str  # why this is no moment to ring, or empty


def call_script(callback, link_worker):
    """Nothing said before it is surely the patient may give away where the call is from."""
    me, them = link_worker.first_name, called(callback)
    return CallScript(
        opening=f"Hello, is that {them}?"
        if callback.name.strip()
        else "Hello, who is that, please?",
        if_somebody_else=f"“I’ll try again another time, thanks.” If they ask who you are: “{me}.” "
        "Do not say where you are ringing from, or why.",
        once_it_is_them=f"This is {me}, {_from(callback, link_worker)}. You texted us and asked "
        "for a call. Is now a good time to talk?",
        if_no_answer=_if_no_answer(callback, me, them),
        not_now=_why_not_now(callback),
    )


def is_good_now(callback):
    """Whether this moment suits the patient, as far as they said."""
    return not _why_not_now(callback)


def _why_not_now(callback):
    now = timezone.now()
    if not EARLIEST <= now.astimezone(GLASGOW).time() < LATEST:
        return "It is too early or too late in the day to ring."
    if not is_good_time(callback, now):
        suits = spoken_contact_times(callback)
        return f"Now is outside the times that suit {called(callback)}: {suits}."
    return ""


def _from(callback, link_worker):
    if callback.practice is None:
        return "a link worker with the GP practices"
    return f"the link worker from {callback.practice.name_for_texts}"


def _if_no_answer(callback, me, them):
    return no_voicemail_reason(callback) or (
        f"You may leave a voicemail: “Hello {them}, it’s {me}. I’ll try you again.” "
        "No more than that."
    )
