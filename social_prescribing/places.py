"""Places: where a patient is, read from however they wrote it.

A postcode, a district ("g22"), a neighbourhood by any of its names ("ower in
Possil", "up the drum") or a landmark ("near the Forge"). The names stand in
data/places/, with what is known of where each came from.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PLACES = Path(__file__).resolve().parent.parent / "data" / "places"
GLASGOW_CITY = "Glasgow City"

POSTCODE_AREAS = "ab|dd|dg|eh|fk|gee|g|hs|iv|ka|kw|ky|ml|pa|ph|td|ze"
FULL_POSTCODE = re.compile(
    rf"\b(?P<area>{POSTCODE_AREAS}) ?(?P<number>[1-9][0-9o]?) ?[0-9o][abd-hjlnp-uw-z]{{2}}\b"
)
DISTRICT = re.compile(r"\b(?P<area>gee|g|ml|pa)(?P<gap> ?)(?P<number>[1-9][0-9o]?)\b")

HOME_WITHIN = 3  # words before the name that a home word may stand
# Below this many letters, one slip makes too many ordinary words look like a place.
SHORTEST_TO_FORGIVE = 7

LIKELIEST = ("postcode", "neighbourhood", "town", "landmark", "station", "street")


@dataclass(frozen=True)
class Place:
    """Somewhere a patient may be.

    district: the postcode district, "" for a town far away.
    latitude, longitude: degrees; None for a district we have no middle of.
    kind: postcode, neighbourhood, town, landmark, station or street.
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
    def areas(self):
        """What a support may say that it serves: the district and the council areas."""
        return {self.district, *self.councils} - {""}


def find_place(text):
    """Return the place that a text most likely means, or None."""
    return next(iter(find_places(text)), None)


def find_places(text):
    """Return every place that a text names, the likeliest first.

    Where someone says they live comes first ("a stay in Possil but ma maw's in
    Govan"), where they are not comes last ("no Pollok, Pollokshaws"), Glasgow
    before elsewhere, then by how exact it is: a postcode, a neighbourhood, a
    landmark.
    """
    plain = _plain(text)
    hits = sorted([*_postcodes(plain), *_names(plain)], key=lambda hit: hit.rank(plain))
    return list(dict.fromkeys(hit.place for hit in hits))


def known_areas():
    """Every council area and postcode district in the data."""
    return {area for place in _districts().values() for area in place.areas}


@dataclass(frozen=True)
class _Hit:
    place: Place
    start: int
    end: int

    def rank(self, plain):
        before = plain[: self.start].split()[-HOME_WITHIN:]
        return (
            _is_denied(before),
            _words("home_word").isdisjoint(before),
            not self.place.in_glasgow,
            LIKELIEST.index(self.place.kind),
            self.start,
        )


def _is_denied(before):
    """Whether these words end in "not" or "not in"."""
    if before and before[-1] in _words("place_word"):
        before = before[:-1]
    return bool(before) and before[-1] in _words("not_word")


@dataclass(frozen=True)
class _Name:
    """One way of writing a place."""

    place: Place
    needs_place_word: bool
    not_before: frozenset


@dataclass(frozen=True)
class _Gazetteer:
    names: dict  # plain spelling -> _Name
    slips: dict  # spelling with a letter left out -> the plain spelling
    most_words: int


def _plain(text):
    """Lower case, no accents, no apostrophes; whatever else is not a letter or digit is a space."""
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = re.sub("['`\u2019\u0300-\u036f]", "", bare)
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def _postcodes(plain):
    for found in FULL_POSTCODE.finditer(plain):
        district = _district_of(found)
        place = _districts().get(district) or Place(district, district, None, None, "postcode", ())
        yield _Hit(place, *found.span())
    for found in DISTRICT.finditer(plain):
        place = _districts().get(_district_of(found))
        if place and (_is_plainly_a_district(found) or _is_meant(plain, found.span())):
            yield _Hit(place, *found.span())


def _district_of(found):
    area = "G" if found["area"] == "gee" else found["area"].upper()
    return area + found["number"].replace("o", "0")


