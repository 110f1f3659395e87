"""Queue the callback; afterwards change it, add to it, say when it comes, cancel it."""

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.answer_question import go_on
from actions.conversation import (
    changed_slots,
    conversation_of,
    in_language,
    intent_of,
    practice_of,
    referral_of,
    text_of,
    texts_sent,
)
from actions.in_turn import in_turn
from actions.suggest_supports import name_supports
from social_prescribing.callback_moves import cancel_callback
from social_prescribing.callback_requests import (
    change_callback,
    note_never_rang,
    request_callback,
)
from social_prescribing.callbacks import open_callback
from social_prescribing.consent import Purpose, record_consent
from social_prescribing.contact_times import times_from_slot
from social_prescribing.conversations import Direction
from social_prescribing.inbox import ask_for_person
from social_prescribing.moves import says_never_rang, takes_back
from social_prescribing.needs import in_patient_words
from social_prescribing.promises import as_reached, due_if_asked_now, promise, summary_of_queued
from social_prescribing.safe_contact import is_private
from social_prescribing.safety_alerts import attach_to_callback


def queue(conversation, referral, *, answer):
    """Queue the call that is wanted. Returns the Callback.

    answer: the patient's latest text.
    """
    practice = practice_of(conversation, referral)
    callback = request_callback(conversation, referral.to_request(practice))
    attach_to_callback(conversation, callback)
    _record_wish(conversation, answer)
    return callback


def keep_changes(conversation, referral, callback):
    """Bring into the queued callback what the latest text added or changed, at once.

    Whoever falls silent after it has said it all the same.
    """
    if referral.words or referral.new_needs:
        practice = practice_of(conversation, referral)
        callback = request_callback(conversation, referral.to_request(practice))
    if referral.changed:
        change_callback(callback, **_fields_of(referral))


def say_queued(dispatcher, referral, callback):
    """Tell the patient who rings, from which number, by when."""
    if referral.is_in_another_language:
        dispatcher.utter_message(response=f"utter_queued__{in_language(referral)}")
    else:
        dispatcher.utter_message(response=_how_it_is_promised(callback), **promise(callback))


def _how_it_is_promised(callback):
    if is_private(callback):
        return "utter_queued__bland"
    if not callback.phone:
        return "utter_queued__by_text"
    if callback.by_text:
        return "utter_queued__texted"
    if callback.is_urgent:
        return "utter_queued__urgent"
    return "utter_queued" if callback.name else "utter_queued__no_name"


def say_what_became_of_it(dispatcher, tracker, referral):
    """A text came after the callback was queued: say what it changed or added, or just answer."""
    callback = open_callback(conversation_of(tracker))
    if referral.is_in_another_language:
        dispatcher.utter_message(response=f"utter_queued__{in_language(referral)}")
    elif texts_sent(tracker) and not referral.is_danger_new:
        return  # a question of the patient's own was answered: nothing more to say
    else:
        _say_what_changed(dispatcher, tracker, referral, callback)


def _fields_of(referral):
    """The fields of the callback that the latest text changed."""
    fields = {
        "name": {"name": referral.name or ""},
        "phone": {"phone": referral.phone or ""},
        "time": times_from_slot(referral.time),
        "voicemail": {"voicemail_ok": referral.voicemail},
        "area": {"area": referral.area or ""},
        "language": {"language": referral.language, "interpreter": referral.wants_interpreter},
        "safe_contact": {
            "safe_contact": referral.safe_contact or "",
            "is_safe_to_ring": referral.is_safe,
        },
        "is_safe": {"is_safe_to_ring": referral.is_safe},
        "on_behalf_of": {"on_behalf_of": referral.on_behalf_of or ""},
        "by_text": {"by_text": referral.by_text},
    }
    return {key: value for name in referral.changed for key, value in fields[name].items()}


def _say_what_changed(dispatcher, tracker, referral, callback):
    text, intent = text_of(tracker), intent_of(tracker)
    if referral.is_danger_new:
        urgent = as_reached("utter_when__urgent", callback)
        dispatcher.utter_message(response=urgent, **promise(callback))
    elif takes_back(text) and referral.safety:
        dispatcher.utter_message(response="utter_taken_back")
    elif says_never_rang(text) and not referral.answered:
        say_never_rang(dispatcher, callback)
    elif referral.new_needs:
        _say_added(dispatcher, conversation_of(tracker), referral)
    elif referral.changed and not _only_confirms(referral):
        dispatcher.utter_message(response="utter_changed", summary=summary_of_queued(callback))
    elif referral.words:
        dispatcher.utter_message(response="utter_added__words")
    elif referral.answered[-1:] == ["confirm"]:
        response = "utter_confirmed__bland" if is_private(callback) else "utter_confirmed"
        dispatcher.utter_message(response=response, reference=callback.reference)
    elif intent in ("affirm", "deny", "thanks"):
        dispatcher.utter_message(response="utter_welcome")
    else:
        dispatcher.utter_message(response=as_reached("utter_anything_else", callback))


