"""What walk-ins and calls leave open: counted by the same measure as what patients text."""

import pytest

from social_prescribing.callback_moves import record_attempt
from social_prescribing.callback_work import finish_callback
from social_prescribing.callbacks import AttemptResult, Outcome, Status
from social_prescribing.gaps import Gap, Kind, Why, record_gaps
from social_prescribing.signposting import Signposting
from social_prescribing.staff_referrals import refer_patient
from tests.factories import a_callback, a_link_worker, a_practice, a_support

pytestmark = pytest.mark.django_db

UNMET = {"loneliness": (Kind.UNMET, Why.NONE)}


@pytest.fixture
def practice():
    return a_practice(neighbourhood="Govan", postcode_district="G51")


@pytest.fixture
def sam(practice):
    return a_link_worker(practice)


def refer(practice, **given):
    fields = {
        "name": "Jeanie", "phone": "07700 900 123", "words": "wants company", "referred_by": "Desk",
    }  # fmt: skip
    return refer_patient(practice=practice, **{"needs": ("loneliness",)} | fields | given)


def a_held_callback(practice, sam, **given):
    return a_callback(
        status=Status.CLAIMED, practice=practice, link_worker=sam,
        **{"needs": ("loneliness",), "area": "Govan"} | given,
    )  # fmt: skip


def close(callback, sam, outcome=Outcome.REACHED, **given):
    if outcome == Outcome.REACHED:
        record_attempt(callback, link_worker=sam, result=AttemptResult.REACHED)
    finish_callback(callback, link_worker=sam, outcome=outcome, tells=False, **given)


def left_open():
    return {gap.need: (gap.kind, gap.why) for gap in Gap.objects.all()}


def test_what_the_directory_lacks_it_lacks_for_a_walk_in_too(practice):
    callback = refer(practice, words="she lives in Govan and needs a lift", needs=("transport",))
    gap = Gap.objects.get()
    assert (gap.need, gap.kind, gap.why) == ("transport", Kind.UNMET, Why.NONE)
    assert (gap.district, gap.practice) == ("G51", practice)
    assert gap.conversation == callback.conversation


def test_a_walk_in_whose_home_nobody_wrote_is_matched_near_the_practice_and_in_no_district(
    practice,
):
    a_support()
    refer(practice)
    assert left_open() == {}
    refer(practice, phone="07700 900 124", needs=("food",))
    assert Gap.objects.get().district == ""


def test_a_walk_in_who_reads_another_language_meets_what_is_only_in_english(practice):
    a_support()
    refer(practice, language="ar")
    assert left_open() == {"loneliness": (Kind.HINDERED, Why.ENGLISH)}


def test_what_was_texted_before_staff_add_a_person_is_not_matched_again(practice):
    callback = refer(practice)
    Gap.objects.update(kind=Kind.NOT_REACHED, why=Why.SHUT)
    a_support()
    assert refer(practice) == callback
    assert left_open() == {"loneliness": (Kind.NOT_REACHED, Why.SHUT)}


def test_a_call_without_a_support_agreed_is_counted_apart(practice, sam):
    a_support()
    close(a_held_callback(practice, sam), sam)
    gap = Gap.objects.get()
    assert (gap.kind, gap.why, gap.district) == (Kind.NOT_AGREED, Why.UNSAID, "G51")


def test_a_call_says_what_was_wrong_with_all_that_there_was(practice, sam):
    a_support(wait_weeks=6)
    close(a_held_callback(practice, sam), sam)
    assert left_open() == {"loneliness": (Kind.NOT_AGREED, Why.FULL)}


def test_a_call_about_what_the_directory_lacks_is_an_unmet_need(practice, sam):
    close(a_held_callback(practice, sam, needs=("loneliness", "money")), sam)
    assert left_open() == UNMET | {"money": (Kind.UNMET, Why.NONE)}
    assert Gap.objects.get(need="money").beside == ["loneliness"]


@pytest.mark.parametrize("outcome", [Outcome.REACHED, Outcome.REFERRED_ON])
def test_a_support_agreed_on_meets_the_need_that_the_match_left_open(practice, sam, outcome):
    callback = a_held_callback(practice, sam)
    record_gaps(callback.conversation, ["loneliness"], UNMET)
    close(callback, sam, outcome, supports=[a_support()])
    assert left_open() == {}


def test_a_support_agreed_on_for_one_need_leaves_the_other_open(practice, sam):
    callback = a_held_callback(practice, sam, needs=("loneliness", "food"))
    close(callback, sam, supports=[a_support()])
    assert left_open() == {"food": (Kind.UNMET, Why.NONE)}
    assert Gap.objects.get().beside == ["loneliness"]


def test_what_is_known_of_a_need_stays_after_a_call_that_agreed_nothing(practice, sam):
    callback = a_held_callback(practice, sam)
    record_gaps(callback.conversation, ["loneliness"], {"loneliness": (Kind.UNMET, Why.UNCHECKED)})
    a_support()
    close(callback, sam)
    assert left_open() == {"loneliness": (Kind.UNMET, Why.UNCHECKED)}


def test_a_need_for_which_a_support_was_named_by_text_is_no_gap(practice, sam):
    callback = a_held_callback(practice, sam)
    named = Signposting.objects.create(
        conversation=callback.conversation, support=a_support(), why="near"
    )
    close(callback, sam)
    assert left_open() == {}
    assert named.support.needs == ["loneliness"]


@pytest.mark.parametrize(
    ("outcome", "given"),
    [
        (Outcome.DECLINED, {}),
        (Outcome.REFERRED_ON, {}),
        (Outcome.REACHED, {"follow_up_on": "2099-01-05"}),
    ],
)
def test_who_declined_was_referred_on_or_is_rung_again_leaves_no_gap(practice, sam, outcome, given):
    close(a_held_callback(practice, sam), sam, outcome, **given)
    assert left_open() == {}


def test_who_was_in_danger_leaves_no_gap(practice, sam):
    close(a_held_callback(practice, sam, safety="suicide_self_harm"), sam)
    assert left_open() == {}
