"""What comes in by Telegram, through the real library and a stand-in for Telegram."""

import time

import pytest

from bot.channels.telegram import Telegram
from social_prescribing.conversations import Conversation, Message
from tests.bot.channels.messages import inbound, until
from tests.factories import a_practice
from tests.providers import telegram


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
