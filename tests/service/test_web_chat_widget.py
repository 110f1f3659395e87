"""The chat on a practice's website, in a real Chromium: nothing lost, nothing doubled, no trace.

`/try/website/` is such a site: another origin than the bot's, under a strict content policy.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLAIN_PAGE = "https://www.bbc.co.uk/weather"
SITE, PHONE = "/try/website/", "/try/"
NARROW, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 860}
# WCAG 2.2's smallest target; ours are larger.
SMALLEST_TARGET = 24
ANSWERED = 20_000


@pytest.fixture
def open_page(chromium, service):
    """Opens a page in a context of its own; only the plain page may be asked of another host."""
    contexts, strangers, mistakes = [], [], []

    def open_page(path=SITE, viewport=DESKTOP, **more):
        context = chromium.new_context(viewport=viewport, base_url=service.desk, **more)
        contexts.append(context)
        context.route(f"{PLAIN_PAGE}**", lambda route: route.fulfill(body="Rain, then rain."))
        page = context.new_page()
        page.on("request", lambda request: strangers.append(request.url))
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    ours = re.compile(rf"http://127\.0\.0\.1:|data:|blob:|{re.escape(PLAIN_PAGE)}")
    assert not [url for url in strangers if not ours.match(url)]
    assert not mistakes


def open_chat(page):
    page.get_by_role("button", name="Chat for help").click()
    expect(box(page)).to_be_focused()


def box(page):
    return page.get_by_label("Your message")


def theirs(page):
    return page.locator(".bubble--theirs")


def mine(page):
    return page.locator(".bubble--mine .bubble__text")


def write(page, text):
    box(page).fill(text)
    page.keyboard.press("Enter")


def say(page, text):
    """Write one text and wait for the answer."""
    before = theirs(page).count()
    write(page, text)
    expect(theirs(page).nth(before)).to_be_visible(timeout=ANSWERED)
    expect(page.locator("#typing")).to_be_empty(timeout=ANSWERED)


def stored(service, page):
    """What the service stored of this tab's texts, in order."""
    session = page.evaluate("JSON.parse(sessionStorage['blether-chat']).memory.session")
    code = (
        "import json; from social_prescribing.conversations import Message; "
        f"found = Message.objects.filter(conversation__address='{session}', direction='in'); "
        "print(json.dumps([m.text for m in found]))"
    )
    return json.loads(service.command("shell", "-v", "0", "-c", code).stdout.splitlines()[-1])


