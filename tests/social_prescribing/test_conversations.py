"""A text is stored once, exactly as it was sent."""

import pytest

from social_prescribing.conversations import (
    Channel,
    Conversation,
    Inbound,
    Message,
    find_or_start_conversation,
    open_question,
    receive_message,
    send_reply,
)
from tests.factories import a_contact_number, a_message, a_practice

pytestmark = pytest.mark.django_db


def test_a_repeat_by_the_providers_id_is_stored_once():
    inbound = Inbound(channel=Channel.SMS, address="+447700900123", text="hiya", provider_id="SM1")
    first, is_new = receive_message(inbound)
    again, is_new_again = receive_message(inbound)
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert Message.objects.count() == 1


def test_texts_without_a_providers_id_are_all_kept():
    inbound = Inbound(channel=Channel.REST, address="me", text="hiya")
    receive_message(inbound)
    receive_message(inbound)
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "text",
    ["مرحبا", "<script>alert(1)</script>", "'; drop table patients;--", "😭😭", "a\tb\r\nc", ""],
)
def test_the_patients_own_words_are_kept_exactly(text):
    assert Message.objects.get(pk=a_message(text).pk).text == text


def test_the_one_character_no_database_keeps_is_dropped():
    assert a_message("skint\x00 again").text == "skint again"


def test_no_reference_gives_away_a_number_or_a_web_chat_secret():
    for channel, address in ((Channel.SMS, "+447700900123"), (Channel.WEB, "the-secret")):
        conversation = find_or_start_conversation(channel=channel, address=address)
        assert address.strip("+") not in conversation.reference


def test_a_caller_over_http_cannot_take_over_another_channels_conversation():
    theirs = find_or_start_conversation(channel=Channel.WEB, address="the-secret")
    mine = find_or_start_conversation(channel=Channel.REST, address=theirs.reference)
    assert mine.reference != theirs.reference


def test_a_number_of_one_practice_names_the_practice_and_a_shared_one_does_not():
    practice = a_practice()
    own, shared = a_contact_number(practice), a_contact_number(practice, a_practice())
    start = {"channel": Channel.SMS, "address": "+447700900123"}
    assert find_or_start_conversation(**start, contact_number=own).practice == practice
    assert find_or_start_conversation(**start, contact_number=shared).practice is None
    assert Conversation.objects.count() == 2


def test_the_open_question_is_what_was_asked_last():
    message = a_message()
    assert open_question(message.conversation) == ""
    send_reply(message, "What is your name?", asks="name")
    assert open_question(message.conversation) == "name"
