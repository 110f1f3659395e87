"""Nobody at the desk for a while: it signs out, whatever its live parts ask meanwhile."""

import pytest
from django.conf import settings
from django.urls import reverse

from desk import idle
from tests.factories import a_link_worker

pytestmark = pytest.mark.django_db

IDLE = settings.IDLE_AFTER.total_seconds()
A_MINUTE = 60


@pytest.fixture
def clock(monkeypatch):
    """Moves the time on, in seconds."""
    now = [1_000_000.0]
    monkeypatch.setattr(idle.time, "time", lambda: now[0])

    def move_on(seconds):
        now[0] += seconds

    return move_on


@pytest.fixture
def client(clock, signed_in):
    return signed_in(a_link_worker())


def poll(client):
    return client.get(reverse("safety_banner"), headers={"HX-Request": "true"})


def test_after_half_an_hour_of_nothing_one_signs_in_anew_and_comes_back(client, clock):
    clock(IDLE + 2 * A_MINUTE)
    answer = client.get(reverse("caseload"))
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert "signed out because" in page.content.decode()
    assert page.context["next"] == reverse("caseload")


def test_who_works_stays(client, clock):
    for _ in range(10):
        clock(IDLE - A_MINUTE)
        assert client.get(reverse("caseload")).status_code == 200


def test_live_parts_asking_by_themselves_keep_nobody_signed_in(client, clock):
    while True:
        clock(5 * A_MINUTE)
        answer = poll(client)
        if "HX-Refresh" in answer.headers:
            break
        assert answer.status_code in (200, 204)
    assert client.get(reverse("caseload")).status_code == 302


def test_typing_keeps_one_signed_in(client, clock):
    for _ in range(10):
        clock(IDLE - A_MINUTE)
        assert client.get(reverse("still_here")).status_code == 204
    assert client.get(reverse("caseload")).status_code == 200


def test_a_working_day_is_the_longest(client, clock):
    for _ in range(int(settings.SESSION_COOKIE_AGE / (20 * A_MINUTE)) + 2):
        clock(20 * A_MINUTE)
        answer = client.get(reverse("caseload"))
    assert answer.status_code == 302


def test_what_was_sent_too_late_is_not_done(client, clock):
    clock(IDLE + 2 * A_MINUTE)
    answer = client.post(reverse("claim"), {"callback": "BL-XXXXX"})
    assert answer.status_code == 302
    assert reverse("home") in answer.url


def test_the_page_knows_when_to_say_so(client):
    page = client.get(reverse("caseload")).content.decode()
    assert f'data-seconds="{int(IDLE)}"' in page
