"""Places: where a patient is, read from however they wrote it.

A postcode, a district ("g22"), a neighbourhood by any of its names ("ower in
Possil", "up the drum") or a landmark ("near the Forge"). The names stand in
data/places/, with what is known of where each came from.
"""

import csv
import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

PLACES = Path(__file__).resolve().parent.parent / "data" / "places"
GLASGOW_CITY = "Glasgow City"

POSTCODE_AREAS = "ab|dd|dg|eh|fk|gee|g|hs|iv|ka|kw|ky|ml|pa|ph|td|ze"
FULL_POSTCODE = re.compile(
    rf"\b(?P<area>{POSTCODE_AREAS}) ?(?P<number>[1-9][0-9ol]?) ?[0-9o][abd-hjlnp-uw-z]{{2}}\b"
)
DISTRICT = re.compile(r"\b(?P<area>gee|g|ml|pa)(?P<gap> ?)(?P<number>[1-9][0-9o]?)(?:ish)?\b")

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
# A district with the first figure of the sector run onto it: "g513", "G514".
RUN_ON_DISTRICT = re.compile(r"\bg(?P<number>[1-9][0-9o])[0-9o](?![0-9a-z])")
BARE_DISTRICT = re.compile(r"(?:glasgow |g )?(?P<number>[1-9][0-9])")

NEAR_PRACTICE = re.compile(
    r"\b(?:near|nearby|beside|next|close|by|round|roon|roond|across|opposite|same|behind|local)\b"
    r"(?: \w+){0,4} (?:practice|surgery|surgry|doctors?|dr|drs|gp|gps|health centre|you|yous|yir"
    r"|youse)\b"
)

LOCATION = re.compile(r"geo:(?P<latitude>-?[\d.]+),(?P<longitude>-?[\d.]+)")
# Further away than this it is no place of ours.
NEAR_KM = 5
KM_A_DEGREE = 111.2

HOME_WITHIN = 3  # words before the name that a home word may stand
NEAR_WITHIN = 3
ELSEWHERE_WITHIN = 4
# Below this many letters, one slip makes too many ordinary words look like a place.
SHORTEST_TO_FORGIVE = 7

LIKELIEST = (
    "postcode", "neighbourhood", "town", "landmark", "street", "hospital", "station", "city",
)  # fmt: skip
# Where people go, or meet: only "near the Forge" says where they are.
GONE_TO = ("landmark", "hospital", "station")

# Where a place was asked for, this like a name is enough (1 is the same).
LIKE_ENOUGH = 0.72
SHORTEST_TO_COMPARE = 4  # letters
MOST_WORDS_OF_ANSWER = 4


