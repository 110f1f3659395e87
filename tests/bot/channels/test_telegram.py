"""Telegram, through the real library and a stand-in that speaks its wire format."""

import time
from datetime import timedelta
from itertools import count

import pytest

from bot.channels.telegram import Telegram
from social_prescribing.conversations import (
    Channel,
    Conversation,
    Direction,
    Message,
    State,
    find_or_start_conversation,
)
from social_prescribing.outbox import Failure, send_text
from social_prescribing.polling import take_poll
from tests.factories import a_practice
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


def until(holds, *, seconds=10):
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.02)


def inbound():
    return Message.objects.filter(direction=Direction.INBOUND)


def written(patient, text="Is it OK to ring?", **given):
    """A text of ours to a patient, queued."""
    conversation = find_or_start_conversation(channel=Channel.TELEGRAM, address=str(patient))
    return send_text(conversation, text, **given)


def state_of(message):
    message.refresh_from_db()
    return message.state


# ------------------------------------------------------------ what comes in


def test_telegram_is_told_our_address_and_the_secret_at_start(bot, stand_in):
    assert stand_in.webhook["url"] == "https://blether.example/webhooks/telegram/webhook"
    assert stand_in.webhook["secret_token"] == telegram.SECRET
    assert "callback_query" in stand_in.webhook["allowed_updates"]


def test_a_text_is_stored_acknowledged_and_answered(bot, stand_in, patient):
    bot.answer()
    assert stand_in.text(patient, "am skint").status_code == 200
    assert stand_in.wait_for(patient) == ["You said: am skint"]
    until(lambda: set(Message.objects.exclude(state="").values_list("state")) == {("sent",)})
    assert not stand_in.complaints


@pytest.mark.parametrize("secret", ["", "another-secret", telegram.SECRET + "x"])
def test_what_does_not_know_the_secret_is_refused_and_nothing_of_it_stored(
    bot, stand_in, patient, secret
):
    update = {"message": stand_in._message(patient, text="am skint")}
    response = stand_in.call_webhook({"update_id": 1, **update}, secret=secret)
    assert response.status_code == 403
    assert not Conversation.objects.exists()


def test_without_a_secret_of_the_settings_the_installations_own_is_used(
    bot, stand_in, patient, monkeypatch
):
    monkeypatch.delenv("TELEGRAM_SECRET")
    update = {"update_id": 1, "message": stand_in._message(patient, text="am skint")}
    for guess in ("", telegram.SECRET, telegram.TOKEN):
        assert stand_in.call_webhook(update, secret=guess).status_code == 403
    assert not Conversation.objects.exists()


def test_an_update_that_comes_again_is_acknowledged_and_does_nothing(bot, stand_in, patient):
    bot.answer()
    update = {"message": stand_in._message(patient, text="am skint")}
    for _ in range(3):
        assert stand_in.deliver(update, update_id=77).status_code == 200
    stand_in.wait_for(patient)
    time.sleep(0.4)
    assert bot.processor.heard == ["am skint"]


@pytest.mark.parametrize(
    "body",
    [{}, {"update_id": "1"}, {"update_id": 1, "message": 5}, {"update_id": 1, "message": {}}],
)
def test_what_is_no_update_is_refused_in_words(bot, stand_in, body):
    response = stand_in.call_webhook(body)
    assert response.status_code == 400
    assert response.json()["error"]


def test_a_mended_text_is_a_new_text_marked_so_and_kept_once(bot, stand_in, patient):
    stand_in.text(patient, "ring me on 07700 900123")
    edit = {"edited_message": stand_in._message(patient, text="ring me on 07700 900124")}
    for _ in range(2):
        stand_in.deliver(edit, update_id=99)
    first, mended = inbound()
    assert (first.text, first.is_correction) == ("ring me on 07700 900123", False)
    assert (mended.text, mended.is_correction) == ("ring me on 07700 900124", True)


def test_start_by_a_practices_link_tells_the_practice_and_is_a_greeting(bot, stand_in, patient):
    practice = a_practice()
    bot.answer()
    stand_in.text(patient, f"/start {practice.code}")
    stand_in.wait_for(patient)
    assert bot.processor.heard == ["/greet"]
    assert Conversation.objects.get().practice == practice


