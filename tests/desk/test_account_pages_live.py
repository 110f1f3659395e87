"""Signing in and the administration in a real browser: looked at by axe-core, done as people do."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from social_prescribing.staff import Role
from tests.factories import (
    PASSWORD,
    a_link_worker,
    a_practice,
    a_staff_member,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def new_page(chromium, live_server):
    """Give a page, signed in as a user or as nobody; whatever it complains of fails the test."""
    contexts, complaints = [], []

    def open_page(user=None, **context):
        contexts.append(chromium.new_context(base_url=live_server.url, **context))
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            contexts[-1].add_cookies([cookie])
        page = contexts[-1].new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A refused form is answered with 422, and axe-core itself is told off by our content policy.
    excused = ("422", "403", "inline style", "preload assets")
    assert [said for said in complaints if not any(word in said for word in excused)] == []


def look_at(page, screenshots=None, name=""):
    """No violation of WCAG as far as axe-core sees, nothing wider than the screen."""
    if screenshots and name:
        # To be looked at, not kept: docs/screenshots/every-page is not in git.
        page.screenshot(path=screenshots / "every-page" / f"{name}.png", full_page=True)
    width = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert width <= 0, page.url
    page.evaluate(AXE.read_text())
    violations = page.evaluate("() => axe.run(document).then(found => found.violations)")
    found = [(rule["id"], node["html"][:150]) for rule in violations for node in rule["nodes"]]
    assert found == [], page.url


def code_of(user):
    return f"{totp(TOTPDevice.objects.get(user=user).bin_key):06}"


def write_password(page, user):
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_first_sign_in_and_the_second(viewport, new_page, screenshots):
    worker = a_link_worker(a_practice(), name="Sam Reid")
    page = new_page(viewport=viewport)
    page.goto("/sign-in/")
    look_at(page)
    write_password(page, worker.user)
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    look_at(page, screenshots, f"second-factor-{viewport['width']}")
    page.get_by_label("Six figures").fill("000000")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("alert").get_by_text("not right").wait_for()
    look_at(page)
    TOTPDevice.objects.update(throttling_failure_count=0)
    page.get_by_label("Six figures").fill(code_of(worker.user))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    look_at(page, screenshots, f"recovery-codes-{viewport['width']}")
    recovery_code = (
        page.get_by_role("list", name="Recovery codes").locator("code").first.inner_text()
    )
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("heading", name="Callback queue").wait_for()
    page.goto("/account/")
    look_at(page)
    page.get_by_role("button", name="Sign out").click()

    write_password(page, worker.user)
    page.get_by_role("heading", name="Your code").wait_for()
    look_at(page)
    page.get_by_label("Code").fill(recovery_code)
    page.keyboard.press("Enter")
    page.get_by_text("9 left").wait_for()


def test_nobody_at_the_desk_is_told_before_it_signs_out(new_page):
    page = new_page(a_link_worker(a_practice()).user)
    page.clock.install()
    page.goto("/caseload/")
    bar = page.locator("#idle")
    page.clock.run_for(20 * 60 * 1000)
    assert bar.is_hidden()
    page.clock.run_for(9 * 60 * 1000)
    bar.get_by_text("signed out in 1 minute").wait_for()
    look_at(page)
    bar.get_by_role("button", name="Stay signed in").click()
    page.clock.run_for(5 * 60 * 1000)
    assert bar.is_hidden()
    page.clock.run_for(15 * 60 * 1000)
    page.keyboard.press("Shift")  # somebody types
    page.clock.run_for(20 * 60 * 1000)
    assert bar.is_hidden()


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(PHONE, "light"), (DESKTOP, "light"), (DESKTOP, "dark")],
    ids=["phone", "desktop", "dark"],
)
def test_bringing_in_a_list(viewport, scheme, new_page, screenshots, tmp_path):
    practice = a_practice(name="Possil Practice")
    page = new_page(a_staff_member(Role.ADMINISTRATOR), viewport=viewport, color_scheme=scheme)
    lists = {
        "bad": "PracticeCode,GPPracticeName,Postcode,TelephoneNumber\n,Balmore Practice,Govan,\n",
        "good": "PracticeCode,GPPracticeName,Postcode,TelephoneNumber\n"
        "40001,Balmore Practice,G22 6LJ,0141 496 0201\n",
    }
    for name, text in lists.items():
        (tmp_path / "list.csv").write_text(text)
        page.goto(reverse("admin:social_prescribing_practice_import"))
        page.get_by_label("Provider").select_option(label=str(practice.provider))
        page.get_by_label("File to import").set_input_files(tmp_path / "list.csv")
        page.get_by_role("button", name="Show what would change").click()
        heading = {"bad": "Nothing is imported: 1 row needs mending", "good": "What would change"}
        page.get_by_role("heading", name=heading[name]).wait_for()
        look_at(page, screenshots, f"import-{name}-{viewport['width']}-{scheme}")
    page.get_by_role("button", name="Import these rows").click()
    page.get_by_role("link", name="Balmore Practice").wait_for()


def test_a_branch_is_added_without_a_script(new_page):
    practice, administrator = a_practice(), a_staff_member(Role.ADMINISTRATOR)
    address = reverse("admin:social_prescribing_practice_change", args=[practice.pk])
    page = new_page(administrator, viewport=PHONE, java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name="Show an empty row").click()
    page.locator("#id_sites-0-name").fill("Balornock branch")
    page.locator("#id_sites-0-is_branch").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    assert [site.name for site in practice.sites.all()] == ["Balornock branch"]


def test_a_refused_practice_says_where_it_is_wrong(new_page):
    practice = a_practice()
    page = new_page(a_staff_member(Role.ADMINISTRATOR), viewport=PHONE)
    page.goto(reverse("admin:social_prescribing_practice_change", args=[practice.pk]))
    page.get_by_role("button", name="Add another Site").click()
    page.locator("#id_sites-0-postcode").fill("Govan")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("This is not a postcode").wait_for()
    look_at(page)


@pytest.mark.parametrize("role", [Role.PRACTICE_STAFF, Role.PROGRAMME_LEAD, Role.PROVIDER_LEAD])
def test_where_each_role_begins(role, new_page):
    user = a_staff_member(role, a_practice())
    page = new_page(user, viewport=PHONE)
    page.goto("/start/")
    look_at(page)
    if role != Role.PRACTICE_STAFF:
        page.goto("/audit-log/")
        look_at(page)
    page.goto("/caseload/")
    page.get_by_role("heading", name="You cannot see this").wait_for()
    look_at(page)
