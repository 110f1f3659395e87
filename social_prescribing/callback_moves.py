"""What is done with a callback: claimed, handed over, rung, closed. Every change of hands or
status goes through one door, `move_callback`.
"""

from django.db import transaction
from django.utils import timezone

from social_prescribing.callbacks import (
    NEXT,
    URGENT_WITHIN,
    Attempt,
    AttemptResult,
    Callback,
    Outcome,
    Status,
    attempts_allowed,
    due_by,
    setting_of,
)
from social_prescribing.days_there import end_of_claim
from social_prescribing.errors import (
    AlreadyClaimed,
    NotAllowed,
    NoteNeeded,
    TooFewAttempts,
    VoicemailNotAllowed,
)
from social_prescribing.safe_contact import may_leave_voicemail
from social_prescribing.working_time import next_working_moment

HELD_BY_NOBODY = {"link_worker": None, "claimed_at": None, "forgotten_at": None}


def claim_callback(callback, *, link_worker):
    """Put a waiting callback on one link worker's caseload.

    Raises:
        AlreadyClaimed: somebody else was quicker.
    """
    # A claimed one only ever changes hands by its holder's own handing over. Looked at before
    # writing: on SQLite writers wait for each other, and most who lose a race need not.
    is_waiting = Callback.objects.filter(pk=callback.pk, status=Status.WAITING).exists()
    if callback.status == Status.CLAIMED or not is_waiting:
        raise AlreadyClaimed(f"{callback.reference} is not waiting any more")
    now = timezone.now()
    changes = {
        "link_worker": link_worker,
        "claimed_at": now,
        "looked_at": now,
        "forgotten_at": forgotten_at(callback, holder=link_worker, step_at=callback.next_step_at),
    }
    try:
        with transaction.atomic():
            move_callback(callback, Status.CLAIMED, by=link_worker, **changes)
    except NotAllowed as error:
        raise AlreadyClaimed(f"{callback.reference} is not waiting any more") from error


@transaction.atomic
def hand_over_callback(callback, *, link_worker, to, note):
    """Give a claimed callback to another link worker, with a word about it.

    Raises:
        NotAllowed: the link worker does not hold it, or holds it already.
        NoteNeeded: the note is empty.
    """
    if not note.strip():
        raise NoteNeeded("Write a few words for whoever takes it on")
    check_held_by(callback, link_worker)
    if to == link_worker:
        raise NotAllowed(f"{callback.reference} is on your caseload already")
    move_callback(
        callback,
        Status.CLAIMED,
        by=link_worker,
        what=f"Handed over to {to.name}",
        note=note.strip(),
        link_worker=to,
        claimed_at=timezone.now(),
        looked_at=None,
        forgotten_at=forgotten_at(callback, holder=to, step_at=callback.next_step_at),
    )


@transaction.atomic
def release_callback(callback, *, link_worker, note=""):
    """Put a claimed callback back into the queue.

    Raises:
        NotAllowed: the link worker does not hold it.
    """
    check_held_by(callback, link_worker)
    move_callback(callback, Status.WAITING, by=link_worker, note=note, **HELD_BY_NOBODY)


def forgotten_at(callback, *, holder, step_at=None):
    """When a claim that nobody works on any more goes back to the queue.

    A step that is still to come is waited for first, and a day on which its holder works.
    Urgent ones come back within the working hour.
    """
    now = timezone.now()
    since = max(now, step_at or now)
    if callback.is_urgent and since == now:
        return next_working_moment(since) + URGENT_WITHIN
    return end_of_claim(holder, since, days=setting_of(callback, "forgotten_after_days"))


