"""Answer a patient's own question in one text."""

from rasa_sdk import Action
from rasa_sdk.events import FollowupAction

from actions.conversation import (
    conversation_of,
    intent_of,
    practice_name,
    reception_phone,
    referral_of,
    slots_of,
    text_of,
    triage_of,
)
from actions.in_turn import in_turn
from social_prescribing.held_data import KEPT_YEARS, held_about

FORM = "self_referral_form"
ANSWERS = {
    "ask_who_are_you": "utter_answer_who_are_you",
    "ask_robot": "utter_answer_robot",
    "ask_who_sees": "utter_answer_who_sees",
    "ask_cost": "utter_answer_cost",
    "ask_doctor": "utter_answer_doctor",
    "ask_link_worker": "utter_answer_link_worker",
    "ask_help": "utter_answer_help",
    "ask_my_data": "utter_answer_my_data",
    "ask_why": "utter_answer_why",
    "not_understood": "utter_answer_not_understood",
    "abuse_bot": "utter_calm",
}


def answer(dispatcher, conversation, intent, *, variation=""):
    """Say the answer to one of the patient's own questions."""
    dispatcher.utter_message(
        response=ANSWERS[intent] + variation,
        practice=practice_name(conversation),
        reception_phone=reception_phone(conversation),
        held=held_about(conversation).in_words if intent == "ask_my_data" else "",
        years=KEPT_YEARS,
    )


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
            variation = "__again" if referral.abused > 1 else ""
        if intent == "not_understood":
            referral.misread = max(referral.misread, 1)
        answer(dispatcher, conversation_of(tracker), intent, variation=variation)
        return [*slots_of(referral), *go_on_with_what_is_told(tracker)]


def go_on_with_what_is_told(tracker):
    """A question and a need in one text, where nothing was asked yet: the need is taken up too."""
    tells = triage_of(tracker)["needs"] and len(text_of(tracker).split()) >= SHORTEST_TELLING
    is_open = tracker.active_loop.get("name") is None
    return [FollowupAction(FORM)] if tells and is_open else []


SHORTEST_TELLING = 7  # words; in fewer a need is only what the question is about
