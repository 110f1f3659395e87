"""A stand-in for Twilio: its message API, its signed webhooks, and its bad days.

It keeps what it is given, checks it as Twilio would, and reports deliveries out
of order and twice. By hand, beside a running bot:

    python -m tests.providers.twilio --bot http://127.0.0.1:5005

then each line `+447700900123 am skint` is a text, and what comes back is printed.
"""

import argparse
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
from http.server import ThreadingHTTPServer
from urllib.parse import urlencode, urlsplit

import requests

from tests.providers.twilio_wire import (
    ACCOUNT,
    CONTACT_NUMBER,
    TOKEN,
    error,
    handler_of,
    inbound_form,
    sign,
)

PUBLIC_URL = "https://blether.example"

ADDRESS = re.compile(r"(whatsapp:)?\+[1-9]\d{6,14}")
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
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler_of(self))
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


def segments(text):
    """How many SMS a text makes."""
    if set(text) <= GSM7:
        return 1 if len(text) <= 160 else math.ceil(len(text) / 153)
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= 70 else math.ceil(units / 67)


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
