"""My caseload: what I hold, and what is next."""

import pytest
from django.urls import reverse

from social_prescribing.callback_work import record_try
from social_prescribing.callbacks import AttemptResult, Status
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice()


@pytest.fixture
def sam(practice):
    return a_link_worker(practice)


def caseload_page(client):
    return client.get(reverse("caseload")).content.decode()


def test_it_holds_what_i_claimed_and_nothing_else(practice, sam, signed_in):
    a_callback(practice=practice, name="Mine", status=Status.CLAIMED, link_worker=sam)
    a_callback(practice=practice, name="Done", status=Status.CLOSED, link_worker=sam)
    a_callback(practice=practice, name="Theirs", status=Status.CLAIMED)
    a_callback(practice=practice, name="Waiting-one")
    page = caseload_page(signed_in(sam))
    assert "Mine" in page
    assert not any(name in page for name in ("Done", "Theirs", "Waiting-one"))


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([], "first time"),
        ([AttemptResult.NO_ANSWER], "2 more tries"),
        ([AttemptResult.NO_ANSWER] * 2, "1 more try"),
        ([AttemptResult.NO_ANSWER] * 3, "closes by itself"),
        ([AttemptResult.NO_ANSWER, AttemptResult.REACHED], "Close the callback"),
        ([AttemptResult.WRONG_NUMBER], "Wrong number"),
    ],
)
def test_it_says_what_is_next(results, words, practice, sam, signed_in):
    callback = a_callback(practice=practice, status=Status.CLAIMED, link_worker=sam)
    for result in results:
        record_try(callback, link_worker=sam, result=result)
    assert words in caseload_page(signed_in(sam))


def test_it_stays_quick_with_a_full_caseload(
    practice, sam, signed_in, django_assert_max_num_queries
):
    for _ in range(20):
        callback = a_callback(practice=practice, status=Status.CLAIMED, link_worker=sam)
        record_try(callback, link_worker=sam, result=AttemptResult.NO_ANSWER)
    client = signed_in(sam)
    with django_assert_max_num_queries(20):
        caseload_page(client)


def test_an_empty_caseload_leads_to_the_queue(sam, signed_in):
    page = caseload_page(signed_in(sam))
    assert "You hold no callbacks" in page
