"""Settings: one table holds them all, and what is wrong with one is said in a sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desk.environment import ROOT, find_problems, load_environment
from desk.environment_example import example_file
from desk.environment_table import every_setting

# Read in the code, and no setting of ours: how the libraries behind us are kept quiet.
NOT_OURS = {
    "BLETHER_ENV_FILE", "BLETHER_SETTINGS_READ", "DJANGO_SETTINGS_MODULE", "LOG_LEVEL",
    "OMP_NUM_THREADS", "RASA_MAX_CACHE_SIZE", "RASA_TELEMETRY_ENABLED", "TF_CPP_MIN_LOG_LEVEL",
}  # fmt: skip
READ = re.compile(r"""environ(?:\.get|\.setdefault|\.pop)?[(\[]\s*["']([A-Z0-9_]+)["']""")
A_RIGHT_ONE = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_MESSAGING_SERVICE_SID": "MG" + "0" * 32,
    "TWILIO_WHATSAPP_TEMPLATE_SID": "HX" + "0" * 32,
}


def names_read_in_code():
    for folder in ("actions", "bot", "desk", "social_prescribing"):
        for path in (ROOT / folder).rglob("*.py"):
            yield from READ.findall(path.read_text())


def problems(**given):
    return [str(problem) for problem in find_problems(given)]


def test_every_setting_that_the_code_reads_stands_in_the_table():
    """A new one needs a row in desk/environment_table.py, and `python -m desk draw_env`."""
    assert set(names_read_in_code()) - NOT_OURS <= set(every_setting())


def test_every_setting_of_the_table_is_read_somewhere():
    code = "\n".join(
        path.read_text()
        for folder in ("bot", "desk", "social_prescribing")
        for path in (ROOT / folder).rglob("*.py")
        if path.name not in ("environment_table.py", "doctor.py")
    )
    by_libraries = {"DATABASE_URL"}  # dj_database_url reads it
    assert not [n for n in every_setting() if f'"{n}"' not in code and n not in by_libraries]


def test_the_example_file_is_drawn_from_the_table():
    assert (ROOT / ".env.example").read_text() == example_file()


def test_every_example_is_right_when_all_are_set():
    given = {name: setting.example for name, setting in every_setting().items()}
    given |= A_RIGHT_ONE | {"DJANGO_SECRET_KEY": "x" * 50}
    assert problems(**given) == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://here", "postgres://"),
        ("REDIS_URL", "127.0.0.1:6379", "rediss://name.example"),
        ("PUBLIC_URL", "http://blether.example", "https://"),
        ("PUBLIC_URL", "blether.example", "Write it whole"),
        ("PROXIES", "two", "whole number"),
        ("PROXIES", "-1", "whole number"),
        ("DESK_HTTPS", "yes", "none of: 0, 1"),
        ("DESK_IDLE_MINUTES", "0", "from 1 to 600"),
        ("QUIET_SECONDS", "sms:1", "channel=seconds"),
        ("WEB_CHAT_ORIGINS", "https://a.example/page", "Leave off what comes after a.example"),
        ("WEB_CHAT_ORIGINS", "https://a.example,b.example", "Write it whole"),
        ("TELEGRAM_TOKEN", "my bot", "@BotFather"),
        ("TELEGRAM_API_URL", "https://api.telegram.org", "stand-in on this machine"),
        ("TELEGRAM_SECRET", "with spaces", "letters, digits"),
        ("TWILIO_ACCOUNT_SID", "AC123", "Twilio's console"),
        ("TWILIO_AUTH_TOKEN", "x", "of no use without TWILIO_ACCOUNT_SID"),
        ("DESK_HOST", "desk.example", "Did you mean DESK_HOSTS?"),
        ("TWILIO_SID", "x", "no such setting"),
    ],
)
def test_what_is_wrong_is_said_with_how_to_mend_it(name, value, says):
    said = [problem for problem in problems(**{name: value}) if problem.startswith(f"{name}: ")]
    assert any(says in problem for problem in said), said


def test_a_secret_is_never_shown():
    given = {"TELEGRAM_TOKEN": "hush", "TWILIO_ACCOUNT_SID": "hush", "TELEGRAM_SECRET": "hush hush"}
    assert problems(**given)
    assert "hush" not in str(problems(**given))


def test_the_environment_wins_over_the_file_and_an_empty_value_is_none(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text(
        "# ours\nPROXIES=2\nEMAIL_HOST=mail.example\nREDIS_URL=\nexport EMAIL_PORT=25\n"
    )
    monkeypatch.setenv("BLETHER_ENV_FILE", str(file))
    monkeypatch.setenv("PROXIES", "1")
    for name in ("EMAIL_HOST", "EMAIL_PORT", "REDIS_URL"):
        monkeypatch.setenv(name, "to be put back")
        monkeypatch.delenv(name)
    load_environment()
    assert (os.environ["PROXIES"], os.environ["EMAIL_HOST"]) == ("1", "mail.example")
    assert os.environ["EMAIL_PORT"] == "25"
    assert "REDIS_URL" not in os.environ


@pytest.mark.parametrize("command", [("desk", "doctor"), ("desk", "run"), ("bot", "serve")])
def test_nothing_starts_with_a_setting_that_cannot_be_read_and_the_sentence_says_why(
    command, tmp_path
):
    module, *arguments = command
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        cwd=Path(ROOT),
        env={**os.environ, "PROXIES": "many", "BLETHER_STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "PROXIES: “many” is no whole number from 0 to 9." in done.stderr
    assert "Traceback" not in done.stderr
