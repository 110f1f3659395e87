"""Which words and pairs of words a text holds: "too late", "my mum", "no heating"."""

from typing import Any

from bot.nlu.ngrams import Ngrams


class WordNgrams(Ngrams):
    """Words, punctuation and all that stands between spaces. Settings: see `Ngrams`."""

    analyzer = "word"
    token_pattern = r"\S+"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Words and pairs; they add a point of F1 to the letters on writers held back."""
        return {"alias": None, "shortest": 1, "longest": 2, "at_least": 2, "at_most": 20_000}
