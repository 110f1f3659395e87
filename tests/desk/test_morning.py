"""A link worker's morning in a real browser: claim, text first, reach, agree, hand over, danger."""

import re

import pytest
import time_machine
from playwright.sync_api import expect

from social_prescribing.callbacks import Callback, Outcome, Status
from social_prescribing.conversations import Direction, Message
from social_prescribing.safety_alerts import SafetyAlert, raise_safety_alert
from social_prescribing.signposting import record_signposting
from social_prescribing.suggestions import suggest_supports
from tests.desk.desk_world import THURSDAY_TEN
from tests.factories import (
    a_callback,
    a_contact_number,
    a_link_worker,
    a_message,
    a_practice,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture
def ten_o_clock(transactional_db, supports):
    with time_machine.travel(f"{THURSDAY_TEN}+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def practice(ten_o_clock):
    practice = a_practice(name="Possil Practice", name_for_texts="Possil Practice")
    a_contact_number(practice)
    return practice


@pytest.fixture
def sam(practice):
    a_link_worker(practice, name="Morag Sinclair")
    return a_link_worker(practice, name="Sam Reid")


def waiting(practice, name, words, **given):
    conversation = a_message(words, practice=practice).conversation
    callback = a_callback(
        practice=practice, name=name, words=words, conversation=conversation,
        is_safe_to_ring=True, voicemail_ok=False, **given,
    )  # fmt: skip
    record_signposting(conversation, suggest_supports(callback.need_ids, None))
    return callback


class Clicks:
    """Counts what a link worker presses."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, name, role="button"):
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.count += 1

    def tick(self, label):
        self.page.locator("label", has_text=label).first.click()
        self.count += 1


def texts_to(callback):
    sent = Message.objects.filter(conversation=callback.conversation, direction=Direction.OUTBOUND)
    return list(sent.values_list("text", flat=True))


def test_a_simple_callback_takes_at_most_eight_clicks_from_signing_in(open_page, practice, sam):
    callback = waiting(practice, "Jeanie", "nae food in the hoose", needs=("food",))
    page = open_page(sam, viewport=VIEWPORTS["desktop"])
    page.goto("/")
    clicks = Clicks(page)
    clicks.press("Next for me")
    clicks.count += 1  # the number, which the phone program of the machine takes over
    assert page.get_by_role("link", name="Ring 07700 900123").get_attribute("href")
    clicks.press("Reached")
    named = callback.conversation.signpostings.first().support
    clicks.tick(named.name)
    clicks.press("Close callback")
    expect(page.get_by_text("Callback closed: reached, and helped. They were told")).to_be_visible()
    callback.refresh_from_db()
    assert (callback.status, callback.outcome) == (Status.CLOSED, Outcome.REACHED)
    assert named.name in texts_to(callback)[-1]
    assert clicks.count <= 8
    assert clicks.count == 5


@pytest.mark.parametrize("device", VIEWPORTS)
def test_a_morning(device, open_page, practice, sam, screenshots, ten_o_clock):
    first = waiting(practice, "Wee Jeanie", "am pure skint and theres nae food in", needs=("food",))
    waiting(practice, "Rab", "the council want me oot", needs=("housing",))
    page = open_page(sam, viewport=VIEWPORTS[device])

    def picture(name):
        if screenshots:
            file = screenshots / "morning" / f"{name}-{device}.png"
            page.screenshot(path=file, full_page=True)

    page.goto("/")
    clicks = Clicks(page)
    expect(page.get_by_text("2 waiting")).to_be_visible()
    picture("1-queue")

    clicks.press("Next for me")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wee Jeanie")
    picture("2-before-ringing")

    clicks.press("10 minutes")
    expect(page.get_by_text("Texted: you will ring at 10:")).to_be_visible()
    assert "I will ring you at 10:" in texts_to(first)[-1]

    clicks.press("No answer")
    expect(page.get_by_text("Attempt recorded: no answer. They were told by text")).to_be_visible()
    assert "I rang but could not get you. I will try again at 12" in texts_to(first)[-1]
    picture("3-no-answer")

    page.get_by_label("Text to the patient").fill("Is the back of two better?")
    clicks.press("Send text")
    expect(page.get_by_text("Blether keeps still while you two text")).to_be_visible()
    a_message("aye efter 2 is fine", address=first.conversation.address)
    page.goto("/caseload/")
    expect(page.get_by_text("They have texted")).to_be_visible()
    picture("4-caseload")

    ten_o_clock.shift(4 * 3600 + 600)
    # Whoever was away that long was signed out, and signs in again.
    page = open_page(sam, viewport=VIEWPORTS[device])
    page.goto("/caseload/")
    clicks.page = page
    clicks.press("Wee Jeanie", role="link")
    expect(page.get_by_text("aye efter 2 is fine")).to_be_visible()
    clicks.press("Reached")
    expect(page.get_by_role("heading", name="What did you agree?")).to_be_in_viewport()
    named = first.conversation.signpostings.first().support
    clicks.tick(named.name)
    picture("5-agreed")
    clicks.press("Close callback")
    expect(page.get_by_text("Callback closed: reached, and helped")).to_be_visible()
    assert named.name in texts_to(first)[-1]
    picture("6-closed")

    page.goto("/")
    clicks.press("Next for me")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rab")
    page.get_by_text("Hand over to a colleague").click()
    page.get_by_label("Hand over to", exact=True).select_option(label="Morag Sinclair")
    page.get_by_label("What should they know?").fill("Knows the housing office")
    clicks.press("Hand over")
    expect(page.get_by_text("Rab is on Morag Sinclair’s caseload now")).to_be_visible()
    assert Callback.objects.get(name="Rab").link_worker.name == "Morag Sinclair"

    danger = a_message("I cant go on anymore", practice=practice).conversation
    raise_safety_alert(danger, kind="suicide_self_harm", words="I cant go on anymore")
    expect(page.get_by_text("Nobody has looked yet.")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name=re.compile("Look now")).click()
    page.get_by_role("link", name="Suicide or self-harm").click()
    clicks.press("I see this through")
    page.get_by_label("What did you do?").fill("Rang the number they texted from, spoke to them")
    clicks.press("Write it down")
    picture("7-danger")
    clicks.tick("Spoke to them: safe now")
    page.get_by_label("What was done?").fill("Safe at her mother's; GP knows")
    clicks.press("Close safety alert")
    expect(page.get_by_text("No open safety alerts")).to_be_visible()
    alert = SafetyAlert.objects.get()
    assert (alert.owner, alert.closed_by, alert.closing_reason) == (sam, sam, "safe")
    picture("8-safety-board")
    assert page.complaints == []
