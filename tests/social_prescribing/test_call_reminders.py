"""An hour before a timed call, and when the promised time slips, the patient is told; once."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from social_prescribing.call_reminders import (
    MOST_SLIPS,
    remind_of_timed_calls,
    slipped_calls,
    tell_of_slipped_calls,
)
from social_prescribing.callback_moves import record_attempt
from social_prescribing.callbacks import AttemptResult, Status
from social_prescribing.consent import opt_out
from social_prescribing.patient_texts import say_when_ringing
from social_prescribing.safe_contact import note_safe_contact
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_conversation

pytestmark = pytest.mark.django_db

TUESDAY_NINE = datetime(2026, 12, 1, 9, tzinfo=GLASGOW)
CALL = TUESDAY_NINE.replace(hour=14)


@pytest.fixture
def clock():
    with time_machine.travel(TUESDAY_NINE, tick=False) as clock:
        yield clock


def a_timed_call(**given):
    callback = a_callback(status=Status.CLAIMED, **given)
    say_when_ringing(callback, link_worker=callback.link_worker, when=CALL)
    return callback


def texts(callback, kind):
    return callback.conversation.messages.filter(key__startswith=f"{kind}:")


def test_an_hour_before_a_timed_call_the_patient_is_reminded_once(clock):
    callback = a_timed_call()
    assert remind_of_timed_calls() == 0
    for minutes in range(0, 60, 5):
        clock.move_to(CALL - timedelta(minutes=60 - minutes))
        remind_of_timed_calls()
    assert "at 2pm" in texts(callback, "reminder").get().text


def test_nobody_is_reminded_on_the_heels_of_another_text(clock):
    clock.move_to(CALL - timedelta(minutes=80))
    callback = a_timed_call()
    clock.move_to(CALL - timedelta(minutes=55))
    assert remind_of_timed_calls() == 0
    assert not texts(callback, "reminder").exists()


def test_a_call_put_off_is_called_to_mind_at_its_new_time(clock):
    callback = a_timed_call()
    clock.move_to(CALL - timedelta(minutes=59))
    assert remind_of_timed_calls() == 1
    later = CALL + timedelta(days=1)
    say_when_ringing(callback, link_worker=callback.link_worker, when=later)
    clock.move_to(later - timedelta(minutes=59))
    assert remind_of_timed_calls() == 1


def test_no_reminder_goes_to_an_unsafe_phone_or_after_stop(clock):
    unsafe, stopped = a_timed_call(), a_timed_call()
    note_safe_contact(unsafe.conversation, is_safe=False)
    opt_out(stopped.conversation)
    clock.move_to(CALL - timedelta(minutes=55))
    assert remind_of_timed_calls() == 0


def test_a_call_that_does_not_come_in_time_is_owned_up_to_with_a_new_time(clock):
    callback = a_callback()
    clock.move_to(callback.due_by - timedelta(minutes=1))
    assert tell_of_slipped_calls() == 0
    clock.move_to(callback.due_by + timedelta(minutes=5))
    assert tell_of_slipped_calls() == 1
    assert tell_of_slipped_calls() == 0
    callback.refresh_from_db()
    assert "5pm on Monday 7 December" in texts(callback, "late").get().text
    assert callback.promised_by > timezone.now()


def test_a_patient_is_told_of_slips_so_many_times_and_then_a_person_has_to(clock):
    callback = a_callback()
    for _ in range(24 * 20):
        clock.shift(timedelta(hours=1))
        tell_of_slipped_calls()
    assert texts(callback, "late").count() == MOST_SLIPS


def test_two_clocks_tell_of_one_slip_once(clock):
    callback = a_callback()
    clock.move_to(callback.due_by + timedelta(minutes=5))
    from social_prescribing.call_reminders import _tell_of_slip

    for found in [*slipped_calls(), *slipped_calls()]:
        _tell_of_slip(found)
    assert texts(callback, "late").count() == 1


def test_no_slip_is_told_where_somebody_tried_or_a_later_time_was_agreed(clock):
    tried = a_callback(status=Status.CLAIMED)
    record_attempt(tried, link_worker=tried.link_worker, result=AttemptResult.NO_ANSWER)
    agreed = a_callback(status=Status.CLAIMED)
    say_when_ringing(agreed, link_worker=agreed.link_worker, when=agreed.due_by + timedelta(days=2))
    clock.move_to(agreed.due_by + timedelta(minutes=5))
    assert tell_of_slipped_calls() == 0


def test_no_slip_is_told_to_an_unsafe_phone_in_danger_or_at_night(clock):
    a_callback(is_safe_to_ring=False, not_after=time(12))
    a_callback(is_urgent=True, safety="suicide_self_harm")
    waits = a_callback(conversation=a_conversation())
    clock.move_to(waits.due_by.replace(hour=22))
    assert tell_of_slipped_calls() == 0
    clock.move_to(waits.due_by + timedelta(minutes=5))
    assert tell_of_slipped_calls() == 1
