"""What the directory has for a callback: the question that its needs, words and place ask."""

from social_prescribing.circumstances import read_age, read_circumstances
from social_prescribing.places import find_home, find_place
from social_prescribing.suggestions import Asked


def asked_by(callback, *, needs=None, exclude=(), unchecked_too=True):
    """The Asked of a callback; fields as for suggest_supports.

    unchecked_too: a link worker reads that nobody has checked a support, and decides.
    """
    words, on_behalf = callback.words, bool(callback.on_behalf_of)
    needs = callback.need_ids if needs is None else needs
    return Asked(
        needs=tuple(needs),
        near=_where(callback),
        age=read_age(words, on_behalf=on_behalf) or (None if on_behalf else callback.age),
        said=read_circumstances(words, needs=needs, on_behalf=on_behalf),
        language=callback.language,
        exclude=frozenset(exclude),
        unchecked_too=unchecked_too,
    )


def district_of(callback):
    """The postcode district that the patient told of, or empty: the practice's is not theirs."""
    place = _told_place(callback)
    return place.district if place else ""


def _where(callback):
    """Where the patient is, else where their practice is: who walks in there can get there."""
    practice = callback.practice
    return _told_place(callback) or (
        practice and (find_place(practice.neighbourhood) or find_place(practice.postcode_district))
    )


def _told_place(callback):
    if callback.area:
        return find_place(callback.area, is_asked_for=True)
    return find_home(callback.words)
