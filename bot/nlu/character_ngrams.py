"""Which runs of three to five letters a text holds: misspellings share most of them."""

from typing import Any

from bot.nlu.ngrams import Ngrams


class CharacterNgrams(Ngrams):
    """Letters within a word and its edges. Settings: see `Ngrams`."""

    analyzer = "char_wb"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Two letters more or less changed nothing on writers held back, and cost time."""
        return {"alias": None, "shortest": 3, "longest": 5, "at_least": 3, "at_most": 30_000}
