"""The second factor: a code from an app on the person's phone, or a recovery code used once."""

from base64 import b32encode
from math import ceil

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.permissions import access_of

RECOVERY_CODES = 10


def has_second_factor(user):
    return app_of(user) is not None


def must_have_second_factor(user):
    """Everybody, unless the setting says otherwise; but not the demo's made-up people.

    Their password stands on the sign-in page, so a second factor would guard nothing.
    """
    return settings.SECOND_FACTOR != "optional" and not access_of(user).is_demo


def check_code(user, code):
    """Whether this is the app's code now, or a recovery code that nobody used yet.

    Returns the device that knew it, or None. Wrong ones make the next try wait, each
    time for longer; a code that was right is not right again.
    """
    code = _bare(code)
    # Asking both would count a right code of the one as a wrong code of the other.
    kind, token = (TOTPDevice, code) if code.isdecimal() else (StaticDevice, _kept(code))
    with transaction.atomic():
        for device in kind.objects.filter(user=user, confirmed=True).select_for_update():
            if device.verify_token(token):
                return device
    return None


def seconds_to_wait(device):
    """How long until another code may be tried on a device: 0 where it may be now."""
    may_try, why = device.verify_is_allowed()
    return 0 if may_try else ceil((why["locked_until"] - timezone.now()).total_seconds())


def app_of(user):
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_recovery_code(device):
    return isinstance(device, StaticDevice)


def new_app(user):
    """A TOTPDevice to be set up, the same one until its first code was right."""
    return TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "Authenticator app"}
    )[0]


@transaction.atomic
def confirm_app(device, code):
    """Take the app into use if its first code is right, in place of any other.

    Returns the recovery codes that go with it, or None where the code was wrong.
    """
    if not device.verify_token(_bare(code)):
        return None
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    return new_recovery_codes(device.user)


@transaction.atomic
def new_recovery_codes(user):
    """Make ten new recovery codes; those from before no longer work. Returns them, to show once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(code)) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove_second_factor(user):
    """For somebody who lost their phone: at the next sign-in they set up another."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _bare(code):
    """A code as people type it, with a space or a dash, as the device knows it."""
    return "".join(code.split()).replace("-", "").lower()


def _kept(code):
    """What is stored of a recovery code: whoever reads the database cannot use it."""
    return salted_hmac("blether.recovery_code", code).hexdigest()[:16]


def qr_code(device):
    """The address that an app reads, as a picture for `<img src>`."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=2)


def key_in_groups(device):
    """The same for typing in: `ABCD EFGH …`."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
