"""Every setting that comes from the environment or a .env file: what it is for, and its check.

One table. `.env.example` is drawn from it (`python -m desk draw_env`), `python -m desk doctor`
and every start check by it, and a test holds the code to it. No Django here: a setting that
cannot be read must be told of before anything is started with it.
"""

import difflib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
# Names that begin so are ours; any other name in the environment is somebody else's.
OURS = ("BLETHER_", "BOT_URL", "DESK_", "EMAIL_", "TELEGRAM_", "TWILIO_", "WEB_CHAT_")
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Setting:
    """One setting.

    Args:
        about: what it is for, in sentences; stands in .env.example.
        example: a value as it may look; never a real one.
        wrong: given a value, says what is wrong with it, or None.
        stops: with a wrong value nothing can be started.
    """

    name: str
    about: str
    example: str
    wrong: object = lambda value: None
    stops: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong with a setting, and how to mend it."""

    name: str
    text: str
    stops: bool = False

    def __str__(self):
        return f"{self.name}: {self.text}"


# ------------------------------------------------------------------ checks


def address(*schemes, bare=False):
    """A check: an address of one of these schemes; `bare` without anything after the host."""

    def wrong(value):
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname:
            return f"“{value}” is no address. Write it whole: {schemes[-1]}://name.example"
        if bare and (parts.path.strip("/") or parts.query):
            return f"“{value}” has more than a host. Leave off what comes after {parts.hostname}."
        return None

    return wrong


def public_address(value):
    """A check: https, as Twilio and Telegram want it, but for trials on this machine."""
    if urlsplit(value).scheme == "http" and urlsplit(value).hostname not in THIS_MACHINE:
        return "It must begin with https://, or Telegram refuses it and texts travel in the open."
    return address("http", "https")(value)


def stand_in_address(value):
    """A check: only a stand-in for tests on this machine, never a stranger's server."""
    if urlsplit(value).hostname not in THIS_MACHINE:
        return "It may only name a stand-in on this machine. Leave it out for the real provider."
    return address("http", "https")(value)


def addresses(value):
    """A check: addresses with commas between."""
    found = (address("http", "https", bare=True)(one.strip()) for one in value.split(",") if one)
    return next(filter(None, found), None)


def database(value):
    """A check: a database that we know how to use."""
    scheme = value.partition(":")[0]
    if scheme in ("postgres", "postgresql", "sqlite"):
        return None
    return (
        f"“{scheme}” is no database of ours. Write postgres://name:password@host:5432/blether, "
        "or leave it out for SQLite."
    )


def number(least, most):
    """A check: a whole number between two."""

    def wrong(value):
        if value.isdecimal() and least <= int(value) <= most:
            return None
        return f"“{value}” is no whole number from {least} to {most}."

    return wrong


def one_of(*values):
    """A check: one of some words."""

    def wrong(value):
        return None if value in values else f"“{value}” is none of: {', '.join(values)}."

    return wrong


def quiet_seconds(value):
    """A check: `sms=0.5,telegram=1`."""
    for pair in filter(None, value.split(",")):
        if not re.fullmatch(r"\s*[a-z_]+=\d+(\.\d+)?\s*", pair):
            return f"“{pair}” is not written as channel=seconds, for example sms=0.5,telegram=1."
    return None


def shape(pattern, text):
    """A check: matches a pattern; `text` says what it looks like. The value is never shown."""

    def wrong(value):
        return (
            None if re.fullmatch(pattern, value) else f"It should look like {text}. Copy it anew."
        )

    return wrong


# ------------------------------------------------------------------- table

