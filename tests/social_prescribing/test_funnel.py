"""Where self-referrals stop comes out of the stored messages."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from social_prescribing.callback_requests import CallbackRequest, request_callback
from social_prescribing.conversations import send_reply
from social_prescribing.funnel import ENDED_AFTER, funnel
from social_prescribing.outbox import send_text
from tests.factories import a_message, a_practice

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def talk(clock, *questions, queues=False, practice=None):
    """A self-referral in which these questions are asked in turn; the last stays open."""
    message = a_message(practice=practice)
    for asks in questions:
        clock.shift(timedelta(seconds=1))
        send_reply(message, f"{asks}?", asks=asks)
        if asks != questions[-1] or queues:
            clock.shift(timedelta(seconds=29))
            message = a_message("aye", address=message.conversation.address)
    if queues:
        request = CallbackRequest(needs=("food",), words="food", name="Shug", phone="+447700900123")
        request_callback(message.conversation, request)
        send_reply(message, "Done")
    return message.conversation


def found(**given):
    return funnel(since=NOON - timedelta(days=1), **given)


def step(asks):
    return next(step for step in found().steps if step.asks == asks)


def test_it_counts_who_started_wanted_a_call_was_queued_and_stopped(clock):
    talk(clock, "area")
    talk(clock, "area", "want_callback")
    talk(clock, "area", "want_callback", "name")
    talk(clock, "area", "want_callback", "name", "confirm", queues=True)
    counted = found()
    assert (counted.started, counted.wanted, counted.queued, counted.stopped) == (4, 2, 1, 3)
    assert counted.completed == 0.5
    assert [(s.asks, s.asked, s.stopped) for s in counted.steps] == [
        ("area", 4, 1),
        ("want_callback", 3, 1),
        ("name", 2, 1),
        ("confirm", 1, 0),
    ]


def test_a_question_asked_twice_in_a_row_is_counted_as_asked_again_and_a_nudge_is_not(clock):
    talk(clock, "area", "area", "want_callback")
    send_text(talk(clock, "time"), "No rush. When?", asks="time", key="nudge:1")
    assert (step("area").asked, step("area").asked_again) == (1, 1)
    assert (step("time").asked_again, step("time").stopped) == (0, 1)


def test_it_says_how_long_patients_take_to_answer(clock):
    talk(clock, "area", "want_callback")
    assert (step("area").seconds, step("want_callback").seconds) == (29, None)


def test_a_text_after_long_silence_begins_another_self_referral(clock):
    address = talk(clock, "area").address
    clock.shift(ENDED_AFTER + timedelta(days=1))
    a_message("hi again", address=address)
    assert found().started == 2


def test_it_can_be_narrowed_to_one_practice(clock):
    mine = a_practice()
    talk(clock, "area", practice=mine)
    talk(clock, "area", practice=a_practice())
    assert found(practice=mine).started == 1


def test_texts_of_ours_alone_are_no_self_referral(clock):
    conversation = talk(clock, "area")
    clock.shift(ENDED_AFTER + timedelta(days=1))
    send_text(conversation, "How did it go?", asks="feedback")
    assert found().started == 1


def test_the_command_prints_a_table_and_json(clock):
    talk(clock, "area", "want_callback")
    out = StringIO()
    call_command("funnel", stdout=out)
    assert "1 self-referrals" in out.getvalue() and "want_callback" in out.getvalue()
    out = StringIO()
    call_command("funnel", "--json", stdout=out)
    assert json.loads(out.getvalue())["steps"][0]["asks"] == "area"
