"""A bot on Telegram's stand-in: called by a webhook, or asking by itself."""

from itertools import count

import pytest

from bot.channels.telegram import Telegram
from tests.bot.channels.messages import until
from tests.providers import telegram

_patient = count(5000)


@pytest.fixture
def patient():
    return next(_patient)


@pytest.fixture
def stand_in(monkeypatch, settings):
    settings.QUIET_SECONDS = {"telegram": 0.2}
    with telegram.StandIn() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("PUBLIC_URL", raising=False)
        yield running


@pytest.fixture
def bot(start_bot, stand_in, monkeypatch):
    """A bot with a webhook at the stand-in. It does not answer yet."""
    monkeypatch.setattr("bot.channels.telegram_bot.ANSWERS_WITHIN_SECONDS", 1)
    monkeypatch.setenv("PUBLIC_URL", telegram.PUBLIC_URL)
    started = start_bot(Telegram())
    stand_in.bot = started.url
    until(lambda: stand_in.webhook)
    return started


@pytest.fixture
def polling_bot(start_bot, stand_in):
    """A bot that Telegram cannot reach, so it asks."""
    return start_bot(Telegram())
