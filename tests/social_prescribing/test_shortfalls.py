"""Why nothing was named for a need, and what was wrong with what was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social_prescribing.gaps import Kind, Why
from social_prescribing.places import find_place
from social_prescribing.shortfalls import shortfalls
from social_prescribing.signposting import Signposting
from social_prescribing.suggestions import Asked, answer
from tests.factories import a_conversation, a_support

pytestmark = pytest.mark.django_db

GOVAN = find_place("Govan")


def left_open(near=GOVAN, needs=("loneliness",), **given):
    asked = Asked(needs=needs, near=near, **given)
    return shortfalls(asked, answer(asked, limit=3))


def unmet(why):
    return {"loneliness": (Kind.UNMET, why)}


def hindered(why):
    return {"loneliness": (Kind.HINDERED, why)}


def test_a_need_that_a_support_meets_is_not_left_open():
    a_support()
    assert left_open() == {}


def test_an_empty_directory_has_nothing_for_it():
    assert left_open() == unmet(Why.NONE)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"closed_on": timezone.localdate()}, Why.SHUT),
        ({"confirmed_on": None}, Why.UNCHECKED),
        ({"confirmed_on": timezone.localdate() - timedelta(days=400)}, Why.UNCHECKED),
        ({"latitude": GOVAN.latitude + 0.2}, Why.FAR),
        ({"for_whom": [["carers"]]}, Why.OTHERS),
        ({"min_age": 60}, None),  # named last to who has not said their age
        ({"max_age": 15}, Why.OTHERS),
        ({"weekly_limit": 0}, Why.FULL),
        ({"crisis": True}, Why.NONE),
        ({"phone": ""}, Why.NONE),  # nobody can be sent where there is no way to reach it
        ({"listed": False}, Why.NONE),
    ],
)
def test_what_stood_in_the_way(given, why):
    a_support(**given)
    assert left_open() == (unmet(why) if why else {})


def test_what_is_open_only_by_night_is_shut_by_day(clock):
    clock("2026-11-26 11:00")
    a_support(only_when_open=True, hours="Mo-Su 20:00-23:00")
    assert left_open() == unmet(Why.SHUT)


def test_of_several_barriers_the_one_nearest_to_help_is_told():
    a_support(id="far", latitude=GOVAN.latitude + 0.2)
    a_support(id="full", weekly_limit=0)
    assert left_open() == unmet(Why.FULL)


def test_full_is_by_the_patients_of_this_week():
    club = a_support(weekly_limit=1)
    Signposting.objects.create(conversation=a_conversation(), support=club, why="Near Govan")
    assert left_open() == unmet(Why.FULL)


def test_what_was_named_before_meets_the_need_too():
    club = a_support()
    asked = Asked(needs=["loneliness"], near=GOVAN, exclude=[club.id])
    assert shortfalls(asked, answer(asked, limit=3), named_before=[club]) == {}


@pytest.mark.parametrize(
    ("languages", "is_open"), [("", True), ("ar", False), ("interpreters", False)]
)
def test_a_support_that_is_not_known_to_speak_the_patients_language(languages, is_open):
    a_support(languages=languages)
    assert left_open(language="ar") == (hindered(Why.ENGLISH) if is_open else {})
    assert left_open() == {}


@pytest.mark.parametrize(("weeks", "is_open"), [(None, False), (3, False), (4, True)])
def test_a_long_wait(weeks, is_open):
    a_support(wait_weeks=weeks)
    assert left_open() == (hindered(Why.FULL) if is_open else {})


def test_more_than_a_walk_away_unless_it_can_be_rung():
    three_km = GOVAN.latitude + 0.027
    club = a_support(latitude=three_km)
    assert left_open() == hindered(Why.FAR)
    club.reach = "city"
    club.areas.create(area="Glasgow City")
    club.save()
    assert left_open() == {}


def test_one_good_support_is_enough():
    a_support(wait_weeks=20)
    a_support(id="other", organisation="Other", phone="0141 496 0001")
    assert left_open() == {}
