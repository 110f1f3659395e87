"""Queue the callback, say when it comes, cancel it."""

from asgiref.sync import sync_to_async
from django.utils import timezone
from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.conversation import (
    conversation_of,
    in_language,
    practice_of,
    referral_of,
    slots_of,
    text_of,
)
from social_prescribing.callback_requests import change_callback, request_callback
from social_prescribing.callbacks import (
    TimePreference,
    cancel_callback,
    open_callback,
)
from social_prescribing.consent import Purpose, record_consent
from social_prescribing.languages import language_name
from social_prescribing.needs import in_patient_words
from social_prescribing.phone_numbers import show
from social_prescribing.practices import Practice
from social_prescribing.queued_changes import changes_in
from social_prescribing.safety_alerts import attach_to_callback
from social_prescribing.working_time import GLASGOW

# A summary must leave room for the rest of its text in two SMS segments.
LONGEST_SAID = 50

DEFAULT_DAYS = Practice._meta.get_field("callback_within_days").default


def queue(dispatcher, tracker, referral):
    """Queue what was agreed and tell the patient who rings, from which number, by when."""
    conversation = conversation_of(tracker)
    callback = request_callback(conversation, referral.to_request(practice_of(referral)))
    attach_to_callback(conversation, callback)
    foreign = referral.is_in_another_language
    _record_consent(conversation, text_of(tracker), asks="name" if foreign else "confirm")
    if foreign:
        dispatcher.utter_message(response=f"utter_queued__{in_language(referral)}")
        return
    dispatcher.utter_message(
        response="utter_queued__urgent" if callback.is_urgent else "utter_queued",
        name=callback.name,
        **_promise(callback),
    )


def summary_of(referral):
    """What the patient is asked to confirm, a line for each thing."""
    about = in_patient_words(referral.needs[:2])
    lines = [
        f"{referral.name}, {show(referral.phone)}",
        f"Ring: {_said(referral.time)}" if referral.time else "Ring: as soon as we can",
        {True: "Voicemail: yes", False: "Voicemail: no"}.get(referral.voicemail),
        "Safe to ring: " + ("yes" if referral.is_safe else _cut(referral.safe_contact)),
        f"Interpreter: {language_name(referral.language)}" if referral.wants_interpreter else None,
        f"About: {about}" if about else None,
    ]
    return "\n".join(line for line in lines if line)


class SayWhen(Action):
    """Say when the link worker rings."""

    def name(self):
        return "action_say_when"

    async def run(self, dispatcher, tracker, domain):
        await sync_to_async(self._say)(dispatcher, tracker)
        return []

    def _say(self, dispatcher, tracker):
        conversation = conversation_of(tracker)
        if callback := open_callback(conversation):
            dispatcher.utter_message(response="utter_when", **_promise(callback))
            return
        practice = conversation.practice
        days = practice.callback_within_days if practice else DEFAULT_DAYS
        dispatcher.utter_message(response="utter_when__no_callback", days=days)


class CancelCallback(Action):
    """The patient does not want the call any more."""

    def name(self):
        return "action_cancel_callback"

    async def run(self, dispatcher, tracker, domain):
        cancelled = await sync_to_async(self._cancel)(tracker)
        # In the middle of the questions there is nothing queued yet, and no call is wanted.
        asked = tracker.get_slot("requested_slot")
        nothing = "utter_no_callback" if asked else "utter_nothing_to_cancel"
        dispatcher.utter_message(response="utter_cancelled" if cancelled else nothing)
        return [
            *slots_of(referral_of(tracker).after_closing()),
            SlotSet("is_queued", False),
            SlotSet("requested_slot", None),
            ActiveLoop(None),
        ]

    def _cancel(self, tracker):
        callback = open_callback(conversation_of(tracker))
        if callback is not None:
            cancel_callback(callback)
        return callback is not None


class ChangeCallback(Action):
    """Change what a patient said of their queued callback: the time, number, name, voicemail."""

    def name(self):
        return "action_change_callback"

    async def run(self, dispatcher, tracker, domain):
        return await sync_to_async(self._change)(dispatcher, tracker)

    def _change(self, dispatcher, tracker):
        callback = open_callback(conversation_of(tracker))
        changes = changes_in(text_of(tracker))
        if callback is None or not changes:
            # Whatever it was, it stands in the conversation, where the link worker reads it.
            dispatcher.utter_message(response="utter_anything_else")
            return []
        change_callback(callback, **changes)
        dispatcher.utter_message(response="utter_changed", summary=_summary_of_queued(callback))
        return []


def _summary_of_queued(callback):
    return "\n".join(
        [
            f"{callback.name}, {show(callback.phone)}",
            f"Ring: {_cut(callback.time_words) or 'any time'}",
            f"Voicemail: {'yes' if callback.voicemail_ok else 'no'}",
        ]
    )


def _promise(callback):
    """Who rings, from which number, by when."""
    practice = callback.practice
    return {
        "who": callback.link_worker.first_name if callback.link_worker else "A link worker",
        "rings_from": practice.shown_rings_from if practice else "the practice",
        "due": _spoken(callback.due_by),
        "reference": callback.reference,
    }


def _spoken(moment):
    """A time as people say it: `5pm on Thursday 26 November`."""
    local = moment.astimezone(GLASGOW)
    clock = local.strftime("%I:%M").lstrip("0").removesuffix(":00") + local.strftime("%p").lower()
    if local.date() == timezone.now().astimezone(GLASGOW).date():
        return f"{clock} today"
    return f"{clock} on {local:%A} {local.day} {local:%B}"


def _said(times):
    if times.get("preference") == TimePreference.ANY and not (
        times.get("days") or times.get("not_before") or times.get("not_after")
    ):
        return "any time" if len(times["words"]) < LONGEST_SAID else _cut(times["words"])
    return _cut(times["words"])


def _cut(words):
    """A patient's own words on one line, short enough for a text."""
    line = " ".join((words or "").split())
    return line if len(line) <= LONGEST_SAID else line[: LONGEST_SAID - 3].rstrip() + "..."


def _record_consent(conversation, answer, *, asks):
    asked = conversation.messages.filter(asks=asks).last()
    record_consent(
        conversation,
        purpose=Purpose.CALLBACK,
        wording=asked.text if asked else "",
        answer=answer,
    )
