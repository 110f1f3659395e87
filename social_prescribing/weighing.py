"""How much stands between a patient and each support: their bother.

The least of it is suggested first. One point is about what another two
kilometres on the bus would be; infinite bother means that a support must not be
named to this patient at all. Everything is reckoned for all supports for a need
at once, in arrays (directory.NeedIndex).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from django.conf import settings

from social_prescribing.directory import NO_OLDEST
from social_prescribing.globe import distances
from social_prescribing.languages import ENGLISH
from social_prescribing.opening_hours import open_now

GROWN_UP = 18  # years; a patient who says nothing of age is taken for an adult

WALKING_KM = 2
BUS_KM = 6

BOTHER_CITY = 1.5  # somewhere in the city, or by phone within it
BOTHER_SCOTLAND = 3.0
BOTHER_UK = 3.5
BOTHER_SHUT = 2.0
BOTHER_HOURS_UNKNOWN = 0.25
BOTHER_WALK_IN_ONLY = 1.0  # an address, and nothing to ring or text
BOTHER_WEB_ONLY = 2.0
BOTHER_NOT_ITS_MAIN_NEED = 1.0  # for each need that it lists before this one
BOTHER_ASK_FIRST = 0.5  # a referral or a call before anything is given
BOTHER_LEFT_OPEN = 2.5  # for some people, and the patient has not said
BOTHER_OLDER = 6.0  # for older people, and the patient has not said their age: last, if at all
BOTHER_WEEK_OF_WAITING = 0.25
MOST_BOTHER_OF_WAITING = 2.0
# By what others answered to "did you get there?": between a place that all get to and one that
# nobody does.
BOTHER_NOBODY_GOT_THERE = 2.0
MOST_BOTHER_OF_ANSWERS = 0.75
BONUS_SAID = 2.0  # for just the people the patient says they are
BONUS_PINNED = 100.0  # named whenever it fits, whatever else does
BONUS_LANGUAGE = 0.75  # it speaks the patient's language, or has interpreters

NEVER = np.inf


def weigh(index, asked):
    """(bother, distance in km) of every entry of a NeedIndex; NaN where the distance is unknown."""
    km = distances(index.points, asked.near)
    bother = (
        _of_people(index, asked)
        + _of_place(index, asked, km)
        + _of_hours(index, asked)
        + _standing(index).bother
    )
    if asked.language != ENGLISH:
        bother -= BONUS_LANGUAGE * _speaking(index, asked.language)
    bother[~_may_be_named(index, asked)] = NEVER
    return bother, km


class _Standing(NamedTuple):
    """What stands between any patient and each support, whoever asks, and when."""

    bother: np.ndarray
    anywhere: np.ndarray  # the bother of its place to who is nowhere near, or need not go there


def _standing(index):
    if index.standing is None:
        bother = (
            _of_contact(index)
            + BOTHER_NOT_ITS_MAIN_NEED * index.rank_of_need
            + np.minimum(BOTHER_WEEK_OF_WAITING * index.weeks_to_wait, MOST_BOTHER_OF_WAITING)
            + _of_answers(index.missed_by_more)
            - BONUS_PINNED * index.is_pinned
        )
        anywhere = np.select(
            [index.is_local, ~index.is_national, index.serves_uk],
            [0.5, BOTHER_CITY, BOTHER_UK],
            default=BOTHER_SCOTLAND,
        )
        index.standing = _Standing(bother, anywhere)
    return index.standing


@dataclass(frozen=True)
class Barriers:
    """What keeps each entry of a NeedIndex from a patient: arrays of booleans.

    people: for others only; place: not there; shut: at this hour, and wrong to name then;
    unchecked: nobody has checked it lately; closed: for good; gone: closed, a crisis line,
    or no way to reach it.
    """

    people: np.ndarray
    place: np.ndarray
    shut: np.ndarray
    unchecked: np.ndarray
    closed: np.ndarray
    gone: np.ndarray


def barriers(index, asked):
    """The Barriers between a patient and every entry of a NeedIndex."""
    supports = [entry.support for entry in index.entries]
    closed = [support.closed_on is not None and not support.crisis for support in supports]
    return Barriers(
        people=np.isinf(_of_people(index, asked)),
        place=np.isinf(_of_place(index, asked, distances(index.points, asked.near))),
        shut=np.isinf(_of_hours(index, asked)),
        unchecked=_is_unchecked(index, asked),
        closed=np.array(closed, dtype=bool),
        gone=~index.may_be_named,
    )


def speaks(languages, language):
    """Whether a support's languages ("en;ar", "interpreters") help with one that is not English."""
    spoken = {part.strip() for part in languages.split(";")}
    return language != ENGLISH and not spoken.isdisjoint({language, "interpreters"})


