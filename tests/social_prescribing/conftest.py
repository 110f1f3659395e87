"""What the tests of the rules share."""

import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Scrypt is slow on purpose; here it would be most of the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
