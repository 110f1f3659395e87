"""Whoever says that it is not safe to ring is taken at their word everywhere after."""

from datetime import datetime, time

import pytest
import time_machine

from social_prescribing.consent import opt_out
from social_prescribing.safe_contact import (
    keep_code_word,
    may_leave_voicemail,
    may_ring,
    may_text_unasked,
    note_safe_contact,
    read_code_word,
    tells_of_listener,
)
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_conversation

pytestmark = pytest.mark.django_db

# 1 December 2026 is a Tuesday.
TUESDAY_NOON = datetime(2026, 12, 1, 12, tzinfo=GLASGOW)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("code word is bluebell", "bluebell"),
        ("ma codeword's thistle", "thistle"),
        ("Only Tuesdays when he is out. Code word: Bluebell", "bluebell"),
        ("the code word will be blue bell please", "blue bell"),
        ("tuesday mornings, use the word heather so i know its you", "heather"),
        ("say “kelpie” so a know its yous", "kelpie"),
        ("bluebell is the code word", "bluebell"),
        ("password: rover", "rover"),
        ("do i need a code word", None),
        ("no code word thanks", None),
        ("what is the code word for", None),
        ("ring me tuesday", None),
        ("the postcode is G22", None),
    ],
)
def test_a_code_word_is_read_where_one_is_chosen(text, word):
    assert read_code_word(text) == word


def test_a_text_without_a_code_word_leaves_the_one_chosen_before():
    conversation = a_conversation()
    keep_code_word(conversation, "code word is bluebell")
    keep_code_word(conversation, "ring me on tuesday")
    conversation.refresh_from_db()
    assert conversation.code_word == "bluebell"


def test_where_it_is_not_safe_to_ring_the_times_given_are_a_limit():
    callback = a_callback(is_safe_to_ring=False, days=("tuesday",), not_after=time(12))
    assert may_ring(callback, TUESDAY_NOON.replace(hour=11))
    assert not may_ring(callback, TUESDAY_NOON.replace(hour=13))
    assert not may_ring(callback, TUESDAY_NOON.replace(day=2, hour=11))


def test_where_it_is_safe_to_ring_the_times_given_are_a_wish_and_nights_are_barred():
    callback = a_callback(is_safe_to_ring=True, days=("tuesday",), not_after=time(12))
    assert may_ring(callback, TUESDAY_NOON.replace(hour=13))
    assert not may_ring(callback, TUESDAY_NOON.replace(hour=7))
    assert not may_ring(callback, TUESDAY_NOON.replace(hour=20))


@pytest.mark.parametrize(
    ("said", "is_safe", "may"),
    [(True, True, True), (True, None, True), (True, False, False), (None, True, False)],
)
def test_a_voicemail_wants_a_yes_and_a_safe_phone(said, is_safe, may):
    assert may_leave_voicemail(a_callback(voicemail_ok=said, is_safe_to_ring=is_safe)) is may


def test_another_number_that_is_safe_does_not_make_this_phone_safe():
    callback = a_callback(voicemail_ok=True, is_safe_to_ring=True)
    note_safe_contact(callback.conversation, is_safe=False)
    assert not may_leave_voicemail(callback)


@time_machine.travel(TUESDAY_NOON, tick=False)
def test_nothing_unasked_goes_to_a_phone_that_is_not_safe_nor_after_stop():
    unsafe, stopped, neither = a_conversation(), a_conversation(), a_conversation()
    note_safe_contact(unsafe, is_safe=False)
    opt_out(stopped)
    assert [may_text_unasked(c) for c in (unsafe, stopped, neither)] == [False, False, True]


@pytest.mark.parametrize(("hour", "may"), [(7, False), (8, True), (19, True), (20, False)])
def test_nothing_unasked_goes_out_early_or_late(hour, may):
    assert may_text_unasked(a_conversation(), TUESDAY_NOON.replace(hour=hour)) is may


@pytest.mark.parametrize(
    ("text", "is_about_call", "tells"),
    [
        ("naw he listens to them", True, True),
        ("no way she picks up my messages", True, True),
        ("afternoons when ma husband's at his work", True, True),
        ("before he gets hame at 4", True, True),
        ("he checks ma phone", False, True),
        ("no, I never listen to them", True, False),
        ("when the weans are at school", True, False),
        ("ma da looks after the weans", False, False),
    ],
)
def test_what_tells_of_somebody_else_at_the_phone(text, is_about_call, tells):
    assert tells_of_listener(text, is_about_call=is_about_call) is tells
