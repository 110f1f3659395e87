"""Safety alerts on the desk: they cannot be missed, and a person closes each."""

import pytest
from django.urls import reverse

from social_prescribing.safety_alerts import raise_safety_alert
from tests.desk.live import shown_version
from tests.factories import a_callback, a_link_worker, a_practice, a_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice()


@pytest.fixture
def sam(practice):
    return a_link_worker(practice, name="Sam Reid")


@pytest.fixture
def alert(practice):
    """An open alert that nobody has seen."""
    callback = a_callback(practice=practice)
    return raise_safety_alert(callback.conversation, kind="abuse_danger", words="he's at the door")


@pytest.mark.parametrize("name", ["queue", "caseload", "safety"])
def test_the_banner_is_on_every_page(name, alert, sam, signed_in):
    assert "1 safety alert open" in signed_in(sam).get(reverse(name)).content.decode()


def test_no_banner_for_a_stranger(alert, signed_in):
    stranger = a_link_worker(a_practice(provider=a_provider("Another provider")))
    assert "safety alert open" not in signed_in(stranger).get(reverse("queue")).content.decode()


def test_the_banner_polls_and_answers_only_changes(alert, sam, signed_in):
    client, polling = signed_in(sam), {"HX-Request": "true"}
    page = client.get(reverse("queue")).content.decode()
    version = shown_version(page, "safety-banner")
    path = reverse("safety_banner")
    assert client.get(path, {"seen": version}, headers=polling).status_code == 204
    client.get(reverse("safety_alert", args=[alert.pk]))
    changed = client.get(path, {"seen": version}, headers=polling)
    assert changed.status_code == 200
    assert "not closed yet" in changed.content.decode()


def test_opening_records_who_saw_it_first(alert, sam, practice, signed_in):
    path = reverse("safety_alert", args=[alert.pk])
    signed_in(sam).get(path)
    signed_in(a_link_worker(practice)).get(path)
    alert.refresh_from_db()
    assert alert.seen_by == sam
    assert alert.seen_at


def test_listing_alerts_marks_none_as_seen(alert, sam, signed_in):
    assert "he&#x27;s at the door" in signed_in(sam).get(reverse("safety")).content.decode()
    alert.refresh_from_db()
    assert alert.seen_at is None


@pytest.mark.parametrize("note", ["", "   "])
def test_it_closes_only_with_a_note(note, alert, sam, signed_in):
    page = signed_in(sam).post(
        reverse("close_safety_alert", args=[alert.pk]), {"reason": "safe", "note": note}
    )
    assert page.status_code == 422
    assert "Write what was done" in page.content.decode()
    alert.refresh_from_db()
    assert alert.is_open


def test_closing_keeps_who_and_how(alert, sam, signed_in):
    client = signed_in(sam)
    note = {"reason": "safe", "note": "Rang her, she is at her sister's"}
    page = client.post(reverse("close_safety_alert", args=[alert.pk]), note, follow=True)
    assert "No open safety alerts" in page.content.decode()
    alert.refresh_from_db()
    assert (alert.closed_by, alert.closing_note) == (sam, "Rang her, she is at her sister's")


def test_an_alert_that_is_not_there_is_not_found(sam, signed_in):
    assert signed_in(sam).get(reverse("safety_alert", args=[4321])).status_code == 404
