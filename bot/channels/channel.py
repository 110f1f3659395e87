"""What every channel is. Learn this, and each file beside it is one screen.

A channel translates and leaves:

- `read` turns one request of its provider into an Inbound, having checked that
  it comes from there, or refuses it;
- `answer` turns stored replies into the response, where the patient's page waits
  for them (`waits`), or the acknowledgement, where a provider wants one at once;
- `send` hands one stored Message to the provider, where there is one.

Storing, repeats, order, bursts, retries and delivery states are the same for
all and stand in the inbox and the outbox. `docs/adding-a-channel.md` adds one.
"""

from dataclasses import dataclass

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.response import json

from bot.channels.requests import BadRequest, refuse
from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.outbox import Failure


class Forged(SanicException):
    """The request does not come from whom it says; nothing of it is kept."""

    status_code = 403


class Closed(SanicException):
    """The channel is not open on this machine; the text says why."""

    status_code = 404


@dataclass(frozen=True)
class Sent:
    """The provider took a text, under a name of its own.

    is_kept: the provider keeps the words, and they are to be removed there once delivered.
    """

    provider_id: str | None = None
    segments: int | None = None
    is_kept: bool = False


class NotSent(Exception):
    """The provider will not take this text, now or later."""

    def __init__(self, failure, *, code=""):
        super().__init__(failure)
        self.failure, self.code = Failure(failure), code


class TryLater(Exception):
    """The provider did not take the text this time, and has surely not sent it.

    after: the seconds that it asked us to wait, or None.
    """

    def __init__(self, reason="", *, after=None):
        super().__init__(reason)
        self.after = after


class PerhapsSent(Exception):
    """The connection broke after the text was handed over: nobody knows what became of it."""


class OurChannel(InputChannel):
    """The shape that all channels share; a channel says what differs.

    carries: the conversations.Channel values whose texts it sends.
    waits: the answer goes out as the response, and not through `send`.
    """

    carries = ()
    waits = True
    # Texts a second in all, and seconds between two to one patient; None where nobody minds.
    rate, pause = None, None

    @classmethod
    def from_credentials(cls, credentials):
        return cls()

    def why_closed(self):
        """Why this channel cannot be used on this machine, in a sentence; None where it can."""
        return None

    def read(self, request):
        """The Inbound that a request holds; None where it holds no text.

        Runs in a thread that may use the database.

        Raises:
            Forged: it comes from somebody else.
            BadRequest: it cannot be read.
        """
        raise NotImplementedError

    def answer(self, request, replies):
        """The response: with the replies (Message) where the channel waits for them."""
        raise NotImplementedError

    def send(self, message):
        """Hand one Message to the provider. Returns Sent. Blocks; runs in a thread of its own.

        Raises:
            NotSent, TryLater, PerhapsSent
        """
        raise NotImplementedError

    def find_sent(self, message):
        """Look up a text of which nobody knows whether it was sent.

        Returns Sent where the provider has it, None where it surely has not.

        Raises:
            PerhapsSent: the provider cannot tell.
        """
        raise PerhapsSent

    def remove_text(self, message):
        """Have the provider forget the words of a message; they stand in our own database.

        Raises:
            TryLater, PerhapsSent: it could not be reached.
        """

    def add_routes(self, routes):
        """Routes beside the webhook, for example for delivery reports."""

    def blueprint(self, on_new_message):
        routes = Blueprint(f"{self.name()}_webhook")

        @routes.get("/")
        async def health(request):
            if request.app.ctx.inbox.is_answering:
                return json({"status": "ok"})
            # Texts are taken and stored all the same.
            return json({"status": "starting"}, status=503)

        @routes.post("/webhook")
        async def receive(request):
            inbox = request.app.ctx.inbox
            try:
                if self.waits:
                    return self.answer(request, await inbox.answer(self._read, request))
                await inbox.accept(self._read, request)
                return self.answer(request, [])
            except (BadRequest, Forged, Closed, InvalidPhoneNumber) as error:
                return refuse(error, status=getattr(error, "status_code", 400))

        self.add_routes(routes)
        return routes

    def _read(self, request):
        if reason := self.why_closed():
            raise Closed(reason)
        return self.read(request)
