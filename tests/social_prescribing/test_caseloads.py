"""Who gets which callback next, claims that come back, handing over and absence."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from social_prescribing import caseloads
from social_prescribing.callback_moves import add_note, claim_callback, keep_working
from social_prescribing.callbacks import Callback, Status, callbacks_for
from social_prescribing.caseloads import (
    best_next,
    claim_next,
    hand_over,
    pass_on_absent_caseloads,
    return_forgotten_claims,
)
from social_prescribing.errors import AlreadyClaimed, CaseloadFull, NotAllowed, NoteNeeded
from social_prescribing.link_workers import Absence
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice()


@pytest.fixture
def sam(practice, clock):
    clock("2026-11-26 10:00")
    return a_link_worker(practice, name="Sam Reid")


@pytest.fixture
def morag(practice):
    return a_link_worker(practice, name="Morag Sinclair")


def held_by(link_worker, **given):
    practice = given.pop("practice", None) or link_worker.practices.first()
    return a_callback(status=Status.CLAIMED, practice=practice, link_worker=link_worker, **given)


def test_danger_comes_next_whatever_else_waits(practice, sam):
    a_callback(practice=practice)
    urgent = a_callback(practice=practice, is_urgent=True, time_preference="evening")
    assert claim_next(sam) == urgent


def test_of_the_same_day_whoever_it_is_good_to_ring_now_comes_next(practice, sam):
    a_callback(practice=practice, time_preference="afternoon")
    morning = a_callback(practice=practice, time_preference="morning")
    assert claim_next(sam) == morning


def test_whoever_loses_a_race_gets_the_next_one_of_danger_first(practice, sam, morag, monkeypatch):
    urgent = [a_callback(practice=practice, is_urgent=True) for _ in range(2)]
    plain = {a_callback(practice=practice) for _ in range(4)}
    seen_by_sam = caseloads._best_first(sam)
    monkeypatch.setattr(caseloads, "_best_first", lambda link_worker: list(seen_by_sam))
    claim_callback(Callback.objects.get(pk=urgent[0].pk), link_worker=morag)
    assert claim_next(sam) == urgent[1]
    assert claim_next(sam) in plain


def test_whoever_speaks_a_language_gets_its_callbacks_first(practice, sam, morag):
    a_callback(practice=practice)
    arabic = a_callback(practice=practice, language="ar", interpreter=True)
    sam.languages = "ar, fr"
    assert best_next(sam) == arabic
    assert best_next(morag) != arabic


def test_what_is_put_off_is_not_offered_before_its_hour(practice, sam, clock):
    callback = a_callback(practice=practice)
    Callback.objects.update(next_step_at=timezone.now() + timedelta(hours=2))
    assert claim_next(sam) is None
    clock("2026-11-26 12:30")
    assert claim_next(sam) == callback


def test_nothing_is_offered_beyond_capacity(practice, sam):
    a_callback(practice=practice)
    held_by(sam)
    sam.capacity = 1
    with pytest.raises(CaseloadFull):
        claim_next(sam)


def test_nobody_waiting_is_none(sam):
    assert claim_next(sam) is None


def test_what_somebody_holds_cannot_be_claimed_away(sam, morag):
    callback = Callback.objects.get(pk=held_by(sam).pk)
    with pytest.raises(AlreadyClaimed):
        claim_callback(callback, link_worker=morag)


def test_a_claim_nobody_works_on_comes_back_with_a_word_to_its_holder(sam, clock):
    callback = held_by(sam)
    assert return_forgotten_claims() == 0
    clock("2026-12-01 17:01")
    assert return_forgotten_claims() == 1
    assert return_forgotten_claims() == 0
    callback.refresh_from_db()
    assert (callback.status, callback.link_worker) == (Status.WAITING, None)
    assert "went back to the queue" in sam.notices.get().text
    assert callback.events.last().what == "Back in the queue by rule"


def test_an_urgent_claim_comes_back_within_the_working_hour(sam, clock):
    held_by(sam, is_urgent=True)
    clock("2026-11-26 11:01")
    assert return_forgotten_claims() == 1


def test_work_keeps_a_claim(sam, clock):
    callback = held_by(sam)
    clock("2026-12-01 16:00")
    keep_working(callback)
    clock("2026-12-01 17:01")
    assert return_forgotten_claims() == 0


def test_a_claim_waits_for_its_next_step(sam, clock):
    callback = held_by(sam)
    keep_working(callback, step=callback.next_step, step_at=clock("2026-12-10 10:00"))
    clock("2026-12-09 10:00")
    assert return_forgotten_claims() == 0


def test_handing_over_leaves_the_note_on_the_others_desk(sam, morag):
    callback = held_by(sam)
    hand_over(callback, link_worker=sam, to=morag, note="Likes to be rung after two")
    callback.refresh_from_db()
    assert (callback.status, callback.link_worker) == (Status.CLAIMED, morag)
    assert "Likes to be rung after two" in morag.notices.get().text
    with pytest.raises(NotAllowed):
        hand_over(callback, link_worker=sam, to=morag, note="again")


def test_nothing_is_handed_over_without_a_note_or_to_oneself(sam, morag):
    callback = held_by(sam)
    with pytest.raises(NoteNeeded):
        hand_over(callback, link_worker=sam, to=morag, note=" ")
    with pytest.raises(NotAllowed):
        hand_over(callback, link_worker=sam, to=sam, note="mine")


def test_who_covers_gets_the_caseload_of_who_is_away(sam, morag, clock):
    callback = held_by(sam)
    Absence.objects.create(
        link_worker=sam, first_day=date(2026, 11, 27), last_day=date(2026, 12, 4), covered_by=morag
    )
    assert pass_on_absent_caseloads() == 0
    clock("2026-11-27 08:00")
    assert pass_on_absent_caseloads() == 1
    assert pass_on_absent_caseloads() == 0
    callback.refresh_from_db()
    assert callback.link_worker == morag
    assert "away until Friday 4 December" in morag.notices.get().text


def test_without_cover_an_absent_caseload_goes_back_to_the_queue(sam):
    callback = held_by(sam)
    today = date(2026, 11, 26)
    Absence.objects.create(link_worker=sam, first_day=today, last_day=today)
    assert pass_on_absent_caseloads() == 1
    callback.refresh_from_db()
    assert callback.status == Status.WAITING


def test_who_covers_sees_the_others_queue_while_it_lasts(sam, clock):
    yusuf = a_link_worker(a_practice())
    callback = a_callback(practice=sam.practices.first())
    Absence.objects.create(
        link_worker=sam, first_day=date(2026, 11, 27), last_day=date(2026, 11, 27), covered_by=yusuf
    )
    assert callback not in callbacks_for(yusuf)
    clock("2026-11-27 10:00")
    assert callback in callbacks_for(yusuf)


def test_a_note_stands_in_the_history(sam):
    callback = held_by(sam)
    add_note(callback, link_worker=sam, note="Has a dog that barks")
    event = callback.events.last()
    assert (event.what, event.note, event.link_worker) == ("Note", "Has a dog that barks", sam)
