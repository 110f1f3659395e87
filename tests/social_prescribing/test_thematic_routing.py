"""Who picks up what belongs to a theme: the thematic link worker first, while nothing presses."""

from datetime import date

import pytest

from social_prescribing.callbacks import callbacks_for
from social_prescribing.caseloads import best_next, claim_next
from social_prescribing.link_workers import Absence
from tests.factories import a_callback, a_link_worker, a_practice, a_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(clock):
    clock("2026-11-24 10:00")
    return a_practice()


@pytest.fixture
def sam(practice):
    return a_link_worker(practice, name="Sam Reid")


@pytest.fixture
def leila():
    return a_link_worker(theme=a_theme("asylum"), name="Leila Haddad")


@pytest.fixture
def asylum(practice):
    return a_callback(practice=practice, needs=("asylum_immigration",))


@pytest.fixture
def money(practice, asylum):
    return a_callback(practice=practice, needs=("money",))


def test_next_for_me_leaves_a_theme_to_its_link_worker(sam, leila, asylum, money):
    assert best_next(sam) == money
    assert best_next(leila) == asylum


def test_it_stays_visible_to_the_practices_own_who_get_it_when_nothing_else_waits(
    sam, leila, asylum
):
    assert asylum in callbacks_for(sam)
    assert claim_next(sam) == asylum


def test_without_room_or_away_it_goes_the_usual_way(sam, leila, asylum, money):
    leila.capacity = 0
    leila.save()
    assert best_next(sam) == asylum
    leila.capacity = 5
    leila.save()
    assert best_next(sam) == money
    Absence.objects.create(
        link_worker=leila, first_day=date(2026, 11, 23), last_day=date(2026, 11, 27)
    )
    assert best_next(sam) == asylum


def test_what_is_urgent_or_due_today_waits_for_nobody(sam, leila, practice, money, clock):
    urgent = a_callback(practice=practice, needs=("asylum_immigration",), is_urgent=True)
    assert best_next(sam) == urgent


def test_on_the_day_it_is_due_the_practices_own_get_it(sam, leila, asylum, money, clock):
    clock(f"{asylum.due_by:%Y-%m-%d} 09:30")
    assert best_next(sam) == asylum
