"""The gaps of a year: who is counted, and that no small number can be got back."""

from collections import Counter
from datetime import date
from itertools import product
from random import Random
from uuid import uuid4

import pytest

from social_prescribing.gap_report import gap_report, tiles
from social_prescribing.gaps import Gap, Kind, Why
from social_prescribing.gazetteer import districts
from social_prescribing.needs import NEEDS
from social_prescribing.practices import Practice
from social_prescribing.reporting_years import ReportingYear, years_to_report
from tests.factories import a_practice, some_gaps

pytestmark = pytest.mark.django_db

YEAR = ReportingYear(2026, date(2026, 10, 1))


def gaps_of(patients, need="transport", **given):
    some_gaps(patients, need, **{"month": date(2026, 6, 1)} | given)


def report(**given):
    return gap_report(given.pop("year", YEAR), is_demo=False, **given)


def figures(lines):
    return {line.id: line.patients for line in lines if line.patients is not None}


def test_a_patient_counts_once_however_often_they_ask():
    asker = uuid4()
    for month in range(4, 11):
        Gap.objects.create(
            need="food", kind=Kind.UNMET, why=Why.NONE, month=date(2026, month, 1), asker=asker
        )
    assert report().patients is None and figures(report().needs) == {}


def test_figures_are_to_the_nearest_five_and_below_five_there_are_none():
    gaps_of(12)
    gaps_of(5, "food")
    gaps_of(4, "youth")
    assert figures(report().needs) == {"transport": 10, "food": 5}


@pytest.mark.parametrize("kind", [Kind.HINDERED, Kind.NOT_AGREED])
def test_what_may_have_been_met_is_no_unmet_need(kind):
    gaps_of(6, kind=kind, why=Why.ENGLISH)
    shown = report()
    assert shown.patients is None
    english = next(barrier for barrier in shown.barriers if barrier.name == Why.ENGLISH.label)
    assert english.patients == dict.fromkeys(Kind) | {kind: 5}


def test_the_month_that_runs_is_not_in_it():
    (this_year, *_) = years_to_report(since=date(2026, 6, 1), today=date(2026, 11, 28))
    assert this_year == YEAR
    gaps_of(20, month=date(2026, 11, 1))
    assert report(year=this_year).patients is None


@pytest.mark.parametrize(
    ("since", "today", "in_words"),
    [
        (None, date(2026, 11, 28), ["April 2026 to October 2026"]),
        (date(2026, 11, 1), date(2026, 11, 28), ["April 2026 to October 2026"]),
        (
            date(2025, 12, 1),
            date(2026, 5, 3),
            ["April 2026", "April 2025 to March 2026"],
        ),
        # In April no month of the new year is over.
        (date(2026, 2, 1), date(2026, 4, 30), ["April 2025 to March 2026"]),
        (
            date(2026, 2, 1),
            date(2027, 1, 1),
            ["April 2026 to December 2026", "April 2025 to March 2026"],
        ),
    ],
)  # fmt: skip
def test_years_end_with_their_last_whole_month(since, today, in_words):
    assert [year.in_words for year in years_to_report(since=since, today=today)] == in_words


def test_a_single_small_part_takes_the_next_smallest_with_it():
    gaps_of(20, district="G22")
    gaps_of(7, district="G51")
    gaps_of(3, district="G15")
    assert figures(report().districts) == {"G22": 20}


def test_several_small_parts_that_hide_each_other_take_none_with_them():
    gaps_of(20, district="G22")
    gaps_of(7, district="G51")
    for district in ("G15", "G34"):
        gaps_of(3, district=district)
    assert figures(report().districts) == {"G22": 20, "G51": 5}


def test_patients_whose_district_is_unknown_are_a_part_too():
    gaps_of(20, district="G22")
    gaps_of(7, district="G51")
    gaps_of(2, district="")
    assert figures(report().districts) == {"G22": 20}


def test_equal_figures_stand_in_the_order_of_their_names_not_of_what_is_hidden_in_them():
    gaps_of(8, district="G51")
    gaps_of(12, district="G22")
    assert [line.id for line in report().districts][:2] == ["G22", "G51"]
    Gap.objects.all().delete()
    gaps_of(12, district="G51")
    gaps_of(8, district="G22")
    assert [line.id for line in report().districts][:2] == ["G22", "G51"]


def test_who_may_read_some_practices_reads_them_as_everybody_does():
    """The smallest of all is hidden beside a small one, whichever of them the reader sees."""
    ours, theirs, small = a_practice(), a_practice(), a_practice()
    gaps_of(10, practice=ours)
    gaps_of(15, practice=theirs)
    gaps_of(2, practice=small)
    shown = report(practices={ours.pk})
    assert [(line.id, line.patients) for line in shown.practices] == [(ours.code, None)]
    assert shown.patients == report().patients == 25


def test_the_made_up_and_the_real_are_never_counted_together():
    gaps_of(10)
    gaps_of(30, is_demo=True)
    assert report().patients == 10
    assert gap_report(YEAR, is_demo=True).patients == 30


def test_needs_that_stand_beside_a_gap():
    gaps_of(6, "transport", beside=["money", "disability"])
    gaps_of(6, "food", beside=["money"])
    assert figures(report(need="transport").beside) == {"money": 5, "disability": 5}
    assert figures(report().beside) == {
        "money+transport": 5, "money+food": 5, "disability+transport": 5, "money+disability": 5,
    }  # fmt: skip


