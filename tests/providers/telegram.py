"""A stand-in for Telegram: its Bot API, its updates by webhook and by polling, and its bad days.

It keeps what it is given, and refuses what Telegram would. By hand, beside a running bot:

    python -m tests.providers.telegram --port 8081
    TELEGRAM_TOKEN=… TELEGRAM_API_URL=http://127.0.0.1:8081 make run

then each line is a text from one patient, and what comes back is printed; a line
`[Yes]` presses a button.
"""

import argparse
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer

import requests

from tests.providers.telegram_wire import Refusal, handler_of

# The shape of a real token: the bot's number, a colon, 35 letters.
TOKEN = "700900101:a-token-for-the-stand-in-only-123456"
SECRET = "a-secret-for-the-stand-in-only"
PUBLIC_URL = "https://blether.example"
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
A_SECOND_IN_ALL = 30
SECONDS_BETWEEN_TO_ONE = 1
LONGEST_TEXT = 4096
LONGEST_BUTTON_BYTES = 64
# Clocks and networks are not exact: what comes a little early is let through.
EARLY = 0.1


@dataclass
class Taken:
    """One message that Telegram took from the bot."""

    message_id: int
    chat: int
    text: str
    keyboard: dict
    at: float = field(default_factory=time.monotonic)

    @property
    def buttons(self):
        """The quick replies under it: words → callback data."""
        rows = self.keyboard.get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    @property
    def asks_for_contact(self):
        rows = self.keyboard.get("keyboard", [])
        return any(button.get("request_contact") for row in rows for button in row)


