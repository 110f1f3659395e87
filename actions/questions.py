"""The questions of a self-referral, each in the wording that fits."""

from abc import ABC, abstractmethod

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.conversation import (
    conversation_of,
    in_language,
    referral_of,
    shared_practices,
    text_of,
    texts_sent,
)
from actions.in_turn import in_turn
from actions.promise import looks, summary_of
from actions.suggest_supports import name_supports
from social_prescribing.needs import in_patient_words
from social_prescribing.phone_numbers import show
from social_prescribing.places import find_place
from social_prescribing.readings import NO_PHONE
from social_prescribing.self_referrals import ASK_WHAT_TO_CHANGE

# What is asked of somebody who writes another language; the rest is for the interpreter.
ASKED_IN_ANOTHER_LANGUAGE = ("name", "area", "phone", "time", "voicemail")
# Questions that can say in the same text when a person looks, after words of danger.
TELLS_WHEN = ("want_callback", "name", "phone", "safe_contact")
MOST_TEXTS = 2  # in a row, the question among them


class AskQuestion(Action, ABC):
    """Ask one question of the self-referral, in the wording that fits."""

    @property
    @abstractmethod
    def asks(self):
        """The slot that is asked for. Abstract, so that the Rasa SDK passes over the base."""

    def name(self):
        return f"action_ask_{self.asks}"

    async def run(self, dispatcher, tracker, domain):
        return await in_turn(self._ask, dispatcher, tracker)

    def _ask(self, dispatcher, tracker):
        referral = referral_of(tracker)
        if referral.is_in_another_language and self.asks in ASKED_IN_ANOTHER_LANGUAGE:
            variation, words = in_language(referral), {}
        elif referral.is_danger_new and self.asks in TELLS_WHEN:
            is_child = referral.is_child and self.asks == "want_callback"
            variation = "danger_child" if is_child else "danger"
            phone = show(referral.phone) if referral.phone else ""
            words = {"looks": looks(conversation_of(tracker)), "phone": phone}
        else:
            variation, words = self.wording(tracker, referral)
        suffix = variation or ("again" if referral.misread > 0 else "")
        self._tell_child(dispatcher, tracker, referral)
        response = self.response + (f"__{suffix}" if suffix else "")
        dispatcher.utter_message(response=response, **words)
        told = [SlotSet("is_danger_new", False)] if suffix.startswith("danger") else []
        return [*told, *([SlotSet("supports_offered", True)] if "supports" in words else [])]

    @property
    def response(self):
        return f"utter_ask_{self.asks}"

    def _tell_child(self, dispatcher, tracker, referral):
        """A child who gives an age later than in the first text hears of Childline then."""
        said_before = any(
            event["event"] == "slot" and event["name"] == "age" and event["value"]
            for event in tracker.events[: _latest_text_at(tracker)]
        )
        has_room = texts_sent(tracker) < MOST_TEXTS - 1
        if referral.is_child and not said_before and has_room and not referral.safety:
            dispatcher.utter_message(response="utter_child")

    def wording(self, tracker, referral):
        """`(variation, words)`: which variation to say, if any, and what fills its gaps."""
        return "", {}


def _latest_text_at(tracker):
    """Where among the events the patient's latest text stands."""
    return max(at for at, event in enumerate(tracker.events) if event["event"] == "user")


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
            return "danger", {"looks": looks(conversation_of(tracker))}
        if referral.misread and referral.supports_offered:
            return "unsure", {}
        if referral.supports_offered:
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
            return ("" if referral.name or self.asks != "time" else "no_name"), words
        words |= _needs_and_supports(tracker, referral)
        return ("supports" if words["supports"] else ""), words


class AskPractice(AskQuestion):
    asks = "practice"

    def wording(self, tracker, referral):
        practices = shared_practices(conversation_of(tracker))
        return "", {"practices": " or ".join(p.name_for_texts for p in practices) + "?"}


class AskDeleteData(AskQuestion):
    """Deleting what is held is asked about once, as a summary is."""

    asks = "delete_data"
    response = "utter_ask_confirm__delete"

    def wording(self, tracker, referral):
        return "", {}


class AskLanguage(AskQuestion):
    asks = "language"


class AskName(AskDetail):
    asks = "name"


class AskPhone(AskDetail):
    asks = "phone"

    def wording(self, tracker, referral):
        if referral.misread and NO_PHONE.search(text_of(tracker)):
            return "none", {}
        return super().wording(tracker, referral)


class AskTime(AskDetail):
    asks = "time"


class AskVoicemail(AskQuestion):
    asks = "voicemail"


class AskSafeContact(AskQuestion):
    asks = "safe_contact"

    def wording(self, tracker, referral):
        words = {"phone": show(referral.phone), "whom": referral.on_behalf_of}
        if referral.is_safe is False:
            return "how", words
        if referral.is_child:
            return "child", words
        return ("for" if referral.on_behalf_of else ""), words


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
