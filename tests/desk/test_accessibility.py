"""axe-core finds nothing on any page, in any state, at any width, in bright rooms or dark ones.

The pages are those of the URLs, so that a new one cannot be forgotten; states beside them are
DeskWorld's.
"""

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import expect

from tests.desk.desk_world import THURSDAY_TEN, DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
# What WCAG 2.2 AA and its best practices ask for; nothing is left out.
RUN = "() => axe.run(document, {resultTypes: ['violations']})"
PHONE, TABLET, DESKTOP = 390, 820, 1280
# Presses that show what a page says when a form is refused.
REFUSALS = {
    "close": ("callback-reached", "Close callback"),
    "add": ("add-person", "They agreed: add to the queue"),
    "alert": ("safety-alert", "Close safety alert"),
}


@pytest.fixture
def world(transactional_db, supports):
    with time_machine.travel(f"{THURSDAY_TEN}+00:00", tick=True):
        yield DeskWorld()


def violations(page):
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN)["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def looks_at(open_page, world, screenshots, *, width, scheme, name):
    """Open each page once, yield (page's name, page)."""
    pages = {}
    for page_name, (who, path) in world.pages.items():
        if who not in pages:
            viewport = {"width": width, "height": 900}
            pages[who] = open_page(who, viewport=viewport, color_scheme=scheme)
        page = pages[who]
        page.goto(path)
        yield page_name, page
        if screenshots:
            # To be looked at, not kept: docs/screenshots/every-page is not in git.
            file = screenshots / "every-page" / f"{page_name}-{name}.png"
            page.screenshot(path=file, full_page=True)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(PHONE, "light"), (DESKTOP, "light"), (DESKTOP, "dark"), (TABLET, "dark")],
)
def test_no_page_has_a_violation_and_none_is_wider_than_the_screen(
    width, scheme, open_page, world, screenshots
):
    wrong = {}
    given = {"width": width, "scheme": scheme, "name": f"{width}-{scheme}"}
    for name, page in looks_at(open_page, world, screenshots, **given):
        found = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("wider than the screen")
        if found:
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize(("name", "button"), REFUSALS.values(), ids=REFUSALS)
def test_a_refused_form_has_no_violation_and_has_the_focus(name, button, open_page, world):
    who, path = world.states[name]
    page = open_page(who, viewport={"width": PHONE, "height": 900})
    page.goto(path)
    # The browser's own check would hold it back; people without it get ours.
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    for radio in page.locator("input[type=radio]:checked").all():
        radio.evaluate("radio => { radio.checked = false }")
    page.get_by_role("button", name=button).click()
    # It is seen before the script has run that takes people to it.
    expect(page.locator("#refused")).to_be_focused()
    assert violations(page) == []


def tab_to(page, is_there):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(is_there):
            return
    raise AssertionError(f"Not reached by keyboard: {is_there}")


def test_a_link_worker_needs_only_the_keyboard(open_page, world):
    page = open_page(world.sam, viewport={"width": DESKTOP, "height": 900})
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.textContent === 'Next for me'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/callbacks/**")
    tab_to(page, "document.activeElement.value === 'no_answer'")
    page.keyboard.press("Enter")
    page.get_by_text("Attempt recorded: no answer").wait_for()
