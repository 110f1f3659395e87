"""`python -m bot serve`: the half of the bot that receives and sends, and starts the other.

It takes texts, stores and acknowledges them, and sends what is queued. What
understands and answers is a process of its own (bot/answer.py), so that a text
is acknowledged at once, however busy the bot is, and while it starts.
"""

import os
import sys
from pathlib import Path

import yaml
from django.conf import settings
from rasa.core.channels.channel import register
from rasa.shared.utils.common import class_from_module_path
from sanic import Sanic
from sanic.response import text
from sanic_cors import CORS

import actions  # noqa: F401  # starts Django, which what follows needs
from bot.answering_process import AnsweringProcess
from bot.channels.inbox import Inbox
from bot.channels.outbox import Outbox

CREDENTIALS = Path(__file__).with_name("credentials.yml")


def serve(*, host, port):
    """Receive texts and have them answered with the newest model in models/ until stopped."""
    let_texts_in_quickly()
    app = Sanic("blether", configure_logging=False)
    _allow_web_chat(app)
    register(open_channels(), app, route="/webhooks/")
    app.add_route(_say_hello, "/")
    app.register_listener(open_inbox, "before_server_start")
    app.register_listener(start_answering, "after_server_start")
    app.register_listener(stop_answering, "before_server_stop")
    app.run(host=host, port=port, access_log=False)


def open_channels():
    """The channels that credentials.yml names."""
    names = yaml.safe_load(CREDENTIALS.read_text())
    return [class_from_module_path(name).from_credentials({}) for name in names]


async def open_inbox(app, _):
    """Texts may be stored from the first moment on."""
    app.config.PROXIES_COUNT = settings.PROXIES
    app.ctx.outbox = Outbox(app.ctx.input_channels)
    app.ctx.inbox = Inbox(after_answer=app.ctx.outbox.wake)


async def start_answering(app, _):
    """Begin with what was left unanswered and unsent."""
    app.ctx.outbox.start()
    app.ctx.inbox.start(AnsweringProcess())


async def stop_answering(app, _):
    app.ctx.inbox.stop()
    app.ctx.outbox.stop()


async def _say_hello(request):
    return text("This is Blether's bot.")


# The routes that a browser may call: the web chat's, and the simulated gateway's of /try/.
FROM_BROWSERS = r"/webhooks/(web|simulated_sms)/*"


def _allow_web_chat(app):
    """Let the pages named in WEB_CHAT_ORIGINS talk to the bot."""
    ours = "http://127.0.0.1:8000,http://localhost:8000"
    origins = os.environ.get("WEB_CHAT_ORIGINS", ours).split(",")
    app.config.CORS_AUTOMATIC_OPTIONS = True
    app.config.CORS_SUPPORTS_CREDENTIALS = True
    CORS(app, resources={FROM_BROWSERS: {"origins": origins}}, automatic_options=True)


def let_texts_in_quickly():
    """Have threads take turns ten times as often as Python would.

    Storing a text waits for the database some ten times, and each time for a
    thread that sends another to make way.
    """
    sys.setswitchinterval(0.0005)