@dataclass(frozen=True)
class Place:
    """Somewhere a patient may be.

    district: the postcode district, "" for a town far away.
    latitude, longitude: degrees; None for a district we have no middle of, and
        for a city as a whole.
    kind: one of LIKELIEST.
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


def find_place(text, *, is_asked_for=False):
    """Return the place that a text most likely means, or None.

    is_asked_for: the text answers "which area are you in?", so "22", "pollikshelds"
        and "Glasgow" are places too.
    """
    place = next(iter(find_places(text)), None)
    return _answered(_plain(text)) if place is None and is_asked_for else place


def find_home(text):
    """Return the place where a text says that the patient is, or None.

    Stricter than find_place: nobody asked. A place that somebody goes to or comes
    from, or where their sister lives, is none: "chemo at the Beatson", "ma job in
    Hillington", "moved from Aberdeen", "my brother in Bearsden".
    """
    plain = _plain(text)
    homes = [hit for hit in _hits(plain) if hit.is_home(plain)]
    return homes[0].place if homes else None


def find_places(text):
    """Return every place that a text names, the likeliest first.

    Where someone says they live comes first ("a stay in Possil but ma maw's in
    Govan"), where they are not comes last ("no Pollok, Pollokshaws"), Glasgow
    before elsewhere, then by how exact it is: a postcode, a neighbourhood, a
    landmark.
    """
    return list(dict.fromkeys(hit.place for hit in _hits(_plain(text))))


def says_near_practice(text):
    """Whether a text places the patient by their practice: "roon the corner fae the surgery"."""
    return bool(NEAR_PRACTICE.search(_plain(text)))


def location_link(latitude, longitude):
    """A shared location as a link (RFC 5870), as it is kept with a message."""
    return f"geo:{float(latitude):.5f},{float(longitude):.5f}"


def place_at(links):
    """The Place nearest to the first location among links, or None where none is near."""
    for link in links:
        if found := LOCATION.fullmatch(link):
            return _nearest(float(found["latitude"]), float(found["longitude"]))
    return None


def known_areas():
    """Every council area and postcode district in the data."""
    return {area for place in _districts().values() for area in place.areas}


def _hits(plain):
    return sorted([*_postcodes(plain), *_names(plain)], key=lambda hit: hit.rank(plain))


def _nearest(latitude, longitude):
    def km_away(place):
        north = place.latitude - latitude
        east = (place.longitude - longitude) * math.cos(math.radians(latitude))
        return math.hypot(north, east) * KM_A_DEGREE

    # In the order of the file: several neighbourhoods may share the middle of their district.
    named = dict.fromkeys(name.place for name in _gazetteer().names.values())
    places = [place for place in named if place.kind == "neighbourhood"]
    nearest = min(places, key=km_away)
    return nearest if km_away(nearest) <= NEAR_KM else None


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

    def is_home(self, plain):
        """Whether the patient may well be there, as far as the words before it say."""
        before = plain[: self.start].split()
        if not _words("home_word").isdisjoint(before[-HOME_WITHIN:]):
            return True
        if _words("elsewhere_word").intersection(before[-ELSEWHERE_WITHIN:]):
            return False
        says_nothing_else = not before and self.end == len(plain)
        is_near = not _words("near_word").isdisjoint(before[-NEAR_WITHIN:])
        if self.place.kind in GONE_TO:
            return is_near or says_nothing_else
        return says_nothing_else or bool(self.place.district)


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
    only_alone: bool
    not_before: frozenset


@dataclass(frozen=True)
class _Gazetteer:
    names: dict  # plain spelling -> _Name
    slips: dict  # spelling with a letter left out -> the plain spelling
    most_words: int
    longest: int  # letters of the longest spelling that may be forgiven


def _plain(text):
    """Lower case, no accents, no apostrophes; whatever else is not a letter or digit is a space."""
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = re.sub("['`\u2019\u0300-\u036f]", "", bare)
    plain = re.sub(r"[^a-z0-9]+", " ", bare).strip()
    plain = re.sub(r" rd\b", " road", plain)
    return SPOKEN_DISTRICT.sub(_in_figures, plain)


def _in_figures(spoken):
    return f"g{NUMBER_WORDS.get(spoken['tens'], 0) + NUMBER_WORDS.get(spoken['ones'], 0)}"


def _postcodes(plain):
    for found in FULL_POSTCODE.finditer(plain):
        district = _district_of(found)
        place = _districts().get(district) or Place(district, district, None, None, "postcode", ())
        yield _Hit(place, *found.span())
    for found in RUN_ON_DISTRICT.finditer(plain):
        place = _districts().get("G" + found["number"].replace("o", "0"))
        if place:
            yield _Hit(place, *found.span())
    for found in DISTRICT.finditer(plain):
        place = _districts().get(_district_of(found))
        if place and (_is_plainly_a_district(found) or _is_meant(plain, found.span())):
            yield _Hit(place, *found.span())


def _answered(plain):
    """The place that an answer to "which area?" means, by its whole or by words like a name."""
    found = BARE_DISTRICT.fullmatch(plain)
    if found and f"G{found['number']}" in _districts():
        return _districts()[f"G{found['number']}"]
    words = [word for word in plain.split() if not _is_small(word)]
    in_one_piece = next(_postcodes(plain.replace(" ", "")), None)
    if in_one_piece:
        return in_one_piece.place
    if "outside" in plain.split() or plain in _words("not_a_slip"):
        return None
    if not 0 < len(words) <= MOST_WORDS_OF_ANSWER:
        return None
    spellings = _gazetteer().names
    alike = [
        (OSA.normalized_similarity(said, spelling, score_cutoff=LIKE_ENOUGH), spelling)
        for said in {" ".join(words), "".join(words)}
        if len(said) >= SHORTEST_TO_COMPARE and said not in _words("not_a_slip")
        for spelling in spellings
        if said[0] == spelling[0]
    ]
    best, spelling = max(alike, default=(0, ""))
    return spellings[spelling].place if best else None


def _is_small(word):
    return any(word in _words(kind) for kind in ("article", "home_word", "place_word", "small"))


def _district_of(found):
    area = "G" if found["area"] == "gee" else found["area"].upper()
    return area + found["number"].replace("o", "0").replace("l", "1")


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
    if name.only_alone:
        others = f"{plain[: span[0]]} {plain[span[1] :]}".split()
        return name if all(map(_is_small, others)) and "outside" not in others else None
    return name if not name.needs_place_word or _is_meant(plain, span) else None


def _forgiven(written):
    """The spelling that `written` is one slip away from, or None."""
    longest = _gazetteer().longest + 1
    if not SHORTEST_TO_FORGIVE <= len(written) <= longest or written in _words("not_a_slip"):
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
        and (" " not in spelling or spelling == _plain(name.place.name))
        for shorter in _one_letter_left_out(spelling)
    }
    return _Gazetteer(
        names=names,
        slips=slips,
        most_words=max(len(spelling.split()) for spelling in names),
        longest=max(map(len, slips.values())),
    )


@lru_cache
def _words(kind):
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
        **{_plain(part): _Name(place, False, False, not_before) for part in free if part},
        **{_plain(part): _Name(place, True, False, not_before) for part in guarded if part},
        **{_plain(part): _Name(place, True, True, not_before) for part in alone if part},
    }


def _degrees(text):
    return float(text) if text else None


def _one_letter_left_out(spelling):
    """The spelling itself and each with a letter left out: two that are a slip apart share one."""
    return (spelling, *(spelling[:at] + spelling[at + 1 :] for at in range(len(spelling))))


def _rows(name):
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
