"""The doctor says of each part whether it is ready, and why not."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from bot.channels.telegram import Telegram
from bot.channels.twilio import Twilio
from desk import doctor
from desk.doctor import State, examine
from social_prescribing.heartbeats import Heartbeat, beat, beat_the_clock
from tests.factories import a_contact_number
from tests.providers import telegram

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch, settings):
    for name in doctor.every_setting():
        if name != "BLETHER_STATE_DIR":
            monkeypatch.delenv(name, raising=False)
    # A port that nobody listens on: the bot is down.
    settings.BOT_URL = "http://127.0.0.1:9"


def found():
    """part → Finding."""
    return {finding.part: finding for finding in examine()}


def test_with_nothing_set_nothing_is_wrong():
    parts = found()
    assert not [finding for finding in parts.values() if finding.state is State.WRONG]
    assert parts["Telegram"].text == "not set up: TELEGRAM_TOKEN is not set"
    assert parts["Migrations"].state is State.READY
    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 0


def test_a_part_that_is_set_up_and_does_not_work_ends_with_code_1(monkeypatch, capsys):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 1
    assert "✗ Redis" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("part", "channel"), [("Telegram", Telegram), ("SMS and WhatsApp", Twilio)]
)
def test_what_the_doctor_misses_is_what_keeps_the_channel_closed(part, channel):
    assert channel().why_closed().split()[0] in found()[part].text


def test_telegrams_token_is_tried(monkeypatch):
    with telegram.StandIn() as stand_in:
        for name, value in stand_in.environment.items():
            monkeypatch.setenv(name, value)
        assert found()["Telegram"].text == "@blether_bot, asked for texts (polling)"
        monkeypatch.setenv("TELEGRAM_TOKEN", "1:another")
        wrong = found()["Telegram"]
    assert (wrong.state, "@BotFather" in wrong.text) == (State.WRONG, True)


def test_a_webhook_that_telegram_does_not_know_yet_is_told_of(monkeypatch):
    with telegram.StandIn() as stand_in:
        for name, value in stand_in.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PUBLIC_URL", telegram.PUBLIC_URL)
        assert "does not call" in found()["Telegram"].text
        stand_in.webhook = {"url": f"{telegram.PUBLIC_URL}/webhooks/telegram/webhook"}
        assert found()["Telegram"].state is State.READY


def test_a_provider_that_cannot_be_reached_is_told_of_without_the_token(monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", telegram.TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    finding = found()["Telegram"]
    assert finding.state is State.WRONG
    assert telegram.TOKEN not in finding.text


def test_half_of_twilios_settings_is_wrong_and_none_of_them_is_fine(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://blether.example")
    assert found()["SMS and WhatsApp"].state is State.OFF
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "0" * 32)
    finding = found()["SMS and WhatsApp"]
    assert (finding.state, "TWILIO_AUTH_TOKEN is not set" in finding.text) == (State.WRONG, True)


def test_a_clock_that_stopped_while_the_bot_runs_is_noticed(monkeypatch):
    assert "never ran" in found()["Clock"].text
    beat_the_clock()
    assert found()["Clock"].state is State.READY
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=3))
    assert found()["Clock"].state is State.OFF
    monkeypatch.setattr(doctor, "_bot_answers", lambda: True)
    assert found()["Clock"].state is State.WRONG
    beat("clock")
    assert found()["Clock"].state is State.READY


def test_the_simulated_gateway_is_open_for_the_demo_only(monkeypatch):
    assert found()["Simulated SMS"].state is State.OFF
    number = a_contact_number()
    number.is_demo = True
    number.save()
    assert found()["Simulated SMS"].state is State.READY
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "0" * 32)
    assert found()["Simulated SMS"].state is State.OFF
