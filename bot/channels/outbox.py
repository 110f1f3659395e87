"""The outbox of one bot process: sends what is queued, each text by its own channel.

A text is marked as being sent before its provider is called. Should this
process die in between, another asks the provider what became of it, where the
provider can tell; where none can, the text is not sent again, and the desk says so.
"""

import logging
import time

from bot.channels.channel import NotSent, PerhapsSent, TryLater
from bot.workers import Workers
from social_prescribing.conversations import Message, State
from social_prescribing.outbox import (
    Failure,
    claim_left_message,
    claim_message,
    conversations_to_send,
    is_unwelcome,
    leave_to_look_up,
    messages_to_remove_at_provider,
    record_not_sent,
    record_sent,
    seconds_until_next,
    take_slot,
    texts_to_send,
    try_later,
)

logger = logging.getLogger(__name__)

SWEEP_EVERY_SECONDS = 1
REMOVE_EVERY_SECONDS = 10
REMOVE_AGAIN_SECONDS = 60
# A sender mostly waits for its provider: Twilio takes some 100 ms for one text.
THREADS = 8


class Outbox:
    """Sends queued texts, those of one conversation in order.

    Args:
        channels: the open channels (OurChannel), each of which sends what it carries.
    """

    def __init__(self, channels):
        self._channels = {value: channel for channel in channels for value in channel.carries}
        self._workers = Workers(
            "sending",
            work=self.send_next,
            sweep=conversations_to_send,
            every=SWEEP_EVERY_SECONDS,
            threads=THREADS,
        )
        self._removers = Workers(
            "removing",
            work=self.remove_at_provider,
            sweep=messages_to_remove_at_provider,
            every=REMOVE_EVERY_SECONDS,
            threads=1,
        )

    def start(self):
        self._workers.start()
        self._removers.start()

    def stop(self):
        """Finish what is being sent; the rest stays queued."""
        self._workers.stop()
        self._removers.stop()

    def wake(self, conversation_id):
        """Have a conversation's queued texts sent now."""
        self._workers.wake(conversation_id)

    def send_next(self, conversation_id):
        """Send the next text of a conversation.

        Returns the seconds after which to call again, or None where nothing may be
        sent now.
        """
        waiting = texts_to_send(conversation_id)
        if not waiting:
            return None
        message, then = waiting[0], 0 if len(waiting) > 1 else None
        channel = self._channels.get(message.channel)
        if channel is None:
            return None
        if message.state == State.SENDING:
            return self._look_up(channel, message)
        if is_unwelcome(message):
            record_not_sent(message, Failure.OPTED_OUT)
            return then
        if (wait := _seconds_to_wait(channel, message)) > 0:
            return wait
        if not claim_message(message):
            return None  # it is due later, or another process has it
        try:
            self._record(message, channel.send)
        except PerhapsSent:
            leave_to_look_up(message)
        return then

    def _look_up(self, channel, message):
        """Ask what became of a text whose sender stopped midway."""
        if not claim_left_message(message):
            return None
        try:
            self._record(message, channel.find_sent)
        except PerhapsSent:
            record_not_sent(message, Failure.MAYBE_SENT)
        return 0

    def _record(self, message, ask_provider):
        """Have a text sent, or looked up, and record what the provider says."""
        try:
            sent = ask_provider(message)
        except NotSent as refusal:
            record_not_sent(message, refusal.failure, code=refusal.code)
        except TryLater as delay:
            logger.warning("Message %s is tried again later: %s", message.pk, delay)
            try_later(message, after=delay.after)
        else:
            if sent is None:
                try_later(message)
            else:
                record_sent(
                    message,
                    provider_id=sent.provider_id,
                    segments=sent.segments,
                    is_kept=sent.is_kept,
                )

    def remove_at_provider(self, message_id):
        """Have the provider forget the words of a message that is over; try again if it cannot."""
        message = Message.objects.get(pk=message_id)
        try:
            self._channels[message.channel].remove_text(message)
        except (TryLater, PerhapsSent):
            return REMOVE_AGAIN_SECONDS
        Message.objects.filter(pk=message_id).update(kept_by_provider=False)
        return None


def _seconds_to_wait(channel, message):
    """Keep to what the provider allows: so many a second in all, and to one patient."""
    if channel.pause:
        wait = seconds_until_next(message.conversation_id, pause=channel.pause)
        if wait > 0:
            return wait
    if channel.rate:
        time.sleep(take_slot(message.channel, rate=channel.rate))
    return 0
