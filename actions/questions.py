"""The questions of a self-referral, each in the wording that fits."""

from abc import ABC, abstractmethod

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.conversation import (
    conversation_of,
    in_language,
    practice_name,
    referral_of,
    shared_practices,
    text_of,
    texts_sent,
)
from actions.in_turn import in_turn
from actions.suggest_supports import name_supports
from social_prescribing.callbacks import open_callback
from social_prescribing.misreadings import NO_PHONE
from social_prescribing.needs import in_patient_words
from social_prescribing.phone_numbers import show
from social_prescribing.places import find_place
from social_prescribing.promises import (
    details_of,
    how_to_reach,
    looks,
    promise_to,
    summary_of,
    told_of_a_child,
)
from social_prescribing.safe_contact import is_private
from social_prescribing.segments import ALONE
from social_prescribing.self_referrals import ASK_WHAT_TO_CHANGE, ASKED_OF_A_QUEUED_CALL
from social_prescribing.words import wording
from social_prescribing.yes_and_no import read_yes_no

# What is asked of somebody who writes another language; the rest is for the interpreter.
ASKED_IN_ANOTHER_LANGUAGE = ("name", "area", "phone", "time", "voicemail")
# Questions that can say in the same text when a person looks, after words of danger.
TELLS_WHEN = ("want_callback", "name", "phone", "safe_contact")
MOST_TEXTS = 2  # in a row, the question among them
# The first thing asked, after a first text that only asks: there is no room to introduce apart.
SAYS_WHO_WE_ARE = "utter_ask_need__first"


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
            words |= {"told": told_of_a_child(conversation_of(tracker))} if is_child else {}
        else:
            variation, words = self.wording(tracker, referral)
        words = words | {"reach": how_to_reach(referral)}
        suffix = variation or ("again" if referral.misread > 0 else "")
        names_supports = bool(words.get("supports"))
        if not suffix and not names_supports and self.is_said_shortly and texts_sent(tracker):
            suffix = "short"  # it follows another text, and both may fit into one
        is_child_told = self._tell_child(dispatcher, tracker, referral)
        response = self.response + (f"__{suffix}" if suffix else "")
        supports = "" if is_child_told else self._supports_before(dispatcher, tracker, referral)
        dispatcher.utter_message(response=response, **words)
        told = {"is_danger_new": False} if suffix.startswith(("danger", "queued")) else {}
        told |= {"is_queued_new": False} if suffix.startswith("queued") else {}
        told |= {"supports_offered": True} if supports or names_supports else {}
        told |= {"introduced": True} if response == SAYS_WHO_WE_ARE else {}
        return [SlotSet(name, value) for name, value in told.items()]

    # Whether there is a shorter wording, `__short`.
    is_said_shortly = True

    @property
    def response(self):
        return f"utter_ask_{self.asks}"

    def _supports_before(self, dispatcher, tracker, referral):
        """Who told all of it at once hears of supports too, in a text before the question."""
        has_room = texts_sent(tracker) < MOST_TEXTS - 1
        is_last = self.asks in ASKED_OF_A_QUEUED_CALL and referral.is_safe is not False
        if not (is_last and has_room and referral.supports_are_due):
            return ""
        supports = name_supports(conversation_of(tracker), referral)
        if supports:
            needs = in_patient_words(referral.needs[:2])
            dispatcher.utter_message(response="utter_supports", needs=needs, supports=supports)
        return supports

    def _tell_child(self, dispatcher, tracker, referral):
        """A child who gives an age later than in the first text hears of Childline then."""
        said_before = any(
            event["event"] == "slot" and event["name"] == "age" and event["value"]
            for event in tracker.events[: _latest_text_at(tracker)]
        )
        has_room = texts_sent(tracker) < MOST_TEXTS - 1
        tells = referral.is_child and not said_before and has_room and not referral.safety
        if tells:
            dispatcher.utter_message(response="utter_child")
        return tells

    def wording(self, tracker, referral):
        """`(variation, words)`: which variation to say, if any, and what fills its gaps."""
        return "", {}


def _latest_text_at(tracker):
    """Where among the events the patient's latest text stands."""
    return max(at for at, event in enumerate(tracker.events) if event["event"] == "user")


def was_asked(tracker):
    """What stood open when the patient's latest text came."""
    metadata = tracker.events[_latest_text_at(tracker)].get("metadata") or {}
    return metadata.get("asks") or ""


class AskNeed(AskQuestion):
    asks = "need"

    def wording(self, tracker, referral):
        if not tracker.get_slot("introduced"):
            return "first", {"practice": practice_name(conversation_of(tracker))}
        if not referral.need_options:
            return "", {}
        first, second = (in_patient_words([need]) for need in referral.need_options)
        return "which", {"first": first, "second": second}


