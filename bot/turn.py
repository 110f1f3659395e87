"""One turn: the unanswered texts of a conversation in, one answer out, whole or not at all.

Understanding runs first, outside the database. Then one transaction holds
everything: what Rasa remembers, what the actions do (a callback, a safety
alert), the replies, and that the texts are answered. A process that dies in
the middle leaves nothing behind, and the next one begins afresh.
"""

import logging
from contextvars import ContextVar
from dataclasses import replace

from django.db import DatabaseError, InterfaceError, transaction
from rasa.core.channels.channel import OutputChannel, UserMessage

from actions.conversation import NO_TRIAGE
from actions.in_turn import being_answered
from bot.turn_store import TurnStore
from bot.words import first_wording
from social_prescribing import support_feedback
from social_prescribing.answers import read_answers
from social_prescribing.by_text import wants_texts
from social_prescribing.callbacks import open_callback
from social_prescribing.calling_off import calls_off, calls_off_for_other_help, may_call_off
from social_prescribing.consent import is_opt_in, is_opt_out, is_start
from social_prescribing.conversations import open_question
from social_prescribing.inbox import (
    Reply,
    are_still_unanswered,
    ask_for_person,
    lock_conversation,
    next_burst,
    record_answer,
    record_failed_try,
    seconds_to_wait,
    texts_to_answer,
)
from social_prescribing.moves import says_shut
from social_prescribing.patient_texts import is_person_writing, words_of_handing_back
from social_prescribing.questions import read_question_of_practice
from social_prescribing.segments import segments
from social_prescribing.self_referrals import QUESTIONS
from social_prescribing.shared_locations import place_at
from social_prescribing.shared_numbers import (
    is_only_keyword,
    settle_practice,
    words_to_understand,
)
from social_prescribing.taking_up import takes_up_call

logger = logging.getLogger(__name__)

# A response named utter_ask_X, or utter_ask_X__variation, waits for X.
ASK = "utter_ask_"
# What an opted-out patient still gets: help in danger, and word of the opting itself.
SENT_ALTHOUGH_OPTED_OUT = ("utter_danger_", "utter_stopped", "utter_started")
# How soon to look again where another process was on the conversation.
LOOK_AGAIN_SECONDS = 0.2

# The turn that this thread is in, so that a failed action is not passed over.
_turn = ContextVar("turn", default=None)


class TurnFailed(Exception):
    """An action failed, so the answer would be wrong; its own error is the cause."""


class Turn(OutputChannel):
    """Collects what the bot says, and whether an action failed on the way."""

    def __init__(self, channel_name, conversation=None):
        self._channel_name, self.conversation = channel_name, conversation
        self.replies = []
        self.failure = None

    def name(self):
        return self._channel_name

    async def send_response(self, recipient_id, message):
        """Note one reply, with what it asks and its quick replies."""
        response = message.get("utter_action") or ""
        reply = Reply(
            text=message["text"],
            asks=asked_by(response),
            options=tuple(button["title"] for button in message.get("buttons") or ()),
            despite_opt_out=response.startswith(SENT_ALTHOUGH_OPTED_OUT),
        )
        self.replies.append(reply)


def note_failed_action(error):
    """Rasa goes on where an action failed, as if it had done nothing. A turn of ours does not."""
    if turn := _turn.get():
        turn.failure = error


