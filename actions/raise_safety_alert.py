"""Danger: help lines at once, and a person called in."""

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.conversation import (
    changed_slots,
    conversation_of,
    in_language,
    on_behalf_of,
    referral_of,
    text_of,
    triage_of,
)
from actions.in_turn import in_turn
from social_prescribing.circumstances import read_age
from social_prescribing.safety_alerts import Kind, raise_safety_alert

# A child is given Childline besides; who is ill needs an ambulance and nothing else.
FOR_A_CHILD = {Kind.SUICIDE_SELF_HARM, Kind.ABUSE_DANGER, Kind.CHILD_PROTECTION}


class RaiseSafetyAlert(Action):
    """The text itself says danger."""

    def name(self):
        return "action_raise_safety_alert"

    async def run(self, dispatcher, tracker, domain):
        return await in_turn(self._raise, dispatcher, tracker)

    def _raise(self, dispatcher, tracker):
        triage, text = triage_of(tracker), text_of(tracker)
        referral = referral_of(tracker)
        referral.age = referral.age or read_age(text)
        asks, whom = tracker.get_slot("requested_slot") or "", on_behalf_of(tracker)
        referral.notice_danger(text, triage, asks=asks, on_behalf_of=whom)
        answer_danger(dispatcher, conversation_of(tracker), referral, text)
        # Whoever is in danger is not told about text helpers.
        return [*changed_slots(referral, tracker), SlotSet("introduced", True)]


def answer_danger(dispatcher, conversation, referral, text):
    """Send the help lines that fit and raise the alert."""
    # The words go out first: were the database to fail, the patient still has the numbers.
    dispatcher.utter_message(response=f"utter_danger_{_variation(referral)}")
    raise_safety_alert(conversation, kind=referral.safety, words=text, age=referral.age)


def _variation(referral):
    if referral.is_in_another_language:
        return f"_{in_language(referral)}"
    is_for_child = referral.is_child and referral.safety in FOR_A_CHILD
    return "child_protection__child" if is_for_child else referral.safety
