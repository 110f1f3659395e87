"""A stand-in for Twilio: its message API, its signed webhooks, and its bad days.

It keeps what it is given, checks it as Twilio would, and reports deliveries out
of order and twice. By hand, beside a running bot:

    python -m tests.providers.twilio --bot http://127.0.0.1:5005

then each line `+447700900123 am skint` is a text, and what comes back is printed.
"""

import argparse
import base64
import http.client
import json
import math
import re
import secrets
import sys
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import requests
from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0" * 32
TOKEN = "a token for the stand-in only"
PUBLIC_URL = "https://blether.example"
CONTACT_NUMBER = "+447700900101"

ADDRESS = re.compile(r"(whatsapp:)?\+[1-9]\d{6,14}")
MESSAGES = re.compile(r"/2010-04-01/Accounts/(?P<account>\w+)/Messages(?:/(?P<sid>\w+))?\.json")
KNOWN_FIELDS = {
    "To", "From", "Body", "StatusCallback", "MessagingServiceSid", "ContentSid", "ContentVariables",
}  # fmt: skip
GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)


@dataclass
class Taken:
    """One message that Twilio took."""

    sid: str
    to: str
    sender: str
    body: str
    status_callback: str
    fields: dict
    taken_at: float = field(default_factory=time.time)
    status: str = "queued"

    def as_json(self):
        return {
            "sid": self.sid,
            "account_sid": ACCOUNT,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": formatdate(self.taken_at),
            "date_sent": None,
            "date_updated": formatdate(self.taken_at),
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": self.sender,
            "messaging_service_sid": self.fields.get("MessagingServiceSid"),
            "num_media": "0",
            "num_segments": str(segments(self.body)),
            "price": None,
            "price_unit": "USD",
            "status": self.status,
            "subresource_uris": {},
            "to": self.to,
            "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{self.sid}.json",
        }


class NoAnswer(Exception):
    """The bot could not be reached, or went away in the middle."""


