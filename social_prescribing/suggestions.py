"""Suggestions: which supports fit what a patient asked for, and why."""

import re
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from django.db import models
from django.utils import timezone

from social_prescribing.errors import InvalidValue
from social_prescribing.needs import NEEDS
from social_prescribing.opening_hours import next_opening, open_now
from social_prescribing.supports import (
    CIRCUMSTANCES,
    Confidence,
    Reach,
    Support,
    SupportArea,
    SupportNeed,
    WayIn,
)

# Asking for this help already says that much of the patient.
SAID_BY_NEED = {
    "carers": {"carers"},
    "homelessness": {"homeless"},
    "youth": {"young_people"},
}
# Asking for this help leaves open which of these the patient is. A support for
# one of them may be named, after those for everyone, until the patient says more.
LEFT_OPEN_BY_NEED = {
    "addiction": {"drinking", "drugs", "gambling", "someone_elses_addiction"},
    "asylum_immigration": {"people_seeking_asylum", "refugees", "migrants"},
    "digital": {"low_income"},
    "domestic_abuse": {"women", "men"},
    "employment_learning": {"problem_at_work"},
    "healthy_living": {"smoking"},
    "legal": {"discrimination", "court_case"},
    "money": {"debt"},
}
GROWN_UP = 18  # years; a patient who says nothing of age is taken for an adult

WALKING_KM = 2
BUS_KM = 6
EARTH_KM = 6371

# How much stands between a patient and help; the least of it is suggested first.
# One point is about what another two kilometres on the bus would be.
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
BONUS_SAID = 2.0  # for just the people the patient says they are
BONUS_PINNED = 100.0  # named whenever it fits, whatever else does


@dataclass(frozen=True)
class Suggestion:
    """A support that fits, and why.

    distance_km: as the crow flies from the place asked about; None when either
        has no point on the map.
    open_now: None when it cannot be known.
    why: plain English for staff and patients, "Food bank, 0.8 km from Govan, open now".
    """

    support: Support
    distance_km: float | None
    open_now: bool | None
    why: str


def suggest_supports(
    needs, near=None, *, limit=3, at=None, age=None, circumstances=frozenset(), exclude=()
):
    """Choose the supports that fit best, best first, at most `limit` of them.

    needs: ids in the order that matters to the patient; each gets one support
        before any gets two.
    near: a Place, or None for somewhere in Glasgow.
    at: an aware datetime, now when None.
    age: in years, None when the patient has not said.
    circumstances: ids of CIRCUMSTANCES that the patient's words say.
    exclude: ids of supports not to name again.

    The same question at the same time gets the same answer. Crisis lines are
    never in it: bot and desk name those themselves, whatever else was asked.

    Raises:
        InvalidValue: a need or circumstance that does not exist.
    """
    asked = _Asked(
        needs=tuple(dict.fromkeys(needs)),
        near=near,
        at=at or timezone.now(),
        age=age,
        said=frozenset(circumstances),
    )
    _check_words(asked)
    fits = [_Fit.of(support, asked) for support in _candidates(asked, exclude)]
    return [fit.suggestion(asked) for fit in _share_out(list(filter(None, fits)), asked, limit)]


def one_line(suggestion):
    """Name a support in a text: its name and the shortest way to reach it.

    GSM-7 and at most 90 characters, which load_supports makes sure of.
    """
    return line_of(suggestion.support)


def line_of(support):
    ways = (
        support.phone,
        support.text_number and f"text {support.text_number}",
        re.sub(r"^https?://|/$", "", support.url),
        support.address,
    )
    return f"{support.name}: {next(filter(None, ways), '')}"


@dataclass(frozen=True)
class _Asked:
    """What was asked, in one piece."""

    needs: tuple
    near: object
    at: datetime
    age: int | None
    said: frozenset

    @property
    def sure_of(self):
        """Circumstances that the patient's words or their needs say."""
        return self.said.union(*(SAID_BY_NEED.get(need, ()) for need in self.needs))

    @property
    def left_open(self):
        """Circumstances that may be so, as the patient has named no other of their kind."""
        kinds = (LEFT_OPEN_BY_NEED.get(need, set()) for need in self.needs)
        return set().union(*(kind for kind in kinds if not kind & self.said))

    @property
    def areas(self):
        return {"Glasgow City"} if self.near is None else self.near.areas


