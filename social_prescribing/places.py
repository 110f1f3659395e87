"""Places: where a patient is, read from however they wrote it.

A postcode, a district ("g22"), a neighbourhood by any of its names ("ower in
Possil", "up the drum") or a landmark ("near the Forge"). Which places there are
stands in gazetteer.py.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from social_prescribing.gazetteer import (
    Place,
    districts,
    gazetteer,
    in_plain_letters,
    name_spelt,
    words_for,
)

POSTCODE_AREAS = "ab|dd|dg|eh|fk|gee|g|hs|iv|ka|kw|ky|ml|pa|ph|td|ze"
FULL_POSTCODE = re.compile(
    rf"\b(?P<area>{POSTCODE_AREAS}) ?(?P<number>[1-9][0-9ol]?) ?[0-9o][abd-hjlnp-uw-z]{{2}}\b"
)
DISTRICT = re.compile(r"\b(?P<area>gee|g|ml|pa)(?P<gap> ?)(?P<number>[1-9][0-9o]?)(?:ish)?\b")
# A district with the first figure of the sector run onto it: "g513", "G514".
RUN_ON_DISTRICT = re.compile(r"\bg(?P<number>[1-9][0-9o])[0-9o](?![0-9a-z])")
BARE_DISTRICT = re.compile(r"(?:glasgow |g )?(?P<number>[1-9][0-9])")

NEAR_PRACTICE = re.compile(
    r"\b(?:near|nearby|beside|next|close|by|round|roon|roond|across|opposite|same|behind|local)\b"
    r"(?: \w+){0,4} (?:practice|surgery|surgry|doctors?|dr|drs|gp|gps|health centre|you|yous|yir"
    r"|youse)\b"
)

HOME_WITHIN = 3  # words before the name that a home word may stand
NEAR_WITHIN = 3
ELSEWHERE_WITHIN = 4

LIKELIEST = (
    "postcode", "neighbourhood", "town", "landmark", "street", "hospital", "station", "city",
)  # fmt: skip
# Where people go, or meet: only "near the Forge" says where they are.
GONE_TO = ("landmark", "hospital", "station")

# Where a place was asked for, this like a name is enough (1 is the same).
LIKE_ENOUGH = 0.72
SHORTEST_TO_COMPARE = 4  # letters
MOST_WORDS_OF_ANSWER = 4


def find_place(text, *, is_asked_for=False):
    """Return the place that a text most likely means, or None.

    is_asked_for: the text answers "which area are you in?", so "22", "pollikshelds"
        and "Glasgow" are places too.
    """
    place = next(iter(find_places(text)), None)
    return _answered(in_plain_letters(text)) if place is None and is_asked_for else place


def find_home(text):
    """Return the place where a text says that the patient is, or None.

    Stricter than find_place: nobody asked. A place that somebody goes to or comes
    from, or where their sister lives, is none: "chemo at the Beatson", "ma job in
    Hillington", "moved from Aberdeen", "my brother in Bearsden".
    """
    plain = in_plain_letters(text)
    homes = [hit for hit in _hits(plain) if hit.is_home(plain)]
    return homes[0].place if homes else None


def find_places(text):
    """Return every place that a text names, the likeliest first.

    Where someone says they live comes first ("a stay in Possil but ma maw's in
    Govan"), where they are not comes last ("no Pollok, Pollokshaws"), Glasgow
    before elsewhere, then by how exact it is: a postcode, a neighbourhood, a
    landmark.
    """
    return list(dict.fromkeys(hit.place for hit in _hits(in_plain_letters(text))))


def says_near_practice(text):
    """Whether a text places the patient by their practice: "roon the corner fae the surgery"."""
    return bool(NEAR_PRACTICE.search(in_plain_letters(text)))


def _hits(plain):
    return sorted([*_postcodes(plain), *_names(plain)], key=lambda hit: hit.rank(plain))


@dataclass(frozen=True)
class _Hit:
    place: Place
    start: int
    end: int

    def rank(self, plain):
        before = plain[: self.start].split()[-HOME_WITHIN:]
        return (
            _is_denied(before),
            words_for("home_word").isdisjoint(before),
            not self.place.in_glasgow,
            LIKELIEST.index(self.place.kind),
            self.start,
        )

    def is_home(self, plain):
        """Whether the patient may well be there, as far as the words before it say."""
        before = plain[: self.start].split()
        if not words_for("home_word").isdisjoint(before[-HOME_WITHIN:]):
            return True
        if words_for("elsewhere_word").intersection(before[-ELSEWHERE_WITHIN:]):
            return False
        says_nothing_else = not before and self.end == len(plain)
        is_near = not words_for("near_word").isdisjoint(before[-NEAR_WITHIN:])
        if self.place.kind in GONE_TO:
            return is_near or says_nothing_else
        return says_nothing_else or bool(self.place.district)


def _is_denied(before):
    """Whether these words end in "not" or "not in"."""
    if before and before[-1] in words_for("place_word"):
        before = before[:-1]
    return bool(before) and before[-1] in words_for("not_word")


def _postcodes(plain):
    for found in FULL_POSTCODE.finditer(plain):
        district = _district_of(found)
        place = districts().get(district) or Place(district, district, None, None, "postcode", ())
        yield _Hit(place, *found.span())
    for found in RUN_ON_DISTRICT.finditer(plain):
        place = districts().get("G" + found["number"].replace("o", "0"))
        if place:
            yield _Hit(place, *found.span())
    for found in DISTRICT.finditer(plain):
        place = districts().get(_district_of(found))
        if place and (_is_plainly_a_district(found) or _is_meant(plain, found.span())):
            yield _Hit(place, *found.span())


def _answered(plain):
    """The place that an answer to "which area?" means, by its whole or by words like a name."""
    found = BARE_DISTRICT.fullmatch(plain)
    if found and f"G{found['number']}" in districts():
        return districts()[f"G{found['number']}"]
    words = [word for word in plain.split() if not _is_small(word)]
    in_one_piece = next(_postcodes(plain.replace(" ", "")), None)
    if in_one_piece:
        return in_one_piece.place
    if "outside" in plain.split() or plain in words_for("not_a_slip"):
        return None
    if not 0 < len(words) <= MOST_WORDS_OF_ANSWER:
        return None
    spellings = gazetteer().names
    alike = [
        (OSA.normalized_similarity(said, spelling, score_cutoff=LIKE_ENOUGH), spelling)
        for said in {" ".join(words), "".join(words)}
        if len(said) >= SHORTEST_TO_COMPARE and said not in words_for("not_a_slip")
        for spelling in spellings
        if said[0] == spelling[0]
    ]
    best, spelling = max(alike, default=(0, ""))
    return spellings[spelling].place if best else None


def _is_small(word):
    return any(word in words_for(kind) for kind in ("article", "home_word", "place_word", "small"))


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
        for taken in range(min(gazetteer().most_words, len(words) - at), 0, -1):
            span = words[at][0], words[at + taken - 1][1]
            name = _name_at(plain, span)
            if name:
                yield _Hit(name.place, *span)
                at += taken - 1
                break
        at += 1


def _name_at(plain, span):
    """The Name written at these characters, if a place is what they mean."""
    name = name_spelt(plain[slice(*span)])
    if name is None or not _goes_on_as_a_place(plain, span, name):
        return None
    if name.only_alone:
        others = f"{plain[: span[0]]} {plain[span[1] :]}".split()
        return name if all(map(_is_small, others)) and "outside" not in others else None
    return name if not name.needs_place_word or _is_meant(plain, span) else None


def _goes_on_as_a_place(plain, span, name):
    """No to "the royal mail", "Mrs Hamilton" and "Paisley Road"."""
    before, after = plain[: span[0]].split()[-1:], plain[span[1] :].split()[:1]
    if not name.place.in_glasgow and not words_for("street_word").isdisjoint(after):
        return False
    return words_for("title").isdisjoint(before) and name.not_before.isdisjoint(after)


def _is_meant(plain, span):
    """Whether a place word goes before, or nothing else is said."""
    before = [word for word in plain[: span[0]].split()[-2:] if word not in words_for("article")]
    says_nothing_else = not before and span[1] == len(plain)
    return says_nothing_else or bool(before and before[-1] in words_for("place_word"))