def _may_be_named(index, asked):
    mask = index.may_be_named & ~_is_unchecked(index, asked)
    mask[[index.position[id] for id in asked.exclude if id in index.position]] = False
    return mask


def _is_unchecked(index, asked):
    """Whose check is out of date; nobody's, where the unchecked may be named too."""
    if asked.unchecked_too:
        return np.zeros(len(index.entries), dtype=bool)
    days = np.where(index.is_crisis_line, settings.CRISIS_CHECK_DAYS, settings.SUPPORT_CHECK_DAYS)
    return index.confirmed_on < asked.day.toordinal() - days


def _of_people(index, asked):
    """How sure it is that a support is for this patient: reckoned for each kind of people once."""
    bother = [_of_groups(people, asked) + _of_age(people, asked) for people in index.people]
    return np.array(bother, dtype=float)[index.people_of]


def _of_groups(people, asked):
    if not people.groups:
        return 0.0
    if any(group <= asked.said for group in people.groups):
        return -BONUS_SAID
    if any(group <= asked.sure_of for group in people.groups):
        return 0.0
    if any(group <= asked.may_be for group in people.groups):
        return BOTHER_LEFT_OPEN
    return NEVER


def _of_age(people, asked):
    if asked.age is not None:
        return 0.0 if people.youngest <= asked.age <= people.oldest else NEVER
    is_young = "young_people" in asked.sure_of
    if people.oldest < NO_OLDEST:
        return 0.0 if is_young else NEVER
    if people.youngest <= GROWN_UP or "older_people" in asked.said:
        return 0.0
    return NEVER if is_young else BOTHER_OLDER


def _of_place(index, asked, km):
    anywhere = _standing(index).anywhere
    there = np.where(km < WALKING_KM, km / 4, 0.5 + km / 2)
    must_go_there = index.is_local | ~index.can_be_rung
    bother = np.where(must_go_there, there, np.fmin(anywhere, there))
    bother = np.where(np.isnan(km), anywhere, bother)
    serving = index.serving(asked.areas, in_scotland=asked.in_scotland)
    reaches = in_reach(index.is_local, index.names_areas, serving, km)
    return np.where(reaches, bother, NEVER)


def in_reach(is_local, names_areas, serves_area, km):
    """Which supports are there for people in a place; arrays in, an array of booleans out.

    A local support that names its areas serves those; another, whoever is near enough.
    """
    near_enough = is_local & ~names_areas & (km <= BUS_KM)
    too_far = is_local & (km > BUS_KM)
    return (serves_area | near_enough) & ~too_far


def _of_hours(index, asked):
    minute = asked.at.replace(second=0, microsecond=0)
    states = [_is_open(hours, minute) for hours in index.hours]
    bothers = {True: 0.0, None: BOTHER_HOURS_UNKNOWN, False: BOTHER_SHUT}
    bother = np.array([bothers[state] for state in states], dtype=float)[index.hours_of]
    is_open = np.array([state is True for state in states], dtype=bool)[index.hours_of]
    return np.where(index.only_when_open & ~is_open, NEVER, bother)


_is_open = lru_cache(maxsize=16384)(open_now)


def _of_contact(index):
    there_only = np.where(index.has_address, BOTHER_WALK_IN_ONLY, BOTHER_WEB_ONLY)
    return BOTHER_ASK_FIRST * index.asks_first + np.where(index.can_be_rung, 0.0, there_only)


def _of_answers(missed_by_more):
    bother = BOTHER_NOBODY_GOT_THERE * missed_by_more
    return np.clip(bother, -MOST_BOTHER_OF_ANSWERS, MOST_BOTHER_OF_ANSWERS)


def _speaking(index, language):
    speaking = [speaks(languages, language) for languages in index.languages]
    return np.array(speaking, dtype=bool)[index.languages_of]
