"""`python -m bot serve`: Rasa with our channels, and the actions in the same process.

An action called in the process costs a third of one called over HTTP, and
Rasa's check of what an action answers is done with its schema compiled once:
together they doubled the messages a second (docs/decisions/).
"""

import logging
import os
from pathlib import Path

import jsonschema
import rasa.core.run
from django.conf import settings
from rasa.core.actions.action import RemoteAction
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor
from sqlalchemy.engine import make_url

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
        return await self._executor.run(json)


def serve(*, host, port, model=None):
    """Serve the newest model in models/ until stopped."""
    # Below warnings, Rasa logs whole conversations: a patient's words do not belong there.
    configure_structlog(logging.WARNING)
    check_results_with_compiled_schema()
    rasa.core.run.serve_application(
        model_path=str(model or MODELS),
        interface=host,
        port=port,
        credentials=str(CREDENTIALS),
        cors=_allowed_origins(),
        enable_api=False,
        endpoints=endpoints(),
    )


def endpoints():
    """Where Rasa keeps conversations and locks, from the environment."""
    return AvailableEndpoints(
        action=ActionsInProcess(), tracker_store=_tracker_store(), lock_store=_lock_store()
    )


def _tracker_store():
    if url := os.environ.get("DATABASE_URL"):
        parts = make_url(url.replace("postgres://", "postgresql://", 1))
        if parts.get_backend_name() == "postgresql":
            return EndpointConfig(
                type="SQL",
                dialect="postgresql",
                url=parts.host,
                port=parts.port,
                username=parts.username,
                password=parts.password,
                db=parts.database,
            )
    return EndpointConfig(type="SQL", dialect="sqlite", db=str(settings.STATE_DIR / "rasa.sqlite3"))


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


def check_results_with_compiled_schema():
    schema = RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(result):
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = staticmethod(validate)
