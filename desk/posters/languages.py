"""The languages that posters are printed in, one file each in data/posters/."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from babel import Locale

WORDS = Path(__file__).resolve().parent.parent.parent / "data" / "posters"
# English and Scots first, then by how many speak them.
CODES = ("en", "sco", "pl", "ur", "pa", "zh", "ar")


@dataclass(frozen=True)
class PosterLanguage:
    """What a poster says in one language. data/posters/README.md explains the lines.

    headline, free, any_time, ring: pairs, of two lines or of a heading and a sentence.
    days: plural form by CLDR → words with the gap {n}.
    line: how far letters reach above and below the line, in ems.
    plurals: the code of another language whose plural forms it has, where CLDR has none of it.
    """

    code: str
    name: str
    headline: list
    about: str
    how: str
    scan: str
    scan_alt: str
    address_alt: str
    free: list
    any_time: list
    ring: list
    days: dict
    telegram: str
    web_chat: str
    danger: str
    ill: str
    both_free: str
    own_name: str = ""
    to_be_checked: bool = False
    typeface: str = "Lexend"
    line: list = field(default_factory=lambda: [0.95, 0.3])
    right_to_left: bool = False
    plurals: str = ""

    @property
    def label(self):
        """The language in itself and in English, for who hangs the poster up."""
        return f"{self.own_name} / {self.name}" if self.own_name else self.name

    def days_in_words(self, days):
        """`3 working days`, in the plural form that the language has for this many."""
        form = Locale.parse(self.plurals or self.code).plural_form(days)
        return self.days.get(form, self.days["other"]).format(n=days)


@cache
def poster_languages():
    """Every PosterLanguage by its code, in the order in which they are offered."""
    return {code: _read(code) for code in CODES}


def _read(code):
    given = yaml.safe_load((WORDS / f"{code}.yml").read_text(encoding="utf-8"))
    return PosterLanguage(code=code, **given)
