"""The places there are, by every name and spelling that we know of.

They stand in data/places/, with what is known of where each came from.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PLACES = Path(__file__).resolve().parent.parent / "data" / "places"
GLASGOW_CITY = "Glasgow City"

NUMBER_WORDS = {
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
# A district as a voice is taken down: "g fifty one", "gee twenty two".
SPOKEN_DISTRICT = re.compile(
    r"\b(?:g|gee|jee) (?P<tens>eleven|twelve|\w{3,4}teen|(?:twen|thir|for|fif|six|seven|eigh)ty)"
    r"(?: (?P<ones>one|two|three|four|five|six|seven|eight|nine))?\b"
)

# Below this many letters, one slip makes too many ordinary words look like a place.
SHORTEST_TO_FORGIVE = 7


@dataclass(frozen=True)
class Place:
    """Somewhere a patient may be.

    district: the postcode district, "" for a town far away.
    latitude, longitude: degrees; None for a district we have no middle of, and
        for a city as a whole.
    kind: one of LIKELIEST in places.py.
    councils: the council areas it lies in, empty when not known.
    """

    name: str
    district: str
    latitude: float | None
    longitude: float | None
    kind: str
    councils: tuple

    @property
    def in_glasgow(self):
        """Whether any of it belongs to Glasgow City Council."""
        return GLASGOW_CITY in self.councils

    @property
    def in_scotland(self):
        """Whether it is in Scotland: only a town elsewhere has neither district nor council."""
        return bool(self.district or self.councils)

    @property
    def areas(self):
        """What a support may say that it serves: the district and the council areas."""
        return {self.district, *self.councils} - {""}


@dataclass(frozen=True)
class Name:
    """One way of writing a place."""

    place: Place
    needs_place_word: bool
    only_alone: bool
    not_before: frozenset


@dataclass(frozen=True)
class Gazetteer:
    names: dict  # plain spelling -> Name
    slips: dict  # spelling with a letter left out -> the plain spelling
    most_words: int
    longest: int  # letters of the longest spelling that may be forgiven


def in_plain_letters(text):
    """Lower case, no accents, no apostrophes; whatever else is not a letter or digit is a space."""
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = re.sub("['`\u2019\u0300-\u036f]", "", bare)
    plain = re.sub(r"[^a-z0-9]+", " ", bare).strip()
    plain = re.sub(r" rd\b", " road", plain)
    return SPOKEN_DISTRICT.sub(_in_figures, plain)


def _in_figures(spoken):
    return f"g{NUMBER_WORDS.get(spoken['tens'], 0) + NUMBER_WORDS.get(spoken['ones'], 0)}"


def known_areas():
    """Every council area and postcode district in the data."""
    return {area for place in districts().values() for area in place.areas}


def name_spelt(written):
    """The Name that is written so, or with one slip, or None."""
    names = gazetteer().names
    return names.get(written) or names.get(_forgiven(written))


def _forgiven(written):
    """The spelling that `written` is one slip away from, or None."""
    longest = gazetteer().longest + 1
    if not SHORTEST_TO_FORGIVE <= len(written) <= longest or written in words_for("not_a_slip"):
        return None
    slips = gazetteer().slips
    found = (slips.get(shorter) for shorter in _one_letter_left_out(written))
    return next((name for name in found if name and _is_one_slip(written, name)), None)


def _is_one_slip(written, name):
    """No to "the bridge on the left" for Bridgeton: where a space slips, nothing else may."""
    same_words = written.count(" ") == name.count(" ")
    return written[0] == name[0] and (
        same_words or written.replace(" ", "") == name.replace(" ", "")
    )


@lru_cache
def districts():
    """Postcode districts by name, for example `G51`."""
    return {
        row["district"]: Place(
            row["district"],
            row["district"],
            float(row["latitude"]),
            float(row["longitude"]),
            "postcode",
            tuple(row["councils"].split(";")),
        )
        for row in _rows("postcode_districts.csv")
    }


@lru_cache
def gazetteer():
    names = {}
    for row in _rows("places.csv"):
        names |= _names_in(row)
    slips = {
        shorter: spelling
        for spelling, name in names.items()
        if len(spelling) >= SHORTEST_TO_FORGIVE
        and not name.needs_place_word
        and (" " not in spelling or spelling == in_plain_letters(name.place.name))
        for shorter in _one_letter_left_out(spelling)
    }
    return Gazetteer(
        names=names,
        slips=slips,
        most_words=max(len(spelling.split()) for spelling in names),
        longest=max(map(len, slips.values())),
    )


@lru_cache
def words_for(kind):
    """The words of one kind in data/places/words.csv, for example `place_word`."""
    return frozenset(row["word"] for row in _rows("words.csv") if row["kind"] == kind)


def _names_in(row):
    place = Place(
        row["name"],
        row["district"],
        _degrees(row["latitude"]),
        _degrees(row["longitude"]),
        row["kind"],
        tuple(filter(None, row["council"].split(";"))),
    )
    not_before = frozenset(row["not_before"].split(";"))
    free = (row["name"], row["name"].replace(" Street", " St"), *row["spellings"].split(";"))
    guarded = row["spellings_after_a_place_word"].split(";")
    alone = row["spellings_alone"].split(";")
    return {
        **{in_plain_letters(part): Name(place, False, False, not_before) for part in free if part},
        **{
            in_plain_letters(part): Name(place, True, False, not_before) for part in guarded if part
        },
        **{in_plain_letters(part): Name(place, True, True, not_before) for part in alone if part},
    }


def _degrees(text):
    return float(text) if text else None


def _one_letter_left_out(spelling):
    """The spelling itself and each with a letter left out: two that are a slip apart share one."""
    return (spelling, *(spelling[:at] + spelling[at + 1 :] for at in range(len(spelling))))


def _rows(name):
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
