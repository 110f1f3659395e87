"""Is it more about this or that? What is asked where triage is unsure between two needs."""

import pytest

from social_prescribing.self_referrals import SelfReferral
from tests.social_prescribing.test_self_referrals import NOTHING, answered

UNSURE = NOTHING | {"unsure_between": ["money", "energy"]}


def asked_which(text="its the card again and theres nothing left on it"):
    return answered(text, asks="", intent="chat", referral=SelfReferral(), triage=UNSURE)


def test_between_two_needs_a_short_question_is_asked_and_the_words_are_kept():
    referral = asked_which()
    assert referral.next_question() == "need"
    assert referral.need_options == ["money", "energy"]
    assert referral.words == ["its the card again and theres nothing left on it"]


@pytest.mark.parametrize(
    ("answer", "needs"),
    [
        ("gas and electric", ["energy"]),
        ("the electric", ["energy"]),
        ("money worries", ["money"]),
        ("2", ["energy"]),
        ("the first one", ["money"]),
        ("baith", ["money", "energy"]),
        ("how would i know pal", ["money", "energy"]),
    ],
)
def test_the_answer_to_the_short_question_decides_and_an_odd_one_keeps_both(answer, needs):
    referral = answered(answer, asks="need", intent="chat", referral=asked_which())
    assert referral.needs == needs
    assert referral.next_question() == "area"


def test_neither_of_two_asks_openly_and_only_once():
    referral = answered("neither", asks="need", intent="deny", referral=asked_which())
    assert (referral.needs, referral.need_options) == ([], [])
    assert referral.next_question() == "need"


def test_an_answer_with_a_need_of_its_own_is_taken_as_it_is():
    triage = NOTHING | {"needs": [{"id": "food", "confidence": 0.9}]}
    referral = answered(
        "nah its the weans tea",
        asks="need",
        intent="tell_need",
        referral=asked_which(),
        triage=triage,
    )
    assert referral.needs == ["food"]