def test_who_wrote_before_and_comes_by_a_practices_link_is_of_that_practice(bot, stand_in, patient):
    practice = a_practice()
    stand_in.text(patient, "hiya")
    stand_in.text(patient, f"/start {practice.code}")
    stand_in.text(patient, "/start NOSUCHCODE")
    assert Conversation.objects.get().practice == practice


def test_stop_and_start_are_heard_as_telegram_writes_them(bot, stand_in, patient):
    bot.answer()
    stand_in.text(patient, "/stop")
    until(lambda: bot.processor.heard == ["/opt_out"])
    assert inbound().get().text == "/stop"


def test_the_patients_own_number_is_taken_as_if_written(bot, stand_in, patient):
    stand_in.share_contact(patient, "447700900123")
    assert inbound().get().text == "+447700900123"


def test_somebody_elses_number_is_not_kept_and_the_question_stays_open(bot, stand_in, patient):
    bot.answer()
    stand_in.share_contact(patient, "447700900999", of=patient + 1)
    (said,) = stand_in.wait_for(patient)
    assert "someone else's number" in said
    assert not inbound().exists()
    assert Message.objects.get().asks == "phone"
    assert "900999" not in str(list(Message.objects.values()))


@pytest.mark.parametrize(
    ("sent", "media"),
    [
        ({"photo": [{"file_id": "small", "file_unique_id": "1", "width": 9, "height": 9},
                    {"file_id": "large", "file_unique_id": "2", "width": 99, "height": 99}]},
         "telegram:photo:large"),
        ({"voice": {"file_id": "v", "file_unique_id": "3", "duration": 4}}, "telegram:voice:v"),
        ({"location": {"latitude": 55.88123456, "longitude": -4.25}}, "geo:55.88123,-4.25000"),
        ({"document": {"file_id": "d", "file_unique_id": "4"}}, "telegram:document:d"),
    ],
)  # fmt: skip
def test_photos_voice_notes_and_places_are_kept(bot, stand_in, patient, sent, media):
    bot.answer()
    stand_in.deliver({"message": stand_in._message(patient, **sent)})
    stand_in.wait_for(patient)
    message = inbound().get()
    assert (message.text, message.media) == ("", [media])
    # A shared place is read as the name of the place.
    assert bot.processor.heard == ["Cowlairs" if "location" in sent else "/sent_picture"]
    assert telegram.TOKEN not in str(message.media)


def test_the_words_under_a_photo_are_the_patients_text(bot, stand_in, patient):
    photo = [{"file_id": "p", "file_unique_id": "1", "width": 9, "height": 9}]
    update = stand_in._message(patient, photo=photo, caption="the damp in ma hoose")
    stand_in.deliver({"message": update})
    assert inbound().get().text == "the damp in ma hoose"


def test_a_group_is_told_once_that_we_talk_one_to_one_and_left(bot, stand_in):
    bot.answer()
    for text in ("hello all", "is anybody there", "/start"):
        stand_in.text(-100500, text, chat_type="supergroup")
    until(lambda: stand_in.left == [-100500])
    time.sleep(0.3)
    (said,) = stand_in.sent_to(-100500)
    assert "one to one" in said
    assert not Conversation.objects.exists()


def test_being_blocked_or_let_in_again_stores_no_text(bot, stand_in, patient):
    me = {"user": telegram._person(patient), "status": "member"}
    chat = {"id": patient, "type": "private"}
    kicked = me | {"status": "kicked", "until_date": 0}
    change = {"chat": chat, "from": telegram._person(patient), "date": 1}
    change |= {"old_chat_member": me, "new_chat_member": kicked}
    assert stand_in.deliver({"my_chat_member": change}).status_code == 200
    assert not Message.objects.exists()


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


# ------------------------------------------------------------ polling


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


# ------------------------------------------------------------ not set up


def test_without_a_token_the_channel_is_closed_and_says_why(start_bot, monkeypatch):
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    response = start_bot(Telegram()).post("/webhooks/telegram/webhook", json={"update_id": 1})
    assert response.status_code == 404
    assert response.json() == {"error": "TELEGRAM_TOKEN is not set"}


def test_a_stand_in_on_another_machine_is_refused(monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", telegram.TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://telegram.example")
    assert "this machine" in Telegram().why_closed()
