"""Words that patients read, from domain.yml: for the desk and the clock as for the bot.

Every text that a patient can receive stands in domain.yml, whoever sends it, so that
one test reads them all and a practice can correct them in one place.
"""

from functools import lru_cache
from pathlib import Path

import yaml

DOMAIN = Path(__file__).resolve().parent.parent / "domain.yml"


@lru_cache
def responses():
    """Every response of domain.yml: name → list of variations."""
    # libyaml reads the file some thirty times faster; not every machine has it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(DOMAIN.read_text(encoding="utf-8"), loader)["responses"]


def buttons_of(response):
    """The quick replies of a response, as a patient reads them."""
    return [button["title"] for button in responses()[response][0].get("buttons", ())]


def wording(response, /, **gaps):
    """The first wording of a response, its gaps filled: `wording("utter_tried", first="Sam")`."""
    return responses()[response][0]["text"].format(**gaps)
