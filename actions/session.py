"""Take a conversation up again after a pause: where it was, or from the beginning."""

import time

from rasa_sdk import Action
from rasa_sdk.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet

from actions.conversation import referral_of, slots_of
from actions.self_referral import FORM

# Whoever comes back later than this is asked anew what it is about, not where they stay.
FORGOTTEN_AFTER_SECONDS = 14 * 24 * 3600


class StartSession(Action):
    """Rasa begins a session anew after some hours, so that its memory stays short.

    A patient knows nothing of that: what they told stays told, and the question that
    stood open stands open still.
    """

    def name(self):
        return "action_session_start"

    async def run(self, dispatcher, tracker, domain):
        events = [SessionStarted(), *self._carried_over(tracker)]
        return [*events, ActionExecuted("action_listen")]

    def _carried_over(self, tracker):
        if _is_forgotten(tracker):
            kept = slots_of(referral_of(tracker).after_closing())
            return [*kept, SlotSet("introduced", tracker.get_slot("introduced"))]
        known = {name: value for name, value in tracker.slots.items() if value is not None}
        known.pop("session_started_metadata", None)
        events = [SlotSet(name, value) for name, value in known.items()]
        if known.get("requested_slot"):
            events.append(ActiveLoop(FORM))
        return events


def _is_forgotten(tracker):
    """The last text is long ago, and no call is queued: that is no question of memory."""
    said = [event["timestamp"] for event in tracker.events if event["event"] == "user"]
    is_long_ago = bool(said) and time.time() - said[-1] > FORGOTTEN_AFTER_SECONDS
    return is_long_ago and not tracker.get_slot("is_queued")