class StandIn:
    """Twilio on this machine.

    Args:
        bot: where the bot really listens, for example `http://127.0.0.1:5005`.

    Attributes:
        taken: what it took, in order.
        bad_days: what happens to the next calls of the API, first come first served:
            a number (that HTTP status), "drop" (taken, and the connection breaks before
            the answer), "refuse" (it breaks before anything is taken), "slow".
        refuses: number → error code with which it refuses a text at once.
        loses: number → error code that a delivery report brings.
        reports: whether deliveries are reported.
        has_bad_days: whether reports come out of order and twice; else each once, in order.
        emptied: sids of messages whose words it was asked to forget.
        on_taken: called with each message that it takes.
        complaints: what it was asked that Twilio does not know.
    """

    def __init__(self, bot, *, port=0, reports=True):
        self.bot, self.reports = bot, reports
        self.taken, self.bad_days, self.complaints = [], deque(), []
        self.has_bad_days = True
        self.emptied = []
        self.refuses, self.loses = {}, {}
        self.slow_seconds = 1
        self.on_taken = lambda taken: None
        self._lock = threading.Lock()
        self._reporters = ThreadPoolExecutor(4)
        self._threads = threading.local()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler_of(self))
        self._server.daemon_threads = True
        # A bot that is killed breaks its connections; that is no news.
        self._server.handle_error = lambda *_: None
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.started_at = time.time()

    def __enter__(self):
        # Asked to stop, it looks every so many seconds; by default it would take up to half of one.
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._reporters.shutdown(wait=True, cancel_futures=True)

    @property
    def environment(self):
        """What a bot needs to talk to this stand-in."""
        return {
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": self.url,
            "PUBLIC_URL": PUBLIC_URL,
        }

    def text(self, sender, body, *, to=CONTACT_NUMBER, sid=None, **more):
        """A patient sends a text. Returns the bot's response."""
        return self.post("/webhooks/twilio/webhook", inbound_form(sender, body, to, sid, **more))

    def post(self, path, form, *, signature=None, signed_path=None, bot=None):
        """Call the bot, or the one named, as Twilio does: signed over the public address."""
        if signature is None:
            signature = sign(PUBLIC_URL + (signed_path or path), form)
        return self._of_thread("session", requests.Session).post(
            (bot or self.bot) + path,
            data=form,
            headers={"X-Twilio-Signature": signature},
            timeout=15,
        )

    def call(self, path, form, *, bot=None):
        """As `post`, for many calls: of all that comes back it reads the status alone (int)."""
        address = urlsplit(bot or self.bot)
        connections = self._of_thread("connections", dict)
        connection = connections.setdefault(
            address.netloc, http.client.HTTPConnection(address.netloc, timeout=15)
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": sign(PUBLIC_URL + path, form),
        }
        try:
            connection.request("POST", path, urlencode(form), headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()  # the next call opens it anew
            raise NoAnswer from error
        return response.status

    def sent_to(self, address):
        """The texts that a patient got, in order."""
        with self._lock:
            return [one.body for one in self.taken if one.to == address]

    def wait_for(self, address, count=1, *, seconds=20):
        """Wait until a patient has got so many texts; returns them."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if len(texts := self.sent_to(address)) >= count:
                return texts
            time.sleep(0.02)
        raise AssertionError(f"{address} got {self.sent_to(address)}, not {count} texts")

    def take(self, form):
        """Answer a call that creates a message: `(status, JSON)`."""
        if unknown := set(form) - KNOWN_FIELDS:
            self.complaints.append(f"Twilio knows no {', '.join(sorted(unknown))}")
        if code := self._reason_to_refuse(form):
            return 400, error(code, 400)
        variables = json.loads(form.get("ContentVariables") or "{}")
        taken = Taken(
            sid="SM" + secrets.token_hex(16),
            to=form["To"],
            sender=form.get("From", ""),
            body=form.get("Body") or "Blether: " + variables.get("1", ""),
            status_callback=form.get("StatusCallback", ""),
            fields=form,
        )
        with self._lock:
            self.taken.append(taken)
        self.on_taken(taken)
        if self.reports and taken.status_callback:
            self._reporters.submit(self._report, taken)
        return 201, taken.as_json()

    def _reason_to_refuse(self, form):
        if not ADDRESS.fullmatch(form.get("To", "")):
            return 21211
        if form["To"] in self.refuses:
            return self.refuses[form["To"]]
        if not form.get("From") and not form.get("MessagingServiceSid"):
            return 21603
        if not form.get("Body") and not form.get("ContentSid"):
            return 21602
        return 21617 if len(form.get("Body", "")) > 1600 else None

    def listed(self, to):
        """The newest first, as Twilio lists them."""
        with self._lock:
            found = [one.as_json() for one in reversed(self.taken) if to in (None, one.to)]
        return {
            "messages": found,
            "end": len(found),
            "first_page_uri": "",
            "next_page_uri": None,
            "page": 0,
            "page_size": 50,
            "previous_page_uri": None,
            "start": 0,
            "uri": "",
        }

    def empty(self, sid, form):
        """Redaction: an update with an empty body. Returns (status, JSON)."""
        with self._lock:
            # A patient's own text is not kept here; it is known by its sid alone.
            own = Taken(sid, "", "", "", "", {})
            found = next((one for one in self.taken if one.sid == sid), own)
            if form.get("Body") == "":
                found.body = ""
                self.emptied.append(sid)
            return 200, found.as_json()

    def _report(self, taken):
        code = self.loses.get(taken.to)
        end = "undelivered" if code else "delivered"
        in_disorder = ("queued", end, "sent", end)
        for status in in_disorder if self.has_bad_days else ("queued", "sent", end):
            form = {
                "AccountSid": ACCOUNT,
                "ApiVersion": "2010-04-01",
                "From": taken.sender,
                "MessageSid": taken.sid,
                "MessageStatus": status,
                "SmsSid": taken.sid,
                "SmsStatus": status,
                "To": taken.to,
            }
            if code and status == end:
                form["ErrorCode"] = str(code)
            called = urlsplit(taken.status_callback)
            # A bot that is being restarted misses it; Twilio does not ask again either.
            with suppress(NoAnswer):
                self.call(f"{called.path}?{called.query}", form)

    def _of_thread(self, name, make):
        """What each thread has of its own, made at its first use."""
        if not hasattr(self._threads, name):
            setattr(self._threads, name, make())
        return getattr(self._threads, name)


def inbound_form(sender, body, to=CONTACT_NUMBER, sid=None, *, media=(), **more):
    """The fields of a text as Twilio posts them."""
    sid = sid or "SM" + secrets.token_hex(16)
    form = {
        "ToCountry": "GB",
        "ToState": "",
        "SmsMessageSid": sid,
        "NumMedia": str(len(media)),
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": body,
        "FromCountry": "GB",
        "To": to,
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": sender,
        "ApiVersion": "2010-04-01",
    }
    for number, address in enumerate(media):
        form[f"MediaUrl{number}"] = address
        form[f"MediaContentType{number}"] = "image/jpeg"
    if sender.startswith("whatsapp:"):
        form |= {"ProfileName": "Shug", "WaId": sender.removeprefix("whatsapp:+")}
    return form | more


def sign(address, form, token=TOKEN):
    """Twilio's signature over an address and a form."""
    return RequestValidator(token).compute_signature(address, form)


def segments(text):
    """How many SMS a text makes."""
    if set(text) <= GSM7:
        return 1 if len(text) <= 160 else math.ceil(len(text) / 153)
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= 70 else math.ceil(units / 67)


def error(code, status):
    """Twilio's JSON for an error."""
    return {
        "code": code,
        "message": "The stand-in refuses this",
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def _handler_of(stand_in):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            query = parse_qs(urlsplit(self.path).query)
            self._answer(200, stand_in.listed(query.get("To", [None])[0]))

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            form = dict(parse_qsl(body.decode(), keep_blank_values=True))
            found = MESSAGES.fullmatch(urlsplit(self.path).path)
            if found is None or found["account"] != ACCOUNT:
                return self._answer(404, error(20404, 404))
            if self.headers.get("Authorization") != _basic_authorization():
                return self._answer(401, error(20003, 401))
            if found["sid"]:
                return self._answer(*stand_in.empty(found["sid"], form))
            bad_day = stand_in.bad_days.popleft() if stand_in.bad_days else None
            return self._on(bad_day, form)

        def _on(self, bad_day, form):
            if bad_day == "refuse":
                return self._hang_up()
            if isinstance(bad_day, int):
                code = 20429 if bad_day == 429 else bad_day
                return self._answer(bad_day, error(code, bad_day), **{"Retry-After": "1"})
            if bad_day == "slow":
                time.sleep(stand_in.slow_seconds)
            answer = stand_in.take(form)
            return self._hang_up() if bad_day == "drop" else self._answer(*answer)

        def _hang_up(self):
            self.close_connection = True
            self.connection.close()

        def _answer(self, status, content, **headers):
            data = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    return Handler


def _basic_authorization():
    return "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bot", default="http://127.0.0.1:5005")
    parser.add_argument("--port", type=int, default=5090)
    options = parser.parse_args()
    with StandIn(options.bot, port=options.port) as stand_in:
        settings = " ".join(f"{k}={v!r}" for k, v in stand_in.environment.items())
        print(f"Start the bot with: {settings}", flush=True)
        shown = 0
        for line in sys.stdin:
            sender, _, body = line.rstrip("\n").partition(" ")
            print(stand_in.text(sender, body).status_code)
            time.sleep(2)
            for taken in stand_in.taken[shown:]:
                print(f"  {taken.to}: {taken.body!r}")
            shown = len(stand_in.taken)


if __name__ == "__main__":
    main()
