"""A browser that is signed in."""

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Scrypt is slow on purpose; here it would be most of the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_collected_files(settings, tmp_path):
    """WhiteNoise warns of a missing folder, and warnings should mean something."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def password_is_enough(settings):
    """For tests of signing in that are about something else than the second factor."""
    settings.SECOND_FACTOR = "optional"


@pytest.fixture
def signed_in(db):
    """Give a Client signed in as a link worker or a user."""

    def sign_in(who):
        client = Client()
        client.force_login(getattr(who, "user", who))
        return client

    return sign_in
