"""Django settings for the desk and for the rules in social_prescribing.

Everything that differs between machines comes from the environment. Without
any of it, the demo set-up runs: SQLite, this machine only.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url

from desk.environment import load_environment

load_environment()

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(os.environ.get("BLETHER_STATE_DIR", BASE_DIR / "var"))
STATE_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key():
    """A secret of this installation's own, made at first start and kept."""
    if key := os.environ.get("DJANGO_SECRET_KEY"):
        return key
    path = STATE_DIR / "secret_key"
    try:
        # "x" lets only one of two processes that start together write it.
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DESK_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DESK_ORIGINS", "").split(",") if o]
# Where links in emails that nobody asked for lead; the clock knows of no request.
DESK_ADDRESS = (CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0].strip().rstrip("/")

# The address of the reverse proxy before the desk, if there is one.
PROXY = os.environ.get("DESK_PROXY", "")

# Where a patient's browser finds the bot's web chat.
BOT_URL = os.environ.get("BOT_URL", "http://127.0.0.1:5005")

# The bot's user name at Telegram, for links on posters.
TELEGRAM_NAME = os.environ.get("TELEGRAM_NAME", "")

# How many proxies of ours stand before the bot: each adds an address to X-Forwarded-For.
PROXIES = int(os.environ.get("PROXIES", 0))

# Requests a minute of one web chat session and of one network address. Behind one address of a
# mobile network or a hostel there are many patients.
WEB_CHAT_LIMITS = {
    "texts": {
        "session": int(os.environ.get("WEB_CHAT_TEXTS_A_MINUTE", 60)),
        "address": int(os.environ.get("WEB_CHAT_TEXTS_A_MINUTE_BY_ADDRESS", 600)),
    },
    "sessions": {"address": int(os.environ.get("WEB_CHAT_SESSIONS_A_MINUTE_BY_ADDRESS", 120))},
    "fetches": {"session": 120, "address": 6000},
}


def _quiet_seconds():
    """How long a channel must be quiet before a burst is answered: `sms=0.5,telegram=1`."""
    given = os.environ.get("QUIET_SECONDS", "sms=0.5,whatsapp=0.5,telegram=0.5")
    pairs = (pair.partition("=") for pair in given.split(",") if pair)
    return {channel.strip(): float(seconds) for channel, _, seconds in pairs}


# "hi", "am skint", "can someone phone me": one burst, one answer.
QUIET_SECONDS = _quiet_seconds()

INSTALLED_APPS = [
    "desk.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "import_export",
    "social_prescribing",
    "desk.apps.DeskConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "desk.idle.IdleTimeOutMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "desk.route_guard.RouteGuardMiddleware",
    "desk.records.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "desk.content_policy.NothingKeptMiddleware",
    "desk.content_policy.ContentPolicyMiddleware",
    "axes.middleware.AxesMiddleware",
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses where too many tries failed
    "django.contrib.auth.backends.ModelBackend",
]

ROOT_URLCONF = "desk.urls"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before those of the apps, so that ours stand in the place of Django's own.
        "DIRS": [BASE_DIR / "desk" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.context.signed_in_desk",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{STATE_DIR / 'blether.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Write locks are taken at the start, so that bot and desk wait for each
        # other instead of failing half-way; readers never wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # 32 MB of the file are kept at hand, instead of 2: all that wait stand in them.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA cache_size=-32000;",
    }
    # Tests that run several threads need a database that all of them see.
    DATABASES["default"]["TEST"] = {"NAME": STATE_DIR / "test.sqlite3"}

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A question that comes again and again is planned once: two fifths less of the server's work.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 5}

# What several processes count together, for example texts a minute.
if REDIS_URL := os.environ.get("REDIS_URL"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "blether",
        }
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# An invitation, or a link to set a new password, holds for three days.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

# "required": everybody beside the demo's made-up people sets one up at their first sign-in.
# "optional": those who set one up are asked for it.
SECOND_FACTOR = os.environ.get("DESK_SECOND_FACTOR", "required")
OTP_TOTP_ISSUER = "Blether"

# Everybody knows the password of the demo's made-up people: in earnest they cannot sign in.
DEMO_ACCOUNTS = os.environ.get(
    "DESK_DEMO_ACCOUNTS", "closed" if os.environ.get("DESK_HTTPS") == "1" else "open"
)

# Five wrong passwords for one account from one place, then a quarter of an hour's rest.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "desk/account/locked_out.html"
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it
AXES_VERBOSE = False

# Nothing typed or pressed for so long, and the desk signs out; a working day at most.
IDLE_AFTER = timedelta(minutes=int(os.environ.get("DESK_IDLE_MINUTES", "30")))

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "desk" / "static",
    (
        "design-system",
        BASE_DIR / "node_modules" / "@scottish-government" / "design-system" / "dist",
    ),
    ("chat", BASE_DIR / "bot" / "widget"),
    ("htmx", BASE_DIR / "node_modules" / "htmx.org" / "dist"),
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("DESK_HTTPS") == "1"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Without a mail server, emails are files in the state folder.
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "blether@localhost")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = STATE_DIR / "emails"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"

# Supports: how many days the check of one holds, and of a line for people in crisis.
SUPPORT_CHECK_DAYS = int(os.environ.get("SUPPORT_CHECK_DAYS", "180"))
CRISIS_CHECK_DAYS = int(os.environ.get("CRISIS_CHECK_DAYS", "31"))
# Who may be sent a support that nobody has checked in that time: "demo" (patients of the
# demo programme), "nobody", or "everybody" (a programme that trusts its sources).
UNCHECKED_SUPPORTS = os.environ.get("UNCHECKED_SUPPORTS", "demo")

# A patient's words are never logged: identifiers only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
