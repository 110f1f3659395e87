"""One gentle text after a silence mid-way, in waking hours; then rest."""

from datetime import datetime, timedelta

import pytest
import time_machine

from social_prescribing.consent import opt_out
from social_prescribing.conversations import Channel, Message, open_question, send_reply
from social_prescribing.nudges import NUDGED, nudge_silent_patients
from social_prescribing.safe_contact import note_safe_contact
from social_prescribing.safety_alerts import raise_safety_alert
from social_prescribing.words import responses, wording
from social_prescribing.working_time import GLASGOW
from tests.factories import a_message

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 12, 1, 12, tzinfo=GLASGOW)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def a_question(asks="name", text="What name should they ask for?"):
    return send_reply(a_message(channel=Channel.SMS), text, asks=asks)


def nudges():
    return Message.objects.filter(key__startswith="nudge:")


def test_a_patient_who_falls_silent_is_nudged_once_and_never_again(clock):
    conversation = a_question().conversation
    assert nudge_silent_patients() == 0
    clock.shift(timedelta(hours=3))
    assert nudge_silent_patients() == 1
    for _ in range(40):
        clock.shift(timedelta(hours=6))
        assert nudge_silent_patients() == 0
    assert nudges().get().text == wording("utter_nudge__name")
    assert open_question(conversation) == "name"


def test_two_clocks_at_once_send_one_nudge(clock):
    a_question()
    clock.shift(timedelta(hours=3))
    from social_prescribing.nudges import _nudge, silent_questions

    # Both have looked before either has sent.
    for question in [*silent_questions(), *silent_questions()]:
        _nudge(question)
    assert nudges().count() == 1


def test_who_fell_silent_in_the_evening_is_nudged_in_the_morning(clock):
    clock.move_to(NOON.replace(hour=19))
    a_question()
    clock.shift(timedelta(hours=3))
    assert nudge_silent_patients() == 0
    clock.move_to(NOON.replace(day=2, hour=8, minute=1))
    assert nudge_silent_patients() == 1


def test_who_answered_is_not_nudged(clock):
    question = a_question()
    a_message("Shug", channel=Channel.SMS, address=question.conversation.address)
    clock.shift(timedelta(hours=3))
    assert nudge_silent_patients() == 0


def test_nobody_is_nudged_after_stop_nor_on_an_unsafe_phone_nor_in_danger(clock):
    stopped, unsafe, in_danger = (a_question().conversation for _ in range(3))
    opt_out(stopped)
    note_safe_contact(unsafe, is_safe=False)
    raise_safety_alert(in_danger, kind="suicide_self_harm", words="a cannae go on")
    clock.shift(timedelta(hours=3))
    assert nudge_silent_patients() == 0


def test_a_silence_after_are_you_safe_is_for_a_person_not_for_a_nudge(clock):
    a_question(asks="safety_check")
    clock.shift(timedelta(hours=3))
    assert nudge_silent_patients() == 0


def test_who_writes_another_language_gets_the_question_in_it_again(clock):
    text = wording("utter_ask_name__in_pl")
    a_question(text=text)
    clock.shift(timedelta(hours=3))
    nudge_silent_patients()
    assert nudges().get().text == text


@pytest.mark.parametrize("asks", NUDGED)
def test_every_question_has_a_nudge(asks):
    assert f"utter_nudge__{asks}" in responses()