@transaction.atomic
def record_attempt(callback, *, link_worker, result, note=""):
    """Record one try at ringing. The callback stays on the caseload.

    Raises:
        NotAllowed: the link worker does not hold it.
        VoicemailNotAllowed: a voicemail, and the patient did not say yes to one, or
            somebody else may hear it.
    """
    check_held_by(callback, link_worker)
    result = AttemptResult(result)
    if result == AttemptResult.VOICEMAIL_LEFT and not may_leave_voicemail(callback):
        raise VoicemailNotAllowed(f"{callback.reference}: no voicemail was agreed to")
    return Attempt.objects.create(
        callback=callback, link_worker=link_worker, result=result, note=note
    )


@transaction.atomic
def close_callback(callback, *, link_worker, outcome, note="", follow_up_on=None):
    """End a callback with its outcome.

    follow_up_on: the date on which the patient is to be rung again, or None.

    Raises:
        NotAllowed: the link worker does not hold it.
        TooFewAttempts: closed as unreachable before the practice's attempts were made.
    """
    outcome = Outcome(outcome)
    check_held_by(callback, link_worker)
    if outcome == Outcome.UNREACHABLE and not callback.may_be_unreachable:
        raise TooFewAttempts(
            f"{attempts_allowed(callback)} attempts come before a callback is unreachable"
        )
    move_callback(
        callback,
        Status.CLOSED,
        by=link_worker,
        note=note,
        outcome=outcome,
        closed_at=timezone.now(),
        follow_up_on=follow_up_on,
    )


@transaction.atomic
def cancel_callback(callback, *, note="The patient asked us not to ring"):
    """The patient does not want the call any more."""
    move_callback(
        callback, Status.CLOSED, note=note, outcome=Outcome.CANCELLED, closed_at=timezone.now()
    )


@transaction.atomic
def mark_urgent(callback, *, safety):
    """Danger was noticed while this callback was open: it goes to the top."""
    callback.safety = safety
    callback.is_urgent = True
    callback.due_by = min(callback.due_by, due_by(callback.practice, is_urgent=True))
    callback.save(update_fields=["safety", "is_urgent", "due_by"])
    callback.events.create(status=callback.status, note="Danger was noticed: marked urgent")


def add_note(callback, *, link_worker, note, what="Note"):
    """Keep a line in the callback's history."""
    callback.events.create(
        status=callback.status, link_worker=link_worker, what=what, note=note.strip()
    )


def keep_working(callback, *, step=None, step_at=None):
    """Somebody works on it: what comes next, and the claim is not forgotten yet.

    step: a NextStep, or None where it stays as it is.
    step_at: when that falls due; it is due now when None.
    """
    holder = callback.link_worker
    forgotten = forgotten_at(callback, holder=holder, step_at=step_at or callback.next_step_at)
    changes = {"forgotten_at": forgotten}
    if step is not None:
        changes |= {
            "next_step": step,
            "next_step_at": step_at,
            "forgotten_at": forgotten_at(callback, holder=holder, step_at=step_at),
        }
    # Status and holder stay out: somebody else may be moving it at this moment.
    Callback.objects.filter(pk=callback.pk).update(**changes)
    for name, value in changes.items():
        setattr(callback, name, value)


def check_held_by(callback, link_worker):
    """Raise NotAllowed where the link worker does not hold the callback."""
    callback.refresh_from_db(fields=["status", "link_worker"])
    if callback.status != Status.CLAIMED or callback.link_worker_id != link_worker.pk:
        raise NotAllowed(f"{callback.reference} is not on your caseload")


def move_callback(callback, to, *, by=None, what="", note="", **changes):
    """The one door through which a callback changes its status or its holder.

    The database compares both as it writes, so of two that move a callback at
    once only one can succeed.
    """
    before, holder = callback.status, callback.link_worker_id
    if to not in NEXT[before]:
        raise NotAllowed(f"{callback.reference} cannot go from {before} to {to}")
    moved = Callback.objects.filter(pk=callback.pk, status=before, link_worker=holder).update(
        status=to, **changes
    )
    if not moved:
        raise NotAllowed(f"{callback.reference} is no longer {before}")
    callback.refresh_from_db()
    callback.events.create(status=to, link_worker=by, what=what, note=note)
