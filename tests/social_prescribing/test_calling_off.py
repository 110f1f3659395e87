"""Who gives up the call while it is being asked for, and who only puts one thing off."""

from dataclasses import replace

import pytest

from social_prescribing.calling_off import gives_up
from tests.social_prescribing.test_self_referrals import COMPLETE, NOTHING, answered

ASKED = replace(COMPLETE, name=None, time=None, voicemail=None, safe_contact=None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("naw ye know whit, leave it. am no ready", True),
        ("och forget it, a changed ma mind", True),
        ("never mind", True),
        ("cancel it actually", True),
        ("I said no", True),
        ("im not ready for this", True),
        ("leave it till tuesday", False),
        ("leave it open", False),
        ("aye, a changed ma mind", False),
        ("changed my mind, ring me after all", False),
        ("a changed ma mind aboot the time", False),
        ("I said no to the social worker", False),
        ("never mind that", False),
    ],
)
def test_who_gives_up(text, wanted):
    assert gives_up(text) is wanted


@pytest.mark.parametrize("asks", ["want_callback", "name", "time"])
def test_what_is_called_off_stays_so_over_the_question_about_safety(asks):
    hint = NOTHING | {"safety": {"id": "suicide_self_harm", "act": "ask", "confidence": 0.5}}
    off = answered(
        "naw leave it. am no ready", asks=asks, intent="hint_danger", referral=ASKED, triage=hint
    )
    assert off.next_question() == "safety_check"
    safe = answered("aye am safe", asks="safety_check", intent="safe_yes", referral=off)
    assert (safe.want_callback, safe.next_question()) == (False, None)


def test_who_called_it_off_and_is_in_danger_is_asked_once_more():
    off = replace(ASKED, want_callback=False, is_called_off=True, safety_check="suicide_self_harm")
    unsafe = answered("no", asks="safety_check", intent="deny", referral=off)
    assert unsafe.next_question() == "want_callback"


def test_who_calls_it_off_and_wants_it_again_is_asked_on():
    off = answered("och forget it", asks="name", referral=ASKED).after_declining()
    again = answered("och aye, ring me then", asks="", intent="affirm", referral=off)
    assert again.needs == ["food"]
    assert again.next_question() == "name"


def test_no_time_at_all_is_no_call():
    once = answered("naw", asks="time", intent="deny", referral=replace(ASKED, name="Tam"))
    assert once.next_question() == "time"
    twice = answered("naw", asks="time", intent="deny", referral=once)
    assert (twice.want_callback, twice.next_question()) == (False, None)


def test_leaving_the_voicemail_leaves_the_call():
    asked = replace(COMPLETE, voicemail=None, is_queued=True)
    referral = answered("naw leave it", asks="voicemail", intent="deny", referral=asked)
    assert (referral.want_callback, referral.voicemail) == (True, False)


def test_a_no_said_once_more_is_not_asked_about_again():
    off = replace(ASKED, want_callback=None, is_declined=True)
    referral = answered("I said no", asks="", intent="correct_answer", referral=off)
    assert (referral.want_callback, referral.next_question()) == (False, None)
