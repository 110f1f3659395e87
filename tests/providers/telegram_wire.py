"""How Telegram's Bot API is spoken to: a method and its fields come by HTTP, JSON goes back."""

import json
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl


class Refusal(Exception):
    """How Telegram says no: a status, words, and perhaps seconds to wait."""

    def __init__(self, status, description, **parameters):
        super().__init__(description)
        self.status, self.parameters = status, parameters


def handler_of(stand_in):
    class Handler(BaseHTTPRequestHandler):
        """`POST /bot<token>/<method>`, a form whose structured fields are JSON."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            token, _, method = self.path.removeprefix("/bot").partition("/")
            bad_day = None
            if method == "sendMessage" and stand_in.bad_days:
                bad_day = stand_in.bad_days.popleft()
            if bad_day == "refuse":
                self.close_connection = True
                return
            if isinstance(bad_day, int):
                self._reply(bad_day, {"ok": False, "error_code": bad_day, "description": "Bad day"})
                return
            status, answer = self._answer(token, method, _fields(self.headers, body), bad_day)
            if bad_day == "slow":
                time.sleep(stand_in.slow_seconds)
            if bad_day == "drop":
                self.close_connection = True
                return
            self._reply(status, answer)

        do_GET = do_POST

        def _answer(self, token, method, fields, bad_day):
            try:
                if bad_day == "flood":
                    after = stand_in.retry_after
                    raise Refusal(429, f"Too Many Requests: retry after {after}", retry_after=after)
                return 200, {"ok": True, "result": stand_in.answer(token, method, fields)}
            except Refusal as refusal:
                answer = {
                    "ok": False,
                    "error_code": refusal.status,
                    "description": str(refusal),
                }
                if refusal.parameters:
                    answer["parameters"] = refusal.parameters
                return refusal.status, answer

        def _reply(self, status, answer):
            body = json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_):
            pass

    return Handler


def _fields(headers, body):
    """A method's fields, sent as JSON or as a form with JSON in it."""
    if headers.get("Content-Type", "").startswith("application/json"):
        return json.loads(body or b"{}")
    return {name: _value(name, text) for name, text in parse_qsl(body.decode())}


def _value(name, text):
    if name in ("reply_markup", "link_preview_options", "allowed_updates"):
        return json.loads(text)
    return text
