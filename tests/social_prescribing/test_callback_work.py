"""Attempts by rule, closing with what was agreed, follow-ups: with what the patient is told."""

from datetime import date, datetime

import pytest

from social_prescribing.callback_moves import record_attempt
from social_prescribing.callback_work import (
    close_unreached_callbacks,
    finish_callback,
    queue_due_follow_ups,
    record_try,
    send_due_attempt_texts,
)
from social_prescribing.callbacks import (
    AskedThrough,
    AttemptResult,
    Callback,
    NextStep,
    Outcome,
    Status,
)
from social_prescribing.consent import opt_out
from social_prescribing.conversations import Direction
from social_prescribing.errors import TooFewAttempts
from social_prescribing.link_workers import Absence
from social_prescribing.safety_alerts import raise_safety_alert
from social_prescribing.supports import Support
from social_prescribing.working_time import GLASGOW
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = pytest.mark.django_db

THURSDAY_TEN = "2026-11-26 10:00"


@pytest.fixture
def practice():
    return a_practice(name_for_texts="Possil Practice")


@pytest.fixture
def sam(practice):
    return a_link_worker(practice, name="Sam Reid")


@pytest.fixture
def mine(practice, sam, clock):
    clock(THURSDAY_TEN)
    return a_callback(status=Status.CLAIMED, practice=practice, link_worker=sam)


def texts_to(callback):
    sent = callback.conversation.messages.filter(direction=Direction.OUTBOUND)
    return [message.text for message in sent]


def glasgow(words):
    return datetime.fromisoformat(words).replace(tzinfo=GLASGOW)


def no_answer(callback, sam):
    return record_try(callback, link_worker=sam, result=AttemptResult.NO_ANSWER)


def test_the_first_missed_call_is_tried_again_two_hours_later_and_the_patient_knows(mine, sam):
    no_answer(mine, sam)
    assert (mine.next_step, mine.next_step_at) == (NextStep.RING, glasgow("2026-11-26 12:00"))
    assert texts_to(mine) == [
        "Sam here, from Possil Practice. I rang but could not get you. I will try again at 12pm, "
        "from 0141 496 0101. Text here if another time is better."
    ]


def test_the_second_missed_call_waits_for_another_day(mine, sam):
    no_answer(mine, sam)
    no_answer(mine, sam)
    assert mine.next_step_at == glasgow("2026-11-27 09:00")
    assert "I will try again tomorrow at 9am" in texts_to(mine)[-1]


def test_the_next_try_keeps_to_the_times_that_suit(practice, sam, clock):
    clock(THURSDAY_TEN)
    mine = a_callback(
        status=Status.CLAIMED, practice=practice, link_worker=sam, time_preference="morning",
        days=("tuesday", "thursday"),
    )  # fmt: skip
    no_answer(mine, sam)
    assert mine.next_step_at == glasgow("2026-12-01 09:00")


def test_after_the_last_try_a_kind_text_and_then_the_rule_closes_it(mine, sam, clock):
    for _ in range(3):
        no_answer(mine, sam)
    assert (mine.next_step, mine.next_step_at) == (NextStep.CLOSE, glasgow("2026-12-01 17:00"))
    assert "tell me when suits" in texts_to(mine)[-1]
    assert close_unreached_callbacks() == 0
    clock("2026-12-01 17:01")
    assert close_unreached_callbacks() == 1
    mine.refresh_from_db()
    assert (mine.status, mine.outcome) == (Status.CLOSED, Outcome.UNREACHABLE)
    assert "I will stop ringing. No harm done." in texts_to(mine)[-1]
    assert close_unreached_callbacks() == 0


def test_the_rule_never_closes_what_is_urgent_or_has_an_open_alert(mine, sam, clock):
    for _ in range(3):
        no_answer(mine, sam)
    raise_safety_alert(mine.conversation, kind="abuse_danger", words="he is back")
    Callback.objects.update(is_urgent=False)
    clock("2026-12-10 10:00")
    assert close_unreached_callbacks() == 0


def test_a_practice_has_its_own_rule(sam, clock):
    clock(THURSDAY_TEN)
    practice = a_practice(hours_between_attempts=1, text_after_attempts=3, attempts_allowed=4)
    mine = a_callback(status=Status.CLAIMED, practice=practice, link_worker=sam)
    no_answer(mine, sam)
    no_answer(mine, sam)
    assert mine.next_step_at == glasgow("2026-11-26 11:00")
    no_answer(mine, sam)
    assert mine.next_step_at == glasgow("2026-11-27 09:00")
    no_answer(mine, sam)
    assert mine.next_step == NextStep.CLOSE


