"""Feedback on supports: may we ask in a week; and, a week later, did you get there?"""

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.conversation import conversation_of, referral_of, text_of
from actions.in_turn import in_turn
from social_prescribing.gaps import Why, record_not_reached
from social_prescribing.promises import how_to_reach
from social_prescribing.signposting import WentThere
from social_prescribing.support_feedback import (
    agree_to_feedback,
    asked_about,
    read_why_not,
    record_went_there,
)
from social_prescribing.support_reports import report_shut
from social_prescribing.yes_and_no import read_yes_no

SAID = {
    WentThere.YES: "utter_feedback__yes",
    WentThere.NOT_YET: "utter_feedback__not_yet",
    WentThere.NO: "utter_ask_want_callback__feedback",
}


class TakeFeedback(Action):
    """Keep what a patient answers; bot/turn.py sends here only what answers the open question."""

    def name(self):
        return "action_take_feedback"

    async def run(self, dispatcher, tracker, domain):
        return await in_turn(self._take, dispatcher, tracker)

    def _take(self, dispatcher, tracker):
        conversation, text = conversation_of(tracker), text_of(tracker)
        signposting = asked_about(conversation)
        if signposting is None:
            self._take_agreement(dispatcher, conversation, text)
            return []
        went, referral = record_went_there(signposting, text), referral_of(tracker)
        if went == WentThere.NO:
            self._take_why(conversation, signposting.support, text, referral)
        dispatcher.utter_message(response=SAID[went], reach=how_to_reach(referral))
        # A yes to the offer of a call is then a change of mind, which the form knows.
        return [SlotSet("is_declined", True)] if went == WentThere.NO else []

    def _take_why(self, conversation, support, text, referral):
        why = read_why_not(text)
        record_not_reached(conversation, support, why, district=referral.district or "")
        if why == Why.SHUT:
            report_shut(conversation, f"{support.name}: {text}")

    def _take_agreement(self, dispatcher, conversation, text):
        agrees = read_yes_no(text)
        if agrees:
            agree_to_feedback(conversation, answer=text)
        dispatcher.utter_message(
            response="utter_feedback__agreed" if agrees else "utter_feedback__not_wanted"
        )
