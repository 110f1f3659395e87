"""Answer a patient's own question in one text."""

from django.utils import timezone
from rasa_sdk import Action
from rasa_sdk.events import FollowupAction, SlotSet

from actions.conversation import (
    changed_slots,
    conversation_of,
    intent_of,
    on_behalf_of,
    own_words,
    practice_name,
    reception_phone,
    referral_of,
    text_of,
    triage_of,
)
from actions.in_turn import in_turn
from social_prescribing.circumstances import CHILD_UNDER, read_age
from social_prescribing.days_there import days_there_in_words
from social_prescribing.held_data import KEPT_YEARS, held_about
from social_prescribing.self_referrals import QUESTIONS
from social_prescribing.sites import addresses_in_words, opening_at, opening_hours_in_words
from social_prescribing.working_time import spoken

FORM = "self_referral_form"
ANSWERS = {
    "ask_who_are_you": "utter_answer_who_are_you",
    "ask_robot": "utter_answer_robot",
    "ask_who_sees": "utter_answer_who_sees",
    "ask_cost": "utter_answer_cost",
    "ask_doctor": "utter_answer_doctor",
    "ask_opening_hours": "utter_answer_opening_hours",
    "ask_where": "utter_answer_where",
    "ask_prescription": "utter_answer_prescription",
    "ask_link_worker": "utter_answer_link_worker",
    "ask_help": "utter_answer_help",
    "ask_my_data": "utter_answer_my_data",
    "ask_why": "utter_answer_why",
    "not_understood": "utter_answer_not_understood",
    "abuse_bot": "utter_calm",
}


# Before anything else was said the introduction answers these.
WHO_IS_THIS = {"ask_who_are_you", "ask_robot"}


def introduce(dispatcher, tracker, conversation):
    """Say who this is and what happens with what is written; to a child, whom to talk to now."""
    age = None if on_behalf_of(tracker) else read_age(text_of(tracker))
    is_child = age is not None and age < CHILD_UNDER
    dispatcher.utter_message(
        response="utter_introduction__child" if is_child else "utter_introduction",
        practice=practice_name(conversation),
        own_words=own_words(conversation),
    )


def answer(dispatcher, conversation, intent, *, variation=""):
    """Say the answer to one of the patient's own questions."""
    words = {}
    if conversation.practice and intent in OF_THE_PRACTICE:
        variation, words = OF_THE_PRACTICE[intent](conversation.practice, timezone.now())
    elif intent in ("ask_opening_hours", "ask_where"):
        variation = "unknown"
    dispatcher.utter_message(
        response=ANSWERS[intent] + (f"__{variation}" if variation else ""),
        practice=practice_name(conversation),
        reception_phone=reception_phone(conversation),
        held=held_about(conversation).in_words if intent == "ask_my_data" else "",
        years=KEPT_YEARS,
        **words,
    )


def _doctor(practice, now):
    """Whether reception picks up now; nothing of hours where they are not known."""
    is_open, changes_at = opening_at(practice, now)
    if changes_at is None:
        return "", {}
    return _now(is_open), {"changes": spoken(changes_at, now=now)}


def _opening_hours(practice, now):
    hours = opening_hours_in_words(practice, now)
    if not hours:
        return "unknown", {}
    is_open, _ = opening_at(practice, now)
    # On a bank holiday nobody told us whether it is open.
    return "" if is_open is None else _now(is_open), {"hours": hours}


def _where(practice, now):
    addresses = addresses_in_words(practice)
    return ("", {"addresses": addresses}) if addresses else ("unknown", {})


def _link_worker(practice, now):
    days = days_there_in_words(practice)
    return ("days", {"days": days}) if days else ("", {})


def _now(is_open):
    return "open" if is_open else "shut"


# Answers that differ from practice to practice: `(variation, words)` for it at a moment.
OF_THE_PRACTICE = {
    "ask_doctor": _doctor,
    "ask_opening_hours": _opening_hours,
    "ask_where": _where,
    "ask_link_worker": _link_worker,
}


class AnswerQuestion(Action):
    """Answer who we are, who sees this, what it costs, and the like."""

    def name(self):
        return "action_answer_question"

    async def run(self, dispatcher, tracker, domain):
        return await in_turn(self._answer, dispatcher, tracker)

    def _answer(self, dispatcher, tracker):
        intent, referral, variation = intent_of(tracker), referral_of(tracker), ""
        if intent == "abuse_bot":
            referral.abused += 1
            variation = "again" if referral.abused > 1 else ""
        if intent == "not_understood":
            referral.misread = max(referral.misread, 1)
            if tracker.get_slot("requested_slot"):
                # The question is asked in other words, which says enough.
                return changed_slots(referral, tracker)
        if intent in WHO_IS_THIS and not tracker.get_slot("introduced"):
            introduce(dispatcher, tracker, conversation_of(tracker))
            return [SlotSet("introduced", True), FollowupAction(FORM)]
        if intent != "ask_help" or not is_first(tracker):  # the question after it says as much
            answer(dispatcher, conversation_of(tracker), intent, variation=variation)
        return [*changed_slots(referral, tracker), *go_on(tracker)]


def go_on(tracker):
    """What comes after the answer to a question of the patient's own, where nothing was asked yet.

    A need in the same text is taken up; a first text that only asks is asked for one.
    """
    is_open = tracker.active_loop.get("name") is None
    return [FollowupAction(FORM)] if is_open and (tells_too(tracker) or is_first(tracker)) else []


def is_first(tracker):
    """Whether a question of the patient's own is the first that we hear of them."""
    return not tracker.get_slot("introduced") and intent_of(tracker) in QUESTIONS


def tells_too(tracker):
    """Whether a text that asks something tells of a need as well."""
    return bool(triage_of(tracker)["needs"]) and len(text_of(tracker).split()) >= SHORTEST_TELLING


SHORTEST_TELLING = 7  # words; in fewer a need is only what the question is about
