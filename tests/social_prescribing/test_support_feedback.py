"""A week after supports were named, who agreed is asked once whether they got there."""

from datetime import datetime, timedelta

import pytest
import time_machine

from social_prescribing.consent import opt_out
from social_prescribing.conversations import Channel, Message, send_reply
from social_prescribing.safe_contact import note_safe_contact
from social_prescribing.signposting import WentThere, record_signposting
from social_prescribing.suggestions import suggest_supports
from social_prescribing.support_feedback import (
    agree_to_feedback,
    ask_how_it_went,
    asked_about,
    may_be_asked,
    read_went_there,
    read_why_not,
    record_went_there,
)
from social_prescribing.working_time import GLASGOW
from tests.factories import a_message

NOON = datetime(2026, 12, 1, 12, tzinfo=GLASGOW)
A_WEEK = timedelta(days=7, minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def signposted(supports, clock):
    """A patient who was told of supports by SMS, wants no call, and agreed to be asked."""
    return signpost()


def signpost():
    message = a_message("nae food", channel=Channel.SMS)
    record_signposting(message.conversation, suggest_supports(["food"], None, limit=2))
    send_reply(message, "Shall I text in a week?", asks="feedback")
    agree_to_feedback(message.conversation, answer="aye")
    return message.conversation


def question():
    return Message.objects.filter(key__startswith="feedback:").get()


@pytest.mark.parametrize(
    ("text", "went"),
    [
        ("1", "yes"),
        ("2", "no"),
        ("3", "not_yet"),
        ("aye", "yes"),
        ("aye it wis great", "yes"),
        ("went on tuesday, they were lovely", "yes"),
        ("yes thank you", "yes"),
        ("👍", "yes"),
        ("naw", "no"),
        ("it was shut", "no"),
        ("went but it was shut", "no"),
        ("couldnae find it", "no"),
        ("no", "no"),
        ("no yet", "not_yet"),
        ("not yet hen", "not_yet"),
        ("naw, yet", "not_yet"),
        ("havnae had a chance", "not_yet"),
        ("going tomorrow", "not_yet"),
        ("haven't been", "not_yet"),
        ("ma electric is aff", None),
    ],
)
def test_an_answer_is_read_however_it_is_said(text, went):
    assert read_went_there(text) == went


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("it was shut", "shut"),
        ("they've moved", "shut"),
        ("went but they were full", "full"),
        ("there's a waiting list", "full"),
        ("naw, nae room", "full"),
        ("too far fur me", "far"),
        ("couldn't get there, nae bus", "far"),
        ("nobody speak my language", "english"),
        ("it's just for women", "others"),
        ("2", "unsaid"),
        ("naw", "unsaid"),
    ],
)
def test_why_somebody_did_not_get_there(text, why):
    assert read_why_not(text) == why


@pytest.mark.django_db
def test_who_agreed_is_asked_once_a_week_later_about_the_first_support(signposted, clock):
    assert ask_how_it_went() == 0
    clock.shift(A_WEEK)
    assert ask_how_it_went() == 1
    first = signposted.signpostings.select_related("support").first()
    assert first.support.name in question().text
    assert question().asks == "feedback"
    for _ in range(20):
        clock.shift(timedelta(days=1))
        assert ask_how_it_went() == 0


@pytest.mark.django_db
def test_the_answer_stands_against_the_support(signposted, clock):
    clock.shift(A_WEEK)
    ask_how_it_went()
    signposting = asked_about(signposted)
    assert record_went_there(signposting, "it was shut") == WentThere.NO
    assert signposting.support.signpostings.get(went_there="no").answered_at is not None
    assert asked_about(signposted) is None


@pytest.mark.django_db
def test_who_was_not_asked_for_agreement_or_sent_stop_or_has_an_unsafe_phone_is_not_asked(
    signposted, clock
):
    stopped, unsafe = signpost(), signpost()
    opt_out(stopped)
    note_safe_contact(unsafe, is_safe=False)
    a_message("nae food", channel=Channel.SMS)
    clock.shift(A_WEEK)
    assert ask_how_it_went() == 1


@pytest.mark.django_db
def test_nobody_is_asked_in_the_middle_of_other_questions(signposted, clock):
    clock.shift(A_WEEK)
    message = a_message("ma electric is aff", channel=Channel.SMS, address=signposted.address)
    send_reply(message, "What part of Glasgow are you in?", asks="area")
    assert ask_how_it_went() == 0


@pytest.mark.django_db
def test_the_question_is_offered_where_a_text_reaches_the_patient_alone(signposted):
    assert may_be_asked(signposted)
    assert not may_be_asked(a_message("nae food").conversation)
    note_safe_contact(signposted, is_safe=False)
    assert not may_be_asked(signposted)
