"""The whole service in a real browser: a patient at /try/, a link worker at the desk."""

import re

import pytest
from playwright.sync_api import expect

from desk.demo_programme import DEMO_PASSWORD, DEMO_SIGN_IN

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
FIRST_TEXT = "am pure skint hen and theres nae food in the hoose fur the weans"


@pytest.fixture
def new_page(chromium, service):
    """Opens a page in a context of its own; anything asked of another host fails the test."""
    strangers, contexts = [], []

    def open_page(viewport=DESKTOP):
        context = chromium.new_context(viewport=viewport, base_url=service.desk)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _note_stranger(request, strangers))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not strangers


def _note_stranger(request, strangers):
    if not re.match(r"(http://127\.0\.0\.1:|data:|blob:)", request.url):
        strangers.append(request.url)


def say(page, text):
    """Send one text as a patient and wait for the answer."""
    before = page.locator(".bubble--theirs").count()
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble--theirs").nth(before)).to_be_visible(timeout=20_000)
    expect(page.locator("#typing")).to_be_empty(timeout=20_000)


def sign_in(page):
    page.goto("/")
    page.get_by_label("Email").fill(DEMO_SIGN_IN)
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("queue", ignore_case=True)


def record(page, result):
    """Record one attempt, by its label as people read it."""
    page.get_by_role("button", name=result, exact=True).click()
    page.wait_for_load_state()


def picture(page, screenshots, name):
    if screenshots:
        page.screenshot(path=screenshots / f"{name}.png")


def test_from_a_patients_text_to_a_link_workers_call(new_page, screenshots):
    patient = new_page(PHONE)
    patient.goto("/try/")
    for text in (FIRST_TEXT, "ower in possil"):
        say(patient, text)
    expect(patient.locator(".bubble--theirs").last).to_contain_text("link worker")
    picture(patient, screenshots, "try-phone")
    patient.get_by_role("button", name="Yes").click()
    expect(patient.locator("#typing")).to_be_empty(timeout=20_000)
    for text in ("Wee Jeanie", "no before 10 a drop the weans aff", "naw", "aye"):
        say(patient, text)
    # The call is queued, and its reference said, before voicemail and the summary are asked.
    queued = patient.locator(".bubble--theirs").filter(has_text="BL-").last
    reference = re.search(r"BL-\w+", queued.inner_text())[0]

    desk = new_page()
    sign_in(desk)
    picture(desk, screenshots, "queue")
    callback = desk.locator("article, li, tr").filter(has_text=reference).last
    expect(callback).to_contain_text(FIRST_TEXT)
    callback.get_by_role("button", name="Claim").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Wee Jeanie")
    expect(desk.locator("body")).to_contain_text("no before 10 a drop the weans aff")
    picture(desk, screenshots, "callback")

    record(desk, "No answer")
    expect(desk.get_by_role("main")).to_contain_text("No answer")
    record(desk, "Reached")
    desk.locator("label", has_text="Reached, and helped").click()
    desk.get_by_role("button", name="Close callback").click()
    expect(desk.get_by_role("main")).to_contain_text("Closed")


def test_danger_is_on_every_page_until_somebody_closes_it(new_page, screenshots):
    patient = new_page(PHONE)
    patient.goto("/try/")
    say(patient, "I cant go on anymore I have saved up my tablets")
    expect(patient.locator(".bubble--theirs").first).to_contain_text("116 123")
    picture(patient, screenshots, "try-danger")

    desk = new_page(PHONE)
    sign_in(desk)
    banner = desk.get_by_role("link", name=re.compile("safety alert", re.IGNORECASE)).first
    expect(banner).to_be_visible()
    picture(desk, screenshots, "queue-phone")
    banner.click()
    expect(desk.locator("body")).to_contain_text("saved up my tablets")
    picture(desk, screenshots, "safety-phone")


def test_markup_from_a_patient_is_shown_and_never_run(new_page):
    patient = new_page()
    patient.goto("/try/")
    markup = "<img src=x onerror=\"document.title='run'\"> nae food in"
    say(patient, markup)
    expect(patient.locator(".bubble--mine .bubble__text").last).to_have_text(markup)
    assert patient.title() != "run"


def test_the_phone_survives_a_reload_and_a_lost_connection(new_page):
    patient = new_page()
    patient.goto("/try/")
    say(patient, "hiya")
    patient.reload()
    expect(patient.locator(".bubble--mine .bubble__text")).to_have_text(["hiya"])
    patient.context.set_offline(True)
    patient.get_by_label("Your message").fill("nae food in the hoose")
    patient.get_by_role("button", name="Send").click()
    expect(patient.get_by_role("button", name="Try again")).to_be_visible()
    # Back on the line, what was not sent goes out without a tap.
    patient.context.set_offline(False)
    expect(patient.locator(".bubble--unsent")).to_have_count(0, timeout=20_000)
    expect(patient.locator(".bubble--mine")).to_have_count(2)


def test_everything_at_the_phone_is_reached_by_keyboard(new_page):
    patient = new_page()
    patient.goto("/try/")
    patient.get_by_label("Your message").focus()
    patient.keyboard.type("hiya")
    patient.keyboard.press("Enter")
    expect(patient.locator(".bubble--theirs").first).to_be_visible(timeout=20_000)
    expect(patient.get_by_label("Your message")).to_be_focused()
