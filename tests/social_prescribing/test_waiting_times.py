"""How long patients wait for the first try, in working days, and nothing of a few of them."""

from datetime import datetime, timedelta

import pytest

from social_prescribing.callback_moves import cancel_callback
from social_prescribing.callbacks import AskedThrough, AttemptResult, Callback
from social_prescribing.waiting_times import waiting_times
from social_prescribing.working_time import GLASGOW, end_of_working_day, working_days_between
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = pytest.mark.django_db


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=GLASGOW)


@pytest.mark.parametrize(
    ("asked", "rung", "days"),
    [
        ("2026-11-23 09:05", "2026-11-23 16:00", 0),
        ("2026-11-23 09:05", "2026-11-24 09:01", 1),
        ("2026-11-20 16:00", "2026-11-23 10:00", 1),  # Friday to Monday
        ("2026-11-20 17:30", "2026-11-23 10:00", 0),  # after hours: as if on Monday
        ("2026-11-21 12:00", "2026-11-24 10:00", 1),  # Saturday to Tuesday
        ("2026-12-24 10:00", "2026-12-29 10:00", 1),  # Christmas, and the Monday for Boxing Day
    ],
)
def test_only_working_days_are_counted(asked, rung, days):
    assert working_days_between(at(asked), at(rung)) == days


@pytest.fixture
def practice(clock):
    clock("2026-11-27 12:00")
    return a_practice(callback_within_days=3)


def a_call(practice, asked, rung=None):
    """A callback asked for at one moment and first tried at another, if at all."""
    callback = a_callback(practice=practice)
    due_by = end_of_working_day(at(asked), days=practice.callback_within_days)
    Callback.objects.filter(pk=callback.pk).update(requested_at=at(asked), due_by=due_by)
    if rung:
        worker = a_link_worker(practice)
        for later in (0, 1):
            callback.attempts.create(
                link_worker=worker,
                result=AttemptResult.NO_ANSWER,
                rung_at=at(rung) + timedelta(days=later),
            )
    return callback


def times(practice):
    return waiting_times(practice, since=at("2026-09-01 00:00"))


def five_calls(practice):
    for rung in ("16 10:00", "17 10:00", "17 11:00", "18 10:00", "20 10:00"):
        a_call(practice, "2026-11-16 09:30", f"2026-11-{rung}")


def test_median_longest_and_the_share_in_the_time_promised(practice):
    five_calls(practice)
    shown = times(practice)
    assert (shown.median_days, shown.longest_days, shown.kept_share) == (1, 4, 80)


def test_of_fewer_than_five_nothing_is_said(practice):
    for _ in range(4):
        a_call(practice, "2026-11-16 09:30", "2026-11-17 10:00")
        a_call(practice, "2026-11-26 09:30")
    shown = times(practice)
    assert shown.waiting == "fewer than 5"
    assert (shown.median_days, shown.longest_days, shown.kept_share) == (None, None, None)
    assert not shown.says_anything


def test_who_still_waits_is_counted_into_the_longest_and_the_promise_that_was_broken(practice):
    five_calls(practice)
    a_call(practice, "2026-11-09 09:30")
    for _ in range(4):
        a_call(practice, "2026-11-27 09:30")
    shown = times(practice)
    assert shown.waiting == "5"
    assert shown.longest_days == 14
    assert shown.kept_share == 67  # four of six; those of today are not due yet


def test_who_cancelled_before_a_try_and_whom_we_promised_a_follow_up_did_not_wait(practice):
    five_calls(practice)
    cancel_callback(a_call(practice, "2026-11-02 09:30"))
    follow_up = a_call(practice, "2026-11-02 09:30")
    Callback.objects.filter(pk=follow_up.pk).update(asked_through=AskedThrough.FOLLOW_UP)
    assert (times(practice).longest_days, times(practice).kept_share) == (4, 80)
