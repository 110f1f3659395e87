"""What goes out by SMS and WhatsApp: sent, refused, delivered or not, and removed at Twilio."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social_prescribing.conversations import Conversation, Message, State
from social_prescribing.outbox import Failure, failed_messages, send_text
from tests.bot.channels.messages import outbound, states, until

PATIENT = "+447700900123"


def a_waiting_patient(twilio_stand_in, sender=PATIENT):
    """A patient who texted, and whom nothing has answered yet."""
    twilio_stand_in.text(sender, "am skint")
    conversation = Conversation.objects.get(address=sender.removeprefix("whatsapp:"))
    Message.objects.update(answered_at=timezone.now())
    return conversation


def send_by_hand(bot, conversation, text="A link worker will ring at 2.", *, times=1):
    message = send_text(conversation, text)
    for _ in range(times):
        Message.objects.filter(pk=message.pk, state=State.QUEUED).update(next_try_at=timezone.now())
        bot.outbox.send_next(conversation.pk)
    message.refresh_from_db()
    return message


def test_a_link_workers_text_goes_out_though_no_text_came_in_just_now(bot, twilio_stand_in):
    conversation = a_waiting_patient(twilio_stand_in)
    bot.answer()
    send_text(conversation, "It is Morag. I will ring at 2.", key="desk:1")
    assert twilio_stand_in.wait_for(PATIENT) == ["It is Morag. I will ring at 2."]


def send_again(bot, message):
    """Its pause is over."""
    Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now())
    bot.outbox.send_next(message.conversation_id)
    message.refresh_from_db()


def assert_sent_once(message, twilio_stand_in):
    assert [taken.body for taken in twilio_stand_in.taken] == [message.text]
    assert message.state == State.SENT
    assert message.provider_id == twilio_stand_in.taken[0].sid


def test_a_text_with_which_twilio_asks_us_to_wait_is_sent_when_the_pause_is_over(
    bot, twilio_stand_in
):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.reports = False
    twilio_stand_in.bad_days.append(429)
    message = send_by_hand(bot, conversation)
    assert (message.state, twilio_stand_in.taken) == (State.QUEUED, [])
    bot.outbox.send_next(conversation.pk)
    assert twilio_stand_in.taken == [], "the pause is not over"
    send_again(bot, message)
    assert_sent_once(message, twilio_stand_in)


def test_a_text_is_sent_again_where_twilio_could_not_be_reached(
    bot, twilio_stand_in, monkeypatch, unused_tcp_port
):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.reports = False
    (channel,) = bot.app.ctx.input_channels
    with monkeypatch.context() as away:
        away.setenv("TWILIO_API_URL", f"http://127.0.0.1:{unused_tcp_port}")
        message = send_by_hand(bot, conversation)
    assert message.state == State.QUEUED
    channel._client = None  # it keeps the address that it was opened with
    send_again(bot, message)
    assert_sent_once(message, twilio_stand_in)


def test_a_text_is_sent_again_where_twilio_hung_up_and_does_not_list_it(bot, twilio_stand_in):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.reports = False
    twilio_stand_in.bad_days.append("refuse")
    message = send_by_hand(bot, conversation)
    assert (message.state, twilio_stand_in.taken) == (State.SENDING, []), "nobody knows yet"
    send_again(bot, message)
    assert (message.state, twilio_stand_in.taken) == (State.QUEUED, []), "looked up, not there"
    send_again(bot, message)
    assert_sent_once(message, twilio_stand_in)


@pytest.mark.parametrize("bad_day", ["drop", 500])
def test_what_twilio_may_have_taken_is_looked_up_before_it_is_sent_again(
    bot, twilio_stand_in, bad_day
):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.reports = False
    twilio_stand_in.bad_days.append(bad_day)
    message = send_by_hand(bot, conversation)
    assert message.state == State.SENDING, "nobody knows yet"
    assert bot.outbox.send_next(conversation.pk) is None, "it is not looked up at once"
    for _ in range(2):
        Message.objects.update(next_try_at=timezone.now())
        bot.outbox.send_next(conversation.pk)
    message.refresh_from_db()
    assert message.state == State.SENT
    assert [taken.body for taken in twilio_stand_in.taken] == [message.text]
    assert message.provider_id == twilio_stand_in.taken[0].sid


def test_a_second_text_with_the_same_words_is_not_taken_for_the_first(bot, twilio_stand_in):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.reports = False
    send_by_hand(bot, conversation, "Are you still there?")
    twilio_stand_in.bad_days.append(500)
    second = send_by_hand(bot, conversation, "Are you still there?")
    for _ in range(2):
        Message.objects.filter(pk=second.pk).update(next_try_at=timezone.now())
        bot.outbox.send_next(conversation.pk)
    assert len(twilio_stand_in.taken) == 2


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (21610, Failure.OPTED_OUT),
        (21614, Failure.NOT_A_MOBILE),
        (21408, Failure.NOT_ALLOWED),
        (21211, Failure.NO_SUCH_NUMBER),
        (29999, Failure.OTHER),
    ],
)
def test_a_refusal_is_kept_in_plain_words(bot, twilio_stand_in, code, failure):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.refuses[PATIENT] = code
    message = send_by_hand(bot, conversation)
    assert (message.state, message.failure, message.failure_code) == ("failed", failure, str(code))
    assert list(failed_messages()) == [message]
    conversation.refresh_from_db()
    assert bool(conversation.opted_out_at) == (code == 21610), "our records and Twilio's agree"


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (30003, Failure.UNREACHABLE),
        (30004, Failure.BLOCKED),
        (30005, Failure.NO_SUCH_NUMBER),
        (30006, Failure.NOT_A_MOBILE),
        (30007, Failure.REFUSED),
        (30008, Failure.OTHER),
        (63016, Failure.WINDOW_CLOSED),
    ],
)
def test_a_delivery_that_failed_is_told_in_plain_words(bot, twilio_stand_in, code, failure):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.loses[PATIENT] = code
    message = send_by_hand(bot, conversation)
    until(lambda: states() == [State.FAILED])
    message.refresh_from_db()
    assert (message.failure, message.failure_code) == (failure, str(code))


def test_a_forged_delivery_report_changes_nothing(bot, twilio_stand_in):
    conversation = a_waiting_patient(twilio_stand_in)
    twilio_stand_in.reports = False
    message = send_by_hand(bot, conversation)
    form = {"MessageSid": message.provider_id, "MessageStatus": "delivered"}
    response = twilio_stand_in.post("/webhooks/twilio/status", form, signature="bm8=")
    assert response.status_code == 403
    assert states() == [State.SENT]


def test_a_report_that_overtakes_the_answer_to_our_call_finds_its_message(bot, twilio_stand_in):
    conversation = a_waiting_patient(twilio_stand_in)
    message = send_text(conversation, "Hello")
    Message.objects.filter(pk=message.pk).update(state=State.SENDING)
    form = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    path = f"/webhooks/twilio/status?message={message.pk}"
    assert twilio_stand_in.post(path, form).status_code == 204
    assert states() == [State.DELIVERED]


def test_outside_whatsapps_day_a_text_goes_by_template_or_not_at_all(
    bot, twilio_stand_in, monkeypatch
):
    conversation = a_waiting_patient(twilio_stand_in, f"whatsapp:{PATIENT}")
    Message.objects.update(written_at=timezone.now() - timedelta(hours=25))
    refused = send_by_hand(bot, conversation)
    assert (refused.state, refused.failure) == (State.FAILED, Failure.WINDOW_CLOSED)
    monkeypatch.setenv("TWILIO_WHATSAPP_TEMPLATE_SID", "HX1")
    sent = send_by_hand(bot, conversation, "Ring at 2?\nMorag")
    assert sent.state in (State.SENT, State.DELIVERED)
    assert twilio_stand_in.taken[0].fields["ContentVariables"] == '{"1": "Ring at 2? Morag"}'


def test_a_messaging_service_sends_from_the_number_that_was_texted(
    bot, twilio_stand_in, monkeypatch
):
    monkeypatch.setenv("TWILIO_MESSAGING_SERVICE_SID", "MG1")
    send_by_hand(bot, a_waiting_patient(twilio_stand_in))
    fields = twilio_stand_in.taken[0].fields
    assert (fields["MessagingServiceSid"], fields["From"]) == ("MG1", "+447700900101")


def test_words_are_removed_at_twilio_once_they_stand_here(bot, twilio_stand_in, monkeypatch):
    monkeypatch.setenv("TWILIO_REDACT", "1")
    bot.answer()
    twilio_stand_in.text(PATIENT, "am skint", sid="SM5")
    twilio_stand_in.wait_for(PATIENT)
    until(lambda: states() == [State.DELIVERED])
    for message in Message.objects.all():
        bot.outbox.remove_at_provider(message.pk)
    assert set(twilio_stand_in.emptied) == {"SM5", outbound().get().provider_id}
    assert not Message.objects.filter(kept_by_provider=True).exists()
    assert outbound().get().text == "You said: am skint"
