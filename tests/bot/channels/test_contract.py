"""One contract, held to by every channel. A new channel is a row in LINES."""

import time
import zlib
from datetime import timedelta
from itertools import count

import pytest
import yaml
from django.utils import timezone
from rasa.shared.utils.common import class_from_module_path

from bot.channels.rest import Rest
from bot.channels.simulated_sms import SimulatedSms
from bot.channels.telegram import Telegram
from bot.channels.twilio import Twilio
from bot.channels.web_chat import WebChat
from bot.serve import CREDENTIALS
from social_prescribing.consent import opt_out
from social_prescribing.conversations import Channel, Conversation, Direction, Message, State
from social_prescribing.outbox import send_text
from tests.bot.channels.messages import inbound
from tests.factories import a_contact_number, a_practice
from tests.providers.twilio_wire import CONTACT_NUMBER

_id = count(1)


class Line:
    """A patient on one channel: says something, gets what comes back."""

    channel = None
    # What a provider gives an id can be told from its repeat.
    has_ids = True

    def __init__(self, bot, request):
        self.bot = bot

    @classmethod
    def prepare(cls, request):
        """What the channel needs before the bot starts."""

    def say(self, words, *, id=None):
        """Send a text. Returns the HTTP response."""
        raise NotImplementedError

    def got(self):
        """Every text that reached the patient, in order."""
        raise NotImplementedError

    def wait_for(self, number):
        deadline = time.monotonic() + 15
        while len(texts := self.got()) < number:
            assert time.monotonic() < deadline, texts
            time.sleep(0.05)
        return texts


class WebLine(Line):
    opens, channel = WebChat, Channel.WEB

    def __init__(self, bot, request):
        super().__init__(bot, request)
        self.session = bot.post("/webhooks/web/session", json={}).json()["session"]

    def say(self, words, *, id=None):
        body = {"session": self.session, "message_id": id or str(next(_id)), "text": words}
        return self.bot.post("/webhooks/web/webhook", json=body)

    def got(self):
        path = f"/webhooks/web/messages?session={self.session}&after=0"
        return [message["text"] for message in self.bot.get(path).json()]


class RestLine(Line):
    opens, channel, has_ids = Rest, Channel.REST, False

    def say(self, words, *, id=None):
        return self.bot.post("/webhooks/rest/webhook", json={"sender": "r1", "message": words})

    def got(self):
        sent = Message.objects.filter(conversation__reference="r1", direction=Direction.OUTBOUND)
        return list(sent.values_list("text", flat=True))


class SimulatedSmsLine(Line):
    opens, channel = SimulatedSms, Channel.SIMULATED_SMS

    def __init__(self, bot, request):
        super().__init__(bot, request)
        self.number = a_contact_number(a_practice(), e164="+447700900102")
        type(self.number).objects.update(is_demo=True)

    def say(self, words, *, id=None):
        body = {
            "from": "+447700900123",
            "to": "+447700900102",
            "message_id": id or str(next(_id)),
            "text": words,
        }
        return self.bot.post("/webhooks/simulated_sms/webhook", json=body)

    def got(self):
        query = "from=%2B447700900123&to=%2B447700900102&after=0"
        return [m["text"] for m in self.bot.get(f"/webhooks/simulated_sms/messages?{query}").json()]


class SmsLine(Line):
    opens, channel, prefix = Twilio, Channel.SMS, ""

    @classmethod
    def prepare(cls, request):
        request.getfixturevalue("contact_number")
        request.getfixturevalue("twilio_stand_in")

    def __init__(self, bot, request):
        super().__init__(bot, request)
        self.stand_in = request.getfixturevalue("twilio_stand_in")
        self.stand_in.bot = bot.url
        self.phone = f"{self.prefix}+447700900123"

    def say(self, words, *, id=None):
        to = self.prefix + CONTACT_NUMBER
        return self.stand_in.text(self.phone, words, to=to, sid=id)

    def got(self):
        return self.stand_in.sent_to(self.phone)


class WhatsappLine(SmsLine):
    channel, prefix = Channel.WHATSAPP, "whatsapp:"


class TelegramLine(Line):
    opens, channel, chat = Telegram, Channel.TELEGRAM, 700_123

    @classmethod
    def prepare(cls, request):
        request.getfixturevalue("telegram_stand_in")

    def __init__(self, bot, request):
        super().__init__(bot, request)
        self.stand_in = request.getfixturevalue("telegram_stand_in")
        self.stand_in.bot = bot.url
        deadline = time.monotonic() + 10
        while not self.stand_in.webhook:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def say(self, words, *, id=None):
        update_id = zlib.crc32(id.encode()) if id else None
        message = {"message": self.stand_in._message(self.chat, text=words)}
        return self.stand_in.deliver(message, update_id=update_id)

    def got(self):
        return self.stand_in.sent_to(self.chat)


