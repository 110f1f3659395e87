"""A practice's sites, their hours as people say them, and its own words in the greeting."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from social_prescribing.own_words import greeting, plain_words, why_not_own_words
from social_prescribing.practices import find_practice
from social_prescribing.segments import MOST_SEGMENTS, segments
from social_prescribing.sites import Site, check_site_hours, main_site, site_near
from social_prescribing.spoken_hours import days_in_words, hours_in_words
from tests.factories import a_practice

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("", []),
        ("24/7", ["day and night"]),
        ("Mo-Fr 08:30-18:00", ["Monday to Friday: 8:30am to 6pm"]),
        (
            "Mo-Fr 08:30-18:00; We 08:30-13:00",
            ["Monday, Tuesday, Thursday and Friday: 8:30am to 6pm", "Wednesday: 8:30am to 1pm"],
        ),
        ("Tu 09:00-12:00,13:30-17:00", ["Tuesday: 9am to 12pm and 1:30pm to 5pm"]),
        ("Mo-Su 00:00-24:00", ["Monday to Sunday: all day"]),
        ("Fr 18:00-24:00", ["Friday: 6pm to midnight"]),
        ("Mo-Fr 09:00-17:00; Dec Mo-Fr off", ["Monday: 9am to 5pm"]),
    ],
)
def test_hours_are_said_as_people_say_them(hours, said):
    assert hours_in_words(hours, SATURDAY) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["tuesday"], "Tuesday"),
        (["thursday", "tuesday"], "Tuesday and Thursday"),
        (["monday", "tuesday", "wednesday"], "Monday to Wednesday"),
        (["monday", "tuesday", "wednesday", "friday"], "Monday to Wednesday and Friday"),
    ],
)
def test_days_are_said_as_people_say_them(days, said):
    assert days_in_words(days) == said


@pytest.mark.parametrize("hours", ["half eight to six", "Mo-Fr 18:00-02:00", "Mo-Fr 8-25"])
def test_hours_that_cannot_be_read_are_refused(hours):
    with pytest.raises(ValidationError):
        check_site_hours(hours)


@pytest.fixture
def practice(db):
    practice = a_practice(neighbourhood="Possilpark")
    Site.objects.create(practice=practice, address="138 Balmore Road", postcode="G22 6LJ")
    Site.objects.create(
        practice=practice,
        is_branch=True,
        name="Balornock branch",
        address="7 Wallacewell Road",
        postcode="G21 3AB",
        neighbourhood="Balornock",
    )
    return practice


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("near the practice", "G22 6LJ"),
        ("roon the corner fae the surgery", "G22 6LJ"),
        ("near the Balornock branch", "G21 3AB"),
        ("just by the surgery in wallacewell rd", "G21 3AB"),
        ("near the ballornock surgery", "G21 3AB"),
        ("beside the doctors in balmore road", "G22 6LJ"),
    ],
)
def test_near_the_practice_is_near_the_site_that_is_meant(practice, text, postcode):
    assert site_near(practice, text).postcode == postcode


def test_a_practice_of_which_no_site_is_known_has_none(db):
    practice = a_practice()
    assert main_site(practice) is site_near(practice, "near the practice") is None


def test_of_practices_that_share_a_number_a_branch_says_which(practice):
    other = a_practice(name="Govan Practice", neighbourhood="Govan", postcode_district="G51")
    assert find_practice("the wan in balornock", among=[practice, other]) == practice
    assert find_practice("wallacewell road", among=[practice, other]) == practice
    assert find_practice("G21", among=[practice, other]) == practice


def test_a_practice_has_one_surgery_and_every_branch_a_name(practice):
    for given in ({}, {"is_branch": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Site.objects.create(practice=practice, **given)


# ------------------------------------------------------------------ own words in the greeting

FINE = "Morag and Sam are our link workers. The bus stop is outside."


def test_own_words_stand_in_the_greeting():
    text = greeting("Possil Practice", FINE)
    assert f"a computer at Possil Practice. {FINE} Link workers read this." in text
    assert segments(text) <= MOST_SEGMENTS
    assert "Practice. Link workers read this" in greeting("Possil Practice")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (FINE, ""),
        ("We start at 8. Help is free.", ""),
        ("Welcome 😀", "cannot carry 😀"),
        ("Dzień dobry", "cannot carry ń"),
        ("How are you", ""),
        ("How are you?", "Ask nothing here"),
        ("Send STOP any time.", "Leave out STOP"),
        ("Reply yes if you want a call.", "Leave out YES"),
        ("Text 'cancel' to us.", "Leave out CANCEL"),
        ("x" * 200, "letters shorter"),
    ],
)
def test_own_words_are_checked_as_the_greeting_is(words, why):
    found = why_not_own_words(words, name_for_texts="Castlemilk Demo Practice")
    assert why in found and bool(why) == bool(found)


def test_how_much_too_long_is_said_to_the_letter():
    name, words = "P" * 30, "x" * 200
    why = why_not_own_words(words, name_for_texts=name)
    too_many = int("".join(filter(str.isdigit, why)))
    assert why_not_own_words(words[too_many:], name_for_texts=name) == ""
    assert why_not_own_words(words[too_many - 1 :], name_for_texts=name)


def test_signs_of_a_word_processor_become_plain_ones():
    assert plain_words(" We’re “here”\n– Sam ") == 'We\'re "here" - Sam.'
    assert plain_words("") == ""
