"""What a link worker does beside ringing: texting, handing over, correcting, finding, adding."""

import pytest
from django.urls import reverse

from social_prescribing.callbacks import AskedThrough, Callback, Status
from social_prescribing.conversations import Direction
from social_prescribing.link_workers import Absence
from social_prescribing.notices import give_notice
from social_prescribing.patient_texts import is_person_writing
from social_prescribing.safety_alerts import raise_safety_alert
from social_prescribing.staff import Role
from tests.factories import (
    a_callback,
    a_contact_number,
    a_link_worker,
    a_practice,
    a_provider,
    a_staff_member,
    a_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    practice = a_practice(name="Possil Practice", name_for_texts="Possil Practice")
    a_contact_number(practice)
    return practice


@pytest.fixture
def sam(practice):
    return a_link_worker(practice, name="Sam Reid")


@pytest.fixture
def client(sam, signed_in):
    return signed_in(sam)


@pytest.fixture
def mine(practice, sam):
    return a_callback(
        status=Status.CLAIMED, practice=practice, link_worker=sam, is_safe_to_ring=True
    )


def post(client, route, callback=None, **data):
    args = [callback.reference] if callback else []
    return client.post(reverse(route, args=args), data, follow=True)


def page_of(client, callback, **query):
    return client.get(reverse("callback", args=[callback.reference]), query).content.decode()


def texts_to(callback):
    sent = callback.conversation.messages.filter(direction=Direction.OUTBOUND)
    return [message.text for message in sent]


# ------------------------------------------------------------------------- texting


def test_a_text_goes_out_and_the_page_says_that_the_bot_keeps_still(mine, client):
    page = post(client, "write_text", mine, **{"text-text": "Is the heating back on?"})
    assert texts_to(mine)[-1] == "Is the heating back on?"
    assert "Sam is writing, so Blether keeps still" in page.content.decode()
    page = post(client, "hand_back", mine).content.decode()
    assert "Blether answers their texts again" in page
    mine.conversation.refresh_from_db()
    assert not is_person_writing(mine.conversation)


def test_a_ready_made_text_stands_in_the_box_to_be_changed(mine, client):
    page = page_of(client, mine, template="utter_desk_ask_area")
    box = page.split('id="id_text-text"')[1].split("</textarea")[0]
    assert "What part of Glasgow are you in?" in box
    assert page_of(client, mine, template="utter_danger_abuse_danger").count("0800 027 1234") == 0


def test_an_unsafe_phone_gets_no_text_before_the_warning_is_ticked(practice, sam, client):
    callback = a_callback(
        status=Status.CLAIMED, practice=practice, link_worker=sam, is_safe_to_ring=False
    )
    page = post(client, "write_text", callback, **{"text-text": "Hello"})
    assert page.status_code == 422
    assert "Somebody else may read this phone" in page.content.decode()
    assert texts_to(callback) == []
    post(client, "write_text", callback, **{"text-text": "Hello", "text-warning_read": "on"})
    assert texts_to(callback) == ["Hello"]


def test_only_the_holder_texts(mine, practice, signed_in):
    morag = signed_in(a_link_worker(practice))
    for route, data in (
        ("write_text", {"text-text": "Hello"}),
        ("text_ahead", {"ringing-minutes": "10"}),
    ):
        assert post(morag, route, mine, **data).status_code == 422
    assert texts_to(mine) == []


def test_one_tap_says_when_the_call_comes(mine, client):
    page = post(client, "text_ahead", mine, **{"ringing-minutes": "10"}).content.decode()
    assert "Texted: you will ring" in page
    assert "from 0141 496 0101" in texts_to(mine)[0]


@pytest.mark.parametrize("data", [{}, {"ringing-minutes": "-5"}, {"ringing-at": "25:00"}])
def test_a_time_that_is_none_is_refused(data, mine, client):
    assert post(client, "text_ahead", mine, **data).status_code == 422
    assert texts_to(mine) == []


# --------------------------------------------------------------- next, closing, notes


def test_next_for_me_opens_the_best_fit_and_says_when_nobody_waits(practice, client):
    a_callback(practice=practice, name="Wendy")
    a_callback(practice=practice, name="Donna", is_urgent=True, safety="abuse_danger")
    assert "Donna" in post(client, "claim_next").content.decode().split("<h1")[1][:80]
    post(client, "claim_next")
    assert "Nobody is waiting for a call" in post(client, "claim_next").content.decode()


def test_a_full_caseload_is_told_kindly(practice, sam, client, mine):
    a_callback(practice=practice)
    sam.capacity = 1
    sam.save()
    assert "as many as you said you can" in post(client, "claim_next").content.decode()


def test_closing_keeps_supports_and_follow_up_and_says_that_they_were_told(mine, client, supports):
    from social_prescribing.supports import Support

    support = Support.objects.exclude(phone="").first()
    data = {
        "close-outcome": "reached",
        "close-supports": support.pk,
        "close-tells": "on",
        "close-follow_up_on": "2099-01-05",
    }
    page = post(client, "close_callback", mine, **data).content.decode()
    assert "They were told by text" in page
    assert support.name in texts_to(mine)[0]
    assert f"{support.name}</strong>" in page
    mine.refresh_from_db()
    assert mine.follow_up_on.year == 2099


def test_a_follow_up_in_the_past_is_refused(mine, client):
    data = {"close-outcome": "reached", "close-follow_up_on": "2020-01-05"}
    page = post(client, "close_callback", mine, **data)
    assert page.status_code == 422
    assert "Choose a day after today" in page.content.decode()


def test_handing_over_leaves_a_word_until_it_is_read(mine, practice, client, signed_in):
    morag = a_link_worker(practice, name="Morag Sinclair")
    data = {"hand-over-to": morag.pk, "hand-over-note": "Ring after two"}
    assert "Morag Sinclair’s caseload" in post(client, "hand_over", mine, **data).content.decode()
    hers = signed_in(morag)
    assert "Ring after two" in hers.get(reverse("queue")).content.decode()
    notice = morag.notices.get()
    client.post(reverse("read_notice", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.read_at is None, "a notice is marked by its own reader alone"
    hers.post(reverse("read_notice", args=[notice.pk]))
    assert "Ring after two" not in hers.get(reverse("queue")).content.decode()


def test_nothing_is_handed_to_strangers(mine, client):
    stranger = a_link_worker(provider=a_provider("Another provider"))
    data = {"hand-over-to": stranger.pk, "hand-over-note": "Yours"}
    assert post(client, "hand_over", mine, **data).status_code == 422
    mine.refresh_from_db()
    assert mine.link_worker.name == "Sam Reid"


def test_needs_are_corrected_with_the_main_one_first(mine, client):
    data = {"needs-needs": ["money", "housing"], "needs-main": "housing"}
    page = post(client, "correct_needs", mine, **data).content.decode()
    assert "Needs corrected" in page
    assert Callback.objects.get(pk=mine.pk).need_ids == ["housing", "money"]


def test_a_note_is_kept_in_the_history(mine, client):
    page = post(client, "write_note", mine, **{"note-note": "Has a dog that barks"})
    assert "Has a dog that barks" in page.content.decode().split("Attempts and history")[1]


def test_new_texts_show_on_the_caseload_until_the_page_is_opened(mine, client):
    from tests.factories import a_message

    client.get(reverse("callback", args=[mine.reference]))
    assert "They have texted" not in client.get(reverse("caseload")).content.decode()
    a_message("efter two is better", address=mine.conversation.address)
    assert "They have texted" in client.get(reverse("caseload")).content.decode()
    page_of(client, mine)
    assert "They have texted" not in client.get(reverse("caseload")).content.decode()


def test_the_call_sheet_has_no_number_where_others_may_see_it(practice, sam, client, mine):
    unsafe = a_callback(
        status=Status.CLAIMED, practice=practice, link_worker=sam, is_safe_to_ring=False,
        phone="+447700900777",
    )  # fmt: skip
    sheet = client.get(reverse("call_sheet", args=[mine.reference])).content.decode()
    assert "07700 900123" in sheet
    sheet = client.get(reverse("call_sheet", args=[unsafe.reference])).content.decode()
    assert "900777" not in sheet.replace(" ", "")


# ------------------------------------------------------------------ finding, filters


@pytest.mark.parametrize("words", ["Ena", "en", "07700 900123", "ENA"])
def test_an_open_callback_is_found_by_part_of_its_name_or_its_number(words, practice, client):
    a_callback(practice=practice, name="Ena Sharples")
    page = client.get(reverse("search"), {"q": words}).content.decode()
    assert "Ena Sharples" in page


def test_a_reference_opens_its_callback(practice, client):
    callback = a_callback(practice=practice)
    response = client.get(reverse("search"), {"q": callback.reference.lower()})
    assert response.url == reverse("callback", args=[callback.reference])


@pytest.mark.parametrize(("words", "is_found"), [("ena sharples", True), ("ena", False)])
def test_a_closed_one_is_found_by_its_whole_name(words, is_found, practice, client):
    a_callback(practice=practice, name="Ena Sharples", status=Status.CLOSED)
    page = client.get(reverse("search"), {"q": words}).content.decode()
    assert ("Closed: reached" in page) == is_found


def test_nobody_finds_another_practices_patient(client):
    callback = a_callback(name="Elsewhere")
    for words in ("Elsewhere", callback.reference):
        page = client.get(reverse("search"), {"q": words}).content.decode()
        assert "Nothing found" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"need": "food"}, {"Food"}),
        ({"language": "ar"}, {"Arabic"}),
        ({"due": "urgent"}, {"Urgent"}),
        ({"theme": "homelessness"}, {"Housing"}),
        ({"practice": "GOV1"}, {"Govan"}),
        ({"need": "nonsense", "due": "nonsense"}, {"Food", "Arabic", "Urgent", "Housing", "Govan"}),
    ],
)
def test_the_queue_narrows_to_what_was_chosen(query, names, practice, sam, client):
    a_theme("homelessness")
    govan = a_practice(code="GOV1", name="Govan Practice")
    sam.practices.add(govan)
    a_callback(practice=practice, name="Food", needs=("food",))
    a_callback(practice=practice, name="Arabic", language="ar")
    a_callback(practice=practice, name="Urgent", is_urgent=True)
    a_callback(practice=practice, name="Housing", needs=("housing",))
    a_callback(practice=govan, name="Govan")
    page = client.get(reverse("queue"), query).content.decode()
    shown = {
        name for name in ("Food", "Arabic", "Urgent", "Housing", "Govan") if f">{name}</a>" in page
    }
    assert shown == names