LINES = [WebLine, RestLine, SimulatedSmsLine, SmsLine, WhatsappLine, TelegramLine]


@pytest.fixture(params=LINES, ids=lambda line: line.__name__)
def line(request, start_bot, settings):
    settings.QUIET_SECONDS = {}
    settings.WEB_CHAT_LIMITS = {
        what: {who: 1000 for who in limits} for what, limits in settings.WEB_CHAT_LIMITS.items()
    }
    request.param.prepare(request)
    return request.param(start_bot(request.param.opens()), request)


def test_a_text_is_kept_word_for_word_and_answered_once(line):
    line.bot.answer()
    words = "  am skint, the wean's no well  \n:("
    assert line.say(words).status_code == 200
    assert line.wait_for(1) == [f"You said: {words.strip()}"]
    (text,) = inbound()
    assert (text.text, text.channel) == (words, line.channel)
    assert text.answered_at is not None


def test_a_repeat_is_acknowledged_and_answered_no_second_time(line):
    if not line.has_ids:
        pytest.skip("plain HTTP gives its texts no ids")
    line.bot.answer()
    answers = [line.say("am skint", id="the-same") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1, "a repeat gets what the first got"
    line.wait_for(1)
    time.sleep(0.3)
    assert (inbound().count(), len(line.bot.processor.heard), len(line.got())) == (1, 1, 1)


def test_texts_are_answered_in_the_order_sent(line):
    line.bot.answer()
    for number in range(5):
        line.say(f"text {number}")
    assert line.wait_for(5) == [f"You said: text {number}" for number in range(5)]


def test_a_text_that_fails_twice_is_still_answered(line):
    line.bot.processor.failures = [ValueError("once"), ValueError("twice")]
    line.bot.answer()
    line.say("am skint")
    assert line.wait_for(1) == ["You said: am skint"]


def test_what_was_left_unanswered_is_answered_at_the_next_start(line):
    """Stored, and then the process died; no page waits for it any more."""
    line.bot.answer()
    line.say("hello")
    line.wait_for(1)
    conversation = Conversation.objects.get(channel=line.channel)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Message.objects.create(
        conversation=conversation,
        direction=Direction.INBOUND,
        channel=line.channel,
        text="am skint",
        written_at=an_hour_ago,
        next_try_at=an_hour_ago,
    )
    assert line.wait_for(2)[1] == "You said: am skint"


def test_every_reply_is_kept_with_its_state(line):
    line.bot.answer()
    line.say("am skint")
    line.wait_for(1)
    time.sleep(0.3)
    (reply,) = Message.objects.filter(direction=Direction.OUTBOUND)
    assert reply.state in (State.SENT, State.DELIVERED)
    assert (reply.asks, reply.in_reply_to) == ("need", inbound().get())


def test_a_link_workers_text_reaches_the_patient(line):
    line.bot.answer()
    line.say("am skint")
    line.wait_for(1)
    send_text(Conversation.objects.get(channel=line.channel), "It is Morag. I ring at 2.")
    assert line.wait_for(2)[1] == "It is Morag. I ring at 2."


def test_an_opted_out_patient_gets_no_answer_but_the_text_is_kept(line):
    line.bot.answer()
    line.say("hello")
    line.wait_for(1)
    opt_out(Conversation.objects.get(channel=line.channel))
    line.say("am skint")
    deadline = time.monotonic() + 10
    while inbound().filter(answered_at=None).exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.2)
    assert inbound().count() == 2
    assert len(line.got()) == 1


def test_what_cannot_be_read_is_refused_and_nothing_is_kept(line):
    line.bot.answer()
    path = f"/webhooks/{line.opens.name()}/webhook"
    for body in (b"", b"\xff\xfe", b"[]", b'{"text": 5}', b"a=b&c"):
        before = Message.objects.count()
        response = line.bot.post(path, data=body, headers={"Content-Type": "application/json"})
        if response.status_code == 200:
            assert (line.opens, body) == (Rest, b'{"text": 5}'), "plain HTTP takes an empty text"
            continue
        assert response.status_code in (400, 403), body
        assert response.json()["error"], body
        assert Message.objects.count() == before, body


def test_each_stored_channel_is_carried_by_one_open_channel_and_held_to_this_contract():
    opened = [class_from_module_path(name) for name in yaml.safe_load(CREDENTIALS.read_text())]
    carried = [value for channel in opened for value in channel.carries]
    assert len(carried) == len(set(carried))
    assert set(carried) <= set(Channel)
    assert set(carried) == {line.channel for line in LINES}
