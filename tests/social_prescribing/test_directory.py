"""The directory in memory follows the database, also backwards."""

import pytest

from social_prescribing.directory import DirectoryChange, directory
from social_prescribing.supports import Support
from tests.factories import checked_supports

pytestmark = pytest.mark.django_db


def test_a_restored_backup_is_read_as_it_is():
    checked_supports()
    assert directory.by_need("food").entries
    DirectoryChange.objects.all().delete()
    DirectoryChange.objects.create(pk=1)  # older than what this process knows
    assert directory.by_need("food").entries
    Support.objects.all().delete()
    DirectoryChange.objects.all().delete()  # a restore tells nobody
    assert not directory.by_need("food").entries
