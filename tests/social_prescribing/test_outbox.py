"""Texts wait in the outbox until they are sent, once and in order; their state moves forwards."""

from datetime import timedelta
from itertools import pairwise, permutations

import pytest
import time_machine
from django.utils import timezone

from social_prescribing.consent import opt_out
from social_prescribing.conversations import Channel, Message, State, send_reply
from social_prescribing.outbox import (
    NEXT,
    Failure,
    claim_left_message,
    claim_message,
    conversations_to_send,
    is_unwelcome,
    move_message,
    record_not_sent,
    record_sent,
    send_text,
    take_slot,
    texts_to_send,
    try_later,
)
from tests.factories import a_conversation, a_message

pytestmark = pytest.mark.django_db


def a_queued_text(text="A link worker will ring at 2.", **given):
    return send_text(a_conversation(channel=Channel.SMS), text, **given)


def state_of(message):
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize(
    ("channel", "state"),
    [(Channel.SMS, State.QUEUED), (Channel.TELEGRAM, State.QUEUED), (Channel.WEB, State.SENT)],
)
def test_a_reply_waits_to_be_sent_unless_the_patients_page_fetches_it(channel, state):
    assert send_reply(a_message(channel=channel), "Hello").state == state


def test_of_two_senders_one_gets_the_text():
    message = a_queued_text()
    assert claim_message(message)
    assert not claim_message(message)
    assert state_of(message) == State.SENDING


def test_a_patients_texts_go_out_in_order():
    first = a_queued_text("one")
    second = send_text(first.conversation, "two")
    assert texts_to_send(first.conversation_id)[0] == first
    claim_message(first)
    assert texts_to_send(first.conversation_id)[0] == first, "it is not surely sent yet"
    record_sent(first, provider_id="SM1", segments=1)
    assert texts_to_send(first.conversation_id)[0] == second


def test_what_has_one_key_is_sent_once():
    message = a_queued_text(key="nudge:42")
    assert send_text(message.conversation, "Are you still there?", key="nudge:42") == message
    assert Message.objects.filter(key="nudge:42").count() == 1


def test_an_opted_out_patient_gets_no_text_even_one_queued_before():
    message = a_queued_text()
    opt_out(message.conversation)
    assert is_unwelcome(message)
    assert send_text(message.conversation, "Hello?") is None
    assert send_text(message.conversation, "Ring 999", despite_opt_out=True) is not None


def test_a_text_that_could_not_be_sent_is_tried_again_later_and_later():
    message = a_queued_text()
    pauses = []
    for _ in range(6):
        Message.objects.update(next_try_at=timezone.now())
        assert claim_message(message)
        message.refresh_from_db()
        try_later(message)
        message.refresh_from_db()
        assert message.state == State.QUEUED
        assert not claim_message(message), "it is not due yet"
        pauses.append((message.next_try_at - timezone.now()).total_seconds())
    assert all(later > earlier * 0.99 for earlier, later in pairwise(pauses[::2])), pauses
    assert pauses[-1] > 10


def test_a_provider_that_asks_for_a_pause_gets_it():
    message = a_queued_text()
    claim_message(message)
    message.refresh_from_db()
    try_later(message, after=90)
    message.refresh_from_db()
    assert message.next_try_at > timezone.now() + timedelta(seconds=80)


def test_a_text_of_yesterday_is_given_up():
    message = a_queued_text()
    Message.objects.update(written_at=timezone.now() - timedelta(hours=25))
    message.refresh_from_db()
    claim_message(message)
    try_later(message)
    assert state_of(message) == State.FAILED
    assert message.failure == Failure.GIVEN_UP


def test_a_text_left_while_sending_is_taken_on_once_its_time_is_over():
    message = a_queued_text()
    claim_message(message)
    assert not claim_left_message(message)
    assert conversations_to_send() == []
    Message.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert conversations_to_send() == [message.conversation_id]
    assert claim_left_message(message)
    assert not claim_left_message(message), "another process has taken it on"


@pytest.mark.parametrize("news", permutations([State.SENT, State.DELIVERED, State.SENT]))
def test_late_news_never_undoes_later_news(news):
    message = a_queued_text()
    claim_message(message)
    for state in news:
        move_message(message, state)
    assert state_of(message) == State.DELIVERED


def test_nothing_moves_a_delivered_text():
    assert NEXT[State.DELIVERED] == set()
    assert set(NEXT) == set(State)


def test_a_refused_text_keeps_the_reason_in_plain_words_and_the_providers_code():
    message = a_queued_text()
    claim_message(message)
    record_not_sent(message, Failure.OPTED_OUT, code=21610)
    message.refresh_from_db()
    assert (message.state, message.failure, message.failure_code) == (
        State.FAILED,
        "opted_out",
        "21610",
    )


def test_the_providers_id_is_kept_even_where_the_delivery_report_was_quicker():
    message = a_queued_text()
    claim_message(message)
    move_message(message, State.DELIVERED)
    record_sent(message, provider_id="SM7", segments=2)
    assert state_of(message) == State.DELIVERED
    assert message.provider_id == "SM7"


def test_slots_keep_to_the_rate_however_many_ask():
    with time_machine.travel(timezone.now(), tick=False):
        waits = [take_slot(Channel.TELEGRAM, rate=30) for _ in range(31)]
    assert waits[0] == 0
    assert waits[-1] == pytest.approx(1.0, abs=0.001)
