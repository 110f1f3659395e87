"""Suggestions: which supports fit what a patient asked for, and why.

What stands between a patient and each support is reckoned in weighing.py, from
the directory in memory; here the best are shared out among the needs. The only
thing asked of the database is how often a finalist was named this week.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

import numpy as np
from django.conf import settings
from django.db import connection
from django.utils import timezone

from social_prescribing.directory import directory
from social_prescribing.errors import InvalidValue
from social_prescribing.languages import ENGLISH
from social_prescribing.needs import NEEDS
from social_prescribing.opening_hours import next_opening, open_now
from social_prescribing.signposting import Signposting
from social_prescribing.supports import CIRCUMSTANCES, Support, WayIn
from social_prescribing.weighing import GROWN_UP, NEVER, speaks, weigh
from social_prescribing.working_time import GLASGOW

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
# Not the same charity every time: each time it was named this week counts a little.
BOTHER_NAMED = 0.03
MOST_BOTHER_OF_NAMED = 0.6
WEEK = timedelta(days=7)
FEWEST_ANSWERS = 5  # fewer say little, and may say who
FINALISTS = 8  # supports for a need among which fairness chooses


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
    needs,
    near=None,
    *,
    limit=3,
    at=None,
    age=None,
    circumstances=frozenset(),
    language=ENGLISH,
    exclude=(),
    unchecked_too=False,
):
    """Choose the supports that fit best, best first, at most `limit` of them.

    needs: ids in the order that matters to the patient; each gets one support
        before any gets two.
    near: a Place, or None for somewhere in Glasgow.
    at: an aware datetime, now when None.
    age: in years, None when the patient has not said.
    circumstances: ids of CIRCUMSTANCES that the patient's words say.
    language: the code of the language that the patient writes.
    exclude: ids of supports not to name again.
    unchecked_too: also those whose check is out of date (may_name_unchecked says
        who may be sent them).

    The same question at the same time gets the same answer. Crisis lines are
    never in it: bot and desk name those themselves, whatever else was asked.

    Raises:
        InvalidValue: a need or circumstance that does not exist.
    """
    asked = Asked(
        needs=needs,
        near=near,
        at=at or timezone.now(),
        age=age,
        said=circumstances,
        language=language,
        exclude=exclude,
        unchecked_too=unchecked_too,
    )
    return answer(asked, limit=limit)


def answer(asked, *, limit):
    """What suggest_supports says to an Asked, for whoever wants to know why not more."""
    return [fit.suggestion(asked) for fit in _share_out(asked, limit)]


def may_name_unchecked(*, is_demo):
    """Whether a patient may be sent a support whose check is out of date (a setting)."""
    return settings.UNCHECKED_SUPPORTS == "everybody" or (
        settings.UNCHECKED_SUPPORTS == "demo" and is_demo
    )


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


@dataclass
class Asked:
    """What was asked, in one piece, and what follows from it; fields as for suggest_supports."""

    needs: tuple
    near: object = None
    at: datetime = field(default_factory=lambda: timezone.now())
    age: int | None = None
    said: frozenset = frozenset()  # circumstances
    language: str = ENGLISH
    exclude: frozenset = frozenset()
    unchecked_too: bool = False

    def __post_init__(self):
        self.needs = tuple(dict.fromkeys(self.needs))
        self.said, self.exclude = frozenset(self.said), frozenset(self.exclude)
        for word in (*self.needs, *self.said):
            if word not in NEEDS and word not in CIRCUMSTANCES:
                raise InvalidValue(f"{word!r} is neither a need nor a circumstance")
        self.day: date = self.at.astimezone(GLASGOW).date()
        self.areas = {"Glasgow City"} if self.near is None else self.near.areas
        self.in_scotland = self.near is None or self.near.in_scotland
        # Circumstances that the patient's words or their needs say, and with those that
        # may be so, as the patient has named no other of their kind.
        said_by_need = (SAID_BY_NEED.get(need, ()) for need in self.needs)
        self.sure_of = self.said.union(*said_by_need)
        kinds = (LEFT_OPEN_BY_NEED.get(need, set()) for need in self.needs)
        self.may_be = self.sure_of.union(*(kind for kind in kinds if not kind & self.said))


@dataclass(frozen=True)
class _Fit:
    """A support that may be suggested, and what stands between it and the patient."""

    entry: object
    need: str
    bother: float
    confidence: float
    distance_km: float | None

    @property
    def support(self):
        return self.entry.support

    def suggestion(self, asked):
        is_open = open_now(self.support.hours, asked.at)
        return Suggestion(
            support=self.support,
            distance_km=None if self.distance_km is None else round(self.distance_km, 1),
            open_now=is_open,
            why=", ".join(filter(None, _reasons(self, is_open, asked))),
        )


def _ranked(need, asked):
    """Yield the fits for one need, best first; the id makes it the same each time."""
    index = directory.by_need(need)
    bother, km = weigh(index, asked)
    for position in _in_order(bother, index.confidence):
        yield _Fit(
            entry=index.entries[position],
            need=need,
            bother=bother[position],
            confidence=index.confidence[position],
            distance_km=None if np.isnan(km[position]) else float(km[position]),
        )


def _in_order(bother, confidence):
    """Yield positions by bother, then confidence, then id (the order they are in).

    Few are ever wanted, so the first ones alone are sorted first.
    """
    fitting = np.flatnonzero(bother < NEVER)
    first = fitting
    if len(fitting) > 4 * FINALISTS:
        bar = np.partition(bother[fitting], 2 * FINALISTS)[2 * FINALISTS]
        first = fitting[bother[fitting] <= bar]
    yield from first[np.lexsort((confidence[first], bother[first]))]
    if len(first) < len(fitting):
        others = fitting[bother[fitting] > bar]
        yield from others[np.lexsort((confidence[others], bother[others]))]


def _share_out(asked, limit):
    """Take the best fit for each need in turn, the neediest of the needs first.

    A need that no chosen support meets comes before one that is met in passing,
    and that before one that has a support of its own.
    """
    chosen, turns = [], {need: 0 for need in asked.needs}
    ranked = {need: _fairly(_ranked(need, asked), asked) for need in asked.needs}
    while turns and len(chosen) < limit:
        met = {need for fit in chosen for need in fit.entry.needs}
        need = min(turns, key=lambda need: (turns[need], need in met, asked.needs.index(need)))
        fit = next((f for f in ranked[need] if not _already_named(f, chosen)), None)
        if fit:
            chosen.append(fit)
            turns[need] += 1
        else:
            del turns[need]
    return chosen


def _fairly(ranked, asked):
    """Yield fits best first once more, less those that have had their patients this week.

    Fairness chooses among a need's finalists: who is far behind them stays behind.
    """
    while finalists := list(islice(ranked, FINALISTS)):
        named = times_named([fit.support.id for fit in finalists], asked.at)

        def rank(fit, named=named):
            times = named.get(fit.support.id, 0)
            return fit.bother + min(BOTHER_NAMED * times, MOST_BOTHER_OF_NAMED), fit.confidence

        may_take_more = [f for f in finalists if not is_full(f.support, named)]
        yield from sorted(may_take_more, key=rank)


def times_named(support_ids, at):
    """How often each of these supports was named in the week before: a dictionary by id.

    In plain SQL, for the reason that `directory._changes` gives.
    """
    if not support_ids:
        return {}
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT support_id, COUNT(*) FROM {Signposting._meta.db_table}"
            f" WHERE support_id IN ({', '.join(['%s'] * len(support_ids))})"
            " AND named_at > %s AND named_at <= %s GROUP BY support_id",
            [*support_ids, moment(at - WEEK), moment(at)],
        )
        return dict(cursor.fetchall())


def is_full(support, named):
    """Whether a support has had as many patients this week as it can take."""
    limit = support.weekly_limit
    return limit is not None and named.get(support.id, 0) >= limit


def _already_named(fit, chosen):
    """Two halls of one food bank, or two names on one number, are one answer to a patient."""
    return any(
        (fit.support.phone and fit.support.phone == other.support.phone)
        or (fit.support.organisation, fit.support.kind_of_place)
        == (other.support.organisation, other.support.kind_of_place)
        for other in chosen
    )


def _reasons(fit, is_open, asked):
    support = fit.support
    yield support.kind_of_place[0].upper() + support.kind_of_place[1:]
    if fit.distance_km is None:
        yield f"for {support.area_served}"
    else:
        yield f"{fit.distance_km:.1f} km from {asked.near.name}"
    yield _opening_in_words(support, is_open, asked.at)
    yield _people_in_words(support)
    if speaks(support.languages, asked.language):
        yield "with interpreters" if "interpreters" in support.languages else "in your language"
    yield _answers_in_words(fit.entry)
    if support.wait_weeks:
        yield f"waiting list of about {support.wait_weeks} weeks"
    yield {
        WayIn.RING_FIRST: "get in touch before you go",
        WayIn.REFERRAL: "you may need to be referred, so get in touch first",
        WayIn.ONLINE: "online",
    }.get(support.way_in)
    if not support.is_checked(asked.day):
        yield "not checked lately" if support.confirmed_on else "not checked by phone yet"


def _opening_in_words(support, is_open, at):
    if is_open is None:
        return None
    if is_open:
        return "open now"
    opening = next_opening(support.hours, at)
    return f"shut now, opens {opening:%A at %H:%M}" if opening else "shut now"


def _answers_in_words(entry):
    asked = entry.got_there + entry.did_not
    if asked < FEWEST_ANSWERS:
        return None
    return f"{entry.got_there} of {asked} patients asked got there"


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