def _is_plainly_a_district(found):
    """A gap is plain in "G 22"; "ma pa 5 year ago" and "g 2" may be anything."""
    return not found["gap"] or (found["area"].startswith("g") and len(found["number"]) == 2)


def _names(plain):
    words = [found.span() for found in re.finditer(r"\S+", plain)]
    at = 0
    while at < len(words):
        for taken in range(min(_gazetteer().most_words, len(words) - at), 0, -1):
            span = words[at][0], words[at + taken - 1][1]
            name = _name_at(plain, span)
            if name:
                yield _Hit(name.place, *span)
                at += taken - 1
                break
        at += 1


def _name_at(plain, span):
    """The _Name written at these characters, if a place is what they mean."""
    written = plain[slice(*span)]
    gazetteer = _gazetteer()
    name = gazetteer.names.get(written) or gazetteer.names.get(_forgiven(written))
    if name is None or not _goes_on_as_a_place(plain, span, name):
        return None
    return name if not name.needs_place_word or _is_meant(plain, span) else None


def _forgiven(written):
    """The spelling that `written` is one slip away from, or None."""
    if len(written) < SHORTEST_TO_FORGIVE or written in _words("not_a_slip"):
        return None
    slips = _gazetteer().slips
    found = (slips.get(shorter) for shorter in _one_letter_left_out(written))
    return next((name for name in found if name and _is_one_slip(written, name)), None)


def _is_one_slip(written, name):
    """No to "the bridge on the left" for Bridgeton: where a space slips, nothing else may."""
    same_words = written.count(" ") == name.count(" ")
    return written[0] == name[0] and (
        same_words or written.replace(" ", "") == name.replace(" ", "")
    )


def _goes_on_as_a_place(plain, span, name):
    """No to "the royal mail", "Mrs Hamilton" and "Paisley Road"."""
    before, after = plain[: span[0]].split()[-1:], plain[span[1] :].split()[:1]
    if not name.place.in_glasgow and not _words("street_word").isdisjoint(after):
        return False
    return _words("title").isdisjoint(before) and name.not_before.isdisjoint(after)


def _is_meant(plain, span):
    """Whether a place word goes before, or nothing else is said."""
    before = [word for word in plain[: span[0]].split()[-2:] if word not in _words("article")]
    says_nothing_else = not before and span[1] == len(plain)
    return says_nothing_else or bool(before and before[-1] in _words("place_word"))


@lru_cache
def _districts():
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
def _gazetteer():
    names = {}
    for row in _rows("places.csv"):
        names |= _names_in(row)
    slips = {
        shorter: spelling
        for spelling, name in names.items()
        if len(spelling) >= SHORTEST_TO_FORGIVE
        and not name.needs_place_word
        and not spelling.startswith("the ")
        for shorter in _one_letter_left_out(spelling)
    }
    return _Gazetteer(names, slips, max(len(spelling.split()) for spelling in names))


@lru_cache
def _words(kind):
    """The words of one kind in data/places/words.csv, for example `place_word`."""
    return frozenset(row["word"] for row in _rows("words.csv") if row["kind"] == kind)


def _names_in(row):
    place = Place(
        row["name"],
        row["district"],
        float(row["latitude"]),
        float(row["longitude"]),
        row["kind"],
        tuple(row["council"].split(";")),
    )
    not_before = frozenset(row["not_before"].split(";"))
    guarded = [_plain(part) for part in row["spellings_after_a_place_word"].split(";") if part]
    free = [_plain(part) for part in (row["name"], *row["spellings"].split(";")) if part]
    return {
        **{spelling: _Name(place, False, not_before) for spelling in free},
        **{spelling: _Name(place, True, not_before) for spelling in guarded},
    }


def _one_letter_left_out(spelling):
    """The spelling itself and each with a letter left out: two that are a slip apart share one."""
    return (spelling, *(spelling[:at] + spelling[at + 1 :] for at in range(len(spelling))))


def _rows(name):
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
