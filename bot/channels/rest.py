"""Rasa's own HTTP channel, with every text stored: `POST /webhooks/rest/webhook`."""

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.response import json

from bot.channels.inbox import answer_inbound
from bot.channels.requests import BadRequest, read_json, read_text, refuse
from social_prescribing.conversations import LONGEST_TEXT, Channel, Inbound


class Rest(InputChannel):
    """`{"sender", "message"}` in; Rasa's list of `{"recipient_id", "text", "buttons"}` out."""

    @classmethod
    def name(cls):
        return "rest"

    @classmethod
    def from_credentials(cls, credentials):
        return cls()

    def blueprint(self, on_new_message):
        routes = Blueprint("rest_webhook")

        @routes.get("/")
        async def health(request):
            return json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request):
            try:
                body = read_json(request)
                inbound = Inbound(
                    channel=Channel.REST,
                    address=read_text(body, "sender", default="default", longest=80),
                    text=read_text(body, "message", default="", longest=LONGEST_TEXT),
                )
            except BadRequest as error:
                return refuse(error)
            replies = await answer_inbound(inbound, on_new_message)
            return json([_as_rasa_does(inbound.address, reply) for reply in replies])

        return routes


def _as_rasa_does(sender, reply):
    answer = {"recipient_id": sender, "text": reply.text}
    if reply.options:
        answer["buttons"] = [{"title": title, "payload": title} for title in reply.options]
    return answer
