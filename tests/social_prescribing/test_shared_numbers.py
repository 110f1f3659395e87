"""One contact number, several practices: which one a patient is with."""

import pytest

from social_prescribing.callback_requests import CallbackRequest, request_callback
from social_prescribing.conversations import Channel, find_or_start_conversation
from social_prescribing.practices import find_practice
from social_prescribing.shared_numbers import (
    is_only_keyword,
    settle_practice,
    words_to_understand,
)
from tests.factories import a_contact_number, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices(db):
    """Two that share a number."""
    castlemilk = a_practice(
        name="Castlemilk Medical Practice",
        name_for_texts="Castlemilk Practice",
        neighbourhood="Castlemilk",
        postcode_district="G45",
        other_names="Dr Khan, Dr McBride, Dougrie Drive",
    )
    gorbals = a_practice(
        name="Old Rutherglen Road Surgery",
        name_for_texts="Gorbals Practice",
        neighbourhood="Gorbals",
        postcode_district="G5",
        other_names="Dr Singh, Dr O'Hara",
        keyword="gorbals",
    )
    return {"castlemilk": castlemilk, "gorbals": gorbals}


@pytest.fixture
def number(practices):
    return a_contact_number(*practices.values())


def a_conversation(number, address="+447700900777"):
    return find_or_start_conversation(
        channel=Channel.SIMULATED_SMS, address=address, contact_number=number
    )


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("Castlemilk", "castlemilk"),
        ("the castlemulk wan", "castlemilk"),
        ("Dr Khan", "castlemilk"),
        ("dr mcbryde", "castlemilk"),
        ("the one in dougrie drive", "castlemilk"),
        ("gorbals", "gorbals"),
        ("doctor singh", "gorbals"),
        ("Dr OHara's", "gorbals"),
        ("no the Castlemilk one, the Gorbals", "gorbals"),
        ("the first one", "castlemilk"),
        ("2", "gorbals"),
        ("the second yin", "gorbals"),
        ("G5", "gorbals"),
        ("dunno", None),
        ("the practice", None),
        ("Castlemilk or Gorbals", None),
        ("Dr Smith", None),
    ],
)
def test_an_answer_says_which_practice(practices, answer, wanted):
    found = find_practice(answer, among=list(practices.values()))
    assert found == (practices[wanted] if wanted else None)


def test_the_keyword_on_the_poster_says_which(practices, number):
    conversation = a_conversation(number)
    assert settle_practice(conversation, "GORBALS") == practices["gorbals"]
    conversation.refresh_from_db()
    assert conversation.practice == practices["gorbals"]


def test_the_keyword_is_not_taken_for_what_the_patient_needs(number):
    conversation = a_conversation(number)
    assert is_only_keyword(conversation, "GORBALS")
    assert words_to_understand(conversation, "GORBALS. nae food in") == "nae food in"
    assert words_to_understand(conversation, "gorbals is freezing") == "gorbals is freezing"


def test_an_answer_about_the_area_names_no_practice(number):
    conversation = a_conversation(number)
    assert settle_practice(conversation, "Gorbals", asks="area") is None


def test_what_has_nothing_to_do_with_a_practice_settles_nothing(number):
    conversation = a_conversation(number)
    assert settle_practice(conversation, "skint and staying in Castlemilk") is None


def test_the_last_practice_of_the_patient_is_remembered(practices, number):
    conversation = a_conversation(number)
    request_callback(conversation, a_request(practices["castlemilk"]))
    other_number = a_contact_number(*practices.values())
    again = a_conversation(other_number)
    assert settle_practice(again, "hiya, me again") == practices["castlemilk"]


def test_who_moves_to_the_other_practice_takes_the_waiting_callback_along(practices, number):
    conversation = a_conversation(number)
    callback = request_callback(conversation, a_request(practices["castlemilk"]))
    conversation.refresh_from_db()
    settle_practice(conversation, "I left Castlemilk, am wi the Gorbals practice noo")
    callback.refresh_from_db()
    assert callback.practice == practices["gorbals"]
    assert callback.patient.practice == practices["gorbals"]


def test_a_number_of_one_practice_never_changes_hands(practices):
    own = a_contact_number(practices["castlemilk"])
    conversation = a_conversation(own)
    assert settle_practice(conversation, "the Gorbals practice") == practices["castlemilk"]
    assert words_to_understand(conversation, "CASTLEMILK") == "CASTLEMILK"


def a_request(practice):
    return CallbackRequest(
        needs=("food",), words="nae food in", name="Rena", phone="+447700900777", practice=practice
    )
