"""Stop and start messages; stop asking; start again."""

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.conversation import changed_slots, conversation_of, reception_phone, referral_of
from actions.in_turn import in_turn
from social_prescribing.callback_moves import cancel_callback
from social_prescribing.callbacks import open_callback
from social_prescribing.consent import opt_in, opt_out
from social_prescribing.conversations import Direction
from social_prescribing.self_referrals import SelfReferral

END_OF_QUESTIONS = (SlotSet("requested_slot", None), ActiveLoop(None))


def _left(referral):
    """What stays known when the questions end: a queued callback stays queued.

    What was told stays too: whoever changes their mind does not have to tell it again.
    """
    return referral.after_queueing() if referral.is_queued else referral.after_declining()


class StopMessages(Action):
    """The patient opts out: no more messages. A queued callback stays queued."""

    def name(self):
        return "action_stop_messages"

    async def run(self, dispatcher, tracker, domain):
        is_cancelled = await in_turn(self._stop, tracker)
        dispatcher.utter_message(
            response="utter_stopped__cancelled" if is_cancelled else "utter_stopped"
        )
        return [*changed_slots(_left(referral_of(tracker)), tracker), *END_OF_QUESTIONS]

    def _stop(self, tracker):
        """Who writes "cancel" means the call too, whatever providers take that word for."""
        conversation = conversation_of(tracker)
        opt_out(conversation)
        callback = open_callback(conversation)
        is_cancelled = callback is not None and "cancel" in last_words(conversation).casefold()
        if is_cancelled:
            cancel_callback(callback)
        return is_cancelled


def last_words(conversation):
    """The patient's latest text: the channel gives Rasa only an intent for it."""
    message = conversation.messages.filter(direction=Direction.INBOUND).last()
    return message.text if message else ""


class StartMessages(Action):
    """The patient wants to hear from us again."""

    def name(self):
        return "action_start_messages"

    async def run(self, dispatcher, tracker, domain):
        await in_turn(lambda: opt_in(conversation_of(tracker)))
        dispatcher.utter_message(response="utter_started")
        return []


class StopAsking(Action):
    """The patient has had enough of questions."""

    def name(self):
        return "action_stop_asking"

    async def run(self, dispatcher, tracker, domain):
        conversation = await in_turn(conversation_of, tracker)
        dispatcher.utter_message(
            response="utter_stopped_asking", reception_phone=reception_phone(conversation)
        )
        return [*changed_slots(_left(referral_of(tracker)), tracker), *END_OF_QUESTIONS]


class StartAgain(Action):
    """Forget what was gathered and begin anew."""

    def name(self):
        return "action_start_again"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_start_again")
        anew = await in_turn(self._forget, tracker)
        return [*changed_slots(anew, tracker), SlotSet("requested_slot", None)]

    def _forget(self, tracker):
        """What was queued and confirmed stays queued: only the questions begin anew."""
        referral, callback = referral_of(tracker), open_callback(conversation_of(tracker))
        if referral.is_queued and referral.confirm:
            return referral.after_queueing()
        if referral.is_queued and callback:
            cancel_callback(callback)
        return SelfReferral()
