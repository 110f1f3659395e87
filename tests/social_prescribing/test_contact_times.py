"""When it is good to ring, read from what patients write."""

from datetime import datetime, time

import pytest

from social_prescribing.callbacks import TimePreference
from social_prescribing.contact_times import (
    is_good_time,
    read_contact_times,
    times_in_words,
    times_to_slot,
)
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback

MONDAY = datetime(2026, 11, 23, 10, tzinfo=GLASGOW)
TEN, ELEVEN, NOON, ONE, TWO, THREE = (time(hour) for hour in (10, 11, 12, 13, 14, 15))
ANY, MORNING = TimePreference.ANY, TimePreference.MORNING
AFTERNOON, EVENING = TimePreference.AFTERNOON, TimePreference.EVENING
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


@pytest.mark.parametrize(
    ("text", "days", "not_before", "not_after", "preference"),
    [
        ("no before 10 a drop the weans aff", (), TEN, None, ANY),
        ("whenever", (), None, None, ANY),
        ("doesn't matter when", (), None, None, ANY),
        ("efter ma work a finish hauf 2", (), time(14, 30), None, ANY),
        ("any day but Wednesday", ("monday", "tuesday", "thursday", "friday"), None, None, ANY),
        ("mornings", (), None, None, MORNING),
        ("tmrw aft", ("tuesday",), None, None, AFTERNOON),
        ("the morra mornin", ("tuesday",), None, None, MORNING),
        ("efter the school run", (), time(9, 30), None, ANY),
        ("when the weans are at school", (), time(9, 30), time(14, 30), ANY),
        ("tues or thurs before 12", ("tuesday", "thursday"), None, NOON, ANY),
        ("weekends are best", ("saturday", "sunday"), None, None, ANY),
        ("am on nights so no till 3", (), THREE, None, ANY),
        ("between 1 and 3", (), ONE, THREE, AFTERNOON),
        ("9 to 1", (), time(9), ONE, ANY),
        ("mon-fri after 5.30", WEEK, time(17, 30), None, ANY),
        ("quarter to 3", (), time(14, 45), time(15, 45), AFTERNOON),
        ("in the evening after 6", (), time(18), None, EVENING),
        ("not before noon, my tablets make me sleepy", (), NOON, None, ANY),
        ("before lunch", (), None, NOON, ANY),
        ("dialysis mon wed fri so tues or thurs", ("tuesday", "thursday"), None, None, ANY),
        ("bingo on thursdays, no then", ("monday", "tuesday", "wednesday", "friday"), None, None,
         ANY),
        ("today before 4", ("monday",), None, time(16), ANY),
        ("14:00 onwards", (), TWO, None, ANY),
        ("ma phone's gettin fixed monday so ring thursday", ("thursday",), None, None, ANY),
        ("phone me friday", ("friday",), None, None, ANY),
        ("am in the hospital on Monday so not then", ("tuesday", "wednesday", "thursday", "friday"),
         None, None, ANY),
    ],
)  # fmt: skip
def test_what_people_write(text, days, not_before, not_after, preference):
    times = read_contact_times(text, now=MONDAY)
    read = (times.days, times.not_before, times.not_after, times.preference)
    assert read == (days, not_before, not_after, preference)
    assert times.words == text


def test_a_time_by_itself_leaves_an_hour_for_the_call():
    times = read_contact_times("about 11")
    assert (times.not_before, times.not_after) == (ELEVEN, NOON)


@pytest.mark.parametrize("text", ["what do you mean", "Shug", "07700 900123", "", "the blue one"])
def test_what_says_nothing_of_time(text):
    assert read_contact_times(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "moment", "is_good"),
    [
        ({"not_before": TEN}, datetime(2026, 11, 23, 9, 59), False),
        ({"not_before": TEN}, datetime(2026, 11, 23, 10), True),
        ({"time_preference": MORNING}, datetime(2026, 11, 23, 14), False),
        ({"days": ("tuesday",)}, datetime(2026, 11, 23, 11), False),
        ({"days": ("tuesday",), "not_after": NOON}, datetime(2026, 11, 24, 11), True),
        ({}, datetime(2026, 11, 23, 11), True),
    ],
)
def test_when_it_is_good_to_ring(asked, moment, is_good):
    assert is_good_time(a_callback(**asked), moment.replace(tzinfo=GLASGOW)) is is_good


def test_days_alone_are_told_as_days_alone():
    times = times_to_slot(read_contact_times("tuesday or thursday"))
    assert times_in_words(times) == "Tuesday or Thursday"


@pytest.mark.parametrize(
    "text",
    [
        "soz my fone is gettin cut off on friday can they get me on ma das nmbr insted",
        "ma mobile's getting cut aff friday",
        "they're cuttin ma phone aff on thursday",
        "am losing this number on friday",
        "my contract ends on tuesday, use the other one",
        "ma credit runs oot the morra",
        "I'm getting a new phone on Wednesday",
        "my phone is in for repair on monday",
        "changing ma number on the friday",
    ],
)
def test_the_day_on_which_the_phone_goes_is_no_wish_for_a_call(text):
    assert read_contact_times(text, now=MONDAY) is None


@pytest.mark.parametrize(
    "text", ["Friday morning full stop", "comma friday comma the morning full stop new line"]
)
def test_dictated_stops_are_no_words_of_time(text):
    times = read_contact_times(text, now=MONDAY)
    assert (times.days, times.preference) == (("friday",), "morning")
