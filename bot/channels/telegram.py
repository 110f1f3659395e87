"""Telegram: `/webhooks/telegram/webhook`, or polling on a machine with no public address.

Telegram calls the webhook with a secret of ours in a header; without PUBLIC_URL
it cannot reach us, and one of our processes asks it for updates instead. Both
ways go through the same `read`, so an update that comes by both is stored once.
"""

import hmac
import os
from urllib.parse import urlsplit

from sanic.response import json

from bot.channels.channel import Forged, OurChannel, TryLater
from bot.channels.requests import read_json
from bot.channels.telegram_bot import TelegramBot, secret
from bot.channels.telegram_keyboards import keyboard_for
from bot.channels.telegram_updates import parse_update, read_update
from bot.database import in_database
from social_prescribing.conversations import Channel

THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class Telegram(OurChannel):
    """One Telegram bot; patients talk to it in private chats only."""

    carries = (Channel.TELEGRAM,)
    waits = False
    # Telegram's limits are 30 a second and one a second to one patient; a little below in all,
    # for what goes out evenly can arrive bunched. https://core.telegram.org/bots/faq
    rate, pause = 25, 1

    def __init__(self):
        self._bot = TelegramBot()

    @classmethod
    def name(cls):
        return "telegram"

    def why_closed(self):
        if not os.environ.get("TELEGRAM_TOKEN"):
            return "TELEGRAM_TOKEN is not set"
        stand_in = os.environ.get("TELEGRAM_API_URL")
        if stand_in and urlsplit(stand_in).hostname not in THIS_MACHINE:
            return "TELEGRAM_API_URL may only name a stand-in on this machine"
        return None

    def read(self, request):
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret().encode()):
            raise Forged("The secret is not the one that we gave Telegram")
        return self._read_update(parse_update(read_json(request)))

    def answer(self, request, replies):
        return json({})

    def send(self, message):
        if reason := self.why_closed():
            raise TryLater(reason)
        return self._bot.send(
            message.conversation.address, message.text, keyboard=keyboard_for(message)
        )

    def add_routes(self, routes):
        @routes.listener("after_server_start")
        async def start(app, _):
            if self.why_closed() is None:
                self._bot.start(lambda update: app.ctx.inbox.accept(self._read_update, update))

        @routes.listener("before_server_stop")
        async def stop(app, _):
            await in_database(self._bot.stop)

    def _read_update(self, update):
        return read_update(update, bot=self._bot)
