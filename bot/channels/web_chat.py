"""Web chat: on a practice's page and at /try/. Routes under `/webhooks/web/`."""

import secrets

from sanic.response import json

from bot.channels.channel import OurChannel
from bot.channels.inbox import as_json
from bot.channels.requests import BadRequest, read_json, read_text, refuse
from bot.database import in_database
from social_prescribing.conversations import (
    LONGEST_TEXT,
    Channel,
    Conversation,
    Direction,
    Inbound,
    find_or_start_conversation,
)
from social_prescribing.practices import Practice


class WebChat(OurChannel):
    """A session is a secret that cannot be guessed; it is the patient's address."""

    carries = (Channel.WEB,)

    @classmethod
    def name(cls):
        return "web"

    def read(self, request):
        return _read_inbound(read_json(request))

    def answer(self, request, replies):
        return json([as_json(reply) for reply in replies])

    def add_routes(self, routes):
        @routes.post("/session")
        async def start(request):
            try:
                body = read_json(request) if request.body else {}
                return json(await in_database(_start_session, body))
            except BadRequest as error:
                return refuse(error)

        @routes.get("/messages")
        async def later(request):
            after = request.args.get("after") or "0"
            if not after.isdecimal():
                return refuse("after must be the id of a message")
            session = request.args.get("session") or ""
            messages = await in_database(_messages_after, session, int(after))
            if messages is None:
                return refuse("There is no such session", status=404)
            return json([as_json(message) for message in messages])


def _start_session(body):
    session = secrets.token_urlsafe(24)
    conversation = find_or_start_conversation(
        channel=Channel.WEB, address=session, practice=_practice_of(body)
    )
    return {"session": session, "conversation": conversation.reference}


def _read_inbound(body):
    session = read_text(body, "session")
    message_id = read_text(body, "message_id")
    return Inbound(
        channel=Channel.WEB,
        address=session,
        text=read_text(body, "text", longest=LONGEST_TEXT),
        # An id is the browser's own, so it can only be unique within its session.
        provider_id=f"{session}:{message_id}"[:200],
        practice=_practice_of(body),
    )


def _practice_of(body):
    code = read_text(body, "practice", default="")
    return Practice.objects.filter(code=code).first() if code else None


def _messages_after(session, after):
    """What was sent to this session after a message, or None where there is no session."""
    conversation = Conversation.objects.filter(channel=Channel.WEB, address=session).first()
    if conversation is None:
        return None
    sent = conversation.messages.filter(direction=Direction.OUTBOUND, pk__gt=after)
    return list(sent)