SETTINGS = {
    "Where things are kept": (
        Setting(
            "DATABASE_URL",
            "PostgreSQL for a live service, above all where bots run on several machines. "
            "Without it, SQLite in var/.",
            "postgres://blether:PASSWORD@127.0.0.1:5432/blether",
            database,
            stops=True,
        ),
        Setting(
            "REDIS_URL",
            "Locks and counts that several bots share. Needed as soon as a second one runs.",
            "redis://127.0.0.1:6379/0",
            address("redis", "rediss"),
            stops=True,
        ),
        Setting("BLETHER_STATE_DIR", "Where SQLite, the secret key and such stand.", "var"),
        Setting(
            "DJANGO_SECRET_KEY",
            "Signs the desk's cookies. Without it, one is made at first start and kept in var/. "
            "Where the desk runs on several machines, all need the same.",
            "50 RANDOM LETTERS",
            lambda value: None if len(value) >= 32 else "It is too short: 32 letters at least.",
        ),
    ),
    "Where the world finds us": (
        Setting(
            "PUBLIC_URL",
            "The address under which Twilio, Telegram and patients' browsers reach the bot, "
            "as the proxy in front gives it. Without it Telegram is asked for texts (polling), and "
            "Twilio cannot be used.",
            "https://texts.blether.example",
            public_address,
        ),
        Setting(
            "BOT_URL",
            "Where a patient's browser finds the bot's web chat from the try-out page.",
            "http://127.0.0.1:5005",
            address("http", "https"),
        ),
        Setting(
            "PROXIES",
            "How many proxies of yours stand before the bot. Without it, the limits by network "
            "address would count the proxy as one patient, so they are left off.",
            "1",
            number(0, 9),
            stops=True,
        ),
    ),
    "The desk": (
        Setting(
            "DESK_HOSTS", "Host names under which link workers open it.", "desk.blether.example"
        ),
        Setting(
            "DESK_ORIGINS",
            "The same with https://, so that forms are taken from there only. Links in the weekly "
            "email lead to the first.",
            "https://desk.blether.example",
            addresses,
        ),
        Setting(
            "DESK_HTTPS",
            "1 where the desk is reached by https: its cookies then never travel in the open.",
            "1",
            one_of("0", "1"),
        ),
        Setting(
            "DESK_PROXY",
            "The address of the reverse proxy before it: only what that one says of a browser is "
            "believed, in the audit log and where wrong passwords are counted.",
            "127.0.0.1",
        ),
        Setting(
            "DESK_DEMO_ACCOUNTS",
            "Whether the demo's made-up people may sign in: closed where DESK_HTTPS is 1, "
            "else open.",
            "closed",
            one_of("open", "closed"),
            stops=True,
        ),
        Setting(
            "DESK_SECOND_FACTOR",
            "required: everybody signs in with a second factor. optional: who wants to.",
            "required",
            one_of("required", "optional"),
            stops=True,
        ),
        Setting(
            "DESK_IDLE_MINUTES",
            "After so many minutes without a key or a click the desk signs out.",
            "30",
            number(1, 600),
            stops=True,
        ),
    ),
    "Emails (invitations, passwords, the weekly digest)": (
        Setting(
            "EMAIL_HOST",
            "The mail server. Without it, emails are written to var/emails.",
            "smtp.example",
        ),
        Setting("EMAIL_PORT", "Its port.", "587", number(1, 65535), stops=True),
        Setting("EMAIL_USER", "Who signs in to it.", "blether"),
        Setting("EMAIL_PASSWORD", "And with what.", "PASSWORD"),
        Setting("EMAIL_TLS", "0 where it speaks no TLS.", "1", one_of("0", "1")),
        Setting("EMAIL_FROM", "Who emails come from.", "blether@practice.example"),
    ),
    "SMS and WhatsApp, through Twilio": (
        Setting(
            "TWILIO_ACCOUNT_SID",
            "From Twilio's console. In the console, the contact number's webhook is "
            "PUBLIC_URL/webhooks/twilio/webhook.",
            "ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            shape(r"AC[0-9a-fA-F]{32}", "AC and 32 letters and digits, as Twilio's console has it"),
        ),
        Setting("TWILIO_AUTH_TOKEN", "From Twilio's console; signs what Twilio sends.", "TOKEN"),
        Setting(
            "TWILIO_MESSAGING_SERVICE_SID",
            "A Messaging Service, if texts go out through one.",
            "MGXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            shape(r"MG[0-9a-fA-F]{32}", "MG and 32 letters and digits"),
        ),
        Setting(
            "TWILIO_WHATSAPP_TEMPLATE_SID",
            "The approved template with one gap for the text, used where the patient last wrote "
            "more than 24 hours ago.",
            "HXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            shape(r"HX[0-9a-fA-F]{32}", "HX and 32 letters and digits"),
        ),
        Setting(
            "TWILIO_REDACT",
            "1: once a text stands in our database, its words are emptied at Twilio.",
            "1",
            one_of("0", "1"),
        ),
        Setting("TWILIO_API_URL", "Tests only.", "http://127.0.0.1:8082", stand_in_address),
    ),
    "Telegram": (
        Setting(
            "TELEGRAM_TOKEN",
            "From Telegram's @BotFather. With it alone, `make run` asks Telegram for texts.",
            "1234567890:LETTERS",
            shape(r"\d+:\S+", "a number, a colon and letters, as @BotFather wrote it"),
        ),
        Setting(
            "TELEGRAM_NAME",
            "The bot's user name, as @BotFather wrote it, without the @. With it, posters show the "
            "way to Telegram.",
            "possil_blether_bot",
            shape(r"[A-Za-z]\w{1,28}[Bb][Oo][Tt]", "a name that ends in bot, without the @"),
        ),
        Setting(
            "TELEGRAM_SECRET",
            "What Telegram shows us with each text, with PUBLIC_URL. Without it, one is made.",
            "LETTERS_AND_DIGITS",
            shape(r"[A-Za-z0-9_-]{1,256}", "letters, digits, _ and - only"),
        ),
        Setting("TELEGRAM_API_URL", "Tests only.", "http://127.0.0.1:8081", stand_in_address),
    ),
    "Web chat": (
        Setting(
            "WEB_CHAT_ORIGINS",
            "The sites that may show the chat, with commas between: each practice's own.",
            "https://www.possilpractice.example,https://try.blether.example",
            addresses,
        ),
        Setting(
            "WEB_CHAT_TEXTS_A_MINUTE", "Texts a minute of one chat.", "60", number(1, 10000), True
        ),
        Setting(
            "WEB_CHAT_TEXTS_A_MINUTE_BY_ADDRESS",
            "Texts a minute from one network address: behind one there may be many patients.",
            "600",
            number(1, 100000),
            True,
        ),
        Setting(
            "WEB_CHAT_SESSIONS_A_MINUTE_BY_ADDRESS",
            "New chats a minute from one network address.",
            "120",
            number(1, 100000),
            True,
        ),
    ),
    "Supports": (
        Setting(
            "SUPPORT_CHECK_DAYS",
            "How many days the check of a support's number holds.",
            "180",
            number(1, 3650),
            True,
        ),
        Setting(
            "CRISIS_CHECK_DAYS",
            "The same for a line for people in crisis.",
            "31",
            number(1, 3650),
            True,
        ),
        Setting(
            "UNCHECKED_SUPPORTS",
            "Who may be sent a support that nobody has checked in that time: demo (patients of "
            "the demo programme), nobody, or everybody (a programme that trusts its sources).",
            "demo",
            one_of("demo", "nobody", "everybody"),
            True,
        ),
    ),
    "The conversation": (
        Setting(
            "QUIET_SECONDS",
            "How long a channel must be quiet before texts sent in a row are answered as one.",
            "sms=0.5,whatsapp=0.5,telegram=0.5",
            quiet_seconds,
            stops=True,
        ),
    ),
}