def violations(page):
    """What axe-core finds wrong, each with where."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


# ------------------------------------------------------------ nothing lost, nothing doubled


def test_a_reload_keeps_the_conversation_the_draft_and_the_focus(open_page):
    page = open_page()
    open_chat(page)
    say(page, "nae food in the hoose")
    box(page).fill("and ano")
    answers = theirs(page).count()
    page.reload()
    expect(mine(page)).to_have_text(["nae food in the hoose"])
    expect(theirs(page)).to_have_count(answers)
    expect(box(page)).to_have_value("and ano")
    expect(box(page)).to_be_focused()


def test_texts_written_without_a_connection_go_out_once_in_order_when_it_is_back(
    open_page, service
):
    page = open_page()
    open_chat(page)
    say(page, "hiya")
    page.context.set_offline(True)
    write(page, "nae food in the hoose")
    write(page, "am in G22")
    expect(page.locator("#typing")).to_contain_text("No connection")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".bubble--sent.bubble--mine")).to_have_count(3, timeout=ANSWERED)
    expect(page.locator("#typing")).to_be_empty()
    assert stored(service, page) == ["hiya", "nae food in the hoose", "am in G22"]


def test_a_text_whose_answer_got_lost_is_sent_again_under_its_id_and_answered_once(
    open_page, service
):
    page = open_page()
    open_chat(page)
    lost = []

    def lose_the_first_answer(route):
        if not lost:
            lost.append(route.fetch().status)  # the service has it; the page never hears so
            route.abort()
        else:
            route.continue_()

    page.route("**/webhooks/web/webhook", lose_the_first_answer)
    write(page, "nae food in the hoose")
    expect(page.locator(".bubble--sent.bubble--mine")).to_have_count(1, timeout=ANSWERED)
    expect(page.locator("#typing")).to_be_empty(timeout=ANSWERED)
    assert lost == [200]
    assert stored(service, page) == ["nae food in the hoose"]
    texts = theirs(page).all_inner_texts()
    assert len(texts) == len(set(texts)) > 0


def test_a_reload_while_a_text_is_on_its_way_neither_loses_nor_doubles_it(open_page, service):
    page = open_page()
    open_chat(page)
    say(page, "hiya")
    page.route("**/webhooks/web/webhook", lambda route: None)  # it never leaves
    write(page, "nae food in the hoose")
    page.unroute("**/webhooks/web/webhook")
    page.reload()
    expect(page.locator(".bubble--sent.bubble--mine")).to_have_count(2, timeout=ANSWERED)
    assert stored(service, page) == ["hiya", "nae food in the hoose"]


def test_sending_or_pressing_twice_sends_once(open_page, service):
    page = open_page()
    open_chat(page)
    box(page).fill("nae food in the hoose, am in G22")
    page.get_by_role("button", name="Send").dblclick()
    yes = page.get_by_role("button", name="Yes")
    expect(yes).to_be_visible(timeout=ANSWERED)
    yes.evaluate("button => { button.click(); button.click(); }")
    expect(page.locator("#typing")).to_be_empty(timeout=ANSWERED)
    expect(box(page)).to_be_focused()
    written = stored(service, page)
    assert written.count("nae food in the hoose, am in G22") == 1
    assert written.count("Yes") == 1


def test_what_a_link_worker_texts_later_comes_by_itself(open_page, service):
    page = open_page()
    open_chat(page)
    say(page, "nae food in the hoose")
    session = page.evaluate("JSON.parse(sessionStorage['blether-chat']).memory.session")
    code = (
        "from social_prescribing.conversations import Conversation; "
        "from social_prescribing.outbox import send_text; "
        f"send_text(Conversation.objects.get(address='{session}'), 'Sam will ring at 2.')"
    )
    assert service.command("shell", "-v", "0", "-c", code).returncode == 0
    expect(theirs(page).last).to_contain_text("Sam will ring at 2.", timeout=40_000)


def test_too_many_texts_are_told_of_in_plain_words_and_go_out_later(open_page):
    page = open_page()
    open_chat(page)
    busy = json.dumps({"error": "That is a lot at once. Please wait.", "retry_after": 1})
    headers = {"Access-Control-Allow-Origin": "*"}
    page.route(
        "**/webhooks/web/webhook",
        lambda route: route.fulfill(status=429, body=busy, headers=headers),
        times=1,
    )
    write(page, "hiya")
    expect(page.locator("#typing")).to_have_text("That is a lot at once. Please wait.")
    expect(page.locator(".bubble--sent.bubble--mine")).to_have_count(1, timeout=ANSWERED)


# ------------------------------------------------------------ no trace


def leave_by_button(page):
    page.get_by_role("button", name="Leave quickly").click()


def leave_by_escape(page):
    for _ in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("path", [SITE, PHONE])
@pytest.mark.parametrize("leave", [leave_by_button, leave_by_escape])
def test_leaving_quickly_leaves_no_trace_on_screen_nor_to_go_back_to(open_page, path, leave):
    page = open_page(path)
    if path == SITE:
        open_chat(page)
    say(page, "he hits me")
    leave(page)
    page.wait_for_url(f"{PLAIN_PAGE}**")
    page.go_back()
    assert path not in page.url
    page.goto(path)
    # The try-out page's phone begins anew at once; a site's chat only when it is opened.
    begun = set() if path == SITE else {"blether-try", "blether-try-messages"}
    assert set(page.evaluate("Object.keys(sessionStorage)")) == begun
    expect(page.locator(".bubble")).to_have_count(0)


def test_closing_the_tab_leaves_nothing_on_the_device(open_page):
    page = open_page()
    open_chat(page)
    say(page, "hiya")
    context = page.context
    assert page.evaluate("localStorage.length") == 0
    assert not context.cookies()
    page.close()
    again = context.new_page()
    again.goto(SITE)
    open_chat(again)
    expect(again.locator(".bubble")).to_have_count(0)


# ------------------------------------------------------------ for everybody


def test_by_keyboard_the_chat_opens_answers_and_closes_with_the_focus_where_it_was(open_page):
    page = open_page()
    launcher = page.get_by_role("button", name="Chat for help")
    launcher.focus()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type("nae food in the hoose, am in G22")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Yes")).to_be_visible(timeout=ANSWERED)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Yes")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(launcher).to_be_focused()


def test_messages_are_a_polite_log_and_each_says_who_speaks(open_page):
    page = open_page()
    open_chat(page)
    say(page, "hiya")
    log = page.get_by_role("log", name="Messages")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator(".bubble").first).to_contain_text("You: ")
    expect(theirs(page).first).to_contain_text("Blether: ")
    # A message that stands there already is not built anew, or it would be read out again.
    page.evaluate(
        "() => { const root = document.querySelector('[data-blether]').shadowRoot;"
        " window.first = root.querySelector('.bubble'); }"
    )
    say(page, "nae food in the hoose")
    assert page.evaluate("window.first.isConnected")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, DESKTOP], ids=["320", "1280"])
@pytest.mark.parametrize("path", [SITE, PHONE])
def test_axe_finds_nothing_wrong_and_nothing_is_cut_off(open_page, path, viewport, scheme):
    # axe is put into the page, which our content policy forbids to anybody else.
    page = open_page(path, viewport, color_scheme=scheme, bypass_csp=True)
    if path == SITE:
        expect(page.get_by_role("button", name="Chat for help")).to_be_visible()
        assert violations(page) == []
        open_chat(page)
    say(page, "nae food in the hoose, am in G22")
    page.wait_for_timeout(200)  # what moves has come to rest
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if path == SITE:
        panel = page.get_by_role("dialog")
        assert panel.evaluate("panel => panel.scrollHeight <= panel.clientHeight"), "only the log"
    for button in page.get_by_role("button").all():
        if button.is_visible():
            size = button.bounding_box()
            assert min(size["width"], size["height"]) >= SMALLEST_TARGET


@pytest.mark.parametrize("viewport", [NARROW, DESKTOP], ids=["320", "1280"])
def test_at_twice_the_text_size_everything_can_still_be_reached(open_page, viewport):
    page = open_page(SITE, viewport)
    expect(page.get_by_role("button", name="Chat for help")).to_be_visible()
    page.evaluate("document.querySelector('[data-blether]').style.fontSize = '200%'")
    open_chat(page)
    say(page, "nae food in the hoose, am in G22")
    for name in ("Leave quickly", "Close chat", "Yes", "Send"):
        button = page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        size = button.bounding_box()
        assert size["x"] >= 0 and size["x"] + size["width"] <= viewport["width"]


def test_who_wants_less_motion_gets_none(open_page):
    page = open_page(reduced_motion="reduce")
    open_chat(page)
    say(page, "hiya")
    moves = theirs(page).first.evaluate("bubble => getComputedStyle(bubble).animationName")
    assert moves == "none"


def test_a_phone_number_of_an_answer_rings_at_a_tap(open_page):
    page = open_page()
    open_chat(page)
    say(page, "I want to kill myself")
    expect(theirs(page).get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
