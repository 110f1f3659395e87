"""Simulated SMS for the try-out page: `POST /webhooks/simulated_sms/webhook`.

Works only while the demo programme is loaded and no real SMS is set up, so
that nobody can pretend to be a patient's number in a live service.
"""

import os

from asgiref.sync import sync_to_async
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.response import json

from bot.channels.inbox import answer_inbound, as_json
from bot.channels.requests import BadRequest, read_json, read_text, refuse
from social_prescribing.conversations import LONGEST_TEXT, Channel, Inbound
from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.practices import ContactNumber, find_contact_number


class SimulatedSms(InputChannel):
    """`{"from", "to", "message_id", "text", "media"}` in; the web chat's list out."""

    @classmethod
    def name(cls):
        return "simulated_sms"

    @classmethod
    def from_credentials(cls, credentials):
        return cls()

    def blueprint(self, on_new_message):
        routes = Blueprint("simulated_sms_webhook")

        @routes.get("/")
        async def health(request):
            return json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request):
            if not await sync_to_async(is_open)():
                return refuse("Simulated SMS is for the demo programme only", status=404)
            try:
                inbound = await sync_to_async(_read_inbound)(read_json(request))
            except (BadRequest, InvalidPhoneNumber) as error:
                return refuse(error)
            replies = await answer_inbound(inbound, on_new_message)
            return json([as_json(reply) for reply in replies])

        return routes


def is_open():
    """Say whether this gateway may be used on this machine now."""
    return (
        not os.environ.get("TWILIO_ACCOUNT_SID")
        and ContactNumber.objects.filter(is_demo=True).exists()
    )


def _read_inbound(body):
    sender = PhoneNumber.from_provider(read_text(body, "from")).e164
    contact_number = find_contact_number(read_text(body, "to"))
    if contact_number is None:
        raise BadRequest("to is no contact number of ours")
    media = body.get("media") or []
    if not (isinstance(media, list) and all(isinstance(address, str) for address in media)):
        raise BadRequest("media must be a list of addresses")
    message_id = read_text(body, "message_id")
    return Inbound(
        channel=Channel.SIMULATED_SMS,
        address=sender,
        text=read_text(body, "text", default="", longest=LONGEST_TEXT),
        provider_id=f"{sender}:{message_id}"[:200],
        contact_number=contact_number,
        media=media[:10],
    )
