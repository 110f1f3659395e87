"""The self-referral: say who we are, read each text, end. (What is asked: actions/questions.py.)"""

from itertools import takewhile

from rasa_sdk import Action
from rasa_sdk.events import ActionExecutionRejected, SlotSet

from actions.answer_question import FORM, answer, introduce, tells_too
from actions.conversation import (
    NO_TRIAGE,
    changed_slots,
    conversation_of,
    intent_of,
    on_behalf_of,
    reception_phone,
    referral_of,
    shared_practices,
    text_of,
    texts_sent,
    triage_of,
)
from actions.in_turn import in_turn
from actions.raise_safety_alert import answer_danger
from actions.request_callback import (
    cancel,
    keep_changes,
    queue,
    record_agreement,
    say_not_ringing,
    say_queued,
    say_what_became_of_it,
    say_when,
)
from actions.suggest_supports import name_another, name_supports
from social_prescribing.answers import ABOUT_THE_CALL
from social_prescribing.callbacks import open_callback
from social_prescribing.held_data import delete_held
from social_prescribing.inbox import ask_for_person
from social_prescribing.languages import ENGLISH
from social_prescribing.moves import asks_what_is_held, says_shut, takes_back
from social_prescribing.needs import in_patient_words
from social_prescribing.places import find_place, says_near_practice
from social_prescribing.practices import find_practice
from social_prescribing.promises import looks
from social_prescribing.questions import is_question, read_question
from social_prescribing.readings import NEEDS_ASKING
from social_prescribing.safe_contact import keep_safe_contact
from social_prescribing.safety_alerts import note_hint, raise_safety_alert, withdraw_hint
from social_prescribing.self_referrals import (
    QUESTIONS,
    SelfReferral,
    interrupts,
    only_answers,
)
from social_prescribing.sites import site_near
from social_prescribing.support_feedback import may_be_asked
from social_prescribing.support_reports import report_shut
from social_prescribing.yes_and_no import takes_note


class Introduce(Action):
    """Say who this is and what happens with what is written, once."""

    def name(self):
        return "action_introduce"

    async def run(self, dispatcher, tracker, domain):
        # Who writes another language is answered in it, by the form.
        if tracker.get_slot("introduced") or triage_of(tracker)["language"] != ENGLISH:
            return []
        conversation = await in_turn(conversation_of, tracker)
        introduce(dispatcher, tracker, conversation)
        return [SlotSet("introduced", True)]


