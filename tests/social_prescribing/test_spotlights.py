"""One support in the light each week: near, checked, asked for, and not the same again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social_prescribing.out_there import place_of, this_week
from social_prescribing.spotlights import NOT_AGAIN_FOR, Spotlight, spotlight_for
from social_prescribing.support_checks import CheckAnswer, record_check
from social_prescribing.supports import Support
from social_prescribing.weighing import BUS_KM
from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("supports")]


@pytest.fixture
def practice():
    return a_practice(neighbourhood="Possilpark", postcode_district="G22")


def chosen(practice, needs=("food",), *, weeks_on=0):
    week = this_week() + timedelta(weeks=weeks_on)
    return spotlight_for(practice, place_of(practice), needs, week=week)


def test_it_is_near_checked_and_for_what_was_asked(practice):
    spotlight = chosen(practice)
    assert "food" in spotlight.support.needs
    assert spotlight.distance_km <= BUS_KM
    assert spotlight.support.is_checked(timezone.localdate())


def test_it_stays_for_the_week_whatever_is_asked_for_next(practice):
    first = chosen(practice)
    assert chosen(practice, ("money",)) == first
    assert Spotlight.objects.count() == 1


def test_none_is_in_the_light_twice_in_half_a_year(practice):
    shown = [chosen(practice, weeks_on=week) for week in range(26)]
    ids = [spotlight.support.id for spotlight in shown if spotlight]
    assert len(ids) > 1
    assert len(set(ids)) == len(ids)
    again = chosen(practice, weeks_on=NOT_AGAIN_FOR // timedelta(weeks=1))
    assert again.support.id == ids[0]


def test_each_need_has_its_turn(practice):
    needs = ("food", "homelessness", "asylum_immigration")
    shown = {chosen(practice, needs, weeks_on=week).need for week in range(3)}
    assert shown == set(needs)


def test_what_closes_in_the_week_makes_room_for_another(practice):
    first = chosen(practice).support
    record_check(first, CheckAnswer.CLOSED, checked_by="Sam")
    assert chosen(practice).support != first
    assert Spotlight.objects.count() == 1


def test_nothing_unchecked_stands_in_the_light_but_in_the_demo(practice):
    Support.objects.update(confirmed_on=None)
    assert chosen(practice) is None
    practice.is_demo = True
    assert chosen(practice) is not None


def test_without_anything_asked_for_there_is_none(practice):
    assert chosen(practice, ()) is None
