"""The queue in a real browser: live, keeps the keyboard's place, works without scripts."""

import os

import pytest
from django.urls import reverse

from social_prescribing.callbacks import Callback, Status
from tests.factories import PASSWORD, a_callback, a_link_worker, a_practice

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def practice():
    return a_practice()


@pytest.fixture
def sam(practice):
    return a_link_worker(practice)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def signed_in_page(chromium, live_server, sam, **context):
    """A page of the desk, with everything the browser complained of in `page.complaints`."""
    page = chromium.new_context(**context).new_page()
    page.complaints = []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(live_server.url + reverse("sign_in"))
    page.fill("[name=username]", sam.user.username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + reverse("queue"))
    return page


def test_a_new_callback_comes_up_and_focus_stays(chromium, live_server, practice, sam):
    first = a_callback(practice=practice)
    page = signed_in_page(chromium, live_server, sam)
    page.focus(f"#claim-{first.reference}")
    a_callback(practice=practice, name="Donna", is_urgent=True, safety="abuse_danger")
    page.get_by_role("link", name="Donna").wait_for(timeout=15_000)
    assert page.title().startswith("(2)")
    assert page.evaluate("document.activeElement.id") == f"claim-{first.reference}"
    page.keyboard.press("Enter")
    page.wait_for_url("**/callbacks/**")
    assert Callback.objects.get(pk=first.pk).status == Status.CLAIMED
    assert page.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_overflows_and_nothing_breaks_the_policy(
    width, chromium, live_server, practice, sam
):
    callback = a_callback(
        practice=practice,
        status=Status.CLAIMED,
        link_worker=sam,
        words="w" * 600,
        name="Bartholomew-Featherstonehaugh" * 2,
        safe_contact="s" * 200,
    )
    viewport = {"width": width, "height": 844}
    page = signed_in_page(chromium, live_server, sam, viewport=viewport)
    callback_page = reverse("callback", args=[callback.reference])
    for path in (reverse("queue"), reverse("caseload"), reverse("safety"), callback_page):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_claiming_and_recording_work_without_scripts(chromium, live_server, practice, sam):
    callback = a_callback(practice=practice)
    page = signed_in_page(chromium, live_server, sam, java_script_enabled=False)
    page.click(f"#claim-{callback.reference}")
    page.get_by_label("No answer").check()
    page.get_by_role("button", name="Record attempt").click()
    page.get_by_text("Attempt recorded").wait_for()
    assert callback.attempts.get().result == "no_answer"
