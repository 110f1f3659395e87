"""What is new or different near a place, whoever brought it into the directory."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social_prescribing.directory_file import load_supports
from social_prescribing.directory_import import import_feed
from social_prescribing.feed_rows import read_aliss, read_rows
from social_prescribing.places import find_place
from social_prescribing.support_changes import SupportChange, What
from social_prescribing.support_checks import CheckAnswer, record_check
from social_prescribing.support_news import support_news
from social_prescribing.supports import Support
from tests.social_prescribing.test_directory_import import an_aliss_service

pytestmark = pytest.mark.django_db
GOVAN = find_place("Govan")


@pytest.fixture
def supports(supports):
    """The directory as it was before the weeks that are looked at."""
    SupportChange.objects.all().delete()


def news(place=GOVAN):
    today = timezone.localdate()
    return support_news(place, since=today - timedelta(days=6), until=today + timedelta(days=1))


def told(place=GOVAN):
    return {one.support.id: one.in_words for one in news(place)}


def check(support_id, answer, **more):
    record_check(Support.objects.get(id=support_id), answer, checked_by="Sam", **more)


def take_over(*services):
    import_feed("ALISS", read_rows(services, read_aliss))


def test_a_directory_that_is_loaded_for_the_first_time_is_all_new(db):
    load_supports()
    assert all(one.is_new for one in news())
    SupportChange.objects.all().delete()
    load_supports()
    assert not SupportChange.objects.exists()


def test_what_a_feed_brings_and_takes_away_is_news(supports):
    take_over(an_aliss_service(1), an_aliss_service(2))
    assert [one.support.name for one in news() if one.is_new] == [
        "Example walking group 1",
        "Example walking group 2",
    ]
    SupportChange.objects.all().delete()
    take_over(an_aliss_service(1, description="Worded in another way"))
    assert list(told().values()) == ["no longer in the directory"]


def test_a_feed_that_says_the_same_brings_none(supports):
    take_over(an_aliss_service())
    SupportChange.objects.all().delete()
    take_over(an_aliss_service())
    assert not SupportChange.objects.exists()


def test_what_a_feed_changes_is_told_and_only_that(supports):
    take_over(an_aliss_service(phone="0141 496 0001"))
    SupportChange.objects.all().delete()
    take_over(an_aliss_service(phone="0141 496 0002", description="<p>Other words</p>"))
    assert list(told().values()) == ["new number"]


@pytest.mark.parametrize(
    ("answer", "more", "in_words"),
    [
        (CheckAnswer.CLOSED, {}, "has closed"),
        (CheckAnswer.WAITING_LIST, {"weeks": 6}, "waiting list of about 6 weeks"),
        (CheckAnswer.NUMBER_WRONG, {"phone": "0141 496 0009"}, "new number"),
        (
            CheckAnswer.NUMBER_WRONG,
            {},
            "its number was wrong, the right one is not known yet",
        ),
    ],
)
def test_what_a_check_found_is_told(supports, answer, more, in_words):
    check("cruse-scotland", answer, **more)
    assert told() == {"cruse-scotland": in_words}


def test_a_check_that_found_nothing_different_is_no_news(supports):
    check("cruse-scotland", CheckAnswer.STILL_RIGHT)
    assert not news()


def test_what_closed_and_is_open_again_is_told_as_it_stands_now(supports):
    check("cruse-scotland", CheckAnswer.CLOSED)
    check("cruse-scotland", CheckAnswer.STILL_RIGHT)
    assert told() == {"cruse-scotland": "open again"}
    check("cruse-scotland", CheckAnswer.WAITING_LIST, weeks=3)
    check("cruse-scotland", CheckAnswer.STILL_RIGHT)
    assert told() == {"cruse-scotland": "open again, no waiting list any more"}


def test_other_weeks_are_left_out(supports):
    check("cruse-scotland", CheckAnswer.CLOSED)
    SupportChange.objects.update(noticed_on=timezone.localdate() - timedelta(days=7))
    assert not news()


def test_the_nearest_comes_first_and_the_other_end_of_town_not_at_all(supports):
    local = Support.objects.filter(reach="local").exclude(latitude=None)
    SupportChange.objects.bulk_create(
        SupportChange(support=support, what=What.HOURS) for support in local
    )
    check("cruse-scotland", CheckAnswer.CLOSED)
    found = news()
    far = [one.distance_km for one in found if one.distance_km is not None]
    assert far == sorted(far) and max(far) <= 6
    assert {one.support.id for one in news(find_place("Easterhouse"))} != set(told())
    assert found[-1].distance_km is None
