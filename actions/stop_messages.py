"""Stop and start messages; stop asking; start again."""

from asgiref.sync import sync_to_async
from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.conversation import conversation_of, reception_phone, referral_of, slots_of
from social_prescribing.consent import opt_in, opt_out
from social_prescribing.self_referrals import SelfReferral

END_OF_QUESTIONS = (SlotSet("requested_slot", None), ActiveLoop(None))


class StopMessages(Action):
    """The patient opts out: no more messages. A queued callback stays queued."""

    def name(self):
        return "action_stop_messages"

    async def run(self, dispatcher, tracker, domain):
        await sync_to_async(lambda: opt_out(conversation_of(tracker)))()
        dispatcher.utter_message(response="utter_stopped")
        return [*slots_of(referral_of(tracker).after_closing()), *END_OF_QUESTIONS]


class StartMessages(Action):
    """The patient wants to hear from us again."""

    def name(self):
        return "action_start_messages"

    async def run(self, dispatcher, tracker, domain):
        await sync_to_async(lambda: opt_in(conversation_of(tracker)))()
        dispatcher.utter_message(response="utter_started")
        return []


class StopAsking(Action):
    """The patient has had enough of questions."""

    def name(self):
        return "action_stop_asking"

    async def run(self, dispatcher, tracker, domain):
        conversation = await sync_to_async(conversation_of)(tracker)
        dispatcher.utter_message(
            response="utter_stopped_asking", reception_phone=reception_phone(conversation)
        )
        return [*slots_of(referral_of(tracker).after_closing()), *END_OF_QUESTIONS]


class StartAgain(Action):
    """Forget what was gathered and begin anew."""

    def name(self):
        return "action_start_again"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_start_again")
        return [*slots_of(SelfReferral()), SlotSet("requested_slot", None)]
