"""The gap report: a year's gaps in figures that give no patient away.

Every figure is a number of patients, to the nearest five; small_numbers.py hides the small
ones. There is no total beside its parts, the lists are in the order of what is shown, and a
year ends with its last whole month. The reasons: docs/decisions/2026-11-28-gaps.md.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from django.db.models import Min
from django.db.models.functions import Coalesce

from social_prescribing.gaps import NOT_MET, Gap, Kind, Why
from social_prescribing.gazetteer import PLACES
from social_prescribing.needs import NEEDS, name_of
from social_prescribing.practices import Practice
from social_prescribing.reporting_years import ReportingYear
from social_prescribing.small_numbers import hide_parts, round_count
from social_prescribing.things import things

LONGEST_LIST = 10


@dataclass(frozen=True)
class Line:
    """One figure: what it counts, and how many patients (None: hidden)."""

    id: str
    name: str
    patients: int | None


@dataclass(frozen=True)
class Barrier:
    """What stood in the way, and for how many patients of each Kind (None: hidden)."""

    name: str
    patients: dict


@dataclass(frozen=True)
class GapReport:
    """One year's gaps; `need` narrows all but the list of needs.

    patients: with a need that no support met.
    needs, districts, practices: of those, in the order of what is shown; empty where all
        of it is hidden.
    barriers: one for each Why of which anything is shown.
    things, beside: what they asked for, and the needs they asked for with it; only what
        is shown, at most LONGEST_LIST.
    """

    year: ReportingYear
    need: str
    patients: int | None
    needs: list[Line]
    districts: list[Line]
    practices: list[Line]
    barriers: list[Barrier]
    things: list[Line]
    beside: list[Line]


class Tile(NamedTuple):
    """Where a district stands on the map of squares, counted from the top left."""

    district: str
    column: int
    row: int


class _Row(NamedTuple):
    asker: UUID
    need: str
    kind: str
    why: str
    district: str
    at: int | None  # practice id
    beside: list
    things: list


def gap_report(year, *, is_demo, need="", practices=None):
    """The GapReport of a ReportingYear.

    is_demo: of the made-up programme, or of the real one: never of both.
    practices: ids of those that the reader may see by name, all when None. The other figures
        are the whole programme's for everybody: one part of it beside the whole would give
        the rest away.
    """
    rows = _rows(year, is_demo)
    of_need = [row for row in rows if need in ("", row.need)]
    not_met = [row for row in of_need if row.kind in NOT_MET]
    patients = round_count(_people(not_met))
    return GapReport(
        year=year,
        need=need,
        patients=patients,
        needs=_needs([row for row in rows if row.kind in NOT_MET]),
        districts=_districts(not_met) if patients else [],
        practices=_by_practice(not_met, is_demo, practices) if patients else [],
        barriers=_barriers(of_need),
        things=_things(not_met),
        beside=_beside(not_met, need),
    )


def first_gap(*, is_demo):
    """The month of the earliest gap, or None."""
    return Gap.objects.filter(is_demo=is_demo).aggregate(Min("month"))["month__min"]


@lru_cache
def tiles():
    """The map: a Tile for each district of Glasgow's postcodes, roughly where it lies."""
    with (PLACES / "district_tiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Tile(row["district"], int(row["column"]), int(row["row"]))
            for row in csv.DictReader(file)
        )


def _rows(year, is_demo):
    gaps = Gap.objects.filter(month__range=(year.first, year.last), is_demo=is_demo)
    # A practice that a shared number left unknown may have been told since.
    gaps = gaps.annotate(at=Coalesce("practice", "conversation__practice"))
    return [_Row(*values) for values in gaps.values_list(*_Row._fields)]


def _people(rows):
    return len({row.asker for row in rows})


def _count(rows, key):
    """How many patients there are of each key, which may be of several kinds: {key: patients}."""
    people = defaultdict(set)
    for row in rows:
        for one in key(row):
            people[one].add(row.asker)
    return {one: len(askers) for one, askers in people.items()}


def _in_order(lines):
    """By what is shown: an order by the true figures would tell more than the figures."""
    return sorted(lines, key=lambda line: (line.patients is None, -(line.patients or 0), line.name))


def _needs(rows):
    count = _count(rows, lambda row: [row.need])
    lines = [Line(need, name_of(need), round_count(count.get(need, 0))) for need in NEEDS]
    return _in_order(lines) if any(line.patients for line in lines) else []


def _districts(rows):
    count = _count(rows, lambda row: [row.district])
    unknown = count.pop("", 0)
    on_map = {tile.district: 0 for tile in tiles()}
    parts = hide_parts(on_map | count, unlisted=unknown)
    lines = _in_order(Line(district, district, shown) for district, shown in parts.items())
    return [line for line in lines if line.id in on_map or line.patients is not None]


def _by_practice(rows, is_demo, readable):
    count = _count(rows, lambda row: [row.at])
    practices = Practice.objects.filter(is_demo=is_demo).in_bulk()
    known = {id: count.get(id, 0) for id in practices}
    unknown = sum(patients for id, patients in count.items() if id not in known)
    # Hidden among all of them, whoever reads it.
    parts = hide_parts(known, unlisted=unknown)
    return _in_order(
        Line(practices[id].code, practices[id].name, shown)
        for id, shown in parts.items()
        if readable is None or id in readable
    )


def _barriers(rows):
    shown = {}
    for kind in Kind:
        count = _count([row for row in rows if row.kind == kind], lambda row: [row.why])
        shown[kind] = hide_parts({why: count.get(why, 0) for why in Why})
    barriers = [Barrier(why.label, {kind: shown[kind][why] for kind in Kind}) for why in Why]
    return [barrier for barrier in barriers if any(barrier.patients.values())]


def _things(rows):
    count = _count(rows, lambda row: row.things)
    names = {thing.id: thing.name for thing in things().values()}
    return _longest(Line(id, name, round_count(count.get(id, 0))) for id, name in names.items())


def _beside(rows, need):
    """Needs that were asked for with the one chosen, or any two that were asked for together."""
    if need:
        count = _count(rows, lambda row: row.beside)
        return _longest(
            Line(other, name_of(other), round_count(patients)) for other, patients in count.items()
        )
    order = list(NEEDS)
    count = _count(
        rows, lambda row: combinations(sorted({row.need, *row.beside}, key=order.index), 2)
    )
    return _longest(
        Line("+".join(pair), f"{name_of(pair[0])} with {name_of(pair[1])}", round_count(patients))
        for pair, patients in count.items()
    )


def _longest(lines):
    return _in_order(line for line in lines if line.patients is not None)[:LONGEST_LIST]
