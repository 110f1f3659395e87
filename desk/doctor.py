"""What `make doctor` looks at: each part of this installation, ready or not, and why.

A part that is not set up is no fault; one that is set up and does not work is.
"""

import enum
import os
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import redis
import requests
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from bot.training import is_trained
from desk.environment import env_file, find_problems
from desk.environment_table import every_setting
from social_prescribing.heartbeats import seconds_since_heartbeat
from social_prescribing.practices import ContactNumber

ANSWERS_WITHIN_SECONDS = 5
CLOCK_IS_LATE_AFTER = timedelta(minutes=2)
NOT_SET = "not set up"


class State(enum.Enum):
    """How a part stands."""

    READY = "ready"
    OFF = "off"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """One part, how it stands, and why; where it is wrong, how to mend it."""

    part: str
    state: State
    text: str


def examine():
    """Look at everything. Yields Findings as they are made."""
    yield from _settings()
    database = _database()
    yield database
    if database.state is not State.WRONG:
        yield _migrations()
    yield _redis()
    yield _model()
    if database.state is not State.WRONG:
        yield _clock()
    yield _bot()
    yield _public_url()
    yield _twilio()
    yield _telegram()
    yield _web_chat()
    if database.state is not State.WRONG:
        yield _simulated_sms()


def _settings():
    problems = find_problems()
    for problem in problems:
        yield Finding("Settings", State.WRONG, str(problem))
    if not problems:
        count = sum(name in os.environ for name in every_setting())
        file = f"; {env_file()} is read" if env_file().is_file() else "; there is no .env file"
        yield Finding("Settings", State.READY, f"{count} set{file}")


def _database():
    name = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}.get(connection.vendor)
    where = settings.DATABASES["default"]
    place = f"{where['HOST']}/{where['NAME']}" if where.get("HOST") else where["NAME"]
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        why = str(error).strip().splitlines()[0]
        text = f"{name} at {place} does not answer ({why}). Is it running, is DATABASE_URL right?"
        return Finding("Database", State.WRONG, text)
    return Finding("Database", State.READY, f"{name} at {place}")


def _migrations():
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        is_new = not executor.loader.applied_migrations
    except DatabaseError as error:
        return Finding("Migrations", State.WRONG, str(error).strip().splitlines()[0])
    if is_new:
        return Finding("Migrations", State.OFF, "the database is empty yet: make run fills it")
    if missing:
        text = f"{len(missing)} are missing. Run: python -m desk migrate (make run does it too)"
        return Finding("Migrations", State.WRONG, text)
    return Finding("Migrations", State.READY, "all applied")


def _redis():
    url = os.environ.get("REDIS_URL")
    if not url:
        return Finding("Redis", State.OFF, "REDIS_URL is not set: fine while one bot runs")
    try:
        redis.Redis.from_url(url, socket_timeout=ANSWERS_WITHIN_SECONDS).ping()
    except (redis.RedisError, OSError, ValueError) as error:
        text = f"does not answer ({error}). Is it running, is REDIS_URL right?"
        return Finding("Redis", State.WRONG, text)
    return Finding("Redis", State.READY, "answers")


def _model():
    if is_trained():
        return Finding("Model", State.READY, "made from the texts and rules that are here now")
    return Finding("Model", State.OFF, "none of what is here now: make run trains it")


def _clock():
    try:
        since = seconds_since_heartbeat("clock")
    except DatabaseError:
        since = None
    if since is None:
        return Finding(
            "Clock", State.OFF, "never ran here. make run starts it (python -m desk clock)"
        )
    if since > CLOCK_IS_LATE_AFTER.total_seconds():
        text = (
            f"not running: last seen {_ago(since)} ago. Reminders and climbing alerts wait for it"
        )
        # Where the bot is down too, nothing was meant to run.
        return Finding("Clock", State.WRONG if _bot_answers() else State.OFF, text)
    return Finding("Clock", State.READY, f"running, last seen {_ago(since)} ago")


def _bot():
    if _bot_answers():
        return Finding("Bot", State.READY, f"answers at {settings.BOT_URL}")
    return Finding("Bot", State.OFF, f"not running at {settings.BOT_URL}. Start it: make run")


def _bot_answers():
    try:
        return requests.get(f"{settings.BOT_URL}/webhooks/web/", timeout=ANSWERS_WITHIN_SECONDS).ok
    except requests.RequestException:
        return False


def _public_url():
    public = os.environ.get("PUBLIC_URL")
    if not public:
        return Finding("PUBLIC_URL", State.OFF, "not set: only this machine reaches the bot")
    if urlsplit(public).scheme != "https":
        return Finding("PUBLIC_URL", State.WRONG, "must begin with https://")
    proxied = "" if settings.PROXIES else ". With a proxy in front, set PROXIES too"
    return Finding("PUBLIC_URL", State.READY, f"{public}{proxied}")


# ----------------------------------------------------------------- channels


