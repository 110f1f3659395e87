"""The name of a patient, in other languages than English."""

import re
from dataclasses import dataclass

from social_prescribing.names import read_name
from social_prescribing.other_language_words import TIMES, Folded

LONGEST_NAME = 4  # words; of a text that was asked for a name, too
LONGEST_CHINESE_NAME = 4  # signs
PARTICLES = {"de", "da", "do", "dos", "del", "la", "van", "von", "al", "el", "bin", "ibn", "bint",
             "abu", "di", "y", "ben"}  # fmt: skip
CUTS = re.compile(r"[,;!?\n()/\d:،؛؟。，！？：、।]|\.(?=\s|$)|\s-\s")


@dataclass(frozen=True)
class Said:
    """A text as something that may hold a name."""

    text: str
    folded: Folded
    words: dict
    asks: str
    tells: bool
    says_more: bool  # a time or a number stands beside it

    def name(self):
        """The name by one of the ways of giving it; asked for, also one that stands alone."""
        return (
            self._after("name is")
            or self._after("i am", only_names=self.asks != "name" or self.tells)
            or read_name(self.text, was_asked=False)
            or (self._alone() if self.asks == "name" else None)
        )

    def _after(self, kind, *, only_names=False):
        found = self.words[kind].search(self.folded.text) if kind in self.words else None
        if not found:
            return None
        words = self._cut(found.end()).split()
        if only_names or kind == "i am":
            return _as_name(words, only_names=True)
        return _as_name(words)

    def _cut(self, start):
        """The text from there up to what cannot belong to a name."""
        rest = self.folded.text[start:]
        rest_words = re.match(r"\W*", rest).end()
        ends = [cut.start() for cut in CUTS.finditer(rest, rest_words)]
        for kind in ("name ends", "no name", "hello", *TIMES):
            if kind in self.words and (found := self.words[kind].search(rest)):
                ends.append(found.start())
        end = min(ends, default=len(rest))
        return (
            self.text[self.folded.at[start + rest_words] : self.folded.at[start + end]]
            if (end > rest_words)
            else ""
        )

    def _alone(self):
        """ "tak, Katarzyna Nowak", or in a longer text a name before the first comma."""
        start = 0
        for _ in range(2):
            for kind in ("hello", "yes"):
                rest = self.folded.text[start:]
                opening = re.match(r"\W*", rest).end()
                if kind in self.words and (found := self.words[kind].match(rest, opening)):
                    start += found.end()
        if not self.folded.text[start:].strip(" .,!،。"):
            return None
        said = self._cut(start).split()
        is_short = len(self.text[self.folded.at[start] :].split()) <= LONGEST_NAME
        is_whole = self._cut(start).strip() == self.text[self.folded.at[start] :].strip(" .,!،。\n")
        if is_short and is_whole and not self.tells:
            return _as_name(said, only_names=len(said) > 2)
        return _as_name(said, only_names=True) if len(said) > 1 or self.says_more else None


def _as_name(words, *, only_names=False):
    """The words of a name at the front of these, or None.

    only_names: where a script has capitals, only what is written with one.
    """
    if not words:
        return None
    if not any(sign.isascii() or sign.lower() != sign.upper() for sign in "".join(words)):
        return _as_name_without_capitals(words)
    name = []
    for word in words:
        is_name = word[:1].isupper() or (bool(name) and word.casefold() in PARTICLES)
        if not is_name and ((name and name[0][:1].isupper()) or only_names or len(name) == 2):
            break
        name.append(word)
    while name and name[-1].casefold() in PARTICLES:
        name.pop()
    if not name or len(name) > LONGEST_NAME or any(map(str.isdigit, "".join(name))):
        return None
    return " ".join(word if word[:1].isupper() or word in PARTICLES else word.capitalize()
                    for word in name)  # fmt: skip


def _as_name_without_capitals(words):
    name = " ".join(words)
    if "\u4e00" <= name[0] <= "\u9fff":
        return name if len(name) <= LONGEST_CHINESE_NAME else None
    return name if len(words) < LONGEST_NAME else None
