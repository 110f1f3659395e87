"""Every setting that comes from the environment or a .env file: what it is for, and its check.

One table. `.env.example` is drawn from it, `python -m desk doctor` and every start check by it,
and a test holds the code to it.
"""

from dataclasses import dataclass

from desk.environment_checks import (
    address,
    addresses,
    database,
    number,
    one_of,
    public_address,
    quiet_seconds,
    shape,
    stand_in_address,
)


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


SETTINGS = {
    "Where things are kept": (
        Setting(
            "DATABASE_URL",
            "PostgreSQL for a live service, above all where bots run on several machines. "
            "Without it, SQLite in var/. A pooler in between, such as PgBouncer, must run in "
            "session mode (pool_mode = session): Blether keeps prepared statements and cursors on "
            "a connection.",
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
