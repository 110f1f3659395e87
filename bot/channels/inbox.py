"""From an inbound text to its stored replies, the same for every channel.

The text is stored before it is understood, and the replies before they are
sent, so that neither is lost and a repeated text is answered once.
"""

import asyncio
import logging

from asgiref.sync import sync_to_async
from django.utils import timezone
from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.words import first_wording
from social_prescribing.consent import is_opt_in, is_opt_out
from social_prescribing.conversations import open_question, receive_message, send_reply

logger = logging.getLogger(__name__)

# A response named utter_ask_X, or utter_ask_X__variation, waits for X.
ASK = "utter_ask_"
# What an opted-out patient still gets: help in danger, and word of the opting itself.
SENT_ALTHOUGH_OPTED_OUT = ("utter_danger_", "utter_stopped", "utter_started")
# How long a repeat waits for the answer to the first copy of a text.
REPEAT_WAITS_SECONDS = 10


class Replies(OutputChannel):
    """Stores what the bot says in answer to one inbound message."""

    def __init__(self, channel_name, message):
        self._channel_name = channel_name
        self._message = message
        self.is_empty = True

    def name(self):
        return self._channel_name

    async def send_response(self, recipient_id, message):
        """Store one reply, with what it asks and its quick replies."""
        response = message.get("utter_action") or ""
        self.is_empty = False
        await sync_to_async(self._store)(
            response, message["text"], [b["title"] for b in message.get("buttons") or []]
        )

    def _store(self, response, text, options):
        conversation = self._message.conversation
        conversation.refresh_from_db(fields=["opted_out_at"])
        if conversation.opted_out_at and not response.startswith(SENT_ALTHOUGH_OPTED_OUT):
            return
        send_reply(self._message, text, asks=asked_by(response), options=options)


def asked_by(response):
    """The name of what a response waits for, or an empty text."""
    if not response.startswith(ASK):
        return ""
    return response.removeprefix(ASK).partition("__")[0]


async def answer_inbound(inbound, on_new_message):
    """Store, understand and answer one text. Returns its stored replies (Message), in order.

    A text that came before under the same provider's id is not answered again:
    the replies to the first copy are returned.
    """
    message, is_new = await sync_to_async(receive_message)(inbound)
    if not is_new:
        await _wait_until_answered(message)
        return await _replies_to(message)
    replies = Replies(inbound.channel, message)
    try:
        await on_new_message(await sync_to_async(_for_rasa)(message, replies))
    except Exception:
        logger.exception("Message %s could not be answered", message.pk)
    if replies.is_empty:
        await sync_to_async(send_reply)(message, first_wording("utter_could_not_answer"))
    message.answered_at = timezone.now()
    await message.asave(update_fields=["answered_at"])
    return await _replies_to(message)


def as_json(reply):
    """One stored reply as the web chat and the simulated SMS give it."""
    return {
        "id": reply.pk,
        "text": reply.text,
        "asks": reply.asks or None,
        "options": reply.options,
    }


def _for_rasa(message, replies):
    """What Rasa is given: the text, or an intent where the text is not to be understood."""
    return UserMessage(
        text=_intent_for(message) or message.text.strip().lstrip("/ "),
        output_channel=replies,
        sender_id=message.conversation.reference,
        input_channel=message.channel,
        metadata={"asks": open_question(message.conversation)},
    )


def _intent_for(message):
    """The intent of a text that is no words at all, or a keyword as a whole message.

    Rasa takes a text that begins with a slash for an intent. A patient's own
    slash is cut off, so that nobody can call an intent by typing it.
    """
    if not message.text.strip("/ \n\t\r"):
        return "/sent_picture" if message.media else "/sent_nothing"
    if is_opt_out(message.text):
        return "/opt_out"
    if is_opt_in(message.text) and message.conversation.opted_out_at:
        return "/opt_in"
    return None


async def _wait_until_answered(message):
    for _ in range(REPEAT_WAITS_SECONDS * 10):
        await message.arefresh_from_db(fields=["answered_at"])
        if message.answered_at:
            return
        await asyncio.sleep(0.1)


async def _replies_to(message):
    return [reply async for reply in message.replies.all()]
