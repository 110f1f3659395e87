"""Our side of Telegram's API: sending, and being told of updates, in a thread of its own.

python-telegram-bot is asynchronous, and the outbox sends from threads; one
event loop in one thread serves them all and keeps the connections open.
"""

import asyncio
import logging
import os
import secrets
import threading

import httpx
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from telegram import Bot, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.channel import NotSent, PerhapsSent, Sent, TryLater
from bot.channels.requests import BadRequest as CannotBeRead
from bot.database import in_database
from bot.words import first_wording
from social_prescribing.conversations import Channel
from social_prescribing.outbox import Failure
from social_prescribing.polling import release_poll, take_poll

logger = logging.getLogger(__name__)

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
# Telegram may send over several connections at once, and then a patient's texts overtake each
# other; over one they come in order, and each is acknowledged in milliseconds.
CONNECTIONS = 1
ANSWERS_WITHIN_SECONDS = 10
POLL_SECONDS = 20
NOT_OUR_TURN_SECONDS = 5
FIRST_PAUSE, LONGEST_PAUSE = 1, 60
# An update that cannot be taken after so many tries must not hold up all that come after it.
MOST_TRIES = 5
LONGEST_TEXT = 4096
# How long a group that we left is not told again why.
TOLD_SECONDS = 7 * 24 * 60 * 60

# The request never reached Telegram. After any other broken connection nobody knows.
NOT_HANDED_OVER = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

# Telegram tells its reasons in words only: https://core.telegram.org/bots/api#making-requests
GONE = ("deactivated", "chat not found")


def secret():
    """What Telegram shows us with each update: TELEGRAM_SECRET, or one of this installation's own.

    Telegram allows letters, digits, _ and - in it.
    """
    own = salted_hmac("telegram webhook", os.environ.get("TELEGRAM_TOKEN", ""))
    return os.environ.get("TELEGRAM_SECRET") or own.hexdigest()


