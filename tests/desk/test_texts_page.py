"""Texts that need a person are on the desk, in plain words, until somebody has read them."""

import pytest
from django.urls import reverse

from social_prescribing.conversations import Channel
from social_prescribing.inbox import (
    MOST_TRIES,
    Reply,
    ask_for_person,
    record_failed_try,
    texts_to_answer,
)
from social_prescribing.outbox import Failure, claim_message, record_not_sent, send_text
from tests.factories import a_callback, a_conversation, a_link_worker, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice()


@pytest.fixture
def page(practice, signed_in):
    """The page as a link worker of the practice sees it, anew at each call."""
    client = signed_in(a_link_worker(practice))
    return lambda: client.get(reverse("texts")).content.decode()


def test_what_the_bot_could_not_answer_is_shown_until_somebody_has_read_it(
    practice, page, signed_in
):
    conversation = a_conversation(text="ma unlikely words", practice=practice)
    for _ in range(MOST_TRIES):
        record_failed_try(texts_to_answer(conversation.pk), fallback=Reply("Sorry"))
    assert "ma unlikely words" in page()
    stranger = signed_in(a_link_worker(a_practice()))
    stranger.post(reverse("mark_text_read"), {"conversation": conversation.pk})
    assert "ma unlikely words" in page(), "only who may see it can say that it is read"
    reader = signed_in(a_link_worker(practice))
    reader.post(reverse("mark_text_read"), {"conversation": conversation.pk})
    assert "ma unlikely words" not in page()


def test_every_page_says_that_a_text_waits_for_a_person_until_it_is_read(practice, signed_in):
    conversation = a_conversation(text="ma unlikely words", practice=practice)
    ask_for_person(conversation)
    callback = a_callback(practice=practice, conversation=conversation)
    sam, stranger = signed_in(a_link_worker(practice)), signed_in(a_link_worker(a_practice()))

    def told(client):
        return "1 text that the bot could not answer" in client.get("/").content.decode()

    assert told(sam) and not told(stranger)
    assert reverse("callback", args=[callback.reference]) in (
        sam.get(reverse("texts")).content.decode()
    )
    sam.post(reverse("mark_text_read"), {"conversation": conversation.pk})
    assert not told(sam)


@pytest.mark.parametrize("failure", [f for f in Failure if f != Failure.OPTED_OUT])
def test_a_text_that_did_not_arrive_is_shown_with_the_reason_in_plain_words(
    practice, page, failure
):
    conversation = a_conversation(practice=practice, channel=Channel.SMS, address="+447700900123")
    message = send_text(conversation, "A link worker will ring at 2.")
    claim_message(message)
    record_not_sent(message, failure, code=30003)
    shown = page()
    assert "A link worker will ring at 2." in shown
    assert "07700 900123" in shown
    assert failure.label.replace("'", "&#x27;") in shown


def test_the_texts_of_another_practice_are_not_shown(page):
    conversation = a_conversation(practice=a_practice(), channel=Channel.SMS)
    message = send_text(conversation, "Somebody else's text")
    claim_message(message)
    record_not_sent(message, Failure.UNREACHABLE)
    assert "Somebody else" not in page()
