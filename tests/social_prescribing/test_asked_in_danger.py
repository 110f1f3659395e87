"""What who is in danger answers to the offer of a call."""

from dataclasses import replace

import pytest

from social_prescribing.misreadings import MOST_MISREAD
from tests.social_prescribing.test_self_referrals import COMPLETE, NOTHING, answered

IN_DANGER = {"safety": "suicide_self_harm", "safety_check": "unsafe", "want_callback": None}


@pytest.mark.parametrize(
    ("text", "intent", "wants"),
    [
        ("dont want her 2 know", "want_no_call", None),
        ("dont want her 2 know", "deny", None),
        ("naw a dont want her tae know", "deny", False),
        ("naw", "deny", False),
        ("dont ring me", "want_no_call", False),
        ("if they like. they'd need tae be quick", "", True),
    ],
)
def test_who_is_in_danger_is_let_go_for_a_plain_no_only(text, intent, wants):
    asked = replace(COMPLETE, **IN_DANGER)
    referral = answered(text, asks="want_callback", intent=intent, referral=asked)
    assert referral.want_callback is wants


def test_who_is_in_danger_and_answers_nothing_is_not_asked_the_same_for_ever():
    referral = replace(COMPLETE, **IN_DANGER)
    triage = NOTHING | {"safety": {"id": "suicide_self_harm", "act": "alarm"}}
    for _ in range(MOST_MISREAD):
        assert referral.next_question() == "want_callback"
        referral.notice_danger("a canny see a way oot", triage, asks="want_callback")
    assert referral.is_stuck
