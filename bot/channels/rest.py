"""Rasa's own HTTP channel, with every text stored: `POST /webhooks/rest/webhook`."""

from sanic.response import json

from bot.channels.channel import OurChannel
from bot.channels.requests import read_json, read_text
from social_prescribing.conversations import LONGEST_TEXT, Channel, Inbound


class Rest(OurChannel):
    """`{"sender", "message"}` in; Rasa's list of `{"recipient_id", "text", "buttons"}` out."""

    carries = (Channel.REST,)

    @classmethod
    def name(cls):
        return "rest"

    def read(self, request):
        body = read_json(request)
        return Inbound(
            channel=Channel.REST,
            address=_sender(body),
            text=read_text(body, "message", default="", longest=LONGEST_TEXT),
        )

    def answer(self, request, replies):
        sender = _sender(request.json)
        return json([_as_rasa_does(sender, reply) for reply in replies])


def _sender(body):
    return read_text(body, "sender", default="default", longest=80)


def _as_rasa_does(sender, reply):
    answer = {"recipient_id": sender, "text": reply.text}
    if reply.options:
        answer["buttons"] = [{"title": title, "payload": title} for title in reply.options]
    return answer
