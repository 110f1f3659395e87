"""What a patient is told of their practice: its own words, its hours, its link worker's days."""

import pytest

from actions.answer_question import answer
from actions.request_callback import say_when
from social_prescribing.promises import looks
from social_prescribing.questions import read_question_of_practice
from social_prescribing.segments import MOST_SEGMENTS, segments
from social_prescribing.sites import Site
from social_prescribing.words import wording
from tests.factories import a_conversation, a_link_worker, a_practice

pytestmark = pytest.mark.django_db

OFFICE = "Mo-Fr 08:30-18:00; We 08:30-13:00"


class Said:
    """What the bot says, its gaps filled as Rasa fills them."""

    def __init__(self):
        self.texts = []

    def utter_message(self, response, **words):
        self.texts.append(wording(response, **words))

    @property
    def text(self):
        (text,) = self.texts
        return text


@pytest.fixture
def said():
    return Said()


@pytest.fixture
def practice():
    practice = a_practice(name_for_texts="Possil Practice")
    Site.objects.create(practice=practice, address="1 High St", postcode="G22 6LJ", hours=OFFICE)
    return practice


@pytest.fixture
def patient(practice):
    return a_conversation(practice=practice)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-26 10:00", "open until 6pm today"),
        ("2026-11-25 10:00", "open until 1pm today"),
        ("2026-11-25 14:00", "shut now. It opens at 8:30am on Thursday 26 November"),
        ("2026-11-28 23:00", "It opens at 8:30am on Tuesday 1 December"),  # Monday: St Andrew's
    ],
)
def test_who_wants_a_doctor_hears_whether_reception_picks_up_now(patient, said, clock, at, told):
    clock(at)
    answer(said, patient, "ask_doctor")
    assert told in said.text and "0141 496 0100" in said.text and "999" in said.text
    assert "111" in said.text or "open until" in said.text
    assert segments(said.text) <= MOST_SEGMENTS


def test_on_a_bank_holiday_nothing_is_promised_of_hours(patient, said, clock):
    clock("2026-12-25 10:00")
    answer(said, patient, "ask_doctor")
    answer(said, patient, "ask_opening_hours")
    assert "open until" not in said.texts[0] and "or 111 if it is closed" in said.texts[0]
    assert "mostly opens" in said.texts[1]


def test_the_hours_of_the_surgery_come_first_and_then_its_branches(practice, patient, said, clock):
    clock("2026-11-26 10:00")
    branch = {"is_branch": True, "address": "2 Low St", "postcode": "G21 1AA"}
    Site.objects.create(
        practice=practice, name="Balornock branch", hours="Tu,Th 09:00-12:00", **branch
    )
    answer(said, patient, "ask_opening_hours")
    assert "Possil Practice is open now" in said.text
    assert said.text.index("Wednesday: 8:30am to 1pm") < said.text.index(
        "Balornock branch: Tuesday and Thursday: 9am to 12pm"
    )
    assert segments(said.text) <= MOST_SEGMENTS


def test_where_it_is_is_told_of_every_site(practice, patient, said):
    branch = {"is_branch": True, "address": "2 Low St", "postcode": "G21 1AA"}
    Site.objects.create(practice=practice, name="Balornock branch", **branch)
    answer(said, patient, "ask_where")
    answer(said, a_conversation(), "ask_where")
    assert "1 High St, G22 6LJ\nBalornock branch: 2 Low St, G21 1AA" in said.texts[0]
    assert "Ring your GP practice" in said.texts[1]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("when are you open", "ask_opening_hours"),
        ("whit time dae yous open the morra", "ask_opening_hours"),
        ("are yous open on a saturday?", "ask_opening_hours"),
        ("opening times", "ask_opening_hours"),
        ("is the surgery shut the now", "ask_opening_hours"),
        ("what time does the practice close", "ask_opening_hours"),
        ("is the Balornock branch open wednesdays", "ask_opening_hours"),
        ("where is the surgery", "ask_where"),
        ("whaur ur yous", "ask_where"),
        ("what's the address of the practice?", "ask_where"),
        ("is the food bank open", None),
        ("where are you from", None),
        ("are you open to trying a group", None),
        ("where do I go for food", None),
        ("when will she ring", None),
        ("my opening was shut in by the door and I cannot get out of the house", None),
        ("she is open with me", None),
    ],
)
def test_a_question_of_the_practice_is_told_from_others(text, intent):
    assert read_question_of_practice(text) == intent


def test_hours_that_take_too_long_to_tell_are_told_by_reception(practice, patient, said, clock):
    clock("2026-11-26 10:00")
    days = ("Mo", "Tu", "We", "Th", "Fr")
    each_different = "; ".join(
        f"{day} 08:{30 + number}-12:00,13:{10 + number}-17:30" for number, day in enumerate(days)
    )
    practice.sites.update(hours=each_different)
    answer(said, patient, "ask_opening_hours")
    assert segments(said.text) <= MOST_SEGMENTS
    assert "Ring Possil Practice on 0141 496 0100 to ask" in said.text


def test_a_practice_without_hours_and_an_unknown_one_say_whom_to_ask(said, clock):
    clock("2026-11-26 10:00")
    answer(said, a_conversation(practice=a_practice()), "ask_opening_hours")
    answer(said, a_conversation(), "ask_opening_hours")
    answer(said, a_conversation(), "ask_doctor")
    assert "I do not know the hours. Ring Practice" in said.texts[0]
    assert "Ring your GP practice" in said.texts[1]
    assert "or 111 if it is closed" in said.texts[2]


def test_the_days_of_the_link_worker_are_told_where_they_are_not_all(practice, patient, said):
    answer(said, patient, "ask_link_worker")
    sam = a_link_worker(practice)
    sam.days_at_practices.update(days=["tuesday", "thursday"])
    answer(said, patient, "ask_link_worker")
    assert "there on" not in said.texts[0]
    assert "there on Tuesday and Thursday" in said.texts[1]


def test_a_call_is_promised_for_a_day_on_which_somebody_is_there(practice, patient, said, clock):
    clock("2026-11-24 10:00")  # a Tuesday
    practice.callback_within_days = 1
    practice.save()
    say_when(said, patient, "when will you ring")
    a_link_worker(practice).days_at_practices.update(days=["tuesday"])
    patient.refresh_from_db()
    say_when(said, patient, "when will you ring")
    assert "5pm on Wednesday 25 November" in said.texts[0]
    assert "5pm on Tuesday 1 December" in said.texts[1]


def test_when_a_person_looks_is_told_by_the_days_of_the_practice(practice, patient, clock):
    clock("2026-11-25 10:00")  # a Wednesday
    assert looks(patient) == "within the hour"
    a_link_worker(practice).days_at_practices.update(days=["friday"])
    assert looks(patient) == "at 9am on Friday 27 November"
