"""The list of supports to check, on the desk."""

import pytest
from django.urls import reverse

from social_prescribing.staff import Role
from social_prescribing.supports import Support
from tests.factories import a_link_worker, a_practice, a_staff_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("supports")]


@pytest.fixture
def page(signed_in):
    Support.objects.filter(id="cruse-scotland").update(confirmed_on=None)
    return signed_in(a_link_worker(a_practice(), name="Sam Reid"))


def tap(browser, answer, **more):
    path = reverse("check_support", args=["cruse-scotland"])
    return browser.post(path, {"answer": answer, **more}, follow=True).content.decode()


def test_what_is_due_is_listed_with_its_number(page):
    text = page.get(reverse("supports_to_check")).content.decode()
    assert "Cruse Scotland" in text and "Nobody has checked it by phone yet" in text
    assert "Marie Curie" not in text


def test_one_tap_says_it_is_still_right(page):
    text = tap(page, "still_right")
    assert "Every support was checked in time" in text
    assert Support.objects.get(id="cruse-scotland").confirmed_by == "Sam Reid"


def test_a_tap_that_lacks_something_says_what(page):
    assert "How many weeks?" in tap(page, "waiting_list")
    assert "1 to 104" in tap(page, "waiting_list", weeks="many")
    assert Support.objects.get(id="cruse-scotland").confirmed_on is None


def test_a_charity_sets_how_many_patients_it_takes_a_week_and_lifts_it(page):
    tap(page, "weekly_limit", a_week="3")
    cruse = Support.objects.get(id="cruse-scotland")
    assert (cruse.weekly_limit, cruse.confirmed_by) == (3, "Sam Reid")
    found = page.get(reverse("supports_to_check"), {"search": "cruse"}).content.decode()
    assert "It takes 3 of our patients a week." in found
    assert "from 0 to 500" in tap(page, "weekly_limit", a_week="-1")
    tap(page, "weekly_limit", a_week="")
    assert Support.objects.get(id="cruse-scotland").weekly_limit is None


def test_what_is_heard_of_a_support_that_is_not_due_can_be_written_down(page):
    def find(words):
        return page.get(reverse("supports_to_check"), {"search": words}).content.decode()

    assert "Marie Curie" in find("marie") and "Cruse" not in find("marie")
    assert "nothing of that name" in find("no such thing")
    tap(page, "closed")
    assert "Closed since" in find("CRUSE")
    tap(page, "still_right")
    assert "Closed since" not in find("cruse")


def test_nobody_is_asked_to_ring_999_to_see_whether_it_is_right(page):
    Support.objects.filter(id__in=["emergency-999", "samaritans"]).update(confirmed_on=None)
    text = page.get(reverse("supports_to_check")).content.decode()
    assert 'href="tel:116123"' in text and "Rang it, still right" in text
    assert 'href="tel:999"' not in text
    assert "Keep this line free" in text and "Looked it up, still right" in text


def test_after_a_tap_they_are_where_they_were(page):
    text = tap(page, "still_right", search="cruse", page="1")
    assert "1 found for “cruse”" in text
    assert "Cruse Scotland: still right. Thank you." in text


def test_practice_staff_may_check_too(signed_in):
    staff = signed_in(a_staff_member(Role.PRACTICE_STAFF, a_practice()))
    assert staff.get(reverse("supports_to_check")).status_code == 200