class ValidateSelfReferralForm(Action):
    """Read the latest text and decide what is asked next."""

    def name(self):
        return "validate_self_referral_form"

    async def run(self, dispatcher, tracker, domain):
        return await in_turn(self._read, dispatcher, tracker)

    def _read(self, dispatcher, tracker):
        conversation, referral = conversation_of(tracker), referral_of(tracker)
        callback = open_callback(conversation) if referral.is_queued else None
        if referral.is_queued and callback is None:
            referral = referral.after_closing()  # a link worker has ended the call since
        asks = tracker.get_slot("requested_slot") or ""
        intent, text, was_safe = intent_of(tracker), text_of(tracker), referral.is_safe
        triage = triage_of(tracker)
        if only_answers(text, asks=asks, triage=triage):
            intent, triage = "", triage | {"safety": NO_TRIAGE["safety"]}
        heard = {"asks": asks, "intent": intent, "triage": triage}
        if _is_fresh(tracker) and interrupts(intent, asks=asks, text=text):
            referral.take_in_passing(text, **heard)
            if intent not in QUESTIONS or referral.next_question() is not None:
                # Rasa asks its rules only once the form has turned a text down.
                return [*changed_slots(referral, tracker), ActionExecutionRejected(FORM)]
        elif not (_was_turned_down(tracker) or intent == "signal_danger" or _only_asks(tracker)):
            self._take(dispatcher, tracker, conversation, referral, heard)
        _fill_from_conversation(referral, conversation, text, asks)
        if asks == "practice" and referral.practice == "" and not dispatcher.messages:
            dispatcher.utter_message(response="utter_practice_unknown")
        keep_safe_contact(conversation, text, before=was_safe, referral=referral)
        if asks == "area" and conversation.practice and says_near_practice(text):
            _take_practice_area(referral, conversation.practice, text)
        self._queue(conversation, referral, callback, asks=asks, text=text)
        return [
            *changed_slots(referral, tracker),
            # Rasa takes a text that sets no slot for one that the form turned down.
            SlotSet("answered", referral.answered),
            SlotSet("requested_slot", referral.next_question()),
        ]

    def _queue(self, conversation, referral, callback, *, asks, text):
        """Queue the call as soon as enough is known; bring what comes later into it."""
        if referral.is_queued and referral.want_callback:
            keep_changes(conversation, referral, callback)
            if asks == "confirm" and referral.answered[-1:] == ["confirm"]:
                record_agreement(conversation, text)
        elif referral.is_ready and not referral.is_in_another_language:
            queue(conversation, referral, answer=text)
            referral.is_queued = referral.is_queued_new = True
        if referral.is_queued and referral.next_question():
            referral.words, referral.new_needs = [], []

    def _take(self, dispatcher, tracker, conversation, referral, heard):
        text, asks, was_safe = text_of(tracker), heard["asks"], not referral.safety
        misread_before = referral.misread
        if heard["intent"] in QUESTIONS:
            heard = heard | {"intent": "tell_need"}  # the question is answered already
        referral.take(text, **heard, on_behalf_of=on_behalf_of(tracker))
        if asks == "delete_data" and referral.deletion == "kept":
            dispatcher.utter_message(response="utter_kept")
            referral.deletion = None
        if referral.safety_check in NEEDS_ASKING and conversation.opted_out_at:
            # After STOP nothing may be asked: the help lines are sent, and a person looks.
            referral.safety, referral.safety_check = referral.safety_check, "unsafe"
        if was_safe and referral.safety:
            answer_danger(dispatcher, conversation, referral, text)
        elif asks == "safety_check" and referral.safety_check == "safe":
            withdraw_hint(conversation)
        elif referral.safety_check in NEEDS_ASKING:
            note_hint(conversation, kind=referral.safety_check, words=text, age=referral.age)
        elif referral.safety and takes_back(text):
            # Whether it was a joke is for a person to judge.
            raise_safety_alert(conversation, kind=referral.safety, words=text, age=referral.age)
            if not referral.is_queued:
                dispatcher.utter_message(response="utter_taken_back")
                # The alert stays; the questions go on as they would have.
                referral.safety, referral.safety_check = None, "safe"
                referral.is_danger_new = False
        elif not texts_sent(tracker):
            unread = referral.misread > misread_before
            if _answer_beside(dispatcher, conversation, text, heard["intent"]):
                referral.misread = min(referral.misread, misread_before)  # it was none
            elif unread and asks in ABOUT_THE_CALL and _asks_what_we_do_not_know(text):
                dispatcher.utter_message(response="utter_answer_unknown")


def _answer_beside(dispatcher, conversation, text, intent):
    """Answer a question of the patient's own that stands beside an answer. Returns whether."""
    question = None if intent in QUESTIONS else read_question(text)
    if asks_what_is_held(text):
        answer(dispatcher, conversation, "ask_my_data")
    elif question == "ask_how_long":
        say_when(dispatcher, conversation, text)
    elif question:
        answer(dispatcher, conversation, question)
    else:
        return False
    return True


def _asks_what_we_do_not_know(text):
    return is_question(text) and len(text.split()) >= SHORTEST_QUESTION


SHORTEST_QUESTION = 4  # words: "will it be a man", and not "what do you mean"


def _is_fresh(tracker):
    """The latest text was not looked at yet, neither by a rule nor by the form."""
    return not _events_since_the_text(tracker) & {"action", "action_execution_rejected"}


def _only_asks(tracker):
    """A rule has answered the latest text already, and it held nothing besides its question."""
    is_answered = not _is_fresh(tracker) and intent_of(tracker) in QUESTIONS
    return is_answered and not tells_too(tracker)


def _was_turned_down(tracker):
    """The form has turned the latest text down already, and a rule has answered it."""
    return "action_execution_rejected" in _events_since_the_text(tracker)


def _events_since_the_text(tracker):
    since = takewhile(lambda event: event["event"] != "user", reversed(tracker.events))
    # Rasa notes the form itself as it calls this.
    return {e["event"] for e in since if (e["event"], e.get("name")) != ("action", FORM)}


