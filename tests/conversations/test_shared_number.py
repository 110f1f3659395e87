"""Two practices on one contact number, through the trained model and the real channel code."""

import pytest
from asgiref.sync import sync_to_async

from social_prescribing.callbacks import Callback
from tests.conversations.player import Player
from tests.factories import a_contact_number, a_practice

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ANSWERS = {
    "area": "Castlemilk",
    "want_callback": "aye",
    "name": "Rena",
    "time": "mornings",
    "voicemail": "naw",
    "safe_contact": "aye its fine",
    "confirm": "aye",
}


@pytest.fixture
def number(transactional_db):
    castlemilk = a_practice(
        name="Castlemilk Practice",
        name_for_texts="Castlemilk Practice",
        neighbourhood="Castlemilk",
        postcode_district="G45",
        other_names="Dr Khan",
    )
    gorbals = a_practice(
        name="Gorbals Practice",
        name_for_texts="Gorbals Practice",
        neighbourhood="Gorbals",
        postcode_district="G5",
        other_names="Dr Singh",
    )
    return a_contact_number(castlemilk, gorbals, e164="+441414960555")


@pytest.fixture
def patient(agent, number, supports_committed):
    return Player(agent=agent, address="+447700900555", contact_number=number)


@sync_to_async
def _practice_of_callback():
    callback = Callback.objects.select_related("practice").get()
    return callback.practice and callback.practice.name


async def test_the_posters_keyword_says_which_and_nothing_is_asked(patient):
    await patient.play({"says": ["GORBALS", "nae food in the hoose"], "answers": ANSWERS})
    assert await _practice_of_callback() == "Gorbals Practice", patient.transcript
    assert not any("Which practice" in reply for reply in patient.replies), patient.transcript


async def test_without_it_the_bot_asks_once_and_reads_the_doctors_name(patient):
    answers = ANSWERS | {"practice": "Dr Singh's"}
    await patient.play({"says": ["nae food in the hoose"], "answers": answers})
    assert await _practice_of_callback() == "Gorbals Practice", patient.transcript
    asked = [reply for reply in patient.replies if "Which practice" in reply]
    assert len(asked) == 1, patient.transcript


async def test_who_does_not_know_is_asked_once_and_still_gets_a_call(patient):
    answers = ANSWERS | {"practice": "haven't a clue"}
    await patient.play({"says": ["nae food in the hoose"], "answers": answers})
    assert await _practice_of_callback() is None, patient.transcript
    said = [reply for reply in patient.replies if "I do not know which practice" in reply]
    assert len(said) == 1, patient.transcript


async def test_a_patient_moves_from_one_practice_to_the_other(patient):
    answers = ANSWERS | {"practice": "Castlemilk"}
    await patient.play({"says": ["nae food in the hoose"], "answers": answers})
    assert await _practice_of_callback() == "Castlemilk Practice", patient.transcript
    await patient.send("a left the Castlemilk practice, am wi the Gorbals doctors noo")
    assert await _practice_of_callback() == "Gorbals Practice", patient.transcript
