"""What a patient's own words say of who they are."""

import csv

import pytest

from social_prescribing.circumstances import WORDS, read_age, read_circumstances
from social_prescribing.supports import CIRCUMSTANCES


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("I am 72 and see nobody", 72),
        ("a'm 17 year old", 17),
        ("72 yr old man here", 72),
        ("im only 15", 15),
        ("I am 12 weeks pregnant", None),
        ("am 30 quid down", None),
        ("I've lived here 40 years", None),
        ("my son is 14", None),
        ("i am 5 foot 2", None),
        ("am 9 an ma mum is sleepin", 9),
        ("im in S3 at Govan high", 14),
        ("lassie 15 yrs, need help", 15),
        ("be 16 in May", 16),
        ("i am 9 to 5 at ma work", None),
        ("worked 40 years there", None),
        ("am 14 miles away", None),
    ],
)
def test_the_age_that_somebody_states_of_themselves(words, age):
    assert read_age(words) == age


def test_writing_for_somebody_else_it_is_their_age_that_counts():
    assert read_age("I'm 40, my mum is 82 and cannot get out", on_behalf=True) == 82


@pytest.mark.parametrize(
    ("words", "needs", "said"),
    [
        ("I'm a man and she hits me", ["domestic_abuse"], {"men"}),
        ("gas man condemned the boiler", ["energy"], set()),
        ("I am a woman, scared of him", ["domestic_abuse"], {"women"}),
        ("sheriff officers at the door", ["money"], {"debt"}),
        ("I got refugee status, must leave Mears flat", ["housing"], {"refugees", "homeless"}),
        ("my physiotherapist moved my drink", ["disability"], set()),
        ("ma man's drinking again", ["addiction"], {"someone_elses_addiction"}),
        ("stop the fags", ["healthy_living"], {"smoking"}),
        ("new to Glasgow and no pals", ["loneliness"], {"migrants"}),
        ("I am 81 and on my own", ["loneliness"], {"older_people"}),
        ("single mum on universal credit", ["money"], {"lone_parents", "low_income"}),
    ],
)
def test_who_the_words_say_the_patient_is(words, needs, said):
    assert read_circumstances(words, needs=needs) - {"homeless"} == said - {"homeless"}


def test_who_writes_for_somebody_else_says_nothing_of_their_sex():
    assert not read_circumstances("I'm a mum, my son is in debt", on_behalf=True) & {"women"}


def test_every_circumstance_of_a_support_has_words():
    with WORDS.open(encoding="utf-8", newline="") as file:
        assert {row[0] for row in list(csv.reader(file))[1:]} == set(CIRCUMSTANCES)
