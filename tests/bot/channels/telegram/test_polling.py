"""A bot that Telegram cannot reach asks it for texts."""

import time

import pytest

from bot.channels.telegram import Telegram
from social_prescribing.conversations import Channel
from social_prescribing.polling import take_poll
from tests.bot.channels.messages import inbound, until


def test_without_a_public_address_the_bot_asks_for_texts(polling_bot, stand_in, patient):
    polling_bot.answer()
    stand_in.text(patient, "am skint")
    assert stand_in.wait_for(patient) == ["You said: am skint"]
    stand_in.text(patient, "thanks")
    stand_in.wait_for(patient, 2)
    assert not stand_in.complaints


def test_an_update_that_is_given_twice_by_polling_is_answered_once(polling_bot, stand_in, patient):
    polling_bot.answer()
    stand_in.deliver({"message": stand_in._message(patient, text="am skint")}, repeats=3)
    stand_in.wait_for(patient)
    time.sleep(0.4)
    assert polling_bot.processor.heard == ["am skint"]


def test_a_webhook_of_before_is_taken_away_when_the_bot_polls(start_bot, stand_in, patient):
    stand_in.webhook = {"url": "https://old.example/webhooks/telegram/webhook"}
    bot = start_bot(Telegram())
    until(lambda: not stand_in.webhook)
    bot.answer()
    stand_in.text(patient, "am skint")
    stand_in.wait_for(patient)


def test_an_update_of_another_kind_does_not_hold_up_those_after_it(polling_bot, stand_in, patient):
    polling_bot.answer()
    stand_in.deliver({"a_kind_that_telegram_added_yesterday": {"id": 5}})
    stand_in.deliver({"message": stand_in._message(patient, new_chat_title="x")})
    stand_in.text(patient, "am skint")
    stand_in.wait_for(patient)


@pytest.mark.django_db
def test_of_several_processes_one_polls_and_another_takes_over(settings):
    assert take_poll(Channel.TELEGRAM, "one")
    assert not take_poll(Channel.TELEGRAM, "two")
    assert take_poll(Channel.TELEGRAM, "one"), "it keeps its turn"


def test_two_bots_side_by_side_take_turns_at_polling(start_bot, stand_in, patient):
    for bot in (start_bot(Telegram()), start_bot(Telegram())):
        bot.answer()
    for number in range(3):
        stand_in.text(patient + number, "am skint")
        stand_in.wait_for(patient + number)
    time.sleep(1)
    assert not stand_in.complaints
    assert inbound().count() == 3