def _twilio():
    part = "SMS and WhatsApp"
    needed = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL")
    if (missing := _missing(needed)) is not None:
        return Finding(part, *missing)
    account = os.environ["TWILIO_ACCOUNT_SID"]
    base = os.environ.get("TWILIO_API_URL") or "https://api.twilio.com"
    status, answer = _ask(
        f"{base.rstrip('/')}/2010-04-01/Accounts/{account}.json",
        auth=(account, os.environ["TWILIO_AUTH_TOKEN"]),
    )
    if status == 401:
        text = (
            "Twilio refuses TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN. Copy both from its console"
        )
        return Finding(part, State.WRONG, text)
    if status != 200:
        return Finding(part, State.WRONG, f"Twilio does not answer ({answer}). Try again later")
    if answer.get("status", "active") != "active":
        return Finding(part, State.WRONG, f"Twilio says that the account is {answer['status']}")
    hook = f"{os.environ['PUBLIC_URL'].rstrip('/')}/webhooks/twilio/webhook"
    return Finding(part, State.READY, f"Twilio knows the account; each number's webhook is {hook}")


def _telegram():
    if (missing := _missing(("TELEGRAM_TOKEN",))) is not None:
        return Finding("Telegram", *missing)
    status, answer = _ask_telegram("getMe")
    if status in (401, 404):
        text = "Telegram does not know TELEGRAM_TOKEN. Copy it anew from @BotFather"
        return Finding("Telegram", State.WRONG, text)
    if status != 200:
        text = f"Telegram does not answer ({answer}). Is there a way out to api.telegram.org?"
        return Finding("Telegram", State.WRONG, text)
    name = f"@{answer['result'].get('username', '')}"
    if settings.TELEGRAM_NAME and name.casefold() != f"@{settings.TELEGRAM_NAME}".casefold():
        text = f"posters name @{settings.TELEGRAM_NAME} (TELEGRAM_NAME), but the bot is {name}"
        return Finding("Telegram", State.WRONG, text)
    if not os.environ.get("PUBLIC_URL"):
        return Finding("Telegram", State.READY, f"{name}, asked for texts (polling)")
    return _webhook_of(name)


def _webhook_of(name):
    status, answer = _ask_telegram("getWebhookInfo")
    webhook = answer["result"] if status == 200 else {}
    ours = f"{os.environ['PUBLIC_URL'].rstrip('/')}/webhooks/telegram/webhook"
    if webhook.get("url") != ours:
        text = f"{name} does not call {ours} yet; the bot tells it so at start: make run"
        return Finding("Telegram", State.WRONG if _bot_answers() else State.OFF, text)
    if webhook.get("pending_update_count") and webhook.get("last_error_message"):
        text = f"{name} cannot reach {ours}: {webhook['last_error_message']}"
        return Finding("Telegram", State.WRONG, text)
    return Finding("Telegram", State.READY, f"{name} calls {ours}")


def _web_chat():
    origins = os.environ.get("WEB_CHAT_ORIGINS")
    if not origins:
        text = "on the try-out page; set WEB_CHAT_ORIGINS to show it on a practice's site"
        return Finding("Web chat", State.READY, text)
    return Finding("Web chat", State.READY, f"may be shown on {origins}")


def _simulated_sms():
    try:
        is_demo = ContactNumber.objects.filter(is_demo=True).exists()
    except DatabaseError:
        is_demo = False
    if os.environ.get("TWILIO_ACCOUNT_SID"):
        return Finding("Simulated SMS", State.OFF, "closed, since Twilio is set up")
    if not is_demo:
        return Finding("Simulated SMS", State.OFF, "closed, since no demo programme is loaded")
    return Finding("Simulated SMS", State.READY, "on the try-out page, with made-up numbers only")


def _missing(names):
    """The state and the sentence of a channel some of whose settings are missing, or None."""
    missing = [name for name in names if not os.environ.get(name)]
    if not missing:
        return None
    # The public address serves other channels too, so on its own it sets up none.
    is_begun = any(os.environ.get(name) for name in names if name != "PUBLIC_URL")
    verb = "is" if len(missing) == 1 else "are"
    text = f"{NOT_SET}: {', '.join(missing)} {verb} not set"
    return State.WRONG if is_begun else State.OFF, text


def _ask_telegram(method):
    base = os.environ.get("TELEGRAM_API_URL") or "https://api.telegram.org"
    return _ask(f"{base.rstrip('/')}/bot{os.environ['TELEGRAM_TOKEN']}/{method}")


def _ask(url, **more):
    """Ask a provider. Returns its status and its JSON; None and why, where it cannot be asked.

    An error's own text is never shown: it holds the address, and that holds the token.
    """
    session = requests.Session()
    session.trust_env = urlsplit(url).hostname not in ("127.0.0.1", "localhost")
    try:
        response = session.get(url, timeout=ANSWERS_WITHIN_SECONDS, **more)
        return response.status_code, response.json()
    except requests.Timeout:
        return None, "no answer in time"
    except requests.ConnectionError:
        return None, "no connection"
    except ValueError:
        return None, f"an answer with status {response.status_code} that is no JSON"


def _ago(seconds):
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
