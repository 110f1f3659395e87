"""The inbox of one bot process: what channels hand texts to, and what answers them.

A text is stored, once by its provider's id, before anything else happens to
it. Then it is answered elsewhere; a channel that can wait for the answer does,
and the others acknowledge and leave.
"""

import asyncio
import time

from django.db import InterfaceError, OperationalError
from sanic.exceptions import ServiceUnavailable as Unavailable

from bot.database import in_database
from social_prescribing.conversations import receive_message

# How long a page waits for its answer; what comes later it fetches.
ANSWER_WAITS_SECONDS = 20
# Twilio waits for 15 seconds and then asks nobody again: a restart of PostgreSQL is shorter.
DATABASE_MAY_BE_AWAY_SECONDS = 12
# Another process may be answering, and cannot tell us when it is done.
LOOK_AGAIN_SECONDS = 0.25


class Inbox:
    """Stores texts and has them answered.

    Args:
        after_answer: called with a conversation's id when replies to it were stored.
    """

    def __init__(self, *, after_answer=lambda conversation_id: None):
        self._after_answer = after_answer
        self._waiting = {}
        self._answering = None

    @property
    def is_answering(self):
        """Whether texts are answered yet; they are stored in any case."""
        return self._answering is not None and self._answering.is_ready

    def start(self, answering):
        """Have texts answered by an Answering or an AnsweringProcess."""
        self._answering = answering
        answering.start(self._note_answer)

    def stop(self):
        """Finish the turn under way; the rest stays stored."""
        if self._answering:
            self._answering.stop()

    async def accept(self, read, request):
        """Store what a request holds and have it answered. Returns `(message, is_new)`.

        Args:
            read: turns the request into an Inbound, or None where it holds no text;
                runs where it may use the database.
        """
        message, is_new = await _store_patiently(read, request)
        if is_new and self._answering:
            self._answering.wake(message.conversation_id)
        return message, is_new

    async def answer(self, read, request):
        """Store what a request holds and wait for the answer. Returns the replies (Message).

        A text that came before under the same id is not answered again: the
        replies to the first copy are returned.
        """
        message, _ = await self.accept(read, request)
        await self._wait_until_answered(message)
        return await in_database(_replies_to, message)

    async def _wait_until_answered(self, message):
        deadline = time.monotonic() + ANSWER_WAITS_SECONDS
        while time.monotonic() < deadline:
            answered = asyncio.get_running_loop().create_future()
            waiting = self._waiting.setdefault(message.pk, set())
            waiting.add(answered)
            try:
                if await in_database(_is_answered, message):
                    return
                await asyncio.wait_for(answered, LOOK_AGAIN_SECONDS)
                return
            except asyncio.TimeoutError:
                pass
            finally:
                waiting.discard(answered)
                if not waiting:
                    self._waiting.pop(message.pk, None)

    def _note_answer(self, conversation_id, text_ids):
        for text_id in text_ids:
            for answered in list(self._waiting.get(text_id, ())):
                answered.get_loop().call_soon_threadsafe(_tell, answered)
        self._after_answer(conversation_id)


async def _store_patiently(read, request):
    """Store a text, though the database be away for a moment.

    Raises:
        Unavailable: it was away for longer than a provider waits.
    """
    deadline = time.monotonic() + DATABASE_MAY_BE_AWAY_SECONDS
    while True:
        try:
            return await in_database(_store, read, request)
        except (InterfaceError, OperationalError) as error:
            if time.monotonic() > deadline:
                raise Unavailable("The database cannot be reached") from error
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


def _store(read, request):
    inbound = read(request)
    return (None, False) if inbound is None else receive_message(inbound)


def _is_answered(message):
    message.refresh_from_db(fields=["answered_at"])
    return message.answered_at is not None


def _replies_to(message):
    # A burst is answered once; the answer hangs on its last text.
    replies = list(message.replies.all())
    if replies or message.answered_at is None:
        return replies
    later = message.conversation.messages.filter(
        pk__gt=message.pk, answered_at=message.answered_at, replies__isnull=False
    ).first()
    return list(later.replies.all()) if later else []


def _tell(answered):
    if not answered.done():
        answered.set_result(None)


def as_json(reply):
    """One stored reply as the web chat and the simulated SMS give it."""
    return {
        "id": reply.pk,
        "text": reply.text,
        "asks": reply.asks or None,
        "options": reply.options,
    }
