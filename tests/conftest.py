"""What every test shares: which parts run here, a full directory of supports, a browser.

PostgreSQL, Redis and Chromium are used where scripts/test found them. A part
that is missing is skipped and named in the summary; with LEAVE_NOTHING_OUT=1
(as in CI) it fails the run instead.
"""

import os
import socket
from pathlib import Path

import pytest

# Django asks for this before it allows database calls where an event loop runs; Playwright's
# synchronous interface keeps one in the test's own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PARTS = {
    "browser": ("TEST_CHROMIUM", "a Chromium"),
    "postgresql": ("TEST_DATABASE_URL", "PostgreSQL"),
    "redis": ("TEST_REDIS_URL", "Redis"),
}
WRITTEN_FROM_MODELS = {"django_content_type", "auth_permission"}


def pytest_addoption(parser):
    parser.addoption(
        "--screenshots", metavar="DIR", help="Write pictures of the pages into this folder"
    )


def pytest_collection_modifyitems(items):
    for item in items:
        for mark, (variable, what) in PARTS.items():
            if item.get_closest_marker(mark) and not os.environ.get(variable):
                item.add_marker(pytest.mark.skip(reason=f"no {what} on this machine ({variable})"))


def pytest_terminal_summary(terminalreporter):
    missing = _missing_parts()
    used = [what for mark, (variable, what) in PARTS.items() if os.environ.get(variable)]
    terminalreporter.section("what ran")
    terminalreporter.line("Used: SQLite" + "".join(f", {what}" for what in used))
    terminalreporter.line("Left out for want of it: " + (", ".join(missing) or "nothing"))


def pytest_sessionfinish(session, exitstatus):
    if os.environ.get("LEAVE_NOTHING_OUT") and _missing_parts() and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _missing_parts():
    return [what for variable, what in PARTS.values() if not os.environ.get(variable)]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """SQLite in a file, as it is run: locks in memory are other locks."""
    from django.db import connection

    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session", autouse=True)
def emptying_the_database_between_tests():
    """Tests with threads empty every table afterwards; the audit log refuses that to anybody.

    What `migrate` writes from the models alone stays: writing it anew took longer than the rest.
    """
    from django.core.management.commands import flush
    from django.db.backends.base.operations import BaseDatabaseOperations

    from social_prescribing.audit_log import TABLE, protect_audit_log

    empty = BaseDatabaseOperations.execute_sql_flush

    def unguarded(self, sql_list):
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS audit_log_no_truncate ON {TABLE}")
            else:
                cursor.execute("DROP TRIGGER IF EXISTS audit_log_no_delete")
        empty(self, sql_list)
        protect_audit_log(using=self.connection.alias)

    def all_but_the_models_own(style, connection, **options):
        named = connection.introspection.django_table_names(only_existing=True, include_views=False)
        emptied = [table for table in named if table not in WRITTEN_FROM_MODELS]
        return connection.ops.sql_flush(style, emptied, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unguarded)
        patch.setattr(flush, "sql_flush", all_but_the_models_own)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Scrypt is slow on purpose; here it would be most of the time."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Any connection beyond this machine fails the test."""
    connect = socket.socket.connect

    def guarded(self, address):
        is_inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if is_inet and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="module")
def chromium():
    """A real browser. Its loop ends with the module: asynchronous tests must find none running."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def screenshots(request):
    """The folder for pictures, or None where none were asked for."""
    folder = request.config.getoption("--screenshots")
    if folder is None:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@pytest.fixture(scope="module")
def database_of_module(django_db_setup, django_db_blocker):
    """What a fixture of a module writes stays until its end; each test's own is undone as ever."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def supports(db):
    """The whole directory of supports, each checked today."""
    from tests.factories import checked_supports

    checked_supports()


@pytest.fixture
def clock(monkeypatch):
    """A clock to move by hand: `clock("2026-11-26 10:00")` is that time in Glasgow from now on."""
    from datetime import datetime

    from django.utils import timezone

    from social_prescribing.working_time import GLASGOW

    def set_clock(words):
        moment = datetime.fromisoformat(words).replace(tzinfo=GLASGOW)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_clock
