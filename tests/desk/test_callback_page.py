"""One callback's page: before the call, and after it."""

from datetime import datetime, time

import pytest
import time_machine
from django.urls import reverse

from social_prescribing.callback_moves import claim_callback, record_attempt, release_callback
from social_prescribing.callback_requests import change_callback
from social_prescribing.callbacks import AttemptResult, Outcome, Status
from social_prescribing.conversations import send_reply
from social_prescribing.safe_contact import keep_code_word, note_safe_contact
from social_prescribing.safety_alerts import raise_safety_alert
from social_prescribing.signposting import record_signposting
from social_prescribing.suggestions import suggest_supports
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice(name="Possil Practice", name_for_texts="Possil Practice")


@pytest.fixture
def sam(practice):
    return a_link_worker(practice, name="Sam Reid")


@pytest.fixture
def mine(practice, sam):
    """A callback on Sam's caseload."""
    return a_callback(status=Status.CLAIMED, practice=practice, link_worker=sam, voicemail_ok=True)


def page_of(client, callback):
    return client.get(reverse("callback", args=[callback.reference])).content.decode()


def post(client, route, callback, **data):
    return client.post(reverse(route, args=[callback.reference]), data, follow=True)


def test_a_waiting_callback_can_be_claimed_and_shows_no_forms(practice, sam, signed_in):
    page = page_of(signed_in(sam), a_callback(practice=practice))
    assert ">Claim<" in page
    assert "What happened when you rang?" not in page
    assert "tel:+447700900123" not in page


def test_a_childs_callback_says_their_age_and_to_ring_no_number_but_theirs(
    practice, sam, signed_in
):
    held = {"status": Status.CLAIMED, "practice": practice, "link_worker": sam}
    child, grown = a_callback(age=14, **held), a_callback(age=16, **held)
    warning = "Ring the child’s own number only."
    for route in ("callback", "call_sheet"):
        page = signed_in(sam).get(reverse(route, args=[child.reference])).content.decode()
        assert "Says they are 14" in page
        assert warning in page
    page = page_of(signed_in(sam), grown)
    assert "Says they are 16" in page
    assert warning not in page
    assert "Says they are" not in page_of(signed_in(sam), a_callback(**held))


def test_my_callback_shows_number_script_and_forms(mine, sam, signed_in):
    page = page_of(signed_in(sam), mine)
    assert 'href="tel:+447700900123"' in page
    assert "07700 900123" in page
    assert "is that Shug?" in page
    assert "What happened when you rang?" in page
    assert "Close callback" in page


def test_the_script_says_where_from_only_once_it_is_them(mine, sam, signed_in):
    page = page_of(signed_in(sam), mine)
    opening = page.split("When somebody answers")[1].split("Once you are sure")[0]
    assert "Possil" not in opening
    assert "link worker" not in opening
    assert "Possil Practice" in page.split("Once you are sure")[1].split("If nobody answers")[0]


def test_somebody_elses_callback_says_whose_and_shows_no_forms(practice, sam, signed_in):
    morag = a_link_worker(practice, name="Morag Sinclair")
    page = page_of(
        signed_in(sam), a_callback(practice=practice, status=Status.CLAIMED, link_worker=morag)
    )
    assert "Morag Sinclair" in page
    assert "What happened when you rang?" not in page


def test_a_closed_callback_says_what_came_of_it(practice, sam, signed_in):
    callback = a_callback(practice=practice, status=Status.CLOSED, link_worker=sam)
    page = page_of(signed_in(sam), callback)
    assert "Closed: reached, and helped" in page
    assert "What happened when you rang?" not in page


def test_the_whole_conversation_and_the_supports_are_there(mine, sam, supports, signed_in):
    conversation = mine.conversation
    send_reply(conversation.messages.first(), "What part of Glasgow are you in?")
    suggestions = suggest_supports(["food"])
    record_signposting(conversation, suggestions)
    page = page_of(signed_in(sam), mine)
    assert "What part of Glasgow are you in?" in page
    assert suggestions[0].support.name in page


def test_an_open_safety_alert_is_named_on_the_page(mine, sam, signed_in):
    alert = raise_safety_alert(mine.conversation, kind="abuse_danger", words="he's back")
    page = page_of(signed_in(sam), mine)
    assert reverse("safety_alert", args=[alert.pk]) in page


