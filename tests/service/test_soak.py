"""The soak in small: bots are killed, and every text is still answered exactly once."""

import os
import subprocess
import sys

import pytest

from tests.service.conftest import ROOT

pytestmark = pytest.mark.slow


def soak(*options):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.soak", "--patients", "12",
         "--rate", "4", "--kills", "1", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )  # fmt: skip


def test_nothing_is_lost_or_doubled_on_sqlite():
    result = soak("--database", "", "--redis", "")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.postgresql
@pytest.mark.redis
def test_nothing_is_lost_or_doubled_on_postgresql():
    database, redis = os.environ["TEST_DATABASE_URL"], os.environ["TEST_REDIS_URL"]
    result = soak("--database", database, "--redis", redis)
    assert result.returncode == 0, result.stdout + result.stderr
