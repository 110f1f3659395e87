"""The self-referral: say who we are, read each text, ask for what is missing, end."""

from abc import ABC, abstractmethod

from asgiref.sync import sync_to_async
from rasa_sdk import Action
from rasa_sdk.events import ActionExecutionRejected, SlotSet

from actions.conversation import (
    conversation_of,
    in_language,
    intent_of,
    on_behalf_of,
    practice_name,
    reception_phone,
    referral_of,
    slots_of,
    text_of,
    triage_of,
)
from actions.raise_safety_alert import answer_danger
from actions.request_callback import queue, summary_of
from actions.suggest_supports import name_supports
from social_prescribing.languages import ENGLISH
from social_prescribing.needs import in_patient_words
from social_prescribing.phone_numbers import show
from social_prescribing.places import find_place, says_near_practice
from social_prescribing.practices import find_practice
from social_prescribing.safe_contact import keep_safe_contact
from social_prescribing.safety_alerts import note_hint, withdraw_hint
from social_prescribing.self_referrals import ASK_WHAT_TO_CHANGE, NEEDS_ASKING, interrupts

FORM = "self_referral_form"
# What is asked of somebody who writes another language; the rest is for the interpreter.
ASKED_IN_ANOTHER_LANGUAGE = ("name", "phone")


class Introduce(Action):
    """Say who this is and what happens with what is written, once."""

    def name(self):
        return "action_introduce"

    async def run(self, dispatcher, tracker, domain):
        # Who writes another language is answered in it, by the form.
        if tracker.get_slot("introduced") or triage_of(tracker)["language"] != ENGLISH:
            return []
        conversation = await sync_to_async(conversation_of)(tracker)
        dispatcher.utter_message(
            response="utter_introduction", practice=practice_name(conversation)
        )
        return [SlotSet("introduced", True)]


class ValidateSelfReferralForm(Action):
    """Read the latest text and decide what is asked next."""

    def name(self):
        return "validate_self_referral_form"

    async def run(self, dispatcher, tracker, domain):
        return await sync_to_async(self._read)(dispatcher, tracker)

    def _read(self, dispatcher, tracker):
        if _interrupts(tracker):
            # Rasa asks its rules only once the form has turned a text down.
            return [ActionExecutionRejected(FORM)]
        conversation = conversation_of(tracker)
        referral = referral_of(tracker)
        asks = tracker.get_slot("requested_slot") or ""
        text, was_safe = text_of(tracker), not referral.safety
        before = referral.is_safe
        referral.take(
            text,
            asks=asks,
            intent=intent_of(tracker),
            triage=triage_of(tracker),
            on_behalf_of=on_behalf_of(tracker),
        )
        if asks == "safety_check" and was_safe and referral.safety:
            answer_danger(dispatcher, conversation, referral, text)
        elif asks == "safety_check" and referral.safety_check == "safe":
            withdraw_hint(conversation)
        elif referral.safety_check in NEEDS_ASKING:
            note_hint(conversation, kind=referral.safety_check, words=text)
        _fill_from_conversation(referral, conversation, text if asks == "practice" else "")
        keep_safe_contact(conversation, text, before=before, referral=referral)
        if asks == "area" and conversation.practice and says_near_practice(text):
            _take_practice_area(referral, conversation.practice)
        return [*slots_of(referral), SlotSet("requested_slot", referral.next_question())]


def _interrupts(tracker):
    """The text is for a rule of its own, and the rule has not answered it yet."""
    asks = tracker.get_slot("requested_slot")
    if asks is None or _was_turned_down(tracker):
        return False
    return interrupts(intent_of(tracker), asks=asks)


def _was_turned_down(tracker):
    """The form has turned the latest text down already."""
    for event in reversed(tracker.events):
        if event["event"] in ("user", "action_execution_rejected"):
            return event["event"] == "action_execution_rejected"
    return False


def _fill_from_conversation(referral, conversation, practice_words):
    """Take what is known without asking: the number by SMS, the only practice."""
    referral.phone = referral.phone or conversation.known_phone or None
    if conversation.practice:
        referral.practice = conversation.practice.code
    elif practice_words:
        practice = find_practice(practice_words, among=_shared_practices(conversation))
        referral.practice = practice.code if practice else ""
    elif not _shared_practices(conversation):
        referral.practice = ""


def _take_practice_area(referral, practice):
    """ "Near the practice" is its neighbourhood, unless the text names a place of its own."""
    if referral.area is None or find_place(referral.area) is None:
        referral.area, referral.district = practice.neighbourhood, practice.postcode_district


def _shared_practices(conversation):
    number = conversation.contact_number
    return list(number.practices.all()) if number else []


