"""Answer a patient's own question in one text."""

from asgiref.sync import sync_to_async
from rasa_sdk import Action

from actions.conversation import conversation_of, intent_of, practice_name, reception_phone

ANSWERS = {
    "ask_who_are_you": "utter_answer_who_are_you",
    "ask_robot": "utter_answer_robot",
    "ask_who_sees": "utter_answer_who_sees",
    "ask_cost": "utter_answer_cost",
    "ask_doctor": "utter_answer_doctor",
    "ask_link_worker": "utter_answer_link_worker",
    "ask_help": "utter_answer_help",
    "ask_my_data": "utter_answer_my_data",
    "delete_data": "utter_answer_delete_data",
    "not_understood": "utter_answer_not_understood",
    "abuse_bot": "utter_calm",
}


class AnswerQuestion(Action):
    """Answer who we are, who sees this, what it costs, and the like."""

    def name(self):
        return "action_answer_question"

    async def run(self, dispatcher, tracker, domain):
        conversation = await sync_to_async(conversation_of)(tracker)
        dispatcher.utter_message(
            response=ANSWERS[intent_of(tracker)],
            practice=practice_name(conversation),
            reception_phone=reception_phone(conversation),
        )
        return []
