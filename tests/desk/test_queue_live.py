"""The queue in a real browser: live, keeps the keyboard's place, works without scripts."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from social_prescribing.callbacks import Callback, Status
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def practice():
    return a_practice()


@pytest.fixture
def sam(practice):
    return a_link_worker(practice)


def test_a_new_callback_comes_up_and_focus_stays(open_page, practice, sam):
    first = a_callback(practice=practice)
    page = open_page(sam)
    page.goto(reverse("queue"))
    page.focus(f"#claim-{first.reference}")
    a_callback(practice=practice, name="Donna", is_urgent=True, safety="abuse_danger")
    page.get_by_role("link", name="Donna").wait_for(timeout=15_000)
    expect(page).to_have_title(re.compile(r"^! \(2, 1 urgent\)"), timeout=15_000)
    assert page.evaluate("document.activeElement.id") == f"claim-{first.reference}"
    page.keyboard.press("Enter")
    page.wait_for_url("**/callbacks/**")
    assert Callback.objects.get(pk=first.pk).status == Status.CLAIMED
    assert page.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_overflows_and_nothing_breaks_the_policy(width, open_page, practice, sam):
    callback = a_callback(
        practice=practice,
        status=Status.CLAIMED,
        link_worker=sam,
        words="w" * 600,
        name="Bartholomew-Featherstonehaugh" * 2,
        safe_contact="s" * 200,
    )
    viewport = {"width": width, "height": 844}
    page = open_page(sam, viewport=viewport)
    callback_page = reverse("callback", args=[callback.reference])
    for path in (reverse("queue"), reverse("caseload"), reverse("safety"), callback_page):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_claiming_and_recording_work_without_scripts(open_page, practice, sam):
    callback = a_callback(practice=practice)
    page = open_page(sam, java_script_enabled=False)
    page.goto(reverse("queue"))
    page.click(f"#claim-{callback.reference}")
    page.get_by_role("button", name="No answer").click()
    page.get_by_text("Attempt recorded").wait_for()
    assert callback.attempts.get().result == "no_answer"


def test_an_urgent_callback_is_heard_and_stands_in_the_title_of_every_page(
    open_page, practice, sam
):
    page = open_page(sam)
    page.goto(reverse("caseload"))
    sounds = "window.heard = 0; document.addEventListener('desk:called-out', () => window.heard++)"
    page.evaluate(sounds)
    page.get_by_role("button", name="Sound off").click()
    assert page.get_by_role("button", name="Sound on").get_attribute("aria-pressed") == "true"
    a_callback(practice=practice, name="Donna", is_urgent=True, safety="abuse_danger")
    expect(page).to_have_title(re.compile("^! My caseload"), timeout=20_000)
    assert page.evaluate("window.heard") == 1
    assert page.complaints == []


def test_a_lost_connection_says_so_in_words(open_page, practice, sam):
    page = open_page(sam)
    page.goto(reverse("queue"))
    page.context.set_offline(True)
    page.get_by_text("Not live just now").wait_for(timeout=15_000)
    page.context.set_offline(False)
    page.get_by_text("Not live just now").wait_for(state="hidden", timeout=15_000)
