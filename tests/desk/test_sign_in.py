"""Signing in and out, passwords, lock-out, and what the browser is told about every page."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from desk.management.commands import serve
from social_prescribing.audit_log import Action, AuditEntry
from tests.factories import PASSWORD, a_link_worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("password_is_enough")]


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


# ------------------------------------------------------------------------ wrong passwords


def try_to_sign_in(worker, password, client=None, address="127.0.0.1"):
    data = {"username": worker.user.username, "password": password}
    return (client or Client()).post(reverse("sign_in"), data, REMOTE_ADDR=address)


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one():
    worker = a_link_worker()
    for _ in range(5):
        answer = try_to_sign_in(worker, "not the password")
    assert answer.status_code == 429
    assert "15 minutes" in answer.content.decode()
    assert try_to_sign_in(worker, PASSWORD).status_code == 429


def test_the_lock_opens_by_itself_after_a_quarter_of_an_hour(settings):
    worker = a_link_worker()
    for _ in range(5):
        try_to_sign_in(worker, "not the password")
    settings.AXES_COOLOFF_TIME = timedelta(seconds=0)
    assert try_to_sign_in(worker, PASSWORD).status_code == 302


def test_somebody_elsewhere_guessing_does_not_lock_the_link_worker_out():
    worker = a_link_worker()
    for _ in range(5):
        answer = try_to_sign_in(worker, "a guess", address="203.0.113.9")
    assert answer.status_code == 429
    assert try_to_sign_in(worker, PASSWORD).status_code == 302


def test_four_wrong_ones_and_the_right_one_begin_anew():
    worker = a_link_worker()
    for _ in range(2):
        for _ in range(4):
            try_to_sign_in(worker, "not the password")
        assert try_to_sign_in(worker, PASSWORD).status_code == 302


def test_behind_a_proxy_the_browsers_own_address_counts(monkeypatch, settings):
    served = {}
    monkeypatch.setattr(serve.waitress, "serve", lambda app, **given: served.update(given))
    call_command("serve")
    assert "trusted_proxy" not in served
    settings.PROXY = "10.0.0.2"
    call_command("serve")
    assert served["trusted_proxy"] == "10.0.0.2"
    assert "x-forwarded-for" in served["trusted_proxy_headers"]


def test_every_wrong_password_is_in_the_audit_log():
    worker = a_link_worker()
    try_to_sign_in(worker, "not the password")
    entry = AuditEntry.objects.get(action=Action.REFUSED)
    assert (entry.who, entry.what) == (worker.user.username, "sign_in")


# ---------------------------------------------------------------------------- passwords


@pytest.mark.parametrize(
    "password",
    ["short", "password1234", "worker example test", "123456789012"],
    ids=["short", "common", "the email", "figures"],
)
def test_a_password_that_is_easy_to_guess_is_refused(password, signed_in):
    user = get_user_model().objects.create_user(
        "worker@example.test", email="worker@example.test", password=PASSWORD
    )
    page = signed_in(user).post(
        reverse("change_password"),
        {"old_password": PASSWORD, "new_password1": password, "new_password2": password},
    )
    assert page.context["form"].errors["new_password2"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_changed_password_signs_out_every_other_browser(signed_in):
    worker = a_link_worker()
    here, elsewhere = signed_in(worker), signed_in(worker)
    new = "three words that do not belong"
    here.post(
        reverse("change_password"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert here.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302
    assert AuditEntry.objects.filter(details="Password changed").exists()


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once():
    worker = a_link_worker()
    client = Client()
    client.post(reverse("forgotten_password"), {"email": worker.user.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    new = "three words that do not belong"
    data = {"new_password1": new, "new_password2": new}
    assert client.post(page.redirect_chain[-1][0], data).url == reverse("sign_in")
    assert try_to_sign_in(worker, new).status_code == 302
    assert "no more" in Client().get(link, follow=True).content.decode()


def test_nobody_learns_which_emails_have_an_account():
    answers = {
        Client().post(reverse("forgotten_password"), {"email": email}, follow=True).content
        for email in (a_link_worker().user.email, "nobody@example.test")
    }
    assert len(answers) == 1
    assert len(mail.outbox) == 1