def test_things_are_shown_by_the_name_of_our_list():
    gaps_of(6, things=["hospital_lift"])
    gaps_of(2, things=["bus_pass"])
    assert [line.name for line in report().things] == ["A lift to hospital or the doctor"]


# ------------------------------------------------------------- getting them back


class Attacker:
    """Somebody who saves every page and takes figures from one another.

    Each number of patients lies between two bounds: what a figure says, or what is known of
    a hidden one; each sum that they know of (a whole and its parts) narrows them further.
    They know more than anybody can: which figures were hidden only to hide others.
    """

    def __init__(self):
        self.bounds, self.sums, self.true = {}, [], {}

    def sees(self, name, true, shown):
        self.true[name] = true
        if shown is not None:
            self.bounds[name] = [max(5, shown - 2), shown + 2]
        else:
            self.bounds[name] = [0, 4] if true < 5 else [5, 10**6]

    def knows(self, whole, parts):
        self.sums.append((whole, parts))

    def narrow(self):
        for _ in range(60):
            before = {name: tuple(pair) for name, pair in self.bounds.items()}
            for whole, parts in self.sums:
                self._narrow(whole, parts)
            if before == {name: tuple(pair) for name, pair in self.bounds.items()}:
                return

    def _narrow(self, whole, parts):
        least = sum(self.bounds[part][0] for part in parts)
        most = sum(self.bounds[part][1] for part in parts)
        self._within(whole, least, most)
        for part in parts:
            low, high = self.bounds[part]
            others = least - low, most - high
            self._within(part, self.bounds[whole][0] - others[1], self.bounds[whole][1] - others[0])

    def _within(self, name, low, high):
        self.bounds[name] = [max(self.bounds[name][0], low), min(self.bounds[name][1], high)]

    @property
    def found(self):
        """Small numbers that are known for certain."""
        return {
            name: self.true[name]
            for name, (low, high) in self.bounds.items()
            if low == high and 0 < self.true[name] < 5
        }


def a_year(chance, *, needs=("food", "youth", "legal"), places=("G22", "G51", "G15", "G34", "G5")):
    """Gaps of one need a patient, no place unknown: the case that gives most away."""
    practices = list(Practice.objects.all()) or [a_practice() for _ in range(4)]
    for need, practice, district in product(needs, practices, places):
        how_many = chance.choice([0, 0, 0, 0, 0, 0, 1, 1, 2, 5])
        gaps_of(how_many, need, practice=practice, district=district)


def attack():
    """Every page there is, and every sum that is true of them."""
    attacker = Attacker()
    rows = list(Gap.objects.values_list("need", "practice__code", "district"))
    practices = Practice.objects.values_list("code", flat=True)
    places = [tile.district for tile in tiles()]
    for need in ("", *NEEDS):
        shown = report(need=need)
        of_need = [row for row in rows if need in ("", row[0])]
        attacker.sees((need, "all"), len(of_need), shown.patients)
        for at, lines, names in ((1, shown.practices, practices), (2, shown.districts, places)):
            true, figures = Counter(row[at] for row in of_need), {x.id: x.patients for x in lines}
            for name in names:
                attacker.sees((need, name), true[name], figures.get(name))
            attacker.knows((need, "all"), [(need, name) for name in names])
    for name in {name for _, name in attacker.bounds}:
        attacker.knows(("", name), [(need, name) for need in NEEDS])
    attacker.narrow()
    return attacker


@pytest.mark.slow
def test_no_small_number_can_be_got_back_from_all_pages_together():
    small = 0
    for seed in range(20):
        Gap.objects.all().delete()
        a_year(Random(seed))
        attacker = attack()
        small += sum(0 < true < 5 for true in attacker.true.values())
        assert attacker.found == {}, seed
    assert small > 100


def test_the_attacker_does_find_what_is_badly_hidden():
    attacker = Attacker()
    attacker.bounds = {"all": [30, 30], "a": [26, 26], "b": [0, 10**6]}
    attacker.true = {"all": 30, "a": 26, "b": 4}
    attacker.knows("all", ["a", "b"])
    attacker.narrow()
    assert attacker.found == {"b": 4}


# ------------------------------------------------------------------------ the map


def test_every_glasgow_district_has_a_square_of_its_own():
    ours = {name for name in districts() if name.startswith("G")}
    assert {tile.district for tile in tiles()} == ours
    assert len({(tile.column, tile.row) for tile in tiles()}) == len(ours)


def test_the_squares_lie_as_the_districts_do():
    """North is up, west is left: for nineteen in twenty pairs that are more than 3 km apart."""
    right, wrong = Counter(), Counter()
    for one, other in product(tiles(), tiles()):
        here, there = districts()[one.district], districts()[other.district]
        for axis, km, squares in (
            ("north", (there.latitude - here.latitude) * 111, one.row - other.row),
            ("east", (there.longitude - here.longitude) * 62.5, other.column - one.column),
        ):
            if km > 3:
                right[axis] += squares > 0
                wrong[axis] += squares < 0
    for axis in ("north", "east"):
        assert right[axis] / (right[axis] + wrong[axis]) > 0.95, (axis, right, wrong)
