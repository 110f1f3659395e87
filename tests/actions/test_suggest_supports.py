"""Supports are named once, and only what nothing meets is a gap."""

import pytest

from actions.suggest_supports import LONGEST_LINES, name_supports
from social_prescribing.asked_needs import AskedNeed
from social_prescribing.gaps import Gap
from social_prescribing.self_referrals import SelfReferral
from social_prescribing.supports import Support
from tests.factories import a_conversation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("supports")]

HUNGRY_IN_POSSIL = SelfReferral(needs=["food"], area="Possilpark", district="G22")


def test_any_others_names_no_support_twice_and_is_no_gap():
    conversation, named = a_conversation(), []
    while lines := name_supports(conversation, HUNGRY_IN_POSSIL):
        named += lines.splitlines()
    assert len(named) == len(set(named)) > 2
    assert Gap.objects.count() == 0


def test_the_lines_leave_room_for_a_question():
    everything = SelfReferral(needs=["asylum_immigration", "legal", "housing"], area="Govan")
    assert 0 < len(name_supports(a_conversation(), everything)) <= LONGEST_LINES


def test_what_was_asked_for_is_kept_once_however_often_more_is_wanted():
    conversation = a_conversation()
    for _ in range(3):
        name_supports(conversation, HUNGRY_IN_POSSIL)
    assert list(AskedNeed.objects.values_list("conversation", "need")) == [
        (conversation.pk, "food")
    ]


def test_a_need_that_nothing_meets_is_a_gap_without_a_name():
    Support.objects.update(listed=False)
    assert name_supports(a_conversation(), HUNGRY_IN_POSSIL) == ""
    assert list(Gap.objects.values_list("need", "district")) == [("food", "G22")]
