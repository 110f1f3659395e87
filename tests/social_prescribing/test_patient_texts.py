"""Two-way texting: never to an unsafe phone without a warning, and the bot keeps still."""

from datetime import datetime

import pytest

from social_prescribing.callbacks import Status
from social_prescribing.consent import opt_out
from social_prescribing.conversations import Channel, Direction
from social_prescribing.errors import TextRefused, UnsafePhone
from social_prescribing.patient_texts import (
    TEMPLATES,
    hand_back_to_bot,
    is_person_writing,
    say_when_ringing,
    template_texts,
    when_in_a_text,
    words_of_handing_back,
    write_to_patient,
)
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_link_worker, a_message, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(clock):
    clock("2026-11-26 10:00")
    return a_link_worker(a_practice(name_for_texts="Possil Practice"), name="Sam Reid")


def held(sam, **given):
    return a_callback(
        status=Status.CLAIMED, practice=sam.practices.first(), link_worker=sam, **given
    )


def texts_to(callback):
    sent = callback.conversation.messages.filter(direction=Direction.OUTBOUND)
    return [message.text for message in sent]


def glasgow(words):
    return datetime.fromisoformat(words).replace(tzinfo=GLASGOW)


def test_the_first_text_says_that_a_person_writes_and_the_second_does_not(sam):
    callback = held(sam)
    write_to_patient(callback, "Is the heating back on?", link_worker=sam)
    write_to_patient(callback, "And the hot water?", link_worker=sam)
    assert texts_to(callback) == [
        "Sam here, a link worker at Possil Practice. You are texting with me now, not the "
        "computer.",
        "Is the heating back on?",
        "And the hot water?",
    ]
    assert callback.conversation.messages.last().written_by == sam


def test_the_bot_is_silent_while_a_person_writes_and_says_so_when_it_answers_again(sam, clock):
    callback = held(sam)
    conversation = callback.conversation
    write_to_patient(callback, "Is the heating back on?", link_worker=sam)
    clock("2026-11-26 13:59")
    assert is_person_writing(conversation)
    assert words_of_handing_back(conversation) == ""
    clock("2026-11-26 14:01")
    assert not is_person_writing(conversation)
    assert words_of_handing_back(conversation) == (
        "This is the computer again. Sam can still read what you send."
    )
    assert words_of_handing_back(conversation) == ""


def test_silence_ends_with_the_working_day(sam, clock):
    clock("2026-11-26 16:30")
    callback = held(sam)
    write_to_patient(callback, "Is the heating back on?", link_worker=sam)
    clock("2026-11-26 17:01")
    assert not is_person_writing(callback.conversation)


def test_a_link_worker_hands_back_to_the_bot(sam):
    callback = held(sam)
    write_to_patient(callback, "Is the heating back on?", link_worker=sam)
    hand_back_to_bot(callback.conversation)
    assert not is_person_writing(callback.conversation)


def test_an_unsafe_phone_gets_a_text_only_after_the_warning_was_read_and_no_greeting(sam):
    callback = held(sam, is_safe_to_ring=False, safe_contact="ma man reads ma phone")
    with pytest.raises(UnsafePhone, match="ma man reads ma phone"):
        write_to_patient(callback, "Hi, it's me", link_worker=sam)
    assert texts_to(callback) == []
    write_to_patient(callback, "Hi, it's me", link_worker=sam, warning_read=True)
    assert texts_to(callback) == ["Hi, it's me"]


def test_saying_when_the_call_comes_names_the_number_that_rings(sam):
    callback = held(sam)
    say_when_ringing(callback, link_worker=sam, when=glasgow("2026-11-26 14:00"))
    assert texts_to(callback) == [
        "This is Sam, the link worker from Possil Practice. I will ring you at 2pm from "
        "0141 496 0101. Text here if that does not suit."
    ]
    assert callback.next_step_at == glasgow("2026-11-26 14:00")


def test_on_an_unsafe_phone_it_names_neither_practice_nor_number(sam):
    callback = held(sam, is_safe_to_ring=False)
    say_when_ringing(callback, link_worker=sam, when=glasgow("2026-11-26 14:00"), warning_read=True)
    assert texts_to(callback) == ["Hi, it is Sam. I will ring you at 2pm, as you asked."]


def test_who_sent_stop_is_not_texted_warning_or_not(sam):
    callback = held(sam)
    opt_out(callback.conversation)
    with pytest.raises(TextRefused, match="STOP"):
        write_to_patient(callback, "Hello?", link_worker=sam, warning_read=True)


def test_a_landline_is_not_texted(sam):
    message = a_message(channel=Channel.SMS, address="+441414960555")
    callback = held(sam, conversation=message.conversation)
    with pytest.raises(TextRefused, match="landline"):
        write_to_patient(callback, "Hello?", link_worker=sam)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 307])
def test_nothing_empty_and_nothing_longer_than_two_texts(sam, text):
    with pytest.raises(TextRefused):
        write_to_patient(held(sam), text, link_worker=sam)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-11-26 14:00", "at 2pm"),
        ("2026-11-27 09:30", "tomorrow at 9:30am"),
        ("2026-12-01 10:00", "on Tuesday at 10am"),
        ("2026-12-10 10:00", "on Thursday 10 December at 10am"),
    ],
)
def test_times_in_texts_are_spoken(sam, when, words):
    assert when_in_a_text(glasgow(when)) == words


def test_every_template_has_its_words(sam):
    callback = held(sam)
    assert len(template_texts(callback)) == len(TEMPLATES)
