"""Simulated SMS for the try-out page: `POST /webhooks/simulated_sms/webhook`.

Works only while the demo programme is loaded and no real SMS is set up, so
that nobody can pretend to be a patient's number in a live service.
"""

import os

from sanic.response import json

from bot.channels.channel import Closed, OurChannel
from bot.channels.inbox import as_json
from bot.channels.requests import (
    BadRequest,
    read_after,
    read_json,
    read_query,
    read_text,
    refuse,
)
from bot.database import in_database
from social_prescribing.conversations import LONGEST_TEXT, Channel, Inbound, messages_after
from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.practices import ContactNumber, find_contact_number


class SimulatedSms(OurChannel):
    """`{"from", "to", "message_id", "text", "media"}` in; the web chat's list out."""

    carries = (Channel.SIMULATED_SMS,)

    @classmethod
    def name(cls):
        return "simulated_sms"

    def why_closed(self):
        return None if is_open() else "Simulated SMS is for the demo programme only"

    def read(self, request):
        return _read_inbound(read_json(request))

    def answer(self, request, replies):
        return json([as_json(reply) for reply in replies])

    def add_routes(self, routes):
        @routes.get("/messages")
        async def later(request):
            """What came later, for example a link worker's text: `?from=…&to=…&after=…`."""
            try:
                messages = await in_database(self._messages_after, request)
            except (BadRequest, Closed, InvalidPhoneNumber) as error:
                return refuse(error, status=getattr(error, "status_code", 400))
            return json([as_json(message) for message in messages or []])

    def _messages_after(self, request):
        if reason := self.why_closed():
            raise Closed(reason)
        number, contact_number = _read_numbers(read_query(request))
        return messages_after(
            read_after(request),
            channel=Channel.SIMULATED_SMS,
            address=number,
            contact_number=contact_number,
        )


def is_open():
    """Say whether this gateway may be used on this machine now."""
    return (
        not os.environ.get("TWILIO_ACCOUNT_SID")
        and ContactNumber.objects.filter(is_demo=True).exists()
    )


def _read_inbound(body):
    sender, contact_number = _read_numbers(body)
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


def _read_numbers(body):
    """The patient's number (E.164) and the ContactNumber that they text."""
    sender = PhoneNumber.from_provider(read_text(body, "from")).e164
    contact_number = find_contact_number(read_text(body, "to"))
    if contact_number is None:
        raise BadRequest("to is no contact number of ours")
    return sender, contact_number
