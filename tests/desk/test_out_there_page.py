"""What is out there, on the desk: whose practices, the email on the page, and its switch."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from desk.demo_programme import load_demo
from social_prescribing.digests import switch_token, wants_digest
from social_prescribing.practices import Practice
from social_prescribing.staff import Role
from tests.factories import (
    a_callback,
    a_link_worker,
    a_practice,
    a_provider,
    a_staff_member,
    a_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("supports")]


@pytest.fixture
def practice():
    return a_practice(name="Possil Practice")


@pytest.fixture
def pat(practice):
    return a_staff_member(Role.PRACTICE_STAFF, practice)


def page_of(client, practice=None, name="out_there"):
    return client.get(reverse(name), {"practice": practice.code} if practice else {})


@pytest.mark.parametrize("name", ["out_there", "out_there_email"])
def test_practice_staff_see_theirs_and_no_other(name, practice, pat, signed_in):
    assert b"Possil Practice" in page_of(signed_in(pat), name=name).content
    assert page_of(signed_in(pat), practice, name).status_code == 200
    assert page_of(signed_in(pat), a_practice(), name).status_code == 403
    assert signed_in(pat).get(reverse(name), {"practice": "NONE"}).status_code == 403


def test_link_workers_and_leads_choose_among_theirs(practice, signed_in):
    provider = a_provider("Another provider")
    other = a_practice(name="Govan Practice", provider=provider)
    for who, sees in (
        (a_link_worker(practice, other), {practice, other}),
        (a_staff_member(Role.PROVIDER_LEAD, provider=provider), {other}),
        (a_staff_member(Role.PROGRAMME_LEAD), {practice, other}),
    ):
        client = signed_in(who)
        for one in (practice, other):
            assert page_of(client, one).status_code == (200 if one in sees else 403)


def test_a_thematic_link_worker_of_no_one_practice_is_told_so(practice, signed_in):
    page = page_of(signed_in(a_link_worker(theme=a_theme(), provider=practice.provider)))
    assert "You work for no one practice" in page.content.decode()


def test_it_names_no_patient_and_no_small_number(practice, pat, signed_in):
    for _ in range(3):
        a_callback(practice=practice, name="Wee Jeanie", words="am pure skint hen")
    page = page_of(signed_in(pat)).content.decode()
    assert "Jeanie" not in page and "skint" not in page
    assert "fewer than 5" in page


def test_the_demo_has_something_to_show_in_every_practice(signed_in):
    load_demo()
    lead = signed_in(a_staff_member(Role.PROGRAMME_LEAD))
    for practice in Practice.objects.filter(is_demo=True):
        there = page_of(lead, practice).context["there"]
        assert there.asked.rows and there.new
        assert there.waiting.median_days is not None


def test_the_email_as_it_arrives_loads_nothing_from_anywhere(signed_in):
    load_demo()
    reception = get_user_model().objects.get(username="reception@demo.example")
    response = page_of(signed_in(reception), name="out_there_email")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    page = response.content.decode()
    assert "What is out there this week" in page and "Stop this weekly email" in page
    assert "src=" not in page and "@import" not in page


def test_it_is_switched_off_and_on_on_ones_own_account(pat, signed_in):
    client = signed_in(pat)
    page = client.post(reverse("choose_digest"), follow=True).content.decode()
    assert not wants_digest(pat) and "Switch the weekly email on" in page
    page = client.post(reverse("choose_digest"), {"on": "1"}, follow=True).content.decode()
    assert wants_digest(pat) and "Switch the weekly email off" in page


def test_the_link_in_the_email_asks_before_it_stops_it_and_needs_no_sign_in(pat):
    stop = reverse("stop_digest", args=[switch_token(pat)])
    page = Client().get(stop)
    assert wants_digest(pat), "a mail scanner that opens every link stops nothing"
    assert b'method="post"' in page.content
    assert b"is off" in Client(enforce_csrf_checks=True).post(stop).content
    assert not wants_digest(pat)


def test_a_made_up_link_stops_nobodys_email(pat):
    assert Client().post(reverse("stop_digest", args=[f"{pat.pk}:made-up"])).status_code == 404
    assert wants_digest(pat)