class AskQuestion(Action, ABC):
    """Ask one question of the self-referral, in the wording that fits."""

    @property
    @abstractmethod
    def asks(self):
        """The slot that is asked for. Abstract, so that the Rasa SDK passes over the base."""

    def name(self):
        return f"action_ask_{self.asks}"

    async def run(self, dispatcher, tracker, domain):
        return await sync_to_async(self._ask)(dispatcher, tracker)

    def _ask(self, dispatcher, tracker):
        referral = referral_of(tracker)
        if referral.is_in_another_language and self.asks in ASKED_IN_ANOTHER_LANGUAGE:
            variation, words = in_language(referral), {}
        else:
            variation, words = self.wording(tracker, referral)
        suffix = variation or ("again" if referral.misread > 0 else "")
        response = f"utter_ask_{self.asks}" + (f"__{suffix}" if suffix else "")
        dispatcher.utter_message(response=response, **words)
        return [SlotSet("supports_offered", True)] if "supports" in words else []

    def wording(self, tracker, referral):
        """`(variation, words)`: which variation to say, if any, and what fills its gaps."""
        return "", {}


class AskNeed(AskQuestion):
    asks = "need"

    def wording(self, tracker, referral):
        if not referral.need_options:
            return "", {}
        first, second = (in_patient_words([need]) for need in referral.need_options)
        return "which", {"first": first, "second": second}


class AskArea(AskQuestion):
    asks = "area"

    def wording(self, tracker, referral):
        return "", {"needs": in_patient_words(referral.needs[:2]) or "that"}


class AskWantCallback(AskQuestion):
    asks = "want_callback"

    def wording(self, tracker, referral):
        if referral.safety:
            return "danger", {}
        if referral.supports_offered or referral.misread:
            return "again", {}
        words = _needs_and_supports(tracker, referral)
        if not words["supports"]:
            return "no_supports", words
        is_outside = _is_outside_glasgow(referral)
        return ("outside" if is_outside else ""), words | {"area": referral.area}


class AskDetail(AskQuestion, ABC):
    """A question about the call. Who asked for a call in the first text hears of supports in it."""

    def wording(self, tracker, referral):
        words = {"name": referral.name}
        if not referral.supports_are_due:
            return "", words
        words |= _needs_and_supports(tracker, referral)
        return ("supports" if words["supports"] else ""), words


class AskPractice(AskQuestion):
    asks = "practice"

    def wording(self, tracker, referral):
        practices = _shared_practices(conversation_of(tracker))
        return "", {"practices": " or ".join(p.name_for_texts for p in practices) + "?"}


class AskName(AskDetail):
    asks = "name"


class AskPhone(AskDetail):
    asks = "phone"


class AskTime(AskDetail):
    asks = "time"


class AskVoicemail(AskQuestion):
    asks = "voicemail"


class AskSafeContact(AskQuestion):
    asks = "safe_contact"

    def wording(self, tracker, referral):
        return ("how" if referral.is_safe is False else ""), {"phone": show(referral.phone)}


class AskConfirm(AskQuestion):
    asks = "confirm"

    def wording(self, tracker, referral):
        variation = "what" if referral.misread == ASK_WHAT_TO_CHANGE else ""
        return variation, {"summary": summary_of(referral)}


class AskSafetyCheck(AskQuestion):
    asks = "safety_check"

    def wording(self, tracker, referral):
        kinds = {"suicide_self_harm": "", "abuse_danger": "abuse"}
        return kinds.get(referral.safety_check, "other"), {}


def _is_outside_glasgow(referral):
    place = find_place(referral.area) if referral.area else None
    return place is not None and not place.in_glasgow


def _needs_and_supports(tracker, referral):
    return {
        "needs": in_patient_words(referral.needs[:2]) or "that",
        "supports": name_supports(conversation_of(tracker), referral),
    }


class FinishSelfReferral(Action):
    """Queue the callback that was agreed, or leave the door open."""

    def name(self):
        return "action_finish_self_referral"

    async def run(self, dispatcher, tracker, domain):
        referral = referral_of(tracker)
        is_queued = tracker.get_slot("is_queued")
        left = referral.after_closing()
        if referral.is_agreed:
            await sync_to_async(queue)(dispatcher, tracker, referral)
            is_queued = True
        elif referral.is_stuck:
            conversation = await sync_to_async(conversation_of)(tracker)
            dispatcher.utter_message(
                response="utter_person_instead", reception_phone=reception_phone(conversation)
            )
        else:
            danger = "__danger" if referral.safety else ""
            dispatcher.utter_message(response=f"utter_no_callback{danger}")
            left = referral.after_declining()
        return [*slots_of(left), SlotSet("is_queued", is_queued)]