# One is of no use without the other.
PAIRS = (
    ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    ("TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID"),
    ("TWILIO_ACCOUNT_SID", "PUBLIC_URL"),
    ("TELEGRAM_SECRET", "TELEGRAM_TOKEN"),
    ("TELEGRAM_NAME", "TELEGRAM_TOKEN"),
    ("EMAIL_USER", "EMAIL_HOST"),
)


def every_setting():
    """The table without its headings, by name."""
    return {setting.name: setting for group in SETTINGS.values() for setting in group}


def env_file():
    """The .env file of this installation; BLETHER_ENV_FILE names another."""
    return Path(os.environ.get("BLETHER_ENV_FILE", ROOT / ".env"))


def load_environment():
    """Put what the .env file says into the environment. What stands there already wins.

    An empty value is the same as none.
    """
    for name, value in dotenv_values(env_file()).items():
        if value is not None:
            os.environ.setdefault(name, value)
    for name in every_setting():
        if os.environ.get(name) == "":
            del os.environ[name]


def find_problems(environment=None):
    """What is wrong with the settings, each with how to mend it (list of Problem)."""
    given = os.environ if environment is None else environment
    return [*_wrong_values(given), *_missing_halves(given), *_unknown_names(given)]


def _wrong_values(given):
    for setting in every_setting().values():
        value = given.get(setting.name)
        if value and (text := setting.wrong(value)):
            yield Problem(setting.name, text, stops=setting.stops)


def _missing_halves(given):
    for name, other in PAIRS:
        if given.get(name) and not given.get(other):
            yield Problem(
                name, f"It is of no use without {other}. Set that too, or leave both out."
            )


def _unknown_names(given):
    known = [*every_setting(), "BLETHER_ENV_FILE", "BLETHER_SETTINGS_READ"]
    for name in given:
        if name.startswith(OURS) and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            meant = f" Did you mean {close[0]}?" if close else ""
            yield Problem(name, f"There is no such setting.{meant}")


def example_file():
    """What .env.example says."""
    lines = [
        "# Blether's settings. Copy this file to .env beside it and take the # off what you set.",
        "# Nothing has to be set: without any, everything runs on this machine only.",
        "# What stands in the environment wins over this file. `make doctor` checks it all.",
        "# Drawn from desk/environment.py by `python -m desk draw_env`.",
    ]
    for heading, settings in SETTINGS.items():
        lines += ["", f"# ---- {heading}"]
        for setting in settings:
            lines += ["", *_wrapped(setting.about), f"#{setting.name}={setting.example}"]
    return "\n".join(lines) + "\n"


def _wrapped(text):
    line = "#"
    for word in text.split():
        if len(line) + len(word) + 1 > 96:
            yield line
            line = "#"
        line += f" {word}"
    yield line