# ------------------------------------------------------- adding people, absence, alerts


def test_reception_adds_a_person_in_three_fields_and_sees_no_record(practice, signed_in):
    reception = signed_in(a_staff_member(Role.PRACTICE_STAFF, practice))
    data = {"name": "Wee Jeanie", "phone": "07700 900123", "words": "damp in the bedroom"}
    page = reception.post(reverse("add_person"), data, follow=True).content.decode()
    callback = Callback.objects.get()
    assert callback.reference in page
    assert (callback.asked_through, callback.practice) == (AskedThrough.STAFF, practice)
    assert reception.get(reverse("callback", args=[callback.reference])).status_code == 403


def test_what_more_is_known_is_kept(practice, client):
    data = {
        "name": "Wee Jeanie", "phone": "07700 900123", "words": "damp", "needs": ["housing"],
        "time_words": "mornings", "safe": "no", "voicemail": "no", "language": "ar",
    }  # fmt: skip
    client.post(reverse("add_person"), data)
    callback = Callback.objects.get()
    assert (callback.time_preference, callback.language) == ("morning", "ar")
    assert (callback.is_safe_to_ring, callback.voicemail_ok) == (False, False)
    assert texts_to(callback) == []


@pytest.mark.parametrize("wrong", ["name", "phone", "words"])
def test_each_of_the_three_is_needed(wrong, practice, client):
    data = {"name": "Wee Jeanie", "phone": "07700 900123", "words": "damp"} | {wrong: ""}
    assert client.post(reverse("add_person"), data).status_code == 422
    assert not Callback.objects.exists()


