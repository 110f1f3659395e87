"""The second factor: a code from an app, recovery codes that work once, and what guards them."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk import second_factor, sign_in
from social_prescribing.audit_log import Action, AuditEntry
from tests.factories import PASSWORD, a_link_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return a_link_worker()


@pytest.fixture
def with_app(worker):
    """A link worker whose app is set up, and the recovery codes that go with it."""
    device = second_factor.new_app(worker.user)
    codes = second_factor.confirm_app(device, code_of(device))
    # As if the last code were some time ago: one is never right twice.
    TOTPDevice.objects.update(last_t=-1)
    return worker, device, codes


def code_of(device, *, at=None):
    """What the app shows for a device, now or at another time (seconds)."""
    moment = at or time.time()
    return f"{totp(device.bin_key, t0=int(time.time() - moment)):06}"


def start(worker, client=None):
    """Sign in with the password alone. Returns the client and the answer."""
    client = client or Client()
    data = {"username": worker.user.username, "password": PASSWORD}
    return client, client.post(reverse("sign_in"), data)


def is_signed_in(client):
    return client.get(reverse("account")).status_code == 200


def give(client, code):
    return client.post(reverse("sign_in_code"), {"code": code})


# ---------------------------------------------------------------------- setting it up


def test_the_first_sign_in_sets_up_a_second_factor_and_nobody_is_in_before(worker):
    client, answer = start(worker)
    assert answer.url == reverse("sign_in_set_up")
    assert not is_signed_in(client)
    page = client.get(answer.url).content.decode()
    device = TOTPDevice.objects.get(user=worker.user)
    assert "data:image/svg+xml" in page
    assert second_factor.key_in_groups(device) in page
    wrong = client.post(answer.url, {"code": "000000"})
    assert wrong.status_code == 422 and not is_signed_in(client)
    TOTPDevice.objects.update(throttling_failure_count=0)
    shown = client.post(answer.url, {"code": code_of(device)})
    assert len(shown.context["codes"]) == second_factor.RECOVERY_CODES
    assert is_signed_in(client)


def test_the_picture_is_what_the_app_reads(worker):
    device = second_factor.new_app(worker.user)
    assert device.config_url.startswith("otpauth://totp/Blether%3Aworker")
    assert "issuer=Blether" in device.config_url


def test_where_it_is_optional_a_password_is_enough(worker, settings):
    settings.SECOND_FACTOR = "optional"
    client, answer = start(worker)
    assert answer.url == reverse("home") and is_signed_in(client)


def test_made_up_people_are_not_asked_until_they_set_one_up(worker):
    worker.is_demo = True
    worker.save()
    client, _ = start(worker)
    assert is_signed_in(client)
    device = second_factor.new_app(worker.user)
    second_factor.confirm_app(device, code_of(device))
    client, answer = start(worker)
    assert answer.url == reverse("sign_in_code") and not is_signed_in(client)


def test_a_new_phone_takes_the_place_of_the_old_one(with_app, signed_in):
    worker, old, _ = with_app
    client = signed_in(worker)
    client.get(reverse("set_up_second_factor"))
    new = TOTPDevice.objects.get(user=worker.user, confirmed=False)
    client.post(reverse("set_up_second_factor"), {"code": code_of(new)})
    assert list(TOTPDevice.objects.all()) == [new]
    assert second_factor.check_code(worker.user, code_of(old)) is None


# ----------------------------------------------------------------------- signing in


def test_the_right_code_signs_in_and_goes_where_one_wanted(with_app):
    worker, device, _ = with_app
    client = Client()
    wanted = reverse("safety")
    client.post(
        f"{reverse('sign_in')}?next={wanted}",
        {"username": worker.user.username, "password": PASSWORD, "next": wanted},
    )
    assert not is_signed_in(client)
    assert give(client, code_of(device)).url == wanted
    assert is_signed_in(client)
    assert AuditEntry.objects.filter(action=Action.SIGN_IN, who=worker.user.username).exists()


def test_a_code_is_right_once_only(with_app):
    worker, device, _ = with_app
    code = code_of(device)
    first, _ = start(worker)
    give(first, code)
    second, _ = start(worker)
    assert give(second, code).status_code == 422
    assert not is_signed_in(second)


def test_wrong_codes_make_the_next_try_wait_and_are_in_the_audit_log(with_app):
    worker, device, _ = with_app
    client, _ = start(worker)
    for _ in range(4):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        give(client, "000000")
    page = give(client, code_of(device))
    assert page.status_code == 422
    assert "Wait" in page.content.decode()
    assert not is_signed_in(client)
    refused = AuditEntry.objects.filter(action=Action.REFUSED, what="sign_in_code")
    assert refused.count() == 5


def test_nobody_skips_the_password():
    for route in ("sign_in_code", "sign_in_set_up"):
        assert Client().get(reverse(route)).url == reverse("sign_in")
        assert Client().post(reverse(route), {"code": "123456"}).url == reverse("sign_in")


def test_who_has_an_app_cannot_set_up_another_with_the_password_alone(with_app):
    worker, _, _ = with_app
    client, _ = start(worker)
    assert client.get(reverse("sign_in_set_up")).url == reverse("sign_in")
    assert TOTPDevice.objects.filter(user=worker.user).count() == 1


def test_the_password_holds_ten_minutes_for_the_code(with_app, monkeypatch):
    worker, device, _ = with_app
    client, _ = start(worker)
    later = time.time() + sign_in.CODE_WITHIN_SECONDS + 1
    monkeypatch.setattr(sign_in.time, "time", lambda: later)
    assert give(client, code_of(device)).url == reverse("sign_in")


def test_an_account_closed_in_between_gets_no_further(with_app):
    worker, device, _ = with_app
    client, _ = start(worker)
    worker.user.is_active = False
    worker.user.save()
    assert give(client, code_of(device)).url == reverse("sign_in")


# ------------------------------------------------------------------- recovery codes


def test_a_recovery_code_signs_in_once(with_app):
    worker, _, codes = with_app
    client, _ = start(worker)
    # As people type it: capital letters, and a space for the dash.
    give(client, codes[0].upper().replace("-", " "))
    assert is_signed_in(client)
    again, _ = start(worker)
    assert give(again, codes[0]).status_code == 422
    assert not is_signed_in(again)
    third, _ = start(worker)
    StaticToken.objects.first().device.throttle_reset()
    give(third, codes[1])
    assert is_signed_in(third)
    assert second_factor.recovery_codes_left(worker.user) == second_factor.RECOVERY_CODES - 2


def test_new_recovery_codes_end_the_old_ones(with_app, signed_in):
    worker, _, old = with_app
    page = signed_in(worker).post(reverse("renew_recovery_codes"))
    new = page.context["codes"]
    assert set(new).isdisjoint(old)
    assert second_factor.check_code(worker.user, old[0]) is None
    StaticToken.objects.first().device.throttle_reset()
    assert second_factor.check_code(worker.user, new[0])


def test_the_database_does_not_give_recovery_codes_away(with_app):
    _, _, codes = with_app
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert kept.isdisjoint({code.replace("-", "") for code in codes})


def test_right_codes_of_the_app_never_count_against_recovery_codes(with_app):
    worker, device, codes = with_app
    for _ in range(3):
        TOTPDevice.objects.update(last_t=-1)
        client, _ = start(worker)
        give(client, code_of(device))
        assert is_signed_in(client)
    assert second_factor.check_code(worker.user, codes[0])


def test_a_reset_second_factor_is_set_up_anew(with_app):
    worker, _, _ = with_app
    second_factor.remove_second_factor(worker.user)
    client, answer = start(worker)
    assert answer.url == reverse("sign_in_set_up") and not is_signed_in(client)
