"""How Twilio speaks to us and is spoken to: its forms, its signature, its API by HTTP."""

import base64
import json
import re
import secrets
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0" * 32
TOKEN = "a token for the stand-in only"
CONTACT_NUMBER = "+447700900101"
MESSAGES = re.compile(r"/2010-04-01/Accounts/(?P<account>\w+)/Messages(?:/(?P<sid>\w+))?\.json")


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


def error(code, status):
    """Twilio's JSON for an error."""
    return {
        "code": code,
        "message": "The stand-in refuses this",
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def handler_of(stand_in):
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