class Turns:
    """Answers conversations with one trained model, one at a time."""

    def __init__(self, agent):
        self._processor = agent.processor
        self._processor.tracker_store = TurnStore(agent.domain)

    def answer(self, conversation_id):
        """Answer the next burst of a conversation.

        Returns:
            `(texts, wait)`: the texts that are answered now, and the seconds after
            which to call again (0: at once), or None where nothing is left.
        """
        texts = texts_to_answer(conversation_id)
        if not texts:
            return [], None
        if (wait := seconds_to_wait(texts)) > 0:
            return [], wait
        burst = next_burst(texts)
        try:
            answered = self._take_turn(burst)
        except Exception as error:
            logger.exception("Message %s could not be answered", burst[-1].pk)
            if isinstance(error, (InterfaceError, DatabaseError)):
                # The database is away, or was: the text is as good as before.
                return [], 1
            record_failed_try(burst, fallback=could_not_answer())
            return burst, 0
        if not answered:
            return [], LOOK_AGAIN_SECONDS
        # What comes meanwhile wakes us anew.
        return burst, 0 if len(burst) < len(texts) else None

    def _take_turn(self, burst):
        asks = open_question(burst[-1].conversation)
        understood = self._understand(burst, asks)
        with transaction.atomic():
            conversation = lock_conversation(burst)
            if conversation is None or not are_still_unanswered(burst):
                return False
            settle_practice(conversation, "\n".join(text.text for text in burst), asks=asks)
            turn = Turn(burst[0].channel, conversation)
            before = transaction.savepoint() if is_person_writing(conversation) else None
            self._talk(turn, as_rasa_takes_it(burst, asks, turn, understood))
            if turn.failure:
                raise TurnFailed from turn.failure
            ask_feedback_again(turn, conversation, asks, understood["intent"]["name"])
            if before and is_person_writing(conversation):
                self._leave_to_person(burst, turn, before)
                return True
            if not turn.replies:
                # A mistake in the rules of the conversation; no second try would mend it.
                logger.error("Message %s was answered with nothing", burst[-1].pk)
                ask_for_person(conversation)
            said_before = words_of_handing_back(conversation)
            handing_back = [Reply(said_before)] if said_before else []
            replies = handing_back + (turn.replies or [could_not_answer()])
            record_answer(burst, in_few_texts(replies))
        return True

    def _leave_to_person(self, burst, turn, before):
        """A link worker is writing: the bot only answers danger, or forgets that it listened."""
        urgent = [reply for reply in turn.replies if is_said_while_person_writes(reply)]
        if not urgent:
            transaction.savepoint_rollback(before)
        record_answer(burst, urgent)

    def _understand(self, burst, asks):
        message = as_rasa_takes_it(burst, asks, Turn(burst[0].channel))
        understood = as_question_of_practice(_at_once(self._processor.parse_message(message)))
        understood = as_shut(understood, asks)
        understood = as_calling_off(understood, burst[-1].conversation)
        understood = as_taking_up(understood, burst[-1].conversation, asks)
        return as_feedback(understood, burst[-1].conversation, asks)

    def _talk(self, turn, message):
        collects, answers = _turn.set(turn), being_answered.set(turn.conversation)
        try:
            _at_once(self._processor.handle_message(message))
        finally:
            _turn.reset(collects)
            being_answered.reset(answers)


def in_few_texts(replies):
    """The replies, two in a row as one where both fit one SMS segment, which is what costs."""
    few = []
    for reply in replies:
        before = few[-1] if few else None
        if before and _may_be_one(before, reply):
            few[-1] = replace(reply, text=f"{before.text}\n{reply.text}")
        else:
            few.append(reply)
    return few


def _may_be_one(first, second):
    """What asks something ends its text; what is sent after STOP takes nothing else along."""
    is_one_kind = not first.asks and first.despite_opt_out == second.despite_opt_out
    return is_one_kind and segments(f"{first.text}\n{second.text}") == 1


def is_said_while_person_writes(reply):
    """Help in danger and word of opting out never wait for a person."""
    return reply.despite_opt_out or reply.asks == "safety_check"


# Whatever else stands open, these are heard for what they are.
HEARD_FIRST = {"signal_danger", "hint_danger", "want_person", "opt_out", "opt_in", "delete_data"}


def as_feedback(understood, conversation, asks):
    """What was understood; as an answer to the feedback question where that stands open."""
    if asks != support_feedback.ASKS or understood["intent"]["name"] in HEARD_FIRST:
        return understood
    if not support_feedback.answers_feedback(conversation, understood["text"] or ""):
        return understood
    return understood | {"intent": {"name": "give_feedback", "confidence": 1.0}}


def ask_feedback_again(turn, conversation, asks, intent):
    """A question of the patient's own leaves the question about a support open: ask it again."""
    interrupts = intent in QUESTIONS or intent == "sent_nothing"
    said = turn.replies
    if asks == support_feedback.ASKS and interrupts and len(said) == 1 and not said[0].asks:
        text, options = support_feedback.question_again(conversation)
        said.append(Reply(text, asks=asks, options=tuple(options)))


