"""Texts wait in the inbox until they are answered, once and in order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from social_prescribing.consent import opt_out
from social_prescribing.conversations import Channel, Message
from social_prescribing.inbox import (
    MOST_TRIES,
    Reply,
    are_still_unanswered,
    conversations_to_answer,
    next_burst,
    record_answer,
    record_failed_try,
    record_person_looked,
    seconds_to_wait,
    texts_to_answer,
)
from tests.factories import a_message

pytestmark = pytest.mark.django_db

FALLBACK = Reply("Sorry, something went wrong here.", despite_opt_out=True)


def texts_of(*words, channel=Channel.SMS, seconds_between=0.2, ago=60):
    """Texts of one patient, stored some time ago, this far apart."""
    first = a_message(words[0], channel=channel)
    messages = [first]
    for text in words[1:]:
        messages.append(a_message(text, channel=channel, address=first.conversation.address))
    start = timezone.now() - timedelta(seconds=ago)
    for number, message in enumerate(messages):
        written_at = start + timedelta(seconds=number * seconds_between)
        Message.objects.filter(pk=message.pk).update(written_at=written_at, next_try_at=start)
    return texts_to_answer(first.conversation_id)


def words_of(burst):
    return [text.text for text in burst]


def test_a_burst_is_read_together():
    assert words_of(next_burst(texts_of("hi", "am skint", "ring me"))) == [
        "hi",
        "am skint",
        "ring me",
    ]


def test_texts_far_apart_are_answered_one_by_one():
    assert words_of(next_burst(texts_of("hi", "am skint", seconds_between=5))) == ["hi"]


def test_on_web_chat_each_text_is_answered():
    assert words_of(next_burst(texts_of("hi", "am skint", channel=Channel.WEB))) == ["hi"]


@pytest.mark.parametrize("word", ["STOP", "stop.", "Cancel", ""])
def test_a_keyword_or_an_empty_text_is_answered_alone(word):
    assert words_of(next_burst(texts_of("am skint", word, "ring me"))) == ["am skint"]
    assert words_of(next_burst(texts_of(word, "ring me"))) == [word]


def test_a_text_that_failed_takes_no_other_down_with_it():
    texts = texts_of("odd", "am skint")
    record_failed_try(texts, fallback=FALLBACK)
    again = texts_to_answer(texts[0].conversation_id)
    assert words_of(next_burst(again)) == ["odd"]


def test_a_burst_is_waited_for_and_a_long_one_not_for_ever():
    assert 0 < seconds_to_wait(texts_of("hi", ago=0)) <= 0.5
    assert seconds_to_wait(texts_of(*"abcdefghijklmno", ago=3)) <= 0
    assert seconds_to_wait(texts_of("hi", ago=0, channel=Channel.WEB)) <= 0


def test_an_answer_marks_the_whole_burst_and_hangs_on_its_last_text():
    texts = texts_of("hi", "am skint")
    (reply,) = record_answer(texts, [Reply("What part of Glasgow?", asks="area")])
    assert reply.in_reply_to == texts[-1]
    assert texts_to_answer(texts[0].conversation_id) == []


def test_what_another_process_answered_is_not_answered_again():
    texts = texts_of("hi", "am skint", seconds_between=5)
    assert are_still_unanswered(texts[:1])
    assert not are_still_unanswered(texts[1:]), "an older text comes first"
    record_answer(texts[:1], [Reply("Hello")])
    assert not are_still_unanswered(texts[:1])
    assert are_still_unanswered(texts[1:])


def test_a_text_left_unanswered_is_found_and_an_answered_one_is_not():
    left, answered = texts_of("am skint"), texts_of("hello")
    record_answer(answered, [Reply("Hello")])
    assert conversations_to_answer(left_alone_for=2) == [left[0].conversation_id]
    assert conversations_to_answer(left_alone_for=3600) == []


def test_an_opted_out_patient_gets_only_what_is_sent_despite_that():
    texts = texts_of("I want to die")
    opt_out(texts[0].conversation)
    replies = [Reply("Ring 999", despite_opt_out=True), Reply("May we ring you?", asks="phone")]
    stored = record_answer(texts, replies)
    assert [reply.text for reply in stored] == ["Ring 999"]


def test_after_the_last_failure_the_patient_is_told_and_a_person_is_asked():
    texts = texts_of("odd")
    conversation = texts[0].conversation
    for tries in range(1, MOST_TRIES):
        assert record_failed_try(texts, fallback=FALLBACK) == []
        texts = texts_to_answer(conversation.pk)
        assert texts[0].attempts == tries
        assert seconds_to_wait(texts) > 0, "it is not tried again at once"
    (told,) = record_failed_try(texts, fallback=FALLBACK)
    assert told.text == FALLBACK.text
    assert texts_to_answer(conversation.pk) == []
    conversation.refresh_from_db()
    assert conversation.needs_person_since
    record_person_looked(conversation)
    conversation.refresh_from_db()
    assert conversation.needs_person_since is None