def _check_words(asked):
    for word in (*asked.needs, *asked.said):
        if word not in NEEDS and word not in CIRCUMSTANCES:
            raise InvalidValue(f"{word!r} is neither a need nor a circumstance")


def _candidates(asked, exclude):
    """Supports for one of the needs that serve the place and that can be reached at all."""
    for_a_need = SupportNeed.objects.filter(need__in=asked.needs).values("support")
    return (
        Support.objects.filter(_serving(asked), listed=True, crisis=False, id__in=for_a_need)
        .exclude(phone="", text_number="", url="", address="")
        .exclude(id__in=list(exclude))
        .prefetch_related("need_rows")
    )


def _serving(asked):
    named = SupportArea.objects.filter(area__in=asked.areas).values("support")
    serving = models.Q(reach=Reach.NATIONAL) | models.Q(id__in=named)
    return serving | _within_a_bus_ride(asked.near) if _on_the_map(asked.near) else serving


def _within_a_bus_ride(near):
    """A square about the place, which an index can answer; the circle comes later."""
    north = BUS_KM / 111  # kilometres in a degree of latitude
    east = north / cos(radians(near.latitude))
    return models.Q(
        reach=Reach.LOCAL,
        latitude__range=(near.latitude - north, near.latitude + north),
        longitude__range=(near.longitude - east, near.longitude + east),
    )


@dataclass(frozen=True)
class _Fit:
    """A support that may be suggested, and what stands between it and the patient."""

    support: Support
    distance_km: float | None
    open_now: bool | None
    bother: float

    @classmethod
    def of(cls, support, asked):
        """Weigh a support; None when it must not be suggested."""
        distance_km = _distance_km(asked.near, support)
        is_open = open_now(support.hours, asked.at)
        bother_of_people = _bother_of_people(support, asked)
        too_far = support.reach == Reach.LOCAL and (distance_km or 0) > BUS_KM
        if bother_of_people is None or too_far or (support.only_when_open and not is_open):
            return None
        bother = (
            bother_of_people
            + _bother_of_place(support, distance_km)
            + _bother_of_hours(is_open)
            + _bother_of_contact(support)
            - BONUS_PINNED * support.pinned
        )
        return cls(support, distance_km, is_open, bother)

    def rank(self, need):
        """Sorts the supports for one need, best first; the id makes it the same each time."""
        return (
            self.bother + BOTHER_NOT_ITS_MAIN_NEED * self.support.needs.index(need),
            Confidence.values.index(self.support.confidence),
            self.support.id,
        )

    def suggestion(self, asked):
        return Suggestion(
            support=self.support,
            distance_km=None if self.distance_km is None else round(self.distance_km, 1),
            open_now=self.open_now,
            why=", ".join(filter(None, _reasons(self, asked))),
        )


def _bother_of_people(support, asked):
    """How sure it is that this support is for this patient; None when it is not."""
    by_age = _bother_of_age(support, asked)
    if by_age is None or not support.for_whom:
        return by_age
    groups = [set(group) for group in support.for_whom]
    if any(group <= asked.said for group in groups):
        return by_age - BONUS_SAID
    if any(group <= asked.sure_of for group in groups):
        return by_age
    if any(group <= asked.sure_of | asked.left_open for group in groups):
        return by_age + BOTHER_LEFT_OPEN
    return None


def _bother_of_age(support, asked):
    youngest, oldest = support.min_age or 0, support.max_age or 200
    if asked.age is not None:
        return 0 if youngest <= asked.age <= oldest else None
    young = "young_people" in asked.sure_of
    if oldest < 200:
        return 0 if young else None
    if youngest <= GROWN_UP or "older_people" in asked.said:
        return 0
    return None if young else BOTHER_LEFT_OPEN