def test_reaching_somebody_tells_nobody_and_asks_to_close(mine, sam):
    record_try(mine, link_worker=sam, result=AttemptResult.REACHED)
    assert mine.next_step == NextStep.FINISH
    assert texts_to(mine) == []


def test_a_wrong_number_asks_the_patient_for_the_right_one(mine, sam):
    record_try(mine, link_worker=sam, result=AttemptResult.WRONG_NUMBER)
    assert mine.next_step == NextStep.FIND_NUMBER
    assert "What number should I ring?" in texts_to(mine)[0]


@pytest.mark.parametrize("unsafe", [True, False])
def test_no_rule_texts_a_phone_that_others_read_or_somebody_who_sent_stop(mine, sam, unsafe):
    if unsafe:
        mine.is_safe_to_ring = False
    else:
        opt_out(mine.conversation)
    no_answer(mine, sam)
    assert texts_to(mine) == []


def test_late_in_the_evening_nobody_is_texted_until_the_morning_and_then_once(mine, sam, clock):
    clock("2026-11-26 21:00")
    no_answer(mine, sam)
    assert send_due_attempt_texts() == 0
    clock("2026-11-27 08:30")
    assert send_due_attempt_texts() == 1
    assert send_due_attempt_texts() == 0
    assert len(texts_to(mine)) == 1


def test_closing_texts_the_supports_that_were_agreed(mine, sam, supports):
    agreed = list(Support.objects.exclude(phone="")[:2])
    finish_callback(mine, link_worker=sam, outcome=Outcome.REACHED, supports=agreed)
    (text,) = texts_to(mine)
    assert text.startswith("Sam here. As we agreed, these can help:\n- ")
    assert all(support.phone in text for support in agreed)
    assert mine.agreed_supports.filter(texted_at__isnull=False).count() == 2


def test_many_supports_go_out_in_several_texts_of_two_segments(mine, sam, supports):
    agreed = list(Support.objects.exclude(phone="")[:9])
    finish_callback(mine, link_worker=sam, outcome=Outcome.REFERRED_ON, supports=agreed)
    texts = texts_to(mine)
    assert len(texts) > 2
    assert all(len(text) <= 306 for text in texts)
    assert "passed your name on" in texts[-1]


@pytest.mark.parametrize(
    ("outcome", "told"),
    [(Outcome.REACHED, "Thanks for talking"), (Outcome.DECLINED, "I will not ring again")],
)
def test_closing_tells_the_patient_what_came_of_it(mine, sam, outcome, told):
    finish_callback(mine, link_worker=sam, outcome=outcome)
    assert told in texts_to(mine)[0]


def test_closing_without_a_text_tells_nobody(mine, sam):
    finish_callback(mine, link_worker=sam, outcome=Outcome.REACHED, tells=False)
    assert texts_to(mine) == []


def test_a_refused_closing_keeps_and_sends_nothing(mine, sam, supports):
    with pytest.raises(TooFewAttempts):
        finish_callback(
            mine, link_worker=sam, outcome=Outcome.UNREACHABLE, supports=[Support.objects.first()]
        )
    assert texts_to(mine) == []
    assert not mine.agreed_supports.exists()


def test_a_promised_follow_up_is_queued_on_its_day_for_who_promised_it(mine, sam, clock):
    finish_callback(mine, link_worker=sam, outcome=Outcome.REACHED, follow_up_on=date(2026, 12, 3))
    assert texts_to(mine)[-1].startswith("I will ring you again on Thursday 3 December")
    assert queue_due_follow_ups() == 0
    clock("2026-12-03 09:00")
    assert queue_due_follow_ups() == 1
    assert queue_due_follow_ups() == 0
    again = Callback.objects.exclude(pk=mine.pk).get()
    assert (again.asked_through, again.link_worker) == (AskedThrough.FOLLOW_UP, sam)
    assert (again.need_ids, again.phone) == (mine.need_ids, mine.phone)
    assert "promised to ring Shug again" in sam.notices.get().text


def test_a_follow_up_of_somebody_who_is_away_waits_in_the_queue(mine, sam, clock):
    day = date(2026, 12, 3)
    finish_callback(mine, link_worker=sam, outcome=Outcome.REACHED, follow_up_on=day)
    Absence.objects.create(link_worker=sam, first_day=day, last_day=day)
    clock("2026-12-03 09:00")
    queue_due_follow_ups()
    assert Callback.objects.exclude(pk=mine.pk).get().status == Status.WAITING


def test_attempts_before_somebody_was_reached_do_not_count_towards_giving_up(mine, sam):
    for _ in range(2):
        record_attempt(mine, link_worker=sam, result=AttemptResult.NO_ANSWER)
    record_attempt(mine, link_worker=sam, result=AttemptResult.REACHED)
    no_answer(mine, sam)
    assert mine.next_step == NextStep.RING
