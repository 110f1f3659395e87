"""Never a stale number: checks, what they change, and the list of what is due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social_prescribing.errors import InvalidPhoneNumber, InvalidValue
from social_prescribing.suggestions import may_name_unchecked, suggest_supports
from social_prescribing.support_checks import record_check, supports_to_check
from social_prescribing.supports import NAMED_IN_DANGER, Support

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("supports")]


def named(need="bereavement", **details):
    return [one.support.id for one in suggest_supports([need], **details)]


def cruse():
    return Support.objects.get(id="cruse-scotland")


def checked_days_ago(days):
    Support.objects.filter(id="cruse-scotland").update(
        confirmed_on=timezone.localdate() - timedelta(days=days)
    )


def test_a_support_is_named_while_its_check_is_in_date_and_no_longer(settings):
    settings.SUPPORT_CHECK_DAYS = 180
    checked_days_ago(180)
    assert "cruse-scotland" in named()
    checked_days_ago(181)
    assert "cruse-scotland" not in named()
    assert "cruse-scotland" in named(unchecked_too=True)


@pytest.mark.parametrize(
    ("setting", "demo", "others"),
    [("demo", True, False), ("nobody", False, False), ("everybody", True, True)],
)
def test_who_may_be_sent_an_unchecked_one_is_a_setting(settings, setting, demo, others):
    settings.UNCHECKED_SUPPORTS = setting
    assert may_name_unchecked(is_demo=True) is demo
    assert may_name_unchecked(is_demo=False) is others


def test_staff_read_that_nobody_has_checked_it():
    Support.objects.update(confirmed_on=None)
    (first, *_) = suggest_supports(["bereavement"], unchecked_too=True)
    assert first.why.endswith("not checked by phone yet")


def test_still_right_renews_the_check():
    Support.objects.update(confirmed_on=None)
    assert named() == []
    record_check(cruse(), "still_right", checked_by="Sam Reid")
    assert named() == ["cruse-scotland"]
    assert (cruse().confirmed_on, cruse().confirmed_by) == (timezone.localdate(), "Sam Reid")


def test_closed_is_never_named_again():
    record_check(cruse(), "closed", checked_by="Sam Reid")
    assert "cruse-scotland" not in named(unchecked_too=True)


def test_a_waiting_list_is_told_and_puts_it_back():
    before = named().index("cruse-scotland")
    record_check(cruse(), "waiting_list", weeks=6, checked_by="Sam Reid")
    why = {s.support.id: s.why for s in suggest_supports(["bereavement"], limit=9)}
    assert "waiting list of about 6 weeks" in why["cruse-scotland"]
    assert list(why).index("cruse-scotland") >= before
    with pytest.raises(InvalidValue):
        record_check(cruse(), "waiting_list", checked_by="Sam Reid")


def test_a_number_put_right_stands_whatever_the_file_says():
    from social_prescribing.directory_file import load_supports

    record_check(cruse(), "number_wrong", phone="0141 496 0199", checked_by="Sam Reid")
    load_supports()
    assert cruse().phone == "0141 496 0199"
    assert "cruse-scotland" in named()


def test_a_wrong_number_that_nobody_can_put_right_is_taken_away():
    record_check(cruse(), "number_wrong", checked_by="Sam Reid")
    assert cruse().phone == ""
    assert "cruse-scotland" not in named()


def test_what_is_no_number_changes_nothing():
    with pytest.raises(InvalidPhoneNumber):
        record_check(cruse(), "number_wrong", phone="0141", checked_by="Sam Reid")
    assert cruse().phone


def test_the_list_begins_with_crisis_lines_and_then_the_oldest():
    Support.objects.filter(id="samaritans").update(
        confirmed_on=timezone.localdate() - timedelta(days=32)
    )
    checked_days_ago(200)
    Support.objects.filter(id="marie-curie").update(confirmed_on=None)
    assert [s.id for s in supports_to_check()] == ["samaritans", "marie-curie", "cruse-scotland"]


@pytest.mark.parametrize("support_id", ["samaritans", *NAMED_IN_DANGER])
def test_a_line_that_people_in_danger_are_sent_to_is_checked_each_month(support_id):
    Support.objects.filter(id=support_id).update(
        confirmed_on=timezone.localdate() - timedelta(days=32)
    )
    assert [s.id for s in supports_to_check()] == [support_id]


def test_everything_checked_lately_leaves_the_list_empty():
    assert list(supports_to_check()) == []


def test_a_charity_that_has_had_its_patients_this_week_is_passed_over():
    from social_prescribing.signposting import record_signposting
    from tests.factories import a_conversation

    Support.objects.filter(id="cruse-scotland").update(weekly_limit=1)
    suggestions = [s for s in suggest_supports(["bereavement"]) if s.support.id == "cruse-scotland"]
    record_signposting(a_conversation(), suggestions)
    assert "cruse-scotland" not in named()


def test_not_the_same_charity_every_time():
    from social_prescribing.signposting import record_signposting
    from tests.factories import a_conversation

    Support.objects.filter(id__in=["cruse-scotland", "marie-curie"]).update(
        area_served="Scotland", confidence="medium", hours=""
    )
    (first, second) = suggest_supports(["bereavement"], limit=2)
    record_signposting(a_conversation(), [first])
    assert [s.support.id for s in suggest_supports(["bereavement"], limit=1)] == [second.support.id]


def test_what_a_patient_reports_comes_first_until_somebody_has_looked():
    from social_prescribing.signposting import record_signposting
    from social_prescribing.support_reports import report_shut
    from tests.factories import a_conversation

    conversation = a_conversation()
    (named_one,) = suggest_supports(["bereavement"], limit=1)
    record_signposting(conversation, [named_one])
    report_shut(conversation, "that wan's shut")
    assert [s.id for s in supports_to_check()] == [named_one.support.id]
    record_check(named_one.support, "still_right", checked_by="Sam Reid")
    assert list(supports_to_check()) == []
