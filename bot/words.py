"""The bot's own words, for the moments when Rasa cannot say them. They stand in domain.yml."""

from functools import lru_cache
from pathlib import Path

import rasa.shared.utils.io

DOMAIN = Path(__file__).resolve().parent.parent / "domain.yml"


@lru_cache
def responses():
    """Every response of domain.yml: name → list of variations."""
    return rasa.shared.utils.io.read_yaml_file(DOMAIN)["responses"]


def first_wording(name):
    """The first wording of a response that has no gaps to fill."""
    return responses()[name][0]["text"]