def test_an_absence_is_noted_and_taken_back(sam, practice, client):
    morag = a_link_worker(practice, name="Morag", provider=sam.provider)
    days = {"away-first_day": "2099-01-05", "away-last_day": "2099-01-09"}
    page = post(client, "be_away", **days, **{"away-covered_by": morag.pk}).content.decode()
    assert "Morag covers" in page
    post(client, "be_away", take_back=Absence.objects.get().pk)
    assert not Absence.objects.exists()


def test_an_absence_that_ends_before_it_begins_is_refused(client):
    days = {"away-first_day": "2099-01-09", "away-last_day": "2099-01-05"}
    assert post(client, "be_away", **days).status_code == 422


def test_an_alert_has_an_owner_and_steps_on_the_board(mine, practice, client, sam):
    alert = raise_safety_alert(mine.conversation, kind="abuse_danger", words="he's back")
    client.post(reverse("own_safety_alert", args=[alert.pk]))
    client.post(reverse("take_safety_step", args=[alert.pk]), {"step-what": "Rang, she is safe"})
    page = client.get(reverse("safety_alert", args=[alert.pk])).content.decode()
    assert "You see this through" in page
    assert "Rang, she is safe" in page
    assert "Sam Reid sees this through" in client.get(reverse("safety")).content.decode()


def test_an_alert_does_not_close_without_a_reason(mine, client):
    alert = raise_safety_alert(mine.conversation, kind="abuse_danger", words="he's back")
    path = reverse("close_safety_alert", args=[alert.pk])
    assert client.post(path, {"note": "Spoke to her"}).status_code == 422
    alert.refresh_from_db()
    assert alert.is_open


def test_a_notice_names_the_callback_it_is_about(mine, sam, client):
    give_notice(sam, callback=mine, text="Shug went back to the queue")
    page = client.get(reverse("caseload")).content.decode()
    assert "Shug went back to the queue" in page
