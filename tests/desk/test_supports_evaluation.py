"""The suggestions, held against the cases of data/supports/cases.yml."""

import pytest

from desk.supports_evaluation import answer_cases, mean_precision, read_cases, report
from social_prescribing.needs import NEEDS
from social_prescribing.supports import Support

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(supports):
    return answer_cases(read_cases(), unchecked_too=True)


def test_nine_in_ten_of_the_supports_named_help(answers):
    assert mean_precision(answers) >= 0.9, report(answers)


def test_nothing_unsafe_is_ever_named(answers):
    assert [found for answer in answers for found in answer.unsafe] == []


def test_where_the_directory_has_something_something_is_named(answers):
    assert [answer.case.number for answer in answers if answer.missed] == []


def test_the_cases_are_many_and_name_what_exists(supports):
    cases = read_cases()
    known = set(Support.objects.values_list("id", flat=True))
    assert len(cases) >= 150
    assert {need for case in cases for need in case.needs} == set(NEEDS)
    for case in cases:
        assert case.acceptable | case.never <= known, case.number


def test_a_wrong_answer_is_seen(supports):
    """The measure itself: closed, and for the other sex."""
    Support.objects.filter(id="mens-advice-line").update(for_whom=[["women"]], min_age=None)
    cases = [case for case in read_cases() if "men" in case.circumstances]
    assert cases
    answers = answer_cases(cases, unchecked_too=True)
    for answer in answers:
        assert "mens-advice-line" not in answer.ids  # now for women alone, so not named
    assert mean_precision(answers) < 1 or all(len(answer.ids) < 3 for answer in answers)


def test_nothing_out_of_date_is_named(supports):
    Support.objects.update(confirmed_on="2026-01-01")
    assert all(answer.ids == [] for answer in answer_cases(read_cases()))
