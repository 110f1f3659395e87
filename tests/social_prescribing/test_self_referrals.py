"""What a patient has told us, and what is asked next, without Rasa."""

from dataclasses import replace

import pytest

from social_prescribing.self_referrals import (
    ASK_WHAT_TO_CHANGE,
    LEAVING,
    MOST_MISREAD,
    SelfReferral,
    interrupts,
)

NOTHING = {"needs": [], "safety": {"id": "none", "act": "none"}, "language": "en"}
COMPLETE = SelfReferral(
    need=True,
    needs=["food"],
    words=["nae food in"],
    area="G22",
    want_callback=True,
    practice="P1",
    name="Shug",
    phone="+447700900123",
    time={"words": "any time", "preference": "any"},
    voicemail=False,
    is_safe=True,
    safe_contact="aye",
)


def answered(text, *, asks, intent="", referral=COMPLETE, triage=NOTHING):
    """The referral after one more text."""
    referral = replace(referral)
    referral.take(text, asks=asks, intent=intent, triage=triage)
    return referral


def test_a_yes_to_the_summary_ends_the_questions():
    referral = answered("aye", asks="confirm")
    assert referral.next_question() is None
    assert referral.is_agreed


def test_a_bare_no_to_the_summary_asks_what_to_change():
    referral = answered("naw", asks="confirm")
    assert (referral.next_question(), referral.misread) == ("confirm", ASK_WHAT_TO_CHANGE)


def test_a_no_that_says_what_to_change_shows_the_new_summary():
    referral = answered("naw it's 07700 900456", asks="confirm")
    assert (referral.phone, referral.misread) == ("+447700900456", 0)
    assert referral.next_question() == "confirm"


def test_what_to_change_that_cannot_be_read_twice_goes_to_a_link_worker_as_it_is():
    referral = answered("naw", asks="confirm")
    for _ in range(MOST_MISREAD):
        referral = answered("the blue one", asks="confirm", referral=referral)
    assert referral.is_agreed


@pytest.mark.parametrize(
    ("text", "intent"), [("leave it", "stop_asking"), ("never mind", "cancel_callback"), ("no", "")]
)
def test_only_a_clear_yes_is_safe(text, intent):
    asked = replace(COMPLETE, safety_check="suicide_self_harm")
    referral = answered(text, asks="safety_check", intent=intent, referral=asked)
    assert (referral.safety, referral.safety_check) == ("suicide_self_harm", "unsafe")


def test_a_clear_yes_is_safe():
    asked = replace(COMPLETE, safety_check="suicide_self_harm")
    referral = answered("aye am safe", asks="safety_check", intent="safe_yes", referral=asked)
    assert (referral.safety, referral.safety_check) == (None, "safe")


@pytest.mark.parametrize("intent", sorted(LEAVING))
def test_leaving_interrupts_every_question_but_the_one_about_safety(intent):
    assert interrupts(intent, asks="name")
    assert not interrupts(intent, asks="safety_check")


def test_a_hint_of_danger_is_asked_about_before_anything_else():
    triage = NOTHING | {"safety": {"id": "abuse_danger", "act": "ask"}}
    referral = answered("he took ma phone", asks="", triage=triage, referral=SelfReferral())
    assert referral.next_question() == "safety_check"


def test_a_no_keeps_what_was_told_and_a_later_yes_takes_it_up():
    declined = answered("no thanks", asks="want_callback", referral=replace(COMPLETE, name=None))
    assert declined.next_question() is None
    again = answered("ok go on then", asks="", referral=declined.after_declining())
    assert (again.needs, again.next_question()) == (["food"], "name")
