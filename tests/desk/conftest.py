"""A browser that is signed in: Django's for most tests, a real one for what people see."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

from desk.demo_programme import load_demo
from tests.factories import checked_supports


@pytest.fixture(autouse=True)
def no_collected_files(settings, tmp_path):
    """WhiteNoise warns of a missing folder, and warnings should mean something."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture(scope="module")
def demo(database_of_module):
    """The demo programme, loaded once; what a test does with it is undone after the test."""
    checked_supports()
    load_demo()


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


@pytest.fixture
def open_page(chromium, live_server):
    """Give a real page, signed in as a link worker or a user, or as nobody.

    Everything the browser complained of stands in `page.complaints`.
    """
    contexts = []

    def open_for(who=None, **context):
        contexts.append(chromium.new_context(base_url=live_server.url, **context))
        if who is not None:
            client = Client()
            client.force_login(getattr(who, "user", who))
            name = django_settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            contexts[-1].add_cookies([cookie])
        page = contexts[-1].new_page()
        page.complaints = []
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_for
    for context in contexts:
        context.close()