class AskArea(AskQuestion):
    asks = "area"

    def wording(self, tracker, referral):
        if texts_sent(tracker):
            return ("short" if was_asked(tracker) == self.asks else "first"), {}
        return "", {"needs": in_patient_words(referral.needs[:2]) or "that"}


class AskWantCallback(AskQuestion):
    asks = "want_callback"

    def wording(self, tracker, referral):
        if referral.safety:
            return "danger", {"looks": looks(conversation_of(tracker))}
        if referral.misread and referral.supports_offered:
            return "unsure", {}
        if referral.supports_offered:
            return ("short" if texts_sent(tracker) else "again"), {}
        variation = "outside" if _is_outside_glasgow(referral) else ""
        response = self.response + (f"__{variation}" if variation else "")
        words = _needs_and_supports(tracker, referral, response)
        if not words["supports"]:
            return "no_supports", words
        return variation, words | {"area": referral.area}


class AskDetail(AskQuestion, ABC):
    """A question about the call. Who asked for a call in the first text hears of supports in it."""

    def wording(self, tracker, referral):
        words = {"name": referral.name}
        if not referral.supports_are_due:
            return ("" if referral.name or self.asks != "time" else "no_name"), words
        words |= _needs_and_supports(tracker, referral, f"{self.response}__supports")
        return ("supports" if words["supports"] else ""), words


class AskPractice(AskQuestion):
    asks = "practice"
    is_said_shortly = False

    def wording(self, tracker, referral):
        practices = shared_practices(conversation_of(tracker))
        return "", {"practices": " or ".join(p.name_for_texts for p in practices) + "?"}


class AskDeleteData(AskQuestion):
    """Deleting what is held is asked about once, as a summary is."""

    asks = "delete_data"
    response = "utter_ask_confirm__delete"
    is_said_shortly = False

    def wording(self, tracker, referral):
        return "", {}


class AskLanguage(AskQuestion):
    asks = "language"
    is_said_shortly = False


class AskName(AskDetail):
    asks = "name"
    is_said_shortly = False


class AskPhone(AskDetail):
    asks = "phone"
    is_said_shortly = False

    def wording(self, tracker, referral):
        if referral.misread and NO_PHONE.search(text_of(tracker)):
            return "none", {}
        return super().wording(tracker, referral)


class AskTime(AskDetail):
    asks = "time"

    def wording(self, tracker, referral):
        if referral.misread and read_yes_no(text_of(tracker)) is False:
            return "no", {}
        return super().wording(tracker, referral)


class AskVoicemail(AskQuestion):
    asks = "voicemail"

    def wording(self, tracker, referral):
        callback = open_callback(conversation_of(tracker)) if referral.is_queued_new else None
        if callback is None or is_private(callback):
            return "", {}
        return "queued_urgent" if callback.is_urgent else "queued", promise_to(callback)


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
        if referral.misread == ASK_WHAT_TO_CHANGE:
            return "what", {}
        if referral.is_queued_new:
            return self._queued(referral, open_callback(conversation_of(tracker)))
        if referral.changed == ["voicemail"] and referral.safe_contact is None:
            return "rest", {"noted": details_of(referral)}
        return "", {"summary": summary_of(referral)}

    def _queued(self, referral, callback):
        """The promise and the question in one; on a phone that others read, neither in full."""
        words = promise_to(callback)
        if is_private(callback):
            words |= {"phone": show(callback.phone) if callback.phone else "this phone"}
            return "queued_bland", words | {"details": details_of(referral)}
        if not callback.phone:
            return "queued_by_text", words
        if callback.by_text:
            return "queued_texted", words | {"details": details_of(referral, with_needs=False)}
        if callback.is_urgent:
            return "queued_urgent", words
        return "queued", words | {"details": details_of(referral, with_needs=False)}


class AskSafetyCheck(AskQuestion):
    asks = "safety_check"
    is_said_shortly = False

    def wording(self, tracker, referral):
        kinds = {"suicide_self_harm": "", "abuse_danger": "abuse"}
        return kinds.get(referral.safety_check, "other"), {}


def _is_outside_glasgow(referral):
    place = find_place(referral.area) if referral.area else None
    return place is not None and not place.in_glasgow


def _needs_and_supports(tracker, referral, response):
    """The needs, and as many supports for them as fit into one text with the question."""
    needs = in_patient_words(referral.needs[:2]) or "that"
    gaps = {"area": referral.area, "reach": how_to_reach(referral)}
    question = wording(response, needs=needs, supports="", **gaps)
    room = ALONE - len(question)
    return {
        "needs": needs,
        "supports": name_supports(conversation_of(tracker), referral, room=room),
    }
