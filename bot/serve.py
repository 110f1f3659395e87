"""`python -m bot serve`: Rasa with our channels, and the actions in the same process.

An action called in the process costs a third of one called over HTTP, and what
it answers is not checked as if it came from elsewhere: together they more than
doubled the messages a second (docs/decisions/).
"""

import logging
import os
import sys
from pathlib import Path

import rasa.core.run
from django.conf import settings
from rasa.core.actions.action import RemoteAction
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor
from sqlalchemy.engine import make_url

import actions  # noqa: F401  # starts Django, which what follows needs
from bot.channels.inbox import Inbox
from bot.channels.outbox import Outbox
from bot.turn import note_failed_action

CREDENTIALS = Path(__file__).with_name("credentials.yml")
MODELS = Path(__file__).resolve().parent.parent / "models"


class ActionsInProcess(EndpointConfig):
    """Stands where Rasa expects the address of an action server, and runs the action itself."""

    def __init__(self):
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, json, **_):
        """Run the action that Rasa calls; the shape of call and answer is Rasa's own."""
        try:
            return await self._executor.run(json)
        except Exception as error:
            note_failed_action(error)
            raise


def serve(*, host, port, model=None):
    """Serve the newest model in models/ until stopped."""
    # Below warnings, Rasa logs whole conversations: a patient's words do not belong there.
    configure_structlog(logging.WARNING)
    trust_our_own_actions()
    let_texts_in_quickly()
    rasa.core.run.serve_application(
        model_path=str(model or MODELS),
        interface=host,
        port=port,
        credentials=str(CREDENTIALS),
        cors=_allowed_origins(),
        enable_api=False,
        endpoints=endpoints(),
        server_listeners=[
            (open_inbox, "before_server_start"),
            (start_answering, "after_server_start"),
            (stop_answering, "before_server_stop"),
        ],
    )


async def open_inbox(app, _):
    """Texts may be stored from the first moment on."""
    app.config.PROXIES_COUNT = settings.PROXIES
    app.ctx.outbox = Outbox(app.ctx.input_channels)
    app.ctx.inbox = Inbox(after_answer=app.ctx.outbox.wake)


async def start_answering(app, _):
    """The model is loaded: begin with what was left unanswered and unsent."""
    app.ctx.outbox.start()
    app.ctx.inbox.start(app.ctx.agent)


async def stop_answering(app, _):
    app.ctx.inbox.stop()
    app.ctx.outbox.stop()


def endpoints():
    """Where Rasa finds actions and locks; what it remembers stands in our own database."""
    return AvailableEndpoints(action=ActionsInProcess(), lock_store=_lock_store())


def _lock_store():
    if url := os.environ.get("REDIS_URL"):
        parts = make_url(url)
        return EndpointConfig(
            type="redis",
            url=parts.host,
            port=parts.port or 6379,
            password=parts.password,
            db=int(parts.database or 0),
        )
    return EndpointConfig(type="in_memory")


def _allowed_origins():
    """The pages whose web chat may talk to the bot."""
    ours = "http://127.0.0.1:8000,http://localhost:8000"
    return os.environ.get("WEB_CHAT_ORIGINS", ours).split(",")


def trust_our_own_actions():
    """Spare Rasa's check of an action's result against a JSON schema: half of a turn's time.

    It is for results that come over a wire. Ours are made by rasa_sdk in this very
    process, and an event that Rasa does not know fails when it is read.
    """
    RemoteAction._validate_action_result = staticmethod(lambda result: True)


def let_texts_in_quickly():
    """Have threads take turns ten times as often as Python would.

    Storing a text waits for the database some ten times, and each time for the
    thread that understands another text to make way.
    """
    sys.setswitchinterval(0.0005)
