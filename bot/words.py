"""The bot's own words, for the moments when Rasa cannot say them. They stand in domain.yml."""

from social_prescribing.words import DOMAIN, responses

__all__ = ["DOMAIN", "first_wording", "responses"]


def first_wording(name):
    """The first wording of a response that has no gaps to fill."""
    return responses()[name][0]["text"]
