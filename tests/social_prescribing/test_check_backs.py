"""After words of danger one text asks how the patient is, and says truly who has read it."""

from datetime import datetime, timedelta

import pytest
import time_machine

from social_prescribing.callbacks import Status
from social_prescribing.check_backs import check_back_after_danger
from social_prescribing.consent import opt_out
from social_prescribing.conversations import Message
from social_prescribing.patient_texts import write_to_patient
from social_prescribing.safe_contact import note_safe_contact
from social_prescribing.safety_alerts import (
    Kind,
    close_safety_alert,
    mark_seen,
    note_hint,
    raise_safety_alert,
)
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_conversation, a_link_worker

pytestmark = pytest.mark.django_db

TUESDAY_NOON = datetime(2026, 12, 1, 12, tzinfo=GLASGOW)
FRIDAY_NIGHT = datetime(2026, 12, 4, 22, tzinfo=GLASGOW)


@pytest.fixture
def clock():
    with time_machine.travel(TUESDAY_NOON, tick=False) as clock:
        yield clock


def an_alert(kind=Kind.SUICIDE_SELF_HARM, conversation=None):
    return raise_safety_alert(conversation or a_conversation(), kind=kind, words="a cannae go on")


def check_back(alert):
    return Message.objects.filter(key=f"check-back:{alert.pk}").first()


def test_an_hour_after_danger_the_patient_is_asked_once_how_they_are(clock):
    alert = an_alert()
    assert check_back_after_danger() == 0
    for _ in range(30):
        clock.shift(timedelta(hours=1))
        check_back_after_danger()
    assert Message.objects.filter(key__startswith="check-back").count() == 1
    assert "read this within the hour" in check_back(alert).text
    assert "116 123" in check_back(alert).text


def test_danger_on_a_friday_night_is_checked_in_the_morning_and_the_truth_is_told(clock):
    clock.move_to(FRIDAY_NIGHT)
    alert = an_alert()
    clock.shift(timedelta(hours=2))
    assert check_back_after_danger() == 0
    clock.move_to(datetime(2026, 12, 5, 8, 5, tzinfo=GLASGOW))
    assert check_back_after_danger() == 1
    assert "read this at 9am on Monday 7 December" in check_back(alert).text


def test_where_a_person_has_read_it_the_text_says_so(clock):
    alert = an_alert()
    mark_seen(alert, link_worker=a_link_worker())
    clock.shift(timedelta(hours=1))
    check_back_after_danger()
    assert "A link worker has read what you wrote" in check_back(alert).text


def test_nothing_is_asked_where_a_person_has_dealt_with_it(clock):
    closed, written = an_alert(), a_callback(status=Status.CLAIMED)
    close_safety_alert(closed, link_worker=a_link_worker(), note="Spoke to them, safe")
    an_alert(conversation=written.conversation)
    write_to_patient(written, "I will ring you now", link_worker=written.link_worker)
    clock.shift(timedelta(hours=6))
    assert check_back_after_danger() == 0


def test_a_hint_that_is_not_due_yet_is_not_checked_and_one_that_fell_due_is(clock):
    note_hint(a_conversation(), kind=Kind.SUICIDE_SELF_HARM, words="whats the point")
    clock.shift(timedelta(minutes=65))
    assert check_back_after_danger() == 0
    clock.shift(timedelta(minutes=10))
    assert check_back_after_danger() == 1


def test_who_fears_another_person_is_texted_only_on_a_phone_of_their_own_and_blandly(clock):
    _unasked, unsafe, own = (an_alert(Kind.ABUSE_DANGER) for _ in range(3))
    note_safe_contact(unsafe.conversation, is_safe=False)
    note_safe_contact(own.conversation, is_safe=True)
    clock.shift(timedelta(hours=1))
    assert check_back_after_danger() == 1
    assert check_back(own).text == "Hi, hope you are OK. You can text back any time that suits."


def test_nobody_is_texted_after_stop(clock):
    opt_out(an_alert().conversation)
    clock.shift(timedelta(hours=1))
    assert check_back_after_danger() == 0
