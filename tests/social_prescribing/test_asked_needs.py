"""What a practice's patients asked for: a patient once for each need, by text or by call."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from social_prescribing.asked_needs import AskedNeed, count_asked_needs, record_asked_needs
from social_prescribing.callbacks import AskedThrough, Callback
from tests.factories import a_callback, a_conversation, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice()


def counted(practice, *, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    return count_asked_needs(practice, since=day, until=day + timedelta(days=1))


def test_who_asks_by_text_and_then_wants_a_call_counts_once(practice):
    callback = a_callback(practice=practice, needs=("money", "food"))
    record_asked_needs(callback.conversation, ["food", "energy"])
    assert counted(practice) == {"money": 1, "food": 1, "energy": 1}


def test_asking_again_on_the_same_day_is_kept_once(practice):
    conversation = a_conversation(practice=practice)
    record_asked_needs(conversation, ["food"])
    record_asked_needs(conversation, ["food", "money"])
    assert AskedNeed.objects.count() == 2


def test_two_patients_count_twice_and_another_practice_not_at_all(practice):
    for _ in range(2):
        record_asked_needs(a_conversation(practice=practice), ["food"])
    record_asked_needs(a_conversation(practice=a_practice()), ["food"])
    assert counted(practice) == {"food": 2}


def test_the_first_day_counts_and_the_last_does_not(practice):
    record_asked_needs(a_conversation(practice=practice), ["food"])
    AskedNeed.objects.update(asked_on=date(2026, 11, 23))
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    assert count_asked_needs(practice, since=monday, until=tuesday) == {"food": 1}
    assert not count_asked_needs(practice, since=tuesday, until=date(2026, 12, 1))
    assert not count_asked_needs(practice, since=date(2026, 11, 1), until=monday)


def test_a_promised_follow_up_is_not_asked_for(practice):
    a_callback(practice=practice)
    Callback.objects.update(asked_through=AskedThrough.FOLLOW_UP)
    assert not counted(practice)