class StandIn:
    """Telegram on this machine.

    Args:
        bot: where the bot really listens; webhooks registered for PUBLIC_URL go there.

    Attributes:
        taken: what it took, in order (Taken).
        calls: every method called, with its fields.
        bad_days: what happens to the next calls of sendMessage, first come first
            served: a number (that HTTP status), "drop" (taken, and the connection
            breaks before the answer), "refuse" (it breaks before anything is taken),
            "slow" (taken, and the answer comes late), "flood" (429 with retry_after).
        blocked, gone: chats that blocked the bot, or closed their account.
        webhook: what setWebhook gave, empty without one.
        complaints: limits that were not kept.
    """

    def __init__(self, bot="", *, port=0):
        self.bot = bot
        self.taken, self.calls, self.complaints, self.left = [], [], [], []
        self.bad_days, self.blocked, self.gone = deque(), set(), set()
        self.webhook, self.slow_seconds, self.retry_after = {}, 1, 1
        self._updates, self._next_update, self._next_message = [], 1000, 1
        self._changed = threading.Condition()
        self._polling = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler_of(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        # Asked to stop, it looks every so many seconds; by default it would take up to half of one.
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    @property
    def environment(self):
        """What a bot needs to talk to this stand-in."""
        return {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_API_URL": self.url,
        }

    # ------------------------------------------------------------ the patient

    def text(self, chat, text, **more):
        """A patient writes. Returns the bot's response where it has a webhook."""
        return self.deliver({"message": self._message(chat, text=text, **more)})

    def edit(self, chat, text):
        """A patient mends a text."""
        return self.deliver({"edited_message": self._message(chat, text=text, edit_date=2)})

    def share_contact(self, chat, phone, *, of=None):
        """A patient shares a number: their own, or that of another account."""
        contact = {"phone_number": phone, "first_name": "Jeanie", "user_id": of or chat}
        return self.deliver({"message": self._message(chat, contact=contact)})

    def press(self, chat, words):
        """A patient presses a quick reply, the latest that says so."""
        taken = [one for one in self.taken if one.chat == chat and words in one.buttons][-1]
        return self.deliver(
            {
                "callback_query": {
                    "id": f"{time.monotonic_ns()}",
                    "from": _person(chat),
                    "chat_instance": "1",
                    "data": taken.buttons[words],
                    "message": self._message(chat, message_id=taken.message_id, text=taken.text),
                }
            }
        )

    def deliver(self, update, *, update_id=None, secret=None, repeats=1):
        """Hand one update to the bot, by its webhook or to whoever polls."""
        with self._changed:
            number = update_id or self._next_update
            self._next_update = max(self._next_update, number) + 1
            update = {"update_id": number, **update}
            if not self.webhook:
                self._updates += [update] * repeats
                self._changed.notify_all()
                return None
        for _ in range(repeats):
            response = self.call_webhook(update, secret=secret)
        return response

    def call_webhook(self, update, *, secret=None, path="/webhooks/telegram/webhook"):
        given = self.webhook.get("secret_token", SECRET) if secret is None else secret
        headers = {"X-Telegram-Bot-Api-Secret-Token": given} if given else {}
        return requests.post(self.bot + path, json=update, headers=headers, timeout=15)

    def sent_to(self, chat):
        """The texts that a patient got, in order."""
        return [one.text for one in list(self.taken) if one.chat == chat]

    def wait_for(self, chat, count=1, *, seconds=20):
        """Wait until a patient has got so many texts; returns them."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if len(texts := self.sent_to(chat)) >= count:
                return texts
            time.sleep(0.02)
        raise AssertionError(f"{chat} got {self.sent_to(chat)}, not {count} texts")

    def called(self, method):
        """The fields of each call of a method."""
        return [fields for name, fields in list(self.calls) if name == method]

    def _message(self, chat, **fields):
        kind = fields.pop("chat_type", "private")
        given = {"message_id": self._number(), "date": int(time.time()), "from": _person(chat)}
        where = {"id": chat, "type": kind}
        where |= {"title": "Our group"} if kind != "private" else {"first_name": "Jeanie"}
        return given | {"chat": where} | fields

    def _number(self):
        with self._changed:
            self._next_message += 1
            return self._next_message

    # ---------------------------------------------------------------- the API

    def answer(self, token, method, fields):
        """Do what a method of the Bot API does; returns its result."""
        if token != TOKEN:
            raise Refusal(401, "Unauthorized")
        self.calls.append((method, fields))
        do = getattr(self, f"do_{method}", None)
        if do is None:
            raise Refusal(404, "Not Found")
        return do(**fields)

    def do_getMe(self):
        return {"id": int(TOKEN.split(":")[0]), "is_bot": True, "first_name": "Blether",
                "username": "blether_bot"}  # fmt: skip

    def do_setWebhook(self, url, secret_token="", **more):
        if not url.startswith("https://"):
            raise Refusal(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        self.webhook = {"url": url, "secret_token": secret_token, **more}
        return True

    def do_deleteWebhook(self, **_):
        self.webhook = {}
        return True

    def do_getWebhookInfo(self):
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }

    def do_getUpdates(self, offset=0, timeout=0, **_):
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; "
                          "use deleteWebhook to delete the webhook first")  # fmt: skip
        with self._changed:
            if self._polling:
                self.complaints.append("two programs polled at once")
                raise Refusal(409, "Conflict: terminated by other getUpdates request; make sure "
                              "that only one bot instance is running")  # fmt: skip
            self._polling += 1
            try:
                self._updates = [u for u in self._updates if u["update_id"] >= int(offset)]
                if not self._updates:
                    self._changed.wait(min(float(timeout), 2))
                return self._updates[:100]
            finally:
                self._polling -= 1

    def do_sendMessage(self, chat_id, text, reply_markup=None, **_):
        chat = int(chat_id)
        self._check(chat, text, reply_markup or {})
        with self._changed:
            self._keep_to_limits(chat)
            self._next_message += 1
            taken = Taken(self._next_message, chat, text, reply_markup or {})
            self.taken.append(taken)
        return {
            "message_id": taken.message_id,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private"},
            "from": self.do_getMe(),
            "text": text,
        }

    def do_answerCallbackQuery(self, callback_query_id, **_):
        return True

    def do_editMessageReplyMarkup(self, chat_id, message_id, **_):
        return True

    def do_leaveChat(self, chat_id):
        self.left.append(int(chat_id))
        return True

    def _check(self, chat, text, keyboard):
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat in self.gone:
            raise Refusal(403, "Forbidden: user is deactivated")
        if chat == 0:
            raise Refusal(400, "Bad Request: chat not found")
        if not text:
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text) > LONGEST_TEXT:
            raise Refusal(400, "Bad Request: message is too long")
        for row in keyboard.get("inline_keyboard", []):
            if any(len(b["callback_data"].encode()) > LONGEST_BUTTON_BYTES for b in row):
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")

    def _keep_to_limits(self, chat):
        now = time.monotonic()
        to_one = [t for t in self.taken if t.chat == chat]
        if to_one and now - to_one[-1].at < SECONDS_BETWEEN_TO_ONE - EARLY:
            self.complaints.append(f"two texts to {chat} within a second")
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        if sum(now - t.at < 1 - EARLY for t in self.taken) >= A_SECOND_IN_ALL:
            self.complaints.append("more than 30 texts in a second")
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)


def _person(chat):
    return {"id": chat, "is_bot": False, "first_name": "Jeanie", "language_code": "en"}


def main():
    """Be Telegram for one patient at the keyboard."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--bot", default="http://127.0.0.1:5005")
    options = parser.parse_args()
    with StandIn(options.bot, port=options.port) as stand_in:
        for name, value in stand_in.environment.items():
            print(f"export {name}={value}")
        threading.Thread(target=_print_taken, args=(stand_in,), daemon=True).start()
        for line in sys.stdin:
            words = line.strip()
            if words.startswith("[") and words.endswith("]"):
                stand_in.press(42, words[1:-1])
            elif words:
                stand_in.text(42, words)


def _print_taken(stand_in):
    shown = 0
    while True:
        for taken in stand_in.taken[shown:]:
            shown += 1
            print(f"\n{taken.text}", *(f"[{words}]" for words in taken.buttons), flush=True)
        time.sleep(0.1)


if __name__ == "__main__":
    main()