def _fill_from_conversation(referral, conversation, text, asks):
    """Take what is known without asking: the number by SMS, the only practice."""
    if not referral.wants_other_phone and referral.phone is None:
        referral.phone = conversation.known_phone or None
    if conversation.practice:
        referral.practice = conversation.practice.code
        return
    shared = shared_practices(conversation)
    if not shared:
        referral.practice = ""
    elif asks == "practice" or (referral.practice is None and _names_a_practice(text)):
        practice = find_practice(text, among=shared)
        unknown = "" if asks == "practice" else None
        referral.practice = practice.code if practice else unknown


def _take_practice_area(referral, practice, text):
    """ "Near the practice" is where its surgery is, or the branch that the text names.

    A place of its own in the text counts before that.
    """
    if referral.area is None or find_place(referral.area) is None:
        site = site_near(practice, text)
        is_branch = site is not None and site.is_branch
        referral.area = site.area if is_branch else practice.neighbourhood
        referral.district = (site if is_branch else practice).postcode_district


def _names_a_practice(text):
    said = text.casefold()
    return any(word in said for word in ("practice", "surgery", "health centre", "doctors"))


class FinishSelfReferral(Action):
    """Queue the callback that was agreed, change the one that is queued, or leave the door open."""

    def name(self):
        return "action_finish_self_referral"

    async def run(self, dispatcher, tracker, domain):
        return changed_slots(await in_turn(self._finish, dispatcher, tracker), tracker)

    def _finish(self, dispatcher, tracker):
        """Returns what of the referral stays known."""
        referral, conversation = referral_of(tracker), conversation_of(tracker)
        if referral.deletion == "agreed":
            delete_held(conversation)
            dispatcher.utter_message(response="utter_deleted")
            return SelfReferral()
        if referral.is_queued:
            return self._go_on_with_queued(dispatcher, tracker, referral)
        if referral.is_agreed:
            callback = queue(conversation, referral, answer=text_of(tracker))
            say_queued(dispatcher, referral, callback)
            return referral.after_queueing()
        if referral.is_stuck:
            ask_for_person(conversation)  # the desk shows it until somebody has looked
            dispatcher.utter_message(
                response="utter_person_instead", reception_phone=reception_phone(conversation)
            )
            return referral.after_closing()
        self._leave_door_open(dispatcher, tracker, conversation, referral)
        return referral.after_declining()

    def _go_on_with_queued(self, dispatcher, tracker, referral):
        if referral.want_callback is False:
            return cancel(dispatcher, tracker, referral)
        conversation, text = conversation_of(tracker), text_of(tracker)
        if says_shut(text) and (shut := report_shut(conversation, text)):
            name_another(dispatcher, conversation, referral, shut)
        else:
            if referral.is_stuck:
                ask_for_person(conversation)  # the summary is wrong, and how could not be read
            say_what_became_of_it(dispatcher, tracker, referral)
        return referral.after_queueing()

    def _leave_door_open(self, dispatcher, tracker, conversation, referral):
        text = text_of(tracker)
        if says_shut(text) and (shut := report_shut(conversation, text)):
            name_another(dispatcher, conversation, referral, shut)
        elif texts_sent(tracker) and referral.is_declined:
            return
        elif referral.is_declined and takes_note(text):
            dispatcher.utter_message(response="utter_welcome")
        elif referral.is_in_another_language:
            say_not_ringing(dispatcher, conversation, referral)
        elif referral.safety:
            dispatcher.utter_message(
                response="utter_no_callback__danger", looks=looks(conversation)
            )
        elif referral.is_called_off:
            dispatcher.utter_message(response="utter_no_callback")  # and nothing that asks more
        elif referral.supports_are_due and (lines := name_supports(conversation, referral)):
            referral.supports_offered = True
            dispatcher.utter_message(
                response="utter_no_callback__supports",
                needs=in_patient_words(referral.needs[:2]),
                supports=lines,
            )
        elif may_be_asked(conversation) and not referral.is_declined:
            dispatcher.utter_message(response="utter_ask_feedback")
        else:
            dispatcher.utter_message(response="utter_no_callback")
