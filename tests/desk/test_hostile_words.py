"""Whatever a patient writes is shown as words, everywhere on the desk."""

import pytest
from django.urls import reverse

from social_prescribing.callbacks import Status
from social_prescribing.safety_alerts import raise_safety_alert
from tests.factories import a_callback, a_conversation, a_link_worker, a_practice

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE social_prescribing_callback; --",
    '" onmouseover="alert(1)',
    "{{ callback.phone }}{% debug %}",
    "</title></blockquote><h1>hello",
    "\u202egnirts desrever",
    "🙏" * 500,
    "a" * 5000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("status", [Status.WAITING, Status.CLAIMED])
def test_a_patients_words_stay_words(words, status, signed_in):
    practice = a_practice()
    sam = a_link_worker(practice)
    callback = a_callback(
        status=status,
        practice=practice,
        link_worker=sam,
        conversation=a_conversation(text=words, practice=practice),
        words=words,
        name=words[:80],
        area=words[:80],
        time_words=words[:200],
        safe_contact=words[:200],
        on_behalf_of=words[:80],
        language=words[:40],
    )
    alert = raise_safety_alert(callback.conversation, kind="abuse_danger", words=words)
    client = signed_in(sam)
    for path in (
        reverse("queue"),
        reverse("caseload"),
        reverse("callback", args=[callback.reference]),
        reverse("safety"),
        reverse("safety_alert", args=[alert.pk]),
    ):
        response = client.get(path)
        page = response.content.decode()
        assert response.status_code == 200
        for dangerous in ("<script>alert", "<img src=x", '" onmouseover="', "<h1>hello"):
            assert dangerous not in page
        assert page.count("</title>") == 1


def test_an_unknown_kind_of_danger_does_not_break_the_queue(signed_in):
    practice = a_practice()
    a_callback(practice=practice, is_urgent=True, safety="of_a_kind_to_come")
    assert signed_in(a_link_worker(practice)).get(reverse("queue")).status_code == 200
