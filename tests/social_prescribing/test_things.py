"""What patients ask for, by our own list."""

import pytest

from social_prescribing.needs import NEEDS
from social_prescribing.things import read_things, things


@pytest.mark.parametrize(
    ("words", "need", "ids"),
    [
        ("cannae get tae ma chemo at the Beatson", "transport", ["hospital_lift"]),
        (
            "a lift tae the messages, nae bus oot here",
            "transport",
            ["shopping_trip", "no_bus"],
        ),
        ("The damp is in the wean's room and the boiler broke", "housing", ["damp", "repairs"]),
        ("The damp is in the wean's room and the boiler broke", "energy", ["no_heating"]),
        ("naebody to talk tae since ma man died", "bereavement", ["grief_counselling"]),
        ("I'd like ESOL, my English is small", "employment_learning", ["english_classes"]),
        ("hello", "food", []),
    ],
)
def test_what_words_ask_for(words, need, ids):
    assert read_things(words, [need]) == ({need: ids} if ids else {})


def test_only_of_the_needs_that_are_asked_about():
    assert read_things("the boiler and the damp", ["food"]) == {}


def test_the_list_names_known_needs_and_nothing_about_abuse():
    needs = {thing.need for thing in things().values()}
    assert needs == set(NEEDS) - {"domestic_abuse"}


def test_nothing_on_the_list_can_hold_what_a_patient_wrote():
    for thing in things().values():
        assert thing.name[0].isupper() and len(thing.name) <= 40
        assert thing.id.replace("_", "").isalpha()
