"""Which of the practices that share a number a text means.

By the keyword on the poster ("POSSIL"), the doctor's or the street's name, the
practice's own name or where it is, however they are spelt; by "the second wan"
where they were just named; never by guessing between two.
"""

import re
from collections import Counter

from rapidfuzz.distance import OSA

from social_prescribing.places import find_place

# Words that stand in most practices' names and so tell none from another.
COMMON_WORDS = frozenset({
    "demo", "practice", "medical", "health", "centre", "center", "surgery", "the", "and", "group",
    "partnership", "drs", "dr", "doctor", "doctors", "family", "clinic", "of", "in", "at", "new",
    "old", "road", "street", "avenue", "drive", "st", "rd", "house", "branch", "glasgow",
})  # fmt: skip
LIKE_ENOUGH = 0.8
SHORTEST_TO_FORGIVE = 5  # letters

ABOUT_A_PRACTICE = re.compile(
    r"\b(?:practice|practise|surgery|surgrey|doctors?|docs?|dr|drs|gp|gps|health centre|"
    r"registered|medical centre)\b"
)
# "I left the Castlemilk practice", "no the Gorbals wan": a name after these is the wrong one.
NOT_THIS_ONE = re.compile(
    r"\b(?:from|fae|frae|left|leaving|was (?:wi|with|at|in)|used to be (?:wi|with|at|in)|"
    r"(?:no|not|nae) longer (?:wi|with|at|in)|not|no|naw|isnt|instead of) "
    r"(?:(?:the|my|ma|old|auld|with|wi|at|in|dr|doctor) )*\w+"
)
ORDINALS = {
    "1": 0, "1st": 0, "first": 0, "former": 0, "2": 1, "2nd": 1, "second": 1, "latter": 1,
    "3": 2, "3rd": 2, "third": 2, "4": 3, "4th": 3, "fourth": 3, "last": -1,
}  # fmt: skip
ORDINAL_ANSWER = re.compile(
    rf"(?:the )?({'|'.join(ORDINALS)})(?: one| yin| wan| practice| please)*"
)


def find_by_keyword(text, practices):
    """The practice whose poster's keyword a text is, or begins with, or None.

    Alone it counts however it is written; before other words only as the poster has it,
    so that "possil is freezing" stays a text about Possil.
    """
    words = re.findall(r"[\w']+", text)
    if not words:
        return None
    for practice in practices:
        keyword = practice.poster_keyword
        if len(words) == 1 and words[0].casefold() == keyword.casefold():
            return practice
        if words[0] == keyword and not text.isupper():
            return practice
    return None


def without_keyword(text, practices):
    """A text less the keyword that it begins with: what there is to understand in it."""
    if find_by_keyword(text, practices) is None:
        return text
    return re.sub(r"^\W*[\w']+[\s.,:;!-]*", "", text, count=1)


def find_named(text, practices):
    """The one of these practices that a text names best, or None."""
    said = NOT_THIS_ONE.sub(" ", _plain(text))
    words = {practice.pk: _words_of(practice) for practice in practices}
    found, is_said = _best_named(said, practices, words)
    return found if is_said else _find_by_place(find_place(said), practices)


def find_site(text, sites):
    """The one of a practice's sites that a text names best, by branch, street or area, or None."""
    words = {site.pk: _own_words(_names_of_site(site)) for site in sites}
    return _best_named(_plain(text), sites, words)[0]


def _best_named(said, ones, words):
    """`(the one whose own words are said most, whether any are)`; None where two are as good."""
    in_how_many = Counter(word for of_one in words.values() for word in of_one)
    telling = {pk: {w for w in of_one if in_how_many[w] == 1} for pk, of_one in words.items()}
    scores = {one.pk: _score(said.split(), telling[one.pk]) for one in ones}
    best = max(scores.values(), default=0)
    named = [one for one in ones if best and scores[one.pk] == best]
    return (named[0] if len(named) == 1 else None), bool(best)


def _find_by_place(place, practices):
    there = [p for p in practices if place is not None and _is_in(p, place)]
    return there[0] if len(there) == 1 else None


def find_answered(text, practices):
    """The practice that an answer to "which of these?" means: by name, or "the second one"."""
    found = ORDINAL_ANSWER.fullmatch(_plain(text))
    if found:
        position = ORDINALS[found[1]]
        return practices[position] if -1 <= position < len(practices) else None
    return find_by_keyword(text, practices) or find_named(text, practices)


def find_unasked(text, practices, *, keyword_counts=True):
    """The practice that a text names although nobody asked: it must speak of a practice."""
    if keyword_counts and (found := find_by_keyword(text, practices)):
        return found
    return find_named(text, practices) if ABOUT_A_PRACTICE.search(_plain(text)) else None


def _words_of(practice):
    names = f"{practice.name} {practice.neighbourhood} {practice.other_names} {practice.keyword}"
    sites = " ".join(map(_names_of_site, practice.sites.all()))
    return _own_words(f"{names} {sites}")


def _names_of_site(site):
    return f"{site.name} {site.address} {site.neighbourhood}"


def _own_words(names):
    words = {word for word in _plain(names).split() if len(word) > 2 and not word.isdigit()}
    return words - COMMON_WORDS


def _score(said, telling):
    """How many of a practice's own words a text says."""
    return sum(any(_is_like(word, own) for word in said) for own in telling)


def _is_in(practice, place):
    return any(
        where.neighbourhood == place.name or where.postcode_district == place.district
        for where in (practice, *practice.sites.all())
    )


def _is_like(word, own):
    if min(len(word), len(own)) < SHORTEST_TO_FORGIVE:
        return word == own
    return OSA.normalized_similarity(word, own) >= LIKE_ENOUGH


def _plain(text):
    bare = re.sub("['\u2019`]", "", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", bare))
