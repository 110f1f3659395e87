"""The life of a callback: queued once, held by one, closed with an outcome."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from social_prescribing.callback_moves import (
    cancel_callback,
    claim_callback,
    close_callback,
    hand_over_callback,
    record_attempt,
    release_callback,
)
from social_prescribing.callback_requests import CallbackRequest, request_callback
from social_prescribing.callbacks import (
    NEXT,
    AttemptResult,
    Callback,
    Outcome,
    Status,
    callbacks_for,
    queue_order,
)
from social_prescribing.errors import (
    AlreadyClaimed,
    NotAllowed,
    TooFewAttempts,
    VoicemailNotAllowed,
)
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_conversation, a_link_worker, a_practice, a_theme

pytestmark = pytest.mark.django_db


def test_a_requested_callback_waits_with_everything_the_patient_agreed_to():
    callback = a_callback(name="Shug", needs=("energy", "money"), voicemail_ok=False)
    assert callback.status == Status.WAITING
    assert callback.need_ids == ["energy", "money"]
    assert callback.voicemail_ok is False
    assert callback.reference.startswith("BL-")
    assert [event.status for event in callback.events.all()] == [Status.WAITING]


def test_a_second_request_joins_the_open_callback():
    practice = a_practice()
    conversation = a_conversation(practice=practice)
    first = a_callback(conversation=conversation, needs=("money",), words="am skint")
    second = a_callback(conversation=conversation, needs=("food",), words="nae food either")
    assert second.pk == first.pk
    assert second.need_ids == ["money", "food"]
    assert second.words == "am skint\nnae food either"


def test_the_database_refuses_two_open_callbacks_in_one_conversation():
    callback = a_callback()
    twin = Callback.objects.get(pk=callback.pk)
    twin.pk, twin.reference = None, "BL-TWIN"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_claimed_callback_cannot_be_claimed_again():
    callback = a_callback()
    seen_before = Callback.objects.get(pk=callback.pk)
    claim_callback(callback, link_worker=a_link_worker())
    with pytest.raises(AlreadyClaimed):
        claim_callback(seen_before, link_worker=a_link_worker())
    assert callback.events.count() == 2


def test_a_released_callback_waits_again():
    link_worker = a_link_worker()
    callback = a_callback(status=Status.CLAIMED, link_worker=link_worker)
    release_callback(callback, link_worker=link_worker, note="off sick")
    assert (callback.status, callback.link_worker) == (Status.WAITING, None)
    assert callback.events.last().note == "off sick"


def test_only_the_holder_records_an_attempt():
    callback = a_callback(status=Status.CLAIMED)
    with pytest.raises(NotAllowed):
        record_attempt(callback, link_worker=a_link_worker(), result=AttemptResult.NO_ANSWER)
    assert callback.attempts.count() == 0


@pytest.mark.parametrize("voicemail_ok", [False, None])
def test_no_voicemail_is_recorded_that_was_not_agreed_to(voicemail_ok):
    link_worker = a_link_worker()
    callback = a_callback(status=Status.CLAIMED, link_worker=link_worker, voicemail_ok=voicemail_ok)
    with pytest.raises(VoicemailNotAllowed):
        record_attempt(callback, link_worker=link_worker, result=AttemptResult.VOICEMAIL_LEFT)
    assert callback.attempts.count() == 0


def test_unreachable_comes_only_after_the_attempts_the_practice_allows():
    practice = a_practice(attempts_allowed=2)
    link_worker = a_link_worker(practice)
    callback = a_callback(practice=practice, status=Status.CLAIMED, link_worker=link_worker)
    record_attempt(callback, link_worker=link_worker, result=AttemptResult.NO_ANSWER)
    with pytest.raises(TooFewAttempts):
        close_callback(callback, link_worker=link_worker, outcome=Outcome.UNREACHABLE)
    record_attempt(callback, link_worker=link_worker, result=AttemptResult.NO_ANSWER)
    close_callback(callback, link_worker=link_worker, outcome=Outcome.UNREACHABLE)
    assert (callback.status, callback.outcome) == (Status.CLOSED, Outcome.UNREACHABLE)


def test_a_patient_may_cancel_a_claimed_callback():
    callback = a_callback(status=Status.CLAIMED)
    cancel_callback(callback)
    assert callback.outcome == Outcome.CANCELLED


def _hand_on(callback, *, link_worker):
    hand_over_callback(callback, link_worker=link_worker, to=a_link_worker(), note="Yours now")


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", [Status.CLAIMED, Status.WAITING])
def test_only_the_moves_of_the_table_are_allowed(before, after):
    link_worker = a_link_worker()
    callback = a_callback(status=before, link_worker=link_worker)
    move = claim_callback if after == Status.CLAIMED else release_callback
    if before == after == Status.CLAIMED:
        move = _hand_on
    if after in NEXT[before]:
        move(callback, link_worker=link_worker)
        assert callback.status == after
    else:
        with pytest.raises(NotAllowed):
            move(callback, link_worker=link_worker)
        callback.refresh_from_db()
        assert callback.status == before


def test_danger_comes_first_then_the_earlier_promise():
    practice = a_practice()
    later = a_callback(practice=practice)
    sooner = a_callback(practice=a_practice(callback_within_days=1))
    urgent = a_callback(practice=practice, safety="abuse_danger", is_urgent=True)
    assert list(queue_order(Callback.objects.all())) == [urgent, sooner, later]


def test_a_link_worker_sees_their_practices_and_a_thematic_one_their_theme_everywhere():
    here, there = a_practice(), a_practice()
    money_here = a_callback(practice=here, needs=("money",))
    asylum_there = a_callback(practice=there, needs=("food", "asylum_immigration"))
    assert list(callbacks_for(a_link_worker(here))) == [money_here]
    assert list(callbacks_for(a_link_worker(theme=a_theme("asylum")))) == [asylum_there]


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (datetime(2026, 11, 23, 10), datetime(2026, 11, 26, 17)),  # Monday, three working days on
        (datetime(2026, 11, 27, 16), datetime(2026, 12, 3, 17)),  # a weekend and St Andrew's Day
        (
            datetime(2026, 11, 29, 3),
            datetime(2026, 12, 4, 17),
        ),  # a Sunday night counts as Tuesday then
        (datetime(2026, 12, 23, 10), datetime(2026, 12, 30, 17)),  # Christmas and Boxing Day off
    ],
)
def test_the_promise_counts_working_days_in_glasgow(monkeypatch, sent, due):
    monkeypatch.setattr(
        "social_prescribing.callbacks.timezone.now", lambda: sent.replace(tzinfo=GLASGOW)
    )
    assert a_callback().due_by == due.replace(tzinfo=GLASGOW)


def test_an_unknown_practice_still_gets_a_callback():
    request = CallbackRequest(needs=(), words="help", name="Ann", phone="+447700900123")
    callback = request_callback(a_conversation(), request)
    assert callback.practice is None
    assert list(callbacks_for(a_link_worker(a_practice()))) == [callback]