def as_calling_off(understood, conversation):
    """What was understood; as calling off the queued call where it plainly does that.

    Where the model alone heard it, in a text with no word of a call in it, it is no more
    than something to tell the link worker; "changed ma mind again, ring me" asks for one.
    """
    text, heard = understood["text"] or "", understood["intent"]["name"]
    is_called_off, is_heard = calls_off(text), heard == "cancel_callback"
    if not (is_called_off or is_heard) or _is_heard_first(understood, text):
        return understood
    if not is_called_off and (wants_texts(text) or read_answers(text).want_callback):
        return understood | {"intent": {"name": "correct_answer", "confidence": 1.0}}
    if open_callback(conversation) is None:
        return understood
    if is_called_off:
        return understood | {"intent": {"name": "cancel_callback", "confidence": 1.0}}
    if not may_call_off(text):
        return understood | {"intent": {"name": "chat", "confidence": 1.0}}
    return understood


def as_taking_up(understood, conversation, asks):
    """What was understood; as a wish for a call where it takes up the one that was refused.

    In the middle of the questions, or with a call in the queue, it is heard as it was: "I'd
    take the call at 2" answers there.
    """
    text = understood["text"] or ""
    is_open = asks in ("", support_feedback.ASKS) and open_callback(conversation) is None
    if not (is_open and takes_up_call(text)) or _is_heard_first(understood, text):
        return understood
    return understood | {"intent": {"name": "want_person", "confidence": 1.0}}


def _is_heard_first(understood, text):
    """Whether danger, or a wish that goes before any other, is in what was understood.

    "The lad next door will show me instead. Thanks all the same" only sounds like a
    farewell: there a hint by the model alone gives way. An alarm, or a rule, never does.
    """
    heard, triage = understood["intent"]["name"], understood.get("triage") or NO_TRIAGE
    safety = triage["safety"]
    is_hint = safety["act"] == "ask" and not triage["by_rule"]
    if is_hint and calls_off_for_other_help(text):
        return heard in HEARD_FIRST - {"hint_danger"}
    return safety["act"] != "none" or heard in HEARD_FIRST


def as_shut(understood, asks):
    """What was understood; as asking for another support where the ones just named are shut."""
    text = understood["text"] or ""
    if asks != "want_callback" or not says_shut(text) or _is_heard_first(understood, text):
        return understood
    return understood | {"intent": {"name": "ask_more_supports", "confidence": 1.0}}


def as_question_of_practice(understood):
    """What was understood; as a question for the practice itself where it plainly is one."""
    is_heard_first = understood["intent"]["name"] in HEARD_FIRST
    has_need = bool((understood.get("triage") or {}).get("needs"))
    asked = read_question_of_practice(understood["text"] or "")
    if asked is None or is_heard_first or has_need:
        return understood
    return understood | {"intent": {"name": asked, "confidence": 1.0}}


def _at_once(coroutine):
    """Run a coroutine that waits for nothing, without an event loop; returns what it returns.

    Rasa only calls itself asynchronous: no action of ours is on another machine.
    """
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("It waits for something")


def asked_by(response):
    """The name of what a response waits for, or an empty text."""
    if not response.startswith(ASK):
        return ""
    return response.removeprefix(ASK).partition("__")[0]


def could_not_answer():
    """What a patient gets where the bot cannot answer: kind, and with the urgent numbers."""
    return Reply(first_wording("utter_could_not_answer"), despite_opt_out=True)


def as_rasa_takes_it(burst, asks, turn, understood=None):
    """What Rasa is given: the words, or an intent where they are not to be understood."""
    words = "\n".join(filter(None, (_words_of(text, asks) for text in burst)))
    return UserMessage(
        text=_intent_for(burst[0], words, asks) or words,
        output_channel=turn,
        sender_id=burst[0].conversation.reference,
        input_channel=burst[0].channel,
        message_id=str(burst[-1].pk),
        metadata={"asks": asks},
        parse_data=understood,
    )


def _words_of(text, asks):
    """A patient's own slash is cut off, so that nobody can call an intent by typing it.

    So is the keyword of a practice's poster, unless it may be an answer: it says where
    the text belongs and no more.
    """
    words = text.text.strip().lstrip("/ ")
    if not asks:
        words = words_to_understand(text.conversation, words)
    place = None if words else place_at(text.media)
    return place.name if place else words


def _intent_for(text, words, asks):
    """The intent of a text that is no words at all, or a keyword as a whole message.

    Rasa takes a text that begins with a slash for an intent.
    """
    if not words and not asks and is_only_keyword(text.conversation, text.text):
        return "/greet"
    if not words:
        return "/sent_picture" if text.media else "/sent_nothing"
    if is_opt_out(text.text):
        return "/opt_out"
    if is_opt_in(text.text, text.conversation):
        return "/opt_in"
    if is_start(text.text):
        return "/greet"
    return None
