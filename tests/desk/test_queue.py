"""The queue page: all that a link worker needs before ringing, live and in order."""

from datetime import time

import pytest
from django.urls import reverse

from social_prescribing.callback_moves import claim_callback
from social_prescribing.callbacks import Callback, Status
from tests.desk.live import shown_version
from tests.factories import a_callback, a_link_worker, a_practice, a_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice(name="Possil Practice")


@pytest.fixture
def sam(practice):
    return a_link_worker(practice, name="Sam Reid")


def queue_page(client, **given):
    return client.get(reverse("queue"), given).content.decode()


def test_a_card_has_all_that_is_needed_before_ringing(practice, sam, signed_in):
    a_callback(
        practice=practice,
        needs=("energy", "money"),
        area="Possilpark",
        not_before=time(10),
        days=("tuesday", "thursday"),
        time_words="no before 10 tues or thurs",
        voicemail_ok=False,
        language="ar",
        interpreter=True,
        age=14,
        is_safe_to_ring=False,
        safe_contact="txt first, ma man reads ma phone",
    )
    page = queue_page(signed_in(sam))
    for words in (
        "Shug",
        "Gas and electricity",
        "am skint and the meter&#x27;s oot",
        "Possilpark",
        "Tuesday or Thursday, not before 10am",
        "no before 10 tues or thurs",
        "Arabic",
        "interpreter",
        "Says they are 14",
        "txt first, ma man reads ma phone",
        "Possil Practice",
        "Due ",
        "Waiting ",
    ):
        assert words in page
    card = page.split("<article")[1]
    assert card.index("Gas and electricity") < card.index(">Money<")


def test_danger_stands_first_and_says_its_kind(practice, sam, signed_in):
    a_callback(practice=practice, name="Wendy")
    a_callback(practice=practice, name="Donna", is_urgent=True, safety="abuse_danger")
    page = queue_page(signed_in(sam))
    assert page.index("Donna") < page.index("Wendy")
    assert "Urgent: danger from another person" in page


def test_the_title_counts_who_waits(practice, sam, signed_in):
    a_callback(practice=practice)
    a_callback(practice=practice)
    assert "<title>(2) " in queue_page(signed_in(sam))


def test_claimed_closed_and_other_practices_callbacks_are_not_in_it(practice, sam, signed_in):
    a_callback(practice=practice, name="Claimed", status=Status.CLAIMED)
    a_callback(practice=practice, name="Closed", status=Status.CLOSED)
    a_callback(name="Elsewhere")
    assert "Nobody is waiting" in queue_page(signed_in(sam))


def test_a_thematic_link_worker_sees_their_theme_from_every_practice(signed_in):
    a_callback(name="Rab", needs=("money", "housing"))
    a_callback(name="Elspeth", needs=("loneliness",))
    page = queue_page(signed_in(a_link_worker(theme=a_theme("homelessness"))))
    assert "Rab" in page
    assert "Elspeth" not in page


def test_a_poll_is_empty_until_something_changes(practice, sam, signed_in):
    client, polling = signed_in(sam), {"HX-Request": "true"}
    a_callback(practice=practice)
    version = shown_version(queue_page(client), "queue")
    same = client.get(reverse("queue"), {"page": 1, "seen": version}, headers=polling)
    assert same.status_code == 204
    a_callback(practice=practice, name="Newcomer")
    changed = client.get(reverse("queue"), {"page": 1, "seen": version}, headers=polling)
    assert "Newcomer" in changed.content.decode()
    assert "<title>(2) " in changed.content.decode()
    assert "<body" not in changed.content.decode()


def test_twenty_five_to_a_page_in_few_queries(
    practice, sam, signed_in, django_assert_max_num_queries
):
    for number in range(27):
        a_callback(practice=practice, name=f"Patient {number}")
    client = signed_in(sam)
    with django_assert_max_num_queries(22):
        page = queue_page(client)
    assert page.count("<article") == 25
    assert queue_page(client, page=2).count("<article") == 2
    assert queue_page(client, page="nonsense").count("<article") == 25


def test_claiming_puts_it_on_the_caseload_and_opens_it(practice, sam, signed_in):
    callback = a_callback(practice=practice)
    response = signed_in(sam).post(reverse("claim"), {"callback": callback.reference})
    assert response.url == reverse("callback", args=[callback.reference])
    callback.refresh_from_db()
    assert (callback.status, callback.link_worker) == (Status.CLAIMED, sam)


def test_losing_the_race_says_who_was_quicker(practice, sam, signed_in):
    callback = a_callback(practice=practice)
    claim_callback(callback, link_worker=a_link_worker(practice, name="Morag Sinclair"))
    page = signed_in(sam).post(reverse("claim"), {"callback": callback.reference}, follow=True)
    assert "Morag Sinclair was quicker" in page.content.decode()
    assert Callback.objects.get().link_worker.name == "Morag Sinclair"


def test_claiming_a_closed_callback_says_so(practice, sam, signed_in):
    callback = a_callback(practice=practice, status=Status.CLOSED)
    page = signed_in(sam).post(reverse("claim"), {"callback": callback.reference}, follow=True)
    assert page.status_code == 200
    assert "reached" in page.content.decode()


@pytest.mark.parametrize("reference", ["", "BL-NONE", "' OR 1=1 --"])
def test_claiming_what_is_not_there_finds_nothing(reference, sam, signed_in):
    assert signed_in(sam).post(reverse("claim"), {"callback": reference}).status_code == 404
