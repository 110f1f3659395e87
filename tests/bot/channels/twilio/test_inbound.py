"""What comes in by SMS and WhatsApp, through the real libraries and a stand-in for Twilio."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from social_prescribing.consent import is_opt_out
from social_prescribing.conversations import Channel, Conversation, Direction, Message, State
from social_prescribing.places import find_place
from tests.bot.channels.messages import outbound, states, until
from tests.providers.twilio import PUBLIC_URL
from tests.providers.twilio_wire import inbound_form, sign

PATIENT = "+447700900123"


def test_a_text_is_stored_acknowledged_answered_and_its_delivery_followed(bot, twilio_stand_in):
    bot.answer()
    response = twilio_stand_in.text(PATIENT, "am skint")
    assert response.status_code == 200
    assert response.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert response.headers["Content-Type"].startswith("text/xml")
    assert twilio_stand_in.wait_for(PATIENT) == ["You said: am skint"]
    until(lambda: states() == [State.DELIVERED])
    (reply,) = outbound()
    (taken,) = twilio_stand_in.taken
    assert (reply.provider_id, reply.segments, taken.sender) == (taken.sid, 1, "+447700900101")
    assert not twilio_stand_in.complaints


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda form: {"signature": "bm8="}, id="a wrong signature"),
        pytest.param(lambda form: {"signature": ""}, id="no signature"),
        pytest.param(
            lambda form: {"signature": sign("https://other.example/webhooks/twilio/webhook", form)},
            id="another address",
        ),
        pytest.param(
            lambda form: {"signed_path": "/webhooks/twilio/status"}, id="another path of ours"
        ),
        pytest.param(
            lambda form: {"signature": sign(PUBLIC_URL + "/webhooks/twilio/webhook", form, "x")},
            id="another token",
        ),
        pytest.param(
            lambda form: {
                "signature": sign(
                    PUBLIC_URL + "/webhooks/twilio/webhook", form | {"MessageSid": "SM1"}
                )
            },
            id="a replayed form with a new id",
        ),
        pytest.param(
            lambda form: {
                "signature": sign(PUBLIC_URL + "/webhooks/twilio/webhook", form | {"Body": "hi"})
            },
            id="other words",
        ),
    ],
)
def test_what_twilio_did_not_sign_is_refused_and_nothing_of_it_stored(bot, twilio_stand_in, forge):
    form = inbound_form(PATIENT, "am skint")
    response = twilio_stand_in.post("/webhooks/twilio/webhook", form, **forge(form))
    assert response.status_code == 403
    assert not Message.objects.exists()
    assert not Conversation.objects.exists()


def test_a_form_of_another_account_is_refused_though_it_is_signed(bot, twilio_stand_in):
    response = twilio_stand_in.text(PATIENT, "am skint", AccountSid="AC" + "1" * 32)
    assert response.status_code == 403
    assert not Message.objects.exists()


def test_a_repeat_is_acknowledged_and_does_nothing(bot, twilio_stand_in):
    bot.answer()
    for _ in range(3):
        assert twilio_stand_in.text(PATIENT, "am skint", sid="SM7").status_code == 200
    twilio_stand_in.wait_for(PATIENT)
    time.sleep(0.5)
    assert bot.processor.heard == ["am skint"]
    assert len(twilio_stand_in.taken) == 1


def test_a_burst_is_read_together_and_answered_once(bot, twilio_stand_in, settings):
    # Longer than three texts take to come in on a machine that is busy.
    settings.QUIET_SECONDS = {"sms": 2}
    bot.answer()
    for words in ("hi", "am skint", "can someone phone me"):
        twilio_stand_in.text(PATIENT, words)
    twilio_stand_in.wait_for(PATIENT)
    assert bot.processor.heard == ["hi\nam skint\ncan someone phone me"]
    assert not Message.objects.filter(direction=Direction.INBOUND, answered_at=None).exists()


def test_texts_stored_while_nothing_answered_are_answered_at_the_next_start(bot, twilio_stand_in):
    twilio_stand_in.text(PATIENT, "am skint")
    twilio_stand_in.text("+447700900124", "nae food in")
    Message.objects.update(
        written_at=timezone.now() - timedelta(hours=1),
        next_try_at=timezone.now() - timedelta(hours=1),
    )
    bot.answer()
    assert twilio_stand_in.wait_for(PATIENT) == ["You said: am skint"]
    assert twilio_stand_in.wait_for("+447700900124") == ["You said: nae food in"]


@pytest.mark.parametrize("failures", [1, 2, 3])
def test_a_bot_that_fails_tries_again_and_then_asks_a_person(bot, twilio_stand_in, failures):
    bot.processor.failures = [ValueError("the bot broke")] * failures
    bot.answer()
    twilio_stand_in.text(PATIENT, "am skint")
    (text,) = twilio_stand_in.wait_for(PATIENT, seconds=15)
    conversation = Conversation.objects.get()
    if failures < 3:
        assert text == "You said: am skint"
        assert conversation.needs_person_since is None
    else:
        assert "999" in text and "a person will read it" in text
        assert conversation.needs_person_since is not None


def test_a_photo_a_voice_note_and_a_place_are_kept_as_links(bot, twilio_stand_in):
    links = ["https://api.twilio.com/media/1", "https://api.twilio.com/media/2"]
    twilio_stand_in.text(PATIENT, "", media=links)
    twilio_stand_in.text(PATIENT, "", Latitude="55.8890", Longitude="-4.2550")
    photo, place = Message.objects.order_by("id")
    assert photo.media == links
    assert place.media == ["geo:55.88900,-4.25500"]


def test_a_shared_place_is_read_as_its_name_and_a_photo_is_answered_kindly(bot, twilio_stand_in):
    bot.answer()
    possil = find_place("Possilpark")
    twilio_stand_in.text(
        PATIENT, "", Latitude=str(possil.latitude), Longitude=str(possil.longitude + 0.0002)
    )
    twilio_stand_in.text("+447700900124", "", media=["https://api.twilio.com/media/1"])
    twilio_stand_in.wait_for(PATIENT)
    twilio_stand_in.wait_for("+447700900124")
    place, photo = sorted(bot.processor.heard, reverse=True)
    assert (find_place(place).district, photo) == (possil.district, "/sent_picture")


def test_whatsapp_is_a_conversation_of_its_own_and_its_button_is_an_answer(bot, twilio_stand_in):
    bot.answer()
    twilio_stand_in.text(
        f"whatsapp:{PATIENT}",
        "",
        to="whatsapp:+447700900101",
        ButtonText="Yes",
        ButtonPayload="yes",
    )
    assert twilio_stand_in.wait_for(f"whatsapp:{PATIENT}") == ["You said: Yes"]
    assert twilio_stand_in.taken[0].sender == "whatsapp:+447700900101"
    conversation = Conversation.objects.get()
    assert (conversation.channel, conversation.known_phone) == (Channel.WHATSAPP, PATIENT)


def test_the_number_texted_says_which_practice(bot, twilio_stand_in, contact_number):
    twilio_stand_in.text(PATIENT, "am skint")
    assert Conversation.objects.get().practice == contact_number.only_practice


def test_a_text_to_a_number_of_ours_that_the_desk_does_not_know_is_kept(bot, twilio_stand_in):
    assert twilio_stand_in.text(PATIENT, "am skint", to="+447700900999").status_code == 200
    conversation = Conversation.objects.get()
    assert (conversation.practice, conversation.contact_number.e164) == (None, "+447700900999")


@pytest.mark.parametrize(
    ("words", "intent"),
    [("STOP", "/opt_out"), ("stop.", "/opt_out"), ("Cancel", "/opt_out"), ("QUIT", "/opt_out")],
)
def test_a_reserved_word_counts_as_a_whole_message_only(bot, twilio_stand_in, words, intent):
    bot.answer()
    twilio_stand_in.text(PATIENT, words)
    twilio_stand_in.wait_for(PATIENT)
    twilio_stand_in.text(PATIENT, f"{words} I need help with food")
    twilio_stand_in.wait_for(PATIENT, 2)
    assert bot.processor.heard == [intent, f"{words} I need help with food"]


def test_every_word_that_twilio_takes_for_an_opt_out_is_one_in_our_records():
    words = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"]
    assert all(is_opt_out(word) for word in words)


# -------------------------------------------------------------------- set-up


@pytest.mark.parametrize("name", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"])
def test_without_its_keys_the_channel_is_closed_and_says_why(
    bot, twilio_stand_in, monkeypatch, name
):
    monkeypatch.delenv(name)
    response = twilio_stand_in.text(PATIENT, "am skint")
    assert response.status_code == 404
    assert name in response.json()["error"]


def test_a_stand_in_elsewhere_than_on_this_machine_is_refused(bot, twilio_stand_in, monkeypatch):
    monkeypatch.setenv("TWILIO_API_URL", "https://twilio.evil.example")
    assert twilio_stand_in.text(PATIENT, "am skint").status_code == 404
