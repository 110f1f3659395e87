"""Reading the settings from the environment and a .env file, and saying what is wrong with them.

Which settings there are stands in desk/environment_table.py. No Django here: a setting that
cannot be read must be told of before anything is started with it.
"""

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from desk.environment_table import PAIRS, every_setting

ROOT = Path(__file__).resolve().parent.parent
# Names that begin so are ours; any other name in the environment is somebody else's.
OURS = ("BLETHER_", "BOT_URL", "DESK_", "EMAIL_", "TELEGRAM_", "TWILIO_", "WEB_CHAT_")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a setting, and how to mend it."""

    name: str
    text: str
    stops: bool = False

    def __str__(self):
        return f"{self.name}: {self.text}"


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
