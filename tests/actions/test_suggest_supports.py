"""Supports are named once, and only what nothing meets is a gap."""

import pytest

from actions.suggest_supports import LONGEST_LINES, name_supports
from social_prescribing.asked_needs import AskedNeed
from social_prescribing.gaps import Gap, Kind, Why, record_not_reached
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
    conversation = a_conversation()
    for _ in range(3):
        assert name_supports(conversation, HUNGRY_IN_POSSIL) == ""
    gap = Gap.objects.get()
    assert (gap.need, gap.district, gap.kind, gap.why) == ("food", "G22", Kind.UNMET, Why.NONE)
    assert gap.practice == conversation.practice


def test_needs_for_which_the_text_had_no_room_are_no_gaps():
    everything = SelfReferral(
        needs=["food", "money", "housing", "legal", "addiction"], area="Possilpark", district="G22"
    )
    name_supports(a_conversation(), everything)
    assert not Gap.objects.exists()


def test_what_was_asked_for_is_kept_by_our_list_and_not_in_the_patients_words():
    Support.objects.update(listed=False)
    words = ["Jean Brodie here, need nappies fur ma wean in Saracen Street"]
    hungry = SelfReferral(needs=["food", "money"], area="Possilpark", district="G22", words=words)
    name_supports(a_conversation(), hungry)
    food = Gap.objects.get(need="food")
    assert food.things == ["baby_food"] and food.beside == ["money"]
    kept = str(list(Gap.objects.values())).casefold()
    assert not any(word in kept for word in ("jean", "brodie", "saracen", "nappies"))


def test_a_support_that_is_shut_is_a_gap_until_another_is_named():
    conversation = a_conversation()
    name_supports(conversation, HUNGRY_IN_POSSIL)
    shut = conversation.signpostings.first().support
    record_not_reached(conversation, shut, Why.SHUT, district="G22")
    assert Gap.objects.get().kind == Kind.NOT_REACHED
    name_supports(conversation, HUNGRY_IN_POSSIL)
    assert (Gap.objects.get().kind, Gap.objects.get().why) == (Kind.HINDERED, Why.SHUT)