def test_recording_an_attempt_keeps_it_on_the_caseload(mine, sam, signed_in):
    data = {"attempt-result": "no_answer", "attempt-note": "Rang out"}
    page = post(signed_in(sam), "record_attempt", mine, **data).content.decode()
    assert "Attempt recorded" in page
    assert "Rang: no answer" in page
    assert "Rang out" in page
    mine.refresh_from_db()
    assert mine.status == Status.CLAIMED


@pytest.mark.parametrize(
    ("voicemail_ok", "reason"), [(False, "Shug said no"), (None, "nobody has asked Shug")]
)
def test_a_voicemail_is_refused_where_it_is_not_allowed(
    voicemail_ok, reason, practice, sam, signed_in
):
    callback = a_callback(
        status=Status.CLAIMED, practice=practice, link_worker=sam, voicemail_ok=voicemail_ok
    )
    page = post(signed_in(sam), "record_attempt", callback, **{"attempt-result": "voicemail_left"})
    assert reason in page.content.decode()
    assert not callback.attempts.exists()


def test_a_voicemail_is_recorded_where_it_is_allowed(mine, sam, signed_in):
    post(signed_in(sam), "record_attempt", mine, **{"attempt-result": "voicemail_left"})
    assert mine.attempts.get().result == AttemptResult.VOICEMAIL_LEFT


@pytest.mark.parametrize("result", ["", "made_up", "<script>"])
def test_an_attempt_without_a_known_result_is_refused(result, mine, sam, signed_in):
    page = post(signed_in(sam), "record_attempt", mine, **{"attempt-result": result})
    assert page.status_code == 422
    assert not mine.attempts.exists()


def test_closing_with_an_outcome(mine, sam, signed_in):
    data = {"close-outcome": "referred_on", "close-note": "Home Energy Scotland"}
    page = post(signed_in(sam), "close_callback", mine, **data)
    assert "referred on to a support" in page.content.decode()
    mine.refresh_from_db()
    assert (mine.status, mine.outcome) == (Status.CLOSED, Outcome.REFERRED_ON)


def test_unreachable_only_after_the_allowed_attempts(mine, sam, signed_in):
    client = signed_in(sam)
    record_attempt(mine, link_worker=sam, result=AttemptResult.NO_ANSWER)
    assert "after 2 more tries" in page_of(client, mine)
    page = post(client, "close_callback", mine, **{"close-outcome": "unreachable"})
    assert page.status_code == 422
    assert "3 attempts come before" in page.content.decode()
    for _ in range(2):
        record_attempt(mine, link_worker=sam, result=AttemptResult.NO_ANSWER)
    post(client, "close_callback", mine, **{"close-outcome": "unreachable"})
    mine.refresh_from_db()
    assert mine.outcome == Outcome.UNREACHABLE


def test_releasing_puts_it_back_with_the_note_in_its_history(mine, sam, signed_in):
    client = signed_in(sam)
    page = post(client, "release_callback", mine, **{"release-note": "On leave from tomorrow"})
    assert "back in the queue" in page.content.decode()
    mine.refresh_from_db()
    assert (mine.status, mine.link_worker) == (Status.WAITING, None)
    assert "On leave from tomorrow" in page_of(client, mine)


@pytest.mark.parametrize(
    ("route", "data"),
    [
        ("record_attempt", {"attempt-result": "no_answer"}),
        ("close_callback", {"close-outcome": "reached"}),
        ("release_callback", {"release-note": "mine now"}),
    ],
)
def test_nobody_works_on_a_callback_that_another_holds(route, data, mine, practice, signed_in):
    morag = a_link_worker(practice, name="Morag Sinclair")
    page = post(signed_in(morag), route, mine, **data)
    assert page.status_code == 422
    assert "caseload" in page.content.decode()
    mine.refresh_from_db()
    assert (mine.status, mine.link_worker.name) == (Status.CLAIMED, "Sam Reid")
    assert not mine.attempts.exists()


def test_a_move_from_a_stale_page_is_a_message_not_a_crash(mine, sam, practice, signed_in):
    client = signed_in(sam)
    release_callback(mine, link_worker=sam)
    claim_callback(mine, link_worker=a_link_worker(practice))
    page = post(client, "close_callback", mine, **{"close-outcome": "reached"})
    assert page.status_code == 422
    assert "not on your caseload" in page.content.decode()


def test_closing_twice_is_a_message(mine, sam, signed_in):
    client = signed_in(sam)
    post(client, "close_callback", mine, **{"close-outcome": "reached"})
    page = post(client, "close_callback", mine, **{"close-outcome": "declined"})
    assert page.status_code == 422
    mine.refresh_from_db()
    assert mine.outcome == Outcome.REACHED