def _bother_of_place(support, distance_km):
    anywhere = {
        Reach.LOCAL: 0.5,
        Reach.CITY: BOTHER_CITY,
        Reach.NATIONAL: BOTHER_UK if support.area_served == "the UK" else BOTHER_SCOTLAND,
    }[support.reach]
    if distance_km is None:
        return anywhere
    there = distance_km / 4 if distance_km < WALKING_KM else 0.5 + distance_km / 2
    must_go_there = support.reach == Reach.LOCAL or not _can_be_rung(support)
    return there if must_go_there else min(anywhere, there)


def _bother_of_hours(is_open):
    return {True: 0.0, None: BOTHER_HOURS_UNKNOWN, False: BOTHER_SHUT}[is_open]


def _bother_of_contact(support):
    ask_first = support.way_in in (WayIn.RING_FIRST, WayIn.REFERRAL)
    bother = BOTHER_ASK_FIRST if ask_first else 0.0
    if _can_be_rung(support):
        return bother
    return bother + (BOTHER_WALK_IN_ONLY if support.address else BOTHER_WEB_ONLY)


def _can_be_rung(support):
    return bool(support.phone or support.text_number)


def _share_out(fits, asked, limit):
    """Take the best fit for each need in turn, the neediest of the needs first.

    A need that no chosen support meets comes before one that is met in passing,
    and that before one that has a support of its own.
    """
    chosen, turns = [], {need: 0 for need in asked.needs}
    while turns and len(chosen) < limit:
        met = {need for fit in chosen for need in fit.support.needs}
        need = min(turns, key=lambda need: (turns[need], need in met, asked.needs.index(need)))
        left = [f for f in fits if need in f.support.needs and not _already_named(f, chosen)]
        if left:
            chosen.append(min(left, key=lambda fit: fit.rank(need)))
            turns[need] += 1
        else:
            del turns[need]
    return chosen


def _already_named(fit, chosen):
    """Two halls of one food bank, or two names on one number, are one answer to a patient."""
    return any(
        (fit.support.phone and fit.support.phone == other.support.phone)
        or (fit.support.organisation, fit.support.kind_of_place)
        == (other.support.organisation, other.support.kind_of_place)
        for other in chosen
    )


def _reasons(fit, asked):
    support = fit.support
    yield support.kind_of_place[0].upper() + support.kind_of_place[1:]
    if fit.distance_km is None:
        yield f"for {support.area_served}"
    else:
        yield f"{fit.distance_km:.1f} km from {asked.near.name}"
    yield _opening_in_words(support, fit.open_now, asked.at)
    yield _people_in_words(support)
    yield {
        WayIn.RING_FIRST: "get in touch before you go",
        WayIn.REFERRAL: "you may need to be referred, so get in touch first",
        WayIn.ONLINE: "online",
    }.get(support.way_in)


def _opening_in_words(support, is_open, at):
    if is_open is None:
        return None
    if is_open:
        return "open now"
    opening = next_opening(support.hours, at)
    return f"shut now, opens {opening:%A at %H:%M}" if opening else "shut now"


def _people_in_words(support):
    who = []
    for first, *others in support.for_whom:
        also = f" ({', '.join(CIRCUMSTANCES[other] for other in others)})" if others else ""
        who.append(CIRCUMSTANCES[first] + also)
    if support.min_age and support.min_age > GROWN_UP:
        who.append(f"people aged {support.min_age} and over")
    if support.max_age:
        who.append(f"people aged {support.max_age} and under")
    return f"for {_either(who)}" if who else None


def _either(words):
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _on_the_map(place):
    return place is not None and place.latitude is not None


def _distance_km(near, support):
    """Kilometres between a place and a support as the crow flies; None without two points."""
    if not _on_the_map(near) or support.latitude is None:
        return None
    here = radians(near.latitude), radians(near.longitude)
    there = radians(support.latitude), radians(support.longitude)
    # The haversine formula: https://en.wikipedia.org/wiki/Haversine_formula
    half_chord = sin((there[0] - here[0]) / 2) ** 2
    half_chord += cos(here[0]) * cos(there[0]) * sin((there[1] - here[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half_chord))
