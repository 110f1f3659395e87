"""Web chat: on a practice's page and at /try/. Routes under `/webhooks/web/`."""

import secrets

from django.conf import settings
from sanic.response import json

from bot.channels.channel import OurChannel
from bot.channels.inbox import as_json
from bot.channels.limits import Limit, address_of
from bot.channels.requests import BadRequest, read_after, read_json, read_text, refuse
from bot.database import in_database
from bot.widget import serve_widget
from social_prescribing.conversations import (
    LONGEST_TEXT,
    Channel,
    Inbound,
    find_or_start_conversation,
    messages_after,
)
from social_prescribing.practices import Practice


class WebChat(OurChannel):
    """A session is a secret that cannot be guessed; it is the patient's address."""

    carries = (Channel.WEB,)

    @classmethod
    def name(cls):
        return "web"

    def read(self, request):
        inbound = _read_inbound(read_json(request))
        _limit("texts", session=inbound.address, request=request)
        return inbound

    def answer(self, request, replies):
        return json([as_json(reply) for reply in replies])

    def add_routes(self, routes):
        @routes.post("/session")
        async def start(request):
            try:
                return json(await in_database(_start_session, request))
            except BadRequest as error:
                return refuse(error, status=error.status_code)

        @routes.get("/messages")
        async def later(request):
            try:
                messages = await in_database(_messages_after, request)
            except BadRequest as error:
                return refuse(error, status=error.status_code)
            if messages is None:
                return refuse("There is no such session", status=404)
            return json([as_json(message) for message in messages])

        serve_widget(routes)


def _limit(what, *, request, session=None):
    """Count a request of a session, and of its address: many patients may share one.

    Raises:
        TooMany
    """
    limits = settings.WEB_CHAT_LIMITS[what]
    if session is not None:
        Limit(f"web-{what}-session", limits["session"]).count(session[:200])
    Limit(f"web-{what}-address", limits["address"]).count(address_of(request))


def _start_session(request):
    body = read_json(request) if request.body else {}
    _limit("sessions", request=request)
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


def _messages_after(request):
    """What was sent to a session after a message, or None where there is no session."""
    session = request.args.get("session") or ""
    _limit("fetches", session=session, request=request)
    return messages_after(read_after(request), channel=Channel.WEB, address=session)