def _only_confirms(referral):
    """The summary is right and it is safe to ring: there is nothing to read again."""
    return bool(referral.confirm and referral.is_safe and referral.changed == ["is_safe"])


def _say_added(dispatcher, conversation, referral):
    needs = in_patient_words(referral.new_needs[:2])
    supports = name_supports(conversation, referral, needs=referral.new_needs)
    response = "utter_added" if supports else "utter_added__no_supports"
    dispatcher.utter_message(response=response, needs=needs, supports=supports)


def say_never_rang(dispatcher, callback):
    """The call has not come: say so to the link workers, and to the patient what holds."""
    note_never_rang(callback)
    dispatcher.utter_message(response=_how_it_is_late(callback), **promise(callback))


def _how_it_is_late(callback):
    if callback.attempts.exists():
        return as_reached("utter_never_rang__tried", callback)
    if callback.is_overdue:
        return "utter_never_rang__late"
    return as_reached("utter_never_rang", callback)


class SayWhen(Action):
    """Say when the link worker rings."""

    def name(self):
        return "action_say_when"

    async def run(self, dispatcher, tracker, domain):
        await in_turn(self._say, dispatcher, tracker)
        return go_on(tracker)

    def _say(self, dispatcher, tracker):
        say_when(dispatcher, conversation_of(tracker), text_of(tracker))


def say_when(dispatcher, conversation, text):
    """When the call comes; for one that has not come, that too."""
    callback = open_callback(conversation)
    if callback is None:
        due = due_if_asked_now(conversation)
        dispatcher.utter_message(response="utter_when__no_callback", due=due)
    elif says_never_rang(text):
        say_never_rang(dispatcher, callback)
    else:
        dispatcher.utter_message(response=_when(callback), **promise(callback))


def _when(callback):
    if is_private(callback):
        return "utter_when__bland"
    return as_reached("utter_when", callback)


class CancelCallback(Action):
    """The patient does not want the call any more."""

    def name(self):
        return "action_cancel_callback"

    async def run(self, dispatcher, tracker, domain):
        left = await in_turn(cancel, dispatcher, tracker, referral_of(tracker))
        return [
            *changed_slots(left, tracker),
            SlotSet("requested_slot", None),
            ActiveLoop(None),
        ]


def cancel(dispatcher, tracker, referral):
    """Cancel the open callback, if there is one, and say so. Returns what stays known."""
    conversation = conversation_of(tracker)
    callback = open_callback(conversation)
    if callback is not None:
        cancel_callback(callback)
        if referral.is_in_another_language:
            say_not_ringing(dispatcher, conversation, referral)
        else:
            dispatcher.utter_message(response=as_reached("utter_cancelled", callback))
        return referral.after_cancelling(callback.words)
    # In the middle of the questions there is nothing queued yet, and no call is wanted.
    is_asked = tracker.get_slot("requested_slot")
    dispatcher.utter_message(
        response="utter_no_callback" if is_asked else "utter_nothing_to_cancel"
    )
    return referral.after_closing() if referral.is_queued else referral.after_declining()


def say_not_ringing(dispatcher, conversation, referral):
    """No call, in another language: a person reads it all the same, for little of it is sure."""
    ask_for_person(conversation)
    dispatcher.utter_message(response=f"utter_no_callback__{in_language(referral)}")


def record_agreement(conversation, answer):
    """The patient said yes to what they were just asked: keep both, word for word."""
    asked = conversation.messages.exclude(asks="").last()
    wording = asked.text if asked else ""
    record_consent(conversation, purpose=Purpose.CALLBACK, wording=wording, answer=answer)


def _record_wish(conversation, answer):
    """Keep the offer of a call and the yes to it; without an offer, what was asked last."""
    offer = conversation.messages.filter(asks="want_callback").last()
    yes = (
        offer and conversation.messages.filter(direction=Direction.INBOUND, id__gt=offer.pk).first()
    )
    if yes is None:
        record_agreement(conversation, answer)
    else:
        record_consent(conversation, purpose=Purpose.CALLBACK, wording=offer.text, answer=yes.text)
