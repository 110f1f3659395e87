"""A bot that receives, answers and sends for real; only what it says is an echo."""

import asyncio
import socket
import threading
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
import requests
from sanic import Sanic

from bot.answering import Answering
from bot.channels.inbox import Inbox
from bot.channels.outbox import Outbox
from bot.channels.twilio import Twilio
from tests.factories import a_contact_number, a_practice
from tests.providers import telegram, twilio
from tests.providers.twilio_wire import CONTACT_NUMBER

_number = count(1)
# Sanic rewrites its own methods at each start, and only in this mode can do so twice.
Sanic.test_mode = True


class EchoProcessor:
    """Stands where Rasa's processor does: says back what it is told."""

    tracker_store = None

    def __init__(self):
        self.heard = []
        self.failures = []

    async def parse_message(self, message):
        return {"text": message.text, "intent": {"name": "tell_need", "confidence": 1.0}}

    async def handle_message(self, message):
        self.heard.append(message.text)
        if self.failures:
            raise self.failures.pop()
        await message.output_channel.send_response(
            message.sender_id,
            {"text": f"You said: {message.text}", "utter_action": "utter_ask_need"},
        )


class Bot:
    """A running bot: its address, and what stands behind it."""

    def __init__(self, channels):
        self.processor = EchoProcessor()
        self.app = Sanic(f"bot_for_tests_{next(_number)}", configure_logging=False)
        self.app.ctx.input_channels = channels
        self.outbox = self.app.ctx.outbox = Outbox(channels)
        self.inbox = self.app.ctx.inbox = Inbox(after_answer=self.outbox.wake)
        for channel in channels:
            routes = channel.blueprint(None)
            self.app.blueprint(routes, url_prefix=f"/webhooks/{channel.url_prefix()}")
        self._loop = asyncio.new_event_loop()

    def start(self):
        up = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(up,), daemon=True)
        self._thread.start()
        assert up.wait(10)

    def answer(self):
        """Begin to answer and to send."""
        self.outbox.start()
        self.inbox.start(Answering(SimpleNamespace(processor=self.processor, domain=None)))

    def stop(self):
        self.inbox.stop()
        self.outbox.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def post(self, path, **given):
        return requests.post(self.url + path, timeout=15, **given)

    def get(self, path):
        return requests.get(self.url + path, timeout=15)

    def _run(self, up):
        asyncio.set_event_loop(self._loop)
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = self._loop.run_until_complete(
            self.app.create_server(sock=listening, return_asyncio_server=True)
        )
        self._loop.run_until_complete(server.startup())
        self._loop.run_until_complete(server.start_serving())
        self._loop.run_until_complete(server.after_start())
        up.set()
        self._loop.run_forever()
        self._loop.run_until_complete(server.before_stop())
        server.close()
        listening.close()


@pytest.fixture
def start_bot(transactional_db, monkeypatch):
    """Start a bot with some channels; stopped at the end. It pauses less than one in earnest."""
    monkeypatch.setattr("social_prescribing.inbox.FIRST_PAUSE", timedelta(seconds=0.1))
    monkeypatch.setattr("bot.answering.SWEEP_EVERY_SECONDS", 0.2)
    running = []

    def start(*channels):
        bot = Bot(list(channels))
        bot.start()
        running.append(bot)
        return bot

    yield start
    for bot in running:
        bot.stop()


@pytest.fixture
def contact_number(transactional_db):
    return a_contact_number(a_practice(), e164=CONTACT_NUMBER)


@pytest.fixture
def twilio_stand_in(monkeypatch):
    with twilio.StandIn("") as stand_in:
        for name, value in stand_in.environment.items():
            monkeypatch.setenv(name, value)
        yield stand_in


@pytest.fixture
def telegram_stand_in(monkeypatch):
    """Telegram that reaches the bot by its webhook."""
    with telegram.StandIn() as stand_in:
        for name, value in stand_in.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PUBLIC_URL", telegram.PUBLIC_URL)
        yield stand_in


@pytest.fixture
def bot(start_bot, contact_number, twilio_stand_in, settings):
    """A bot on Twilio's stand-in, which knows where it listens. It does not answer yet."""
    settings.QUIET_SECONDS = {"sms": 0.2, "whatsapp": 0.2}
    started = start_bot(Twilio())
    twilio_stand_in.bot = started.url
    return started