def test_moves_need_a_post(mine, sam, signed_in):
    client = signed_in(sam)
    for route in ("record_attempt", "close_callback", "release_callback"):
        assert client.get(reverse(route, args=[mine.reference])).status_code == 405


def a_held_one(practice, sam, **given):
    return a_callback(status=Status.CLAIMED, practice=practice, link_worker=sam, **given)


def test_what_they_said_about_ringing_safely_stands_before_the_number(practice, sam, signed_in):
    said = "only while hes at work, say its the dentist"
    callback = a_held_one(practice, sam, is_safe_to_ring=True, safe_contact=said)
    page = page_of(signed_in(sam), callback)
    assert page.index(said) < page.index("tel:+447700900123") < page.index("When somebody answers")


def test_where_it_is_not_safe_the_number_comes_only_after_reading_why(practice, sam, signed_in):
    with time_machine.travel(datetime(2026, 12, 1, 11, tzinfo=GLASGOW)):  # at night nobody rings
        callback = a_held_one(practice, sam, is_safe_to_ring=False, safe_contact="text first")
        page = page_of(signed_in(sam), callback)
    assert page.index("not safe just to ring") < page.index("I have read this")
    assert page.index("I have read this") < page.index("tel:+447700900123")


def test_somebody_without_a_name_still_has_a_page_and_a_script(practice, sam, signed_in):
    callback = a_held_one(practice, sam, name="")
    page = page_of(signed_in(sam), callback)
    assert "<h1" in page
    opening = page.split("When somebody answers")[1].split("</li>")[0]
    assert "patient" not in opening
    assert "Is that ?" not in opening


def test_where_it_is_not_safe_the_number_is_shown_only_at_the_times_they_gave(sam, mine, signed_in):
    change_callback(mine, is_safe_to_ring=False, days=["tuesday"], not_after=time(12))
    note_safe_contact(mine.conversation, is_safe=False)
    keep_code_word(mine.conversation, "code word is bluebell")
    # 1 December 2026 is a Tuesday.
    with time_machine.travel(datetime(2026, 12, 1, 14, tzinfo=GLASGOW)):
        page = page_of(signed_in(sam), mine)
        assert "Do not ring now" in page and "tel:" not in page
    with time_machine.travel(datetime(2026, 12, 1, 11, tzinfo=GLASGOW)):
        page = page_of(signed_in(sam), mine)
    assert "tel:+447700900123" in page
    assert "Is it safe to talk just now?" in page and "bluebell" in page


def test_the_first_answer_about_voicemail_is_no_change_and_a_second_one_is(practice):
    callback = a_callback(practice=practice)
    change_callback(callback, voicemail_ok=False)
    assert not callback.events.filter(note__contains="changed it").exists()
    change_callback(callback, voicemail_ok=True)
    assert callback.events.filter(note__contains="changed it").count() == 1


def test_no_voicemail_is_recorded_where_somebody_else_may_hear_it(mine, sam, signed_in):
    assert mine.voicemail_ok
    change_callback(mine, is_safe_to_ring=False)
    client = signed_in(sam)
    assert "somebody else may hear it" in page_of(client, mine)
    post(client, "record_attempt", mine, **{"attempt-result": AttemptResult.VOICEMAIL_LEFT})
    assert not mine.attempts.exists()


def test_who_asked_to_be_texted_is_not_rung_by_oversight(practice, sam, signed_in):
    held = {"status": Status.CLAIMED, "practice": practice, "link_worker": sam}
    by_text, by_call = a_callback(by_text=True, **held), a_callback(**held)
    asked = "asked to be texted, not rung"
    assert asked in page_of(signed_in(sam), by_text)
    assert asked not in page_of(signed_in(sam), by_call)


def test_the_page_of_who_is_texted_asks_for_a_text_first_and_for_no_ringing(
    practice, sam, signed_in
):
    page = page_of(signed_in(sam), a_held_one(practice, sam, by_text=True))
    assert "Text them, do not ring" in page and "Ring for the first time" not in page
    assert "Leave no voicemail" not in page.split("What happened when you texted?")[1]
    assert "Before you text" in page and "What happened when you texted?" in page
    assert page.index("They said that I may ring") < page.index("tel:+447700900123")
    assert "Text again on (optional)" in page
    assert "for when I text" in page and "for when I ring" not in page
