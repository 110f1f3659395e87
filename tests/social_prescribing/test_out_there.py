"""One practice's week: small numbers hidden, whole weeks only, and no patient in it."""

from datetime import timedelta

import pytest

from social_prescribing.asked_needs import AskedNeed, record_asked_needs
from social_prescribing.out_there import out_there_now, out_there_this_week, this_week
from social_prescribing.support_changes import SupportChange
from social_prescribing.support_checks import CheckAnswer, record_check
from social_prescribing.supports import Support
from tests.factories import a_conversation, a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("supports")]


@pytest.fixture
def practice(clock):
    clock("2026-11-26 10:00")
    SupportChange.objects.all().delete()
    return a_practice()


def ask(practice, need, times, *, weeks_ago):
    """So many people asked for a need in a week that is over."""
    for _ in range(times):
        conversation = a_conversation(practice=practice)
        record_asked_needs(conversation, [need])
        AskedNeed.objects.filter(conversation=conversation).update(
            asked_on=this_week() - timedelta(weeks=weeks_ago)
        )


def rows(practice):
    return [(row.need, row.lately, row.before) for row in out_there_now(practice).asked.rows]


def test_counts_stand_beside_those_of_the_weeks_before_and_small_ones_are_hidden(practice):
    ask(practice, "food", 7, weeks_ago=1)
    ask(practice, "food", 4, weeks_ago=5)
    ask(practice, "money", 3, weeks_ago=4)
    ask(practice, "money", 6, weeks_ago=8)
    ask(practice, "legal", 4, weeks_ago=2)
    assert rows(practice) == [("food", "7", "fewer than 5"), ("money", "fewer than 5", "6")]
    assert out_there_now(practice).asked.by_a_few == ("Legal",)


def test_the_order_of_hidden_ones_tells_nothing(practice):
    ask(practice, "legal", 4, weeks_ago=1)
    ask(practice, "money", 1, weeks_ago=1)
    ask(practice, "food", 2, weeks_ago=1)
    assert out_there_now(practice).asked.by_a_few == ("Money", "Food", "Legal")


def test_this_week_is_not_counted_until_it_is_over(practice):
    ask(practice, "food", 5, weeks_ago=0)
    ask(practice, "money", 5, weeks_ago=9)
    assert out_there_now(practice).asked.needs == ()


def test_the_page_has_what_changed_today_and_the_email_what_changed_last_week(practice, clock):
    record_check(Support.objects.get(id="cruse-scotland"), CheckAnswer.CLOSED, checked_by="Sam")
    assert [one.support.id for one in out_there_now(practice).changed] == ["cruse-scotland"]
    assert out_there_this_week(practice).changed == ()
    clock("2026-11-30 09:00")
    assert [one.support.id for one in out_there_this_week(practice).changed] == ["cruse-scotland"]
    clock("2026-12-07 09:00")
    assert out_there_this_week(practice).changed == ()
    assert out_there_now(practice).changed


def test_a_practice_in_a_place_that_nobody_knows_still_has_its_figures(practice):
    practice.neighbourhood = practice.postcode_district = "Nowhere"
    ask(practice, "food", 5, weeks_ago=1)
    there = out_there_now(practice)
    assert there.asked.needs == ("food",)
    assert there.spotlight is None


def test_where_there_is_nothing_to_tell_it_says_so(practice):
    assert not out_there_this_week(practice).says_anything
    ask(practice, "food", 1, weeks_ago=1)
    assert out_there_this_week(practice).says_anything
