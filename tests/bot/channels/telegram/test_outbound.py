"""What goes out by Telegram: quick replies, and texts on its bad days."""

import time
from datetime import timedelta

import pytest

from social_prescribing.conversations import Channel, Message, State, find_or_start_conversation
from social_prescribing.outbox import Failure, send_text
from tests.bot.channels.messages import inbound, until
from tests.providers import telegram


def written(patient, text="Is it OK to ring?", **given):
    """A text of ours to a patient, queued."""
    conversation = find_or_start_conversation(channel=Channel.TELEGRAM, address=str(patient))
    return send_text(conversation, text, **given)


def state_of(message):
    message.refresh_from_db()
    return message.state


# ------------------------------------------------------------ quick replies


def test_quick_replies_are_buttons_and_pressing_one_is_a_text(bot, stand_in, patient):
    bot.answer()
    question = written(patient, options=["Yes", "No"], asks="voicemail")
    stand_in.wait_for(patient)
    stand_in.press(patient, "No")
    until(lambda: bot.processor.heard == ["No"])
    until(lambda: stand_in.called("answerCallbackQuery"))
    until(lambda: stand_in.called("editMessageReplyMarkup"))
    assert inbound().get().text == "No"
    assert state_of(question) == State.SENT


def test_a_button_pressed_twice_or_the_other_one_after_it_counts_once(bot, stand_in, patient):
    bot.answer()
    written(patient, options=["Yes", "No"], asks="voicemail")
    stand_in.wait_for(patient)
    for words in ("Yes", "Yes", "No"):
        assert stand_in.press(patient, words).status_code == 200
    assert [message.text for message in inbound()] == ["Yes"]
    until(lambda: len(stand_in.called("answerCallbackQuery")) == 3)


def test_a_button_of_a_question_that_is_past_answers_nothing(bot, stand_in, patient):
    """An old "yes" must never answer "is it safe to ring?"."""
    bot.answer()
    written(patient, options=["Yes", "No"], asks="voicemail")
    stand_in.wait_for(patient)
    written(patient, "Is it safe to ring?", asks="safe_contact")
    stand_in.wait_for(patient, 2)
    stand_in.press(patient, "Yes")
    until(lambda: stand_in.called("answerCallbackQuery"))
    assert "answered that one" in stand_in.called("answerCallbackQuery")[0]["text"]
    assert not inbound().exists()


@pytest.mark.parametrize("data", ["", "x", "1:9", "999999:0", "-1:0", "1:0:0"])
def test_a_button_that_is_not_ours_is_nothing(bot, stand_in, patient, data):
    written(patient, options=["Yes"])
    press = {"id": "1", "from": telegram._person(patient), "chat_instance": "1", "data": data,
             "message": stand_in._message(patient, text="?")}  # fmt: skip
    assert stand_in.deliver({"callback_query": press}).status_code == 200
    assert not inbound().exists()


def test_another_patients_button_is_nothing(bot, stand_in, patient):
    question = written(patient, options=["Yes"])
    press = {"id": "1", "from": telegram._person(patient + 1), "chat_instance": "1"}
    press |= {"data": f"{question.pk}:0", "message": stand_in._message(patient + 1, text="?")}
    stand_in.deliver({"callback_query": press})
    assert not inbound().exists()


def test_long_quick_replies_in_any_language_fit_and_stand_under_each_other(bot, stand_in, patient):
    bot.answer()
    options = [
        "حالتك النفسية وكل ما يتعلق بالقلق والنوم والاكتئاب",
        "بيتك والإيجار والتدفئة",
        "كلاهما",
    ]
    written(patient, options=options, asks="need")
    stand_in.wait_for(patient)
    (taken,) = stand_in.taken
    assert list(taken.buttons) == options
    assert len(taken.keyboard["inline_keyboard"]) == 3


def test_asked_for_a_number_the_patient_may_share_it_with_one_tap(bot, stand_in, patient):
    bot.answer()
    written(patient, "What number should they ring?", asks="phone")
    stand_in.wait_for(patient)
    written(patient, "Thanks.")
    stand_in.wait_for(patient, 2)
    asked, after = stand_in.taken
    assert asked.asks_for_contact
    assert after.keyboard == {"remove_keyboard": True}


# ------------------------------------------------------------ what goes out


def test_one_patient_gets_a_text_a_second_and_in_order(bot, stand_in, patient):
    bot.answer()
    for number in range(3):
        written(patient, f"text {number}")
    assert stand_in.wait_for(patient, 3) == ["text 0", "text 1", "text 2"]
    assert not stand_in.complaints


def test_forty_patients_at_once_get_their_texts_within_the_limit(bot, stand_in):
    for number in range(40):
        written(9000 + number, "hello")
    bot.answer()
    until(lambda: len(stand_in.taken) == 40, seconds=20)
    assert not stand_in.complaints
    assert len({taken.chat for taken in stand_in.taken}) == 40


def test_when_telegram_asks_for_a_pause_it_gets_it(bot, stand_in, patient):
    stand_in.bad_days.append("flood")
    stand_in.retry_after = 2
    message = written(patient)
    began = time.monotonic()
    bot.answer()
    stand_in.wait_for(patient)
    assert time.monotonic() - began >= 2
    until(lambda: state_of(message) == State.SENT)


@pytest.mark.parametrize("bad_day", [500, 502, 504])
def test_a_fault_at_telegram_is_tried_again(bot, stand_in, patient, bad_day):
    stand_in.bad_days.append(bad_day)
    message = written(patient)
    bot.answer()
    assert stand_in.wait_for(patient) == ["Is it OK to ring?"]
    until(lambda: state_of(message) == State.SENT)


@pytest.mark.parametrize("bad_day", ["drop", "slow"])
def test_a_text_that_may_have_arrived_is_not_sent_again(
    bot, stand_in, patient, bad_day, monkeypatch
):
    monkeypatch.setattr("social_prescribing.outbox.LOOK_UP_AFTER", timedelta(0))
    stand_in.slow_seconds = 2
    stand_in.bad_days.append(bad_day)
    message = written(patient)
    bot.answer()
    until(lambda: state_of(message) == State.FAILED, seconds=20)
    assert message.failure == Failure.MAYBE_SENT
    assert stand_in.sent_to(patient) == ["Is it OK to ring?"]


@pytest.mark.parametrize(
    ("who", "failure"), [("blocked", Failure.BLOCKED), ("gone", Failure.ACCOUNT_GONE)]
)
def test_a_patient_who_blocked_us_or_left_telegram_is_told_of_in_plain_words(
    bot, stand_in, patient, who, failure
):
    getattr(stand_in, who).add(patient)
    message = written(patient)
    bot.answer()
    until(lambda: state_of(message) == State.FAILED)
    assert (message.failure, message.failure_code) == (failure, "403")
    assert stand_in.taken == []


def test_a_token_that_telegram_does_not_know_keeps_texts_waiting(
    bot, stand_in, patient, monkeypatch
):
    monkeypatch.setattr(telegram, "TOKEN", "another")
    message = written(patient)
    bot.answer()
    until(lambda: Message.objects.filter(attempts=1, state=State.QUEUED).exists())
    assert message.failure == ""
