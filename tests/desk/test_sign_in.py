"""Signing in and out, and what the browser is told about every page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, a_link_worker

pytestmark = pytest.mark.django_db


def test_a_link_worker_signs_in_with_their_email_in_any_case():
    link_worker = a_link_worker()
    client = Client()
    response = client.post(
        reverse("sign_in"), {"username": link_worker.user.username.upper(), "password": PASSWORD}
    )
    assert response.url == reverse("home")
    assert client.get(reverse("queue")).status_code == 200


def test_a_wrong_password_says_so_and_names_nobody():
    link_worker = a_link_worker()
    page = Client().post(
        reverse("sign_in"), {"username": link_worker.user.username, "password": "not the password"}
    )
    assert "do not match" in page.content.decode()


def test_signing_out_needs_a_post_and_ends_it(signed_in):
    client = signed_in(a_link_worker())
    assert client.get(reverse("sign_out")).status_code == 405
    client.post(reverse("sign_out"))
    assert client.get(reverse("queue")).status_code == 302


def test_a_page_left_open_overnight_is_reloaded_whole():
    response = Client().get(reverse("queue"), headers={"HX-Request": "true"}, follow=True)
    assert response.headers["HX-Refresh"] == "true"
    assert b"password" not in response.content


def test_signing_in_never_leads_to_another_site():
    link_worker = a_link_worker()
    response = Client().post(
        reverse("sign_in") + "?next=https://elsewhere.example/",
        {
            "username": link_worker.user.username,
            "password": PASSWORD,
            "next": "https://elsewhere.example/",
        },
    )
    assert response.url == reverse("home")


@pytest.mark.parametrize("name", ["queue", "caseload", "safety"])
def test_pages_allow_nothing_inline_and_are_not_kept(name, signed_in):
    response = signed_in(a_link_worker()).get(reverse(name))
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert "<style" not in response.content.decode()
    assert " style=" not in response.content.decode()


def test_only_the_try_out_page_may_talk_to_the_bot(settings):
    policy = Client().get(reverse("try")).headers["Content-Security-Policy"]
    assert f"connect-src 'self' {settings.BOT_URL}" in policy
