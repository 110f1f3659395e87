"""Link workers' days at each practice: what is promised, who is offered what, who is covered."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from social_prescribing.attempt_steps import step_after
from social_prescribing.callback_moves import claim_callback, record_attempt
from social_prescribing.callbacks import AttemptResult, Status, due_by
from social_prescribing.caseloads import best_next
from social_prescribing.days_there import days_there_in_words, longest_promise
from social_prescribing.link_workers import Absence, DaysAtPractice
from social_prescribing.on_call import OnCallContact, When, next_look
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)


@pytest.fixture
def practice():
    return a_practice(callback_within_days=1)


def there(practice, *days, **given):
    """A link worker of the practice on these days of the week."""
    worker = a_link_worker(practice, **given)
    worker.days_at_practices.update(days=list(days))
    return worker


def five_pm(day):
    return datetime(2026, day.month, day.day, 17, tzinfo=GLASGOW)


def promised(practice):
    return due_by(practice, is_urgent=False)


def test_a_practice_whose_link_workers_are_not_known_has_somebody_every_working_day(
    practice, clock
):
    clock("2026-11-24 10:00")
    assert promised(practice) == five_pm(WEDNESDAY)


def test_a_promise_waits_for_the_next_day_on_which_somebody_is_there(practice, clock):
    clock("2026-11-24 10:00")
    there(practice, "tuesday", "thursday")
    assert promised(practice) == five_pm(THURSDAY)


def test_a_promise_that_can_be_kept_stands(practice, clock):
    clock("2026-11-24 10:00")
    practice.callback_within_days = 3
    there(practice, "wednesday")
    assert promised(practice) == five_pm(date(2026, 11, 27))


def test_the_days_of_all_link_workers_count_and_not_of_who_has_left(practice, clock):
    clock("2026-11-24 10:00")
    there(practice, "friday")
    there(practice, "thursday")
    gone = there(practice, "wednesday")
    gone.user.is_active = False
    gone.user.save()
    assert promised(practice) == five_pm(THURSDAY)


def test_who_is_away_is_not_there_unless_somebody_covers(practice, clock):
    clock("2026-11-24 10:00")
    sam = there(practice)
    away = Absence.objects.create(link_worker=sam, first_day=TUESDAY, last_day=WEDNESDAY)
    assert promised(practice) == five_pm(THURSDAY)
    away.covered_by = a_link_worker()
    away.save()
    assert promised(practice) == five_pm(WEDNESDAY)


def test_where_nobody_is_there_for_weeks_the_practice_keeps_its_own_promise(practice, clock):
    clock("2026-11-24 10:00")
    sam = there(practice)
    Absence.objects.create(link_worker=sam, first_day=TUESDAY, last_day=date(2027, 3, 1))
    assert promised(practice) == five_pm(WEDNESDAY)


def test_danger_waits_for_no_day_of_the_week(practice, clock):
    now = clock("2026-11-24 10:00")
    there(practice, "friday")
    assert due_by(practice, is_urgent=True) == now.replace(hour=11)


def test_a_claim_is_not_forgotten_before_its_holder_has_had_a_day(practice, clock):
    clock("2026-11-24 10:00")
    practice.forgotten_after_days = 1
    practice.save()
    callback = a_callback(practice=practice)
    claim_callback(callback, link_worker=there(practice, "tuesday"))
    assert callback.forgotten_at == five_pm(date(2026, 12, 1))


def test_the_next_try_is_on_a_day_on_which_the_link_worker_works(practice, clock):
    clock("2026-11-24 10:00")
    practice.text_after_attempts = 1
    practice.save()
    sam = there(practice, "tuesday", "thursday")
    callback = a_callback(practice=practice, status=Status.CLAIMED, link_worker=sam)
    attempt = record_attempt(callback, link_worker=sam, result=AttemptResult.NO_ANSWER)
    assert step_after(callback, attempt).at == datetime(2026, 11, 26, 9, tzinfo=GLASGOW)


def test_where_their_days_never_meet_the_patients_say_counts(practice, clock):
    clock("2026-11-24 10:00")
    practice.text_after_attempts = 1
    practice.save()
    sam = there(practice, "tuesday")
    callback = a_callback(
        practice=practice, status=Status.CLAIMED, link_worker=sam, days=("wednesday",)
    )
    attempt = record_attempt(callback, link_worker=sam, result=AttemptResult.NO_ANSWER)
    assert step_after(callback, attempt).at.date() == WEDNESDAY


def test_next_for_me_begins_with_the_practice_of_today(practice, clock):
    clock("2026-11-24 10:00")
    other = a_practice(callback_within_days=1)
    sam = a_link_worker(practice, other)
    DaysAtPractice.objects.filter(practice=practice).update(days=["wednesday"])
    DaysAtPractice.objects.filter(practice=other).update(days=["tuesday"])
    elsewhere = a_callback(practice=practice)
    here = a_callback(practice=other)
    elsewhere.due_by = here.due_by = five_pm(WEDNESDAY)
    elsewhere.save()
    here.save()
    assert best_next(sam) == here
    clock("2026-11-25 10:00")
    assert best_next(sam) == elsewhere


def test_who_covers_is_where_the_other_would_be(practice, clock):
    clock("2026-11-24 10:00")
    own = a_practice(callback_within_days=1)
    sam, morag = there(practice, "tuesday"), there(own, "wednesday")
    Absence.objects.create(link_worker=sam, first_day=TUESDAY, last_day=TUESDAY, covered_by=morag)
    a_callback(practice=own)
    covered = a_callback(practice=practice)
    type(covered).objects.update(due_by=five_pm(WEDNESDAY))
    assert best_next(morag) == covered


def test_days_in_words(practice):
    assert days_there_in_words(practice) == ""
    there(practice, "thursday", "tuesday")
    assert days_there_in_words(practice) == "Tuesday and Thursday"
    there(practice)
    assert days_there_in_words(practice) == ""


@pytest.mark.parametrize(
    ("days", "within"), [((), 3), (("tuesday", "thursday"), 3), (("tuesday",), 5)]
)
def test_a_poster_promises_what_holds_on_every_day_of_the_week(practice, days, within):
    practice.callback_within_days = 3
    there(practice, *days)
    assert longest_promise(practice) == within


def test_a_day_that_is_no_weekday_is_refused(practice):
    row = DaysAtPractice(link_worker=a_link_worker(), practice=practice, days=["someday"])
    with pytest.raises(ValidationError, match="someday"):
        row.full_clean()


@pytest.mark.parametrize(
    ("at", "on_call", "told"),
    [
        ("2026-11-24 10:00", None, "within the hour"),
        ("2026-11-25 10:00", None, "at 9am on Thursday 26 November"),
        ("2026-11-25 10:00", When.WORKING_HOURS, "within the hour"),
        ("2026-11-25 10:00", When.OUT_OF_HOURS, "at 5pm today"),
        ("2026-11-25 22:00", When.OUT_OF_HOURS, "within the hour"),
        ("2026-11-25 22:00", When.ALWAYS, "within the hour"),
        ("2026-11-27 22:00", When.WORKING_HOURS, "at 9am on Tuesday 1 December"),
        ("2026-11-27 22:00", None, "at 9am on Tuesday 1 December"),
    ],
)
def test_when_a_person_looks_goes_by_days_and_by_who_is_on_call(practice, clock, at, on_call, told):
    now = clock(at)
    there(practice, "tuesday", "thursday")
    if on_call:
        OnCallContact.objects.create(
            practice=practice, name="Dr Ahmed", email="ahmed@example.test", when=on_call
        )
    assert next_look(practice, now) == told


def test_who_is_told_too_late_is_not_counted_on(practice, clock):
    now = clock("2026-11-25 22:00")
    practice.alert_climbs_after_minutes = 90
    OnCallContact.objects.create(
        practice=practice, name="Dr Ahmed", email="ahmed@example.test", when=When.ALWAYS
    )
    assert next_look(practice, now) == "at 9am on Thursday 26 November"


def test_the_providers_list_counts_too_and_an_unknown_practice_has_working_hours(practice, clock):
    now = clock("2026-11-25 22:00")
    assert next_look(None, now) == "at 9am on Thursday 26 November"
    OnCallContact.objects.create(
        provider=practice.provider, name="Lead", email="lead@example.test", when=When.ALWAYS
    )
    assert next_look(practice, now) == next_look(None, now) == "within the hour"
