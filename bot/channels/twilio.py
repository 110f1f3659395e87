"""SMS and WhatsApp through Twilio: `/webhooks/twilio/webhook` and `/webhooks/twilio/status`.

Twilio signs the address that it calls and every field of the form; what is not
signed with our token is refused and nothing of it kept. It gives up after 15
seconds, so it gets its empty answer as soon as the text is stored.
"""

import json
import os
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qsl, urlsplit

import requests.exceptions
import twilio.rest.api  # noqa: F401  # else the library loads it with the first text it sends
from django.utils import timezone
from sanic.response import HTTPResponse, empty
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from bot.channels.channel import Closed, Forged, NotSent, OurChannel, PerhapsSent, Sent, TryLater
from bot.channels.requests import BadRequest, refuse
from bot.channels.twilio_codes import FAILURES, STATUSES, TRY_LATER
from bot.database import in_database
from social_prescribing.conversations import Channel, Direction, Inbound, Message, State
from social_prescribing.outbox import Failure, record_report
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.practices import ContactNumber, find_contact_number
from social_prescribing.shared_locations import location_link

WHATSAPP = "whatsapp:"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
ANSWERS_WITHIN_SECONDS = 10
# WhatsApp lets a business write freely for a day after the patient did; then by template only.
WHATSAPP_WINDOW = timedelta(hours=24)
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}
# A look-up takes texts that stand in Twilio's list since a little before we began to send.
CLOCKS_DIFFER = timedelta(seconds=30)
LOOKED_UP = 50


class Twilio(OurChannel):
    """One Twilio account, for every contact number that texts through it."""

    carries = (Channel.SMS, Channel.WHATSAPP)
    waits = False

    def __init__(self):
        self._client = None

    @classmethod
    def name(cls):
        return "twilio"

    def why_closed(self):
        for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"):
            if not os.environ.get(name):
                return f"{name} is not set"
        stand_in = os.environ.get("TWILIO_API_URL")
        if stand_in and urlsplit(stand_in).hostname not in THIS_MACHINE:
            return "TWILIO_API_URL may only name a stand-in on this machine"
        return None

    def read(self, request):
        form = read_signed(request)
        if form.get("AccountSid") != os.environ["TWILIO_ACCOUNT_SID"]:
            raise Forged("The form is of another account")
        if not form.get("MessageSid"):
            raise BadRequest("MessageSid is missing")
        return _inbound(form)

    def answer(self, request, replies):
        return HTTPResponse(EMPTY_TWIML, content_type="text/xml; charset=utf-8")

    def add_routes(self, routes):
        @routes.post("/status")
        async def report(request):
            try:
                report = self._read_report(request)
            except (Closed, Forged) as error:
                return refuse(error, status=error.status_code)
            if report:
                await in_database(partial(record_report, **report))
            return empty()

    def _read_report(self, request):
        """What a delivery report says, as record_report takes it; None where that is no news."""
        if reason := self.why_closed():
            raise Closed(reason)
        form = read_signed(request)
        state = STATUSES.get(form.get("MessageStatus", ""))
        if state is None:
            return None
        code = form.get("ErrorCode", "")
        return {
            "channels": self.carries,
            "provider_id": form.get("MessageSid", ""),
            # Known even where the report is quicker than Twilio's answer to our call.
            "message_id": request.args.get("message", ""),
            "state": state,
            "failure": FAILURES.get(code, Failure.OTHER) if state == State.FAILED else "",
            "code": code,
        }

    def send(self, message):
        if reason := self.why_closed():
            raise TryLater(reason)
        taken = self._ask(lambda client: client.messages.create(**_fields(message)))
        return _as_sent(taken)

    def find_sent(self, message):
        """Twilio keeps a list of what it sent: ours is there, or it was not sent."""
        to = _fields(message)["to"]
        kept = self._ask(lambda client: client.messages.list(to=to, limit=LOOKED_UP))
        taken = Message.objects.filter(provider_id__in=[one.sid for one in kept])
        taken_sids = set(taken.values_list("provider_id", flat=True))
        began = message.state_since - CLOCKS_DIFFER
        for one in kept:
            is_new = one.date_created is None or one.date_created >= began
            if is_new and one.sid not in taken_sids and _plain(message.text) in _plain(one.body):
                return _as_sent(one)
        return None

    def remove_text(self, message):
        """Empty the text at Twilio; it stands in our own database."""
        try:
            self._ask(lambda client: client.messages(message.provider_id).update(body=""))
        except NotSent:
            return  # it is not there any more, or may not be emptied

    def _ask(self, call):
        """Call Twilio, and say in our own terms how it went."""
        try:
            return call(self._open_client())
        except TwilioRestException as error:
            raise _in_our_terms(error) from error
        except (requests.exceptions.ConnectTimeout, _NotConnected) as error:
            raise TryLater("Twilio cannot be reached") from error
        except requests.exceptions.RequestException as error:
            raise PerhapsSent from error

    def _open_client(self):
        if self._client is None:
            self._client = Client(
                os.environ["TWILIO_ACCOUNT_SID"],
                os.environ["TWILIO_AUTH_TOKEN"],
                http_client=_HttpClient(),
            )
        return self._client


