"""Who asked to be texted is never told by a text of ours that somebody rings."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine

from social_prescribing.call_reminders import remind_of_timed_calls
from social_prescribing.callback_moves import keep_working
from social_prescribing.callback_work import finish_callback, record_try
from social_prescribing.callbacks import AttemptResult, NextStep, Outcome
from social_prescribing.conversations import Channel, send_reply
from social_prescribing.nudges import nudge_silent_patients
from social_prescribing.patient_texts import template_texts
from social_prescribing.promises import promise, summary_of
from social_prescribing.words import wording
from social_prescribing.working_time import GLASGOW
from tests.factories import a_link_worker, a_message, a_practice
from tests.social_prescribing.test_patient_texts import held, texts_to
from tests.social_prescribing.test_self_referrals import COMPLETE

pytestmark = pytest.mark.django_db

OF_RINGING = ("ring", "rang", "a call")


@pytest.fixture
def sam(clock):
    clock("2026-11-26 10:00")
    return a_link_worker(a_practice(name_for_texts="Possil Practice"), name="Sam Reid")


def speaks_of_ringing(text):
    return any(word in text for word in OF_RINGING)


def test_ready_made_texts_speak_of_what_the_link_worker_does(sam):
    texted = [words for _, words in template_texts(held(sam, by_text=True)).values()]
    assert not any(map(speaks_of_ringing, texted))
    rung = [words for _, words in template_texts(held(sam)).values()]
    assert any(map(speaks_of_ringing, rung))


@pytest.mark.parametrize(
    "results",
    [
        [AttemptResult.NO_ANSWER],
        [AttemptResult.NO_ANSWER] * 3,
        [AttemptResult.WRONG_NUMBER],
    ],
)
def test_tries_that_nobody_answers_are_told_as_texts(sam, results):
    callback = held(sam, by_text=True)
    for result in results:
        record_try(callback, link_worker=sam, result=result)
    assert texts_to(callback) and not any(map(speaks_of_ringing, texts_to(callback)))


@pytest.mark.parametrize("outcome", [Outcome.REACHED, Outcome.REFERRED_ON, Outcome.DECLINED])
def test_a_closed_one_is_told_as_texted(sam, outcome):
    callback = held(sam, by_text=True)
    follow_up_on = datetime(2026, 12, 3).date()
    finish_callback(callback, link_worker=sam, outcome=outcome, follow_up_on=follow_up_on)
    assert "I will text you again" in texts_to(callback)[-1]
    assert not any(map(speaks_of_ringing, texts_to(callback)))


def test_one_not_reached_is_told_as_texted(sam):
    callback = held(sam, by_text=True)
    for _ in range(3):
        record_try(callback, link_worker=sam, result=AttemptResult.NO_ANSWER)
    finish_callback(callback, link_worker=sam, outcome=Outcome.UNREACHABLE)
    assert "I will stop texting" in texts_to(callback)[-1]


def test_no_reminder_of_a_call_goes_to_who_is_texted(sam, clock):
    for by_text in (True, False):
        at = datetime(2026, 11, 26, 12, tzinfo=GLASGOW)
        keep_working(held(sam, by_text=by_text), step=NextStep.RING, step_at=at)
    clock("2026-11-26 11:30")
    assert remind_of_timed_calls() == 1


@pytest.mark.parametrize(
    ("reach", "asked_again"),
    [
        ("text", "utter_nudge__want_callback__texted"),
        ("ring", "utter_nudge__want_callback"),
    ],
)
def test_a_nudge_offers_again_what_was_offered(reach, asked_again):
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=GLASGOW), tick=False) as clock:
        offer = wording("utter_ask_want_callback__short", reach=reach)
        asked = send_reply(a_message(channel=Channel.SMS), offer, asks="want_callback")
        clock.shift(timedelta(hours=3))
        assert nudge_silent_patients() == 1
        assert asked.conversation.messages.last().text == wording(asked_again)


@pytest.mark.parametrize("asks", ["name", "practice", "phone", "time", "safe_contact"])
def test_the_other_nudges_fit_who_is_texted_as_well(asks):
    assert not speaks_of_ringing(wording(f"utter_nudge__{asks}"))


def test_the_summary_says_what_is_safe_by_how_they_are_reached():
    safe = replace(COMPLETE, is_safe=True, safe_contact="aye")
    assert "Safe to ring: yes" in summary_of(safe)
    assert "Safe to text: yes" in summary_of(replace(safe, by_text=True))


def test_where_no_more_may_be_said_it_is_still_a_text_that_is_promised(sam):
    said = {
        by_text: wording("utter_queued__bland", **promise(held(sam, by_text=by_text)))
        for by_text in (True, False)
    }
    assert "You will get a text, only" in said[True]
    assert "You will get a call, only" in said[False]