class TelegramBot:
    """One bot of TELEGRAM_TOKEN. Its methods may be called from any thread."""

    def __init__(self):
        self._lock = threading.Lock()
        self._loop = self._bot = self._listening = None
        self._name = secrets.token_hex(8)

    @property
    def id(self):
        """The bot's own number: updates are numbered for each bot anew."""
        return os.environ["TELEGRAM_TOKEN"].partition(":")[0]

    def start(self, take):
        """Have Telegram tell us of updates: by the webhook with PUBLIC_URL, else by polling.

        Args:
            take: an async function that stores one telegram.Update.
        """
        public = os.environ.get("PUBLIC_URL")
        listening = self._set_webhook(public) if public else self._poll(take)
        self._listening = self._soon(listening)

    def stop(self):
        """Ask for no more updates. What was sent is sent."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is None:
            return
        if self._listening:
            self._listening.cancel()
        loop.call_soon_threadsafe(loop.stop)
        release_poll(Channel.TELEGRAM, self._name)

    def send(self, chat, text, *, keyboard=None):
        """Send one text. Returns Sent.

        Raises:
            NotSent, TryLater, PerhapsSent
        """
        sending = self._open().send_message(
            chat,
            text[:LONGEST_TEXT],
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        try:
            taken = asyncio.run_coroutine_threadsafe(sending, self._loop).result()
        except TelegramError as error:
            raise in_our_terms(error) from error
        return Sent(provider_id=f"message:{chat}:{taken.message_id}")

    def answer_press(self, press, note, *, message=None):
        """Tell a patient's app that the button was taken, and take the buttons away.

        Args:
            press: the id of the callback query.
            note: what the app shows for a moment.
            message: `(chat, message_id)` of the text with the buttons.
        """
        bot = self._open()
        self._soon(_kindly(bot.answer_callback_query(press, text=note[:200])))
        if message:
            chat, number = message
            self._soon(_kindly(bot.edit_message_reply_markup(chat_id=chat, message_id=number)))

    def leave_group(self, chat):
        """Say once, politely, that we talk one to one only, and leave."""
        if cache.add(f"telegram-group:{chat}", 1, timeout=TOLD_SECONDS):
            self._soon(self._say_and_leave(chat))

    async def _say_and_leave(self, chat):
        bot = self._open()
        await _kindly(bot.send_message(chat, first_wording("utter_private_only")))
        await _kindly(bot.leave_chat(chat))

    # ------------------------------------------------------------ the thread

    def _open(self):
        """The library's bot, with its thread running."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._bot = _library_bot()
                threading.Thread(
                    target=self._loop.run_forever, name="telegram", daemon=True
                ).start()
            return self._bot

    def _soon(self, coroutine):
        self._open()
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    # -------------------------------------------------------- being told of updates

    async def _set_webhook(self, public):
        """Tell Telegram where we are, as often as it takes."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._bot.set_webhook(
                    f"{public.rstrip('/')}/webhooks/telegram/webhook",
                    secret_token=secret(),
                    allowed_updates=UPDATES,
                    max_connections=CONNECTIONS,
                )
                return
            except TelegramError as error:
                logger.warning("Telegram did not take our address: %s", error)
                pause = await _wait(pause, error)

    async def _poll(self, take):
        """Ask for updates, one process of all at a time."""
        offset, pause, has_webhook = None, FIRST_PAUSE, None
        while True:
            try:
                if not await in_database(take_poll, Channel.TELEGRAM, self._name):
                    await asyncio.sleep(NOT_OUR_TURN_SECONDS)
                    offset = has_webhook = None
                    continue
                if has_webhook is None:
                    has_webhook = await self._remove_webhook()
                updates = await self._bot.get_updates(
                    offset=offset, timeout=POLL_SECONDS, allowed_updates=UPDATES
                )
                for update in updates:
                    await self._take(take, update)
                    # Telegram forgets what is before the offset of the next call: only then.
                    offset = update.update_id + 1
                pause = FIRST_PAUSE
            except Conflict:
                # Another program polls with our token, or set a webhook.
                logger.warning("Another program asks Telegram for this bot's updates")
                pause, has_webhook = await _wait(LONGEST_PAUSE), None
            except TelegramError as error:
                logger.warning("Telegram gave us no updates: %s", error)
                pause = await _wait(pause, error)
            except Exception:
                logger.exception("Telegram's updates could not be taken")
                pause = await _wait(pause)

    async def _remove_webhook(self):
        """While one is set, Telegram gives no updates to who asks."""
        webhook = await self._bot.get_webhook_info()
        if webhook.url:
            logger.warning("Polling Telegram: PUBLIC_URL is not set, so its webhook is taken away")
            await self._bot.delete_webhook()
        return False

    async def _take(self, take, update):
        pause = FIRST_PAUSE
        for _ in range(MOST_TRIES):
            try:
                await take(update)
                return
            except CannotBeRead as error:
                logger.warning("Update %s cannot be read: %s", update.update_id, error)
                return
            except Exception:
                logger.exception("Update %s could not be stored", update.update_id)
                pause = await _wait(pause)
        raise RuntimeError(f"Update {update.update_id} could not be stored")


def _library_bot():
    stand_in = os.environ.get("TELEGRAM_API_URL", "").rstrip("/")
    # A stand-in on this machine is reached directly, whatever proxy the network wants.
    kind = {"httpx_kwargs": {"trust_env": False}} if stand_in else {}

    def connections():
        return HTTPXRequest(
            connection_pool_size=16,
            read_timeout=ANSWERS_WITHIN_SECONDS,
            pool_timeout=ANSWERS_WITHIN_SECONDS,
            **kind,
        )

    where = {"base_url": f"{stand_in}/bot"} if stand_in else {}
    return Bot(
        os.environ["TELEGRAM_TOKEN"],
        request=connections(),
        get_updates_request=connections(),
        **where,
    )


def in_our_terms(error):
    """What a refusal of Telegram's, or a broken connection, means for the text."""
    words = str(error).casefold()
    if isinstance(error, RetryAfter):
        return TryLater("Telegram asks for a pause", after=_seconds(error))
    if isinstance(error, InvalidToken):
        return TryLater("Telegram does not know TELEGRAM_TOKEN", after=LONGEST_PAUSE)
    if isinstance(error, (Forbidden, BadRequest)) and any(reason in words for reason in GONE):
        return NotSent(Failure.ACCOUNT_GONE, code=_code(error))
    if isinstance(error, Forbidden):
        return NotSent(Failure.BLOCKED, code=_code(error))
    if isinstance(error, BadRequest):
        return NotSent(Failure.REFUSED, code=_code(error))
    if isinstance(error.__cause__, httpx.HTTPError):
        handed_over = not isinstance(error.__cause__, NOT_HANDED_OVER)
        return PerhapsSent() if handed_over else TryLater("Telegram cannot be reached")
    if isinstance(error, NetworkError):
        return TryLater("Telegram has a fault")
    return NotSent(Failure.OTHER)


def _code(error):
    return "403" if isinstance(error, Forbidden) else "400"


def _seconds(error):
    after = error.retry_after
    return after.total_seconds() if hasattr(after, "total_seconds") else after


async def _kindly(call):
    """A courtesy: where it fails, nobody misses anything."""
    try:
        await call
    except TelegramError as error:
        logger.info("Telegram refused a courtesy: %s", error)


async def _wait(pause, error=None):
    """Wait, as long as Telegram asks or as long as given. Returns twice as long for next time."""
    await asyncio.sleep(_seconds(error) if isinstance(error, RetryAfter) else pause)
    return min(pause * 2, LONGEST_PAUSE)