class _NotConnected(Exception):
    """There was no connection, so nothing was handed over."""


class _HttpClient(TwilioHttpClient):
    """Twilio's own client, with a time limit, and to the stand-in where one is named."""

    def __init__(self):
        super().__init__(timeout=ANSWERS_WITHIN_SECONDS)
        self._stand_in = os.environ.get("TWILIO_API_URL", "").rstrip("/")

    def request(self, method, url, *arguments, **named):
        if self._stand_in:
            url = self._stand_in + urlsplit(url)._replace(scheme="", netloc="").geturl()
        try:
            response = super().request(method, url, *arguments, **named)
        except requests.exceptions.ConnectionError as error:
            if "NewConnectionError" in repr(error):
                raise _NotConnected from error
            raise
        if response.status_code == 429:
            wait = (response.headers or {}).get("Retry-After", "")
            raise TryLater("Twilio asks for a pause", after=int(wait) if wait.isdecimal() else None)
        return response


def read_signed(request):
    """The fields of a form that Twilio signed.

    The address signed is the public one, however many proxies lie between.

    Raises:
        Forged: it is not signed with our token, or for another address.
    """
    try:
        # Sanic's own reading leaves out empty fields, and Twilio signs those too.
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    except UnicodeDecodeError as error:
        raise Forged("The form is no text") from error
    address = os.environ["PUBLIC_URL"].rstrip("/") + request.path
    if request.query_string:
        address += f"?{request.query_string}"
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    if not validator.validate(address, form, request.headers.get("X-Twilio-Signature", "")):
        raise Forged("The signature is not Twilio's")
    return form


def _inbound(form):
    sender, texted = form.get("From", ""), form.get("To", "")
    is_whatsapp = sender.startswith(WHATSAPP)
    return Inbound(
        channel=Channel.WHATSAPP if is_whatsapp else Channel.SMS,
        address=PhoneNumber.from_provider(sender.removeprefix(WHATSAPP)).e164,
        text=form.get("Body") or form.get("ButtonText") or form.get("Address") or "",
        provider_id=form["MessageSid"][:200],
        contact_number=_contact_number(texted.removeprefix(WHATSAPP)),
        media=_media(form),
        kept_by_provider=_redacts(),
    )


def _contact_number(texted):
    """A number of our account that nobody told the desk about still gets its texts kept."""
    e164 = PhoneNumber.from_provider(texted).e164
    return find_contact_number(e164) or ContactNumber.objects.get_or_create(e164=e164)[0]


def _media(form):
    """Links to photos and voice notes, and a shared location as a link too."""
    count = form.get("NumMedia", "0")
    links = [form.get(f"MediaUrl{n}", "") for n in range(int(count) if count.isdecimal() else 0)]
    if form.get("Latitude") and form.get("Longitude"):
        links.append(location_link(form["Latitude"], form["Longitude"]))
    return [link for link in links if link][:10]


def _fields(message):
    """What Twilio's API is asked to send."""
    conversation = message.conversation
    is_whatsapp = message.channel == Channel.WHATSAPP
    prefix = WHATSAPP if is_whatsapp else ""
    public = os.environ["PUBLIC_URL"].rstrip("/")
    fields = {
        "to": prefix + conversation.address,
        "status_callback": f"{public}/webhooks/twilio/status?message={message.pk}",
    }
    if conversation.contact_number:
        # Answered from the number that was texted, so that it stays one conversation.
        fields["from_"] = prefix + conversation.contact_number.e164
    if service := os.environ.get("TWILIO_MESSAGING_SERVICE_SID"):
        fields["messaging_service_sid"] = service
    if "from_" not in fields and not service:
        raise NotSent(Failure.NOT_SET_UP)
    return fields | _content(message, is_whatsapp)


def _content(message, is_whatsapp):
    if not is_whatsapp or _window_is_open(message.conversation):
        return {"body": message.text}
    template = os.environ.get("TWILIO_WHATSAPP_TEMPLATE_SID")
    if not template:
        raise NotSent(Failure.WINDOW_CLOSED)
    # A template's gap may hold no line breaks.
    variables = json.dumps({"1": _plain(message.text)})
    return {"content_sid": template, "content_variables": variables}


def _plain(text):
    return " ".join((text or "").split())


def _window_is_open(conversation):
    return conversation.messages.filter(
        direction=Direction.INBOUND, written_at__gt=timezone.now() - WHATSAPP_WINDOW
    ).exists()


def _as_sent(taken):
    """Twilio's message, by the sid and the segments that it gives."""
    segments = int(taken.num_segments or 0) or None
    return Sent(provider_id=taken.sid, segments=segments, is_kept=_redacts())


def _in_our_terms(error):
    code = str(error.code or "")
    if error.status >= 500:
        return PerhapsSent()
    if code in TRY_LATER:
        return TryLater(f"Twilio's error {code}")
    if error.status in (401, 403) and code not in FAILURES:
        return TryLater(f"Twilio's error {code}: the keys are wrong, or not allowed this")
    return NotSent(FAILURES.get(code, Failure.OTHER), code=code)


def _redacts():
    return os.environ.get("TWILIO_REDACT") == "1"
