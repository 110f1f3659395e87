"""`python -m bot answer`: the half of the bot that understands and answers. `serve` starts it.

It is woken by lines on its standard input, each a conversation's id, and writes
a line once it can answer and one for each answer that it stored. Where its
input ends, the other half is gone: it finishes the turn under way and leaves.

An action called in the process costs a third of one called over HTTP, and what
it answers is not checked as if it came from elsewhere (docs/decisions/).
"""

import asyncio
import gc
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path

import rasa.core.agent
from django.utils import timezone
from rasa.core.actions.action import RemoteAction
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor
from sqlalchemy.engine import make_url

import actions  # noqa: F401  # starts Django, which what follows needs
from bot.answering import Answering
from bot.nlu.other_languages import read_every_language
from bot.turn import note_failed_action
from social_prescribing.self_referrals import SelfReferral
from social_prescribing.working_time import end_of_working_day

# Steps of niceness; at five, three quarters of a contested processor are the receiving half's.
RECEIVING_GOES_FIRST = 5

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


def answer():
    """Answer with the newest model in models/ until the input ends. Returns the exit code."""
    # A Ctrl-C reaches every process of a terminal; this one ends when `serve` lets it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    tell = _teller()
    # Below warnings, Rasa logs whole conversations: a patient's words do not belong there.
    configure_structlog(logging.WARNING)
    trust_our_own_actions()
    agent = asyncio.run(rasa.core.agent.load_agent(model_path=str(MODELS), endpoints=endpoints()))
    if not agent.is_ready():
        print("There is no trained model: run make train", file=sys.stderr)
        return 1
    _warm_up(agent)
    _give_way()
    answering = Answering(agent)
    answering.start(lambda conversation_id, texts: tell([conversation_id, texts]))
    tell("ready")
    for line in sys.stdin:
        answering.wake(int(line))
    answering.stop()
    return 0


def _warm_up(agent):
    """Load all that loads when it is first needed, so that no patient waits for it.

    What waited at the start would be behind for minutes where texts come as fast as they go.
    """
    read_every_language()
    end_of_working_day(timezone.now(), days=1)
    text = "hiya, ma leccy is aff an a cannae pay, a stay in G21"
    understood = asyncio.run(agent.parse_message(text))
    heard = {"intent": understood["intent"]["name"], "triage": understood["triage"]}
    SelfReferral().take(text, asks="want_callback", **heard)


def _give_way():
    """Leave the processor first to the half that receives: a provider's patience is short.

    The model stays, so the garbage collector is spared it: it would hold up a text for
    as long as going through TensorFlow takes.
    """
    os.nice(RECEIVING_GOES_FIRST)
    gc.collect()
    gc.freeze()


def _teller():
    """What writes lines to the standard output, kept from all else that is printed."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    one_at_a_time = threading.Lock()

    def tell(what):
        try:
            with one_at_a_time:
                out.write(json.dumps(what) + "\n")
        except BrokenPipeError:
            pass  # the other half is gone, and the input is about to end

    return tell


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


def trust_our_own_actions():
    """Spare Rasa's check of an action's result against a JSON schema.

    It is for results that come over a wire. Ours are made by rasa_sdk in this very
    process, and an event that Rasa does not know fails when it is read.
    """
    RemoteAction._validate_action_result = staticmethod(lambda result: True)
