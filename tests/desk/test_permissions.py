"""Who gets which answer on which route."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver, reverse

from social_prescribing.callbacks import Status
from social_prescribing.link_workers import Theme
from social_prescribing.safety_alerts import raise_safety_alert
from tests.factories import (
    a_callback,
    a_conversation,
    a_link_worker,
    a_practice,
    a_provider,
)

pytestmark = pytest.mark.django_db

PUBLIC = {"sign_in", "try", "healthz"}
# Signing out is harmless to whoever is not signed in, and open to those with no place on the desk.
LEAVING = {"sign_out"}

ROLES = (
    "holder",
    "of_the_practice",
    "of_the_provider",
    "of_the_theme",
    "stranger",
    "no_link_worker",
)
# route, method, then the answer for each role in the order above
TABLE = [
    ("queue", "get", 200, 200, 200, 200, 200, 403),
    ("caseload", "get", 200, 200, 200, 200, 200, 403),
    ("safety", "get", 200, 200, 200, 200, 200, 403),
    ("safety_banner", "get", 200, 200, 200, 200, 200, 403),
    ("callback", "get", 200, 200, 403, 200, 403, 403),
    ("claim", "post", 302, 302, 403, 302, 403, 403),
    ("record_attempt", "post", 302, 422, 403, 422, 403, 403),
    ("close_callback", "post", 302, 422, 403, 422, 403, 403),
    ("release_callback", "post", 302, 422, 403, 422, 403, 403),
]
ALERT_TABLE = [
    ("safety_alert", "get", 200, 200, 200, 200, 403, 403),
    ("close_safety_alert", "post", 302, 302, 302, 302, 403, 403),
]
DATA = {
    "record_attempt": {"attempt-result": "no_answer"},
    "close_callback": {"close-outcome": "reached"},
    "release_callback": {"release-note": "On leave from tomorrow"},
    "close_safety_alert": {"note": "Rang, she is safe at her sister's"},
}


@pytest.fixture
def people():
    """One of each role towards one practice's callback about homelessness."""
    provider = a_provider("The practice's provider")
    practice = a_practice(provider=provider)
    elsewhere = a_practice(provider=a_provider("Another provider"))
    return {
        "practice": practice,
        "holder": a_link_worker(practice),
        "of_the_practice": a_link_worker(practice),
        "of_the_provider": a_link_worker(a_practice(provider=provider)),
        "of_the_theme": a_link_worker(theme=Theme.HOMELESSNESS, provider=elsewhere.provider),
        "stranger": a_link_worker(elsewhere),
        "no_link_worker": get_user_model().objects.create_user("gp@example.test"),
    }


def rows(table):
    for route, method, *answers in table:
        for role, answer in zip(ROLES, answers, strict=True):
            yield pytest.param(route, method, role, answer, id=f"{route}-{role}")


def a_held_callback(people):
    return a_callback(
        status=Status.CLAIMED,
        practice=people["practice"],
        link_worker=people["holder"],
        needs=("homelessness",),
    )


@pytest.mark.parametrize(("route", "method", "role", "answer"), rows(TABLE))
def test_each_role_gets_its_answer(route, method, role, answer, people, signed_in):
    callback = a_held_callback(people)
    names_callback = method == "post" or route == "callback"
    path = [callback.reference] if names_callback and route != "claim" else []
    data = {"callback": callback.reference} if route == "claim" else DATA.get(route, {})
    response = getattr(signed_in(people[role]), method)(reverse(route, args=path), data)
    assert response.status_code == answer


@pytest.mark.parametrize(("route", "method", "role", "answer"), rows(ALERT_TABLE))
def test_each_role_gets_its_answer_about_an_alert(route, method, role, answer, people, signed_in):
    callback = a_callback(practice=people["practice"], needs=("homelessness",))
    alert = raise_safety_alert(callback.conversation, kind="abuse_danger", words="he's at the door")
    response = getattr(signed_in(people[role]), method)(
        reverse(route, args=[alert.pk]), DATA.get(route, {})
    )
    assert response.status_code == answer


def test_whoever_sees_an_open_safety_alert_may_open_its_callback(people, signed_in):
    callback = a_callback(practice=people["practice"])
    raise_safety_alert(callback.conversation, kind="abuse_danger", words="he's at the door")
    colleague = signed_in(people["of_the_provider"])
    assert colleague.get(reverse("callback", args=[callback.reference])).status_code == 200


def test_an_alert_of_an_unknown_practice_is_for_everybody(people, signed_in):
    alert = raise_safety_alert(a_conversation(), kind="suicide_self_harm", words="no point")
    stranger = signed_in(people["stranger"])
    assert stranger.get(reverse("safety_alert", args=[alert.pk])).status_code == 200


@pytest.mark.parametrize(
    "name", sorted({p.name for p in get_resolver().url_patterns} - PUBLIC - LEAVING)
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_route_without_signing_in(name, method):
    pattern = next(p for p in get_resolver().url_patterns if p.name == name)
    given = {"reference": "BL-XXXXX", "number": 1}
    path = reverse(name, kwargs={key: given[key] for key in pattern.pattern.converters})
    response = getattr(Client(), method)(path)
    assert response.status_code == 302
    assert response.url == f"{reverse('sign_in')}?next={path}"


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_routes_answer_without_signing_in(name):
    assert Client().get(reverse(name)).status_code == 200


def test_a_user_who_is_no_link_worker_is_told_so_and_can_leave(people, signed_in):
    client = signed_in(people["no_link_worker"])
    page = client.get(reverse("queue"))
    assert page.status_code == 403
    assert "link worker" in page.content.decode()
    assert reverse("sign_out") in page.content.decode()
    assert client.post(reverse("sign_out")).status_code == 302
