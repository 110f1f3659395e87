"""Caseloads: the next callback for one link worker, claims that come back, and absence."""

import random

from django.db import models, transaction
from django.utils import timezone

from social_prescribing.callback_moves import (
    HELD_BY_NOBODY,
    claim_callback,
    hand_over_callback,
    move_callback,
    release_callback,
)
from social_prescribing.callbacks import Callback, Status, callbacks_for, queue_order
from social_prescribing.contact_times import may_ring_now
from social_prescribing.days_there import practices_there_today
from social_prescribing.errors import AlreadyClaimed, CaseloadFull, NotAllowed
from social_prescribing.link_workers import Absence
from social_prescribing.notices import give_notice
from social_prescribing.thematic_routing import is_left_to_thematic, needs_with_a_thematic
from social_prescribing.working_time import GLASGOW

# As many of the head of the queue are weighed; the rest would not come first anyway.
WEIGHED = 200


def caseload_of(link_worker):
    """The callbacks that a link worker holds, in the order of the queue."""
    return queue_order(Callback.objects.filter(link_worker=link_worker, status=Status.CLAIMED))


def has_room(link_worker):
    """Whether they hold fewer callbacks than they said they can."""
    return caseload_of(link_worker).count() < link_worker.capacity


def claim_next(link_worker):
    """Claim the waiting callback that fits this link worker best at this moment.

    Danger first; then those whom it is good to ring now, by the day they are due; of these,
    patients of the practice at which this link worker is today, and whoever speaks a language
    that they speak. Returns the Callback, or None
    where nobody waits whose next try is due.

    Raises:
        CaseloadFull: they hold as many as they can.
    """
    if not has_room(link_worker):
        raise CaseloadFull(
            f"You hold {link_worker.capacity} callbacks, as many as you said you can. "
            "Close one, or hand one over, and the next is yours."
        )
    while candidates := _best_first(link_worker):
        if callback := _claim_one(candidates, link_worker):
            return callback
    return None


def _claim_one(candidates, link_worker):
    """Claim the best one that is still free. Returns it, or None where all were lost.

    After each lost race twice as many are drawn from, as long as none of danger is passed
    over: fifty who press at once would otherwise all go on to try the same one.
    """
    reach = 1
    while candidates:
        callback = random.choice(_as_urgent_as_first(candidates[:reach]))
        try:
            claim_callback(callback, link_worker=link_worker)
            return callback
        except AlreadyClaimed:  # somebody was quicker
            candidates.remove(callback)
            reach *= 2
    return None


def _as_urgent_as_first(callbacks):
    return [callback for callback in callbacks if callback.is_urgent == callbacks[0].is_urgent]


def best_next(link_worker):
    """The callback that `claim_next` would claim, or None."""
    return next(iter(_best_first(link_worker)), None)


def _best_first(link_worker):
    now = timezone.now()
    not_put_off = models.Q(next_step_at=None) | models.Q(next_step_at__lte=now)
    waiting = callbacks_for(link_worker).filter(not_put_off, status=Status.WAITING)
    head = queue_order(waiting)
    languages = link_worker.spoken_languages - {"en"}
    of_themes = set() if link_worker.is_thematic else needs_with_a_thematic()
    if of_themes:
        head = head.prefetch_related("callback_needs")
    here = None if link_worker.is_thematic else practices_there_today(link_worker)

    def place(callback):
        is_elsewhere = here is not None and callback.practice_id not in {None, *here}
        return _place(callback, languages, of_themes, now, is_elsewhere=is_elsewhere)

    return sorted(head[:WEIGHED], key=place)


def _place(callback, languages, of_themes, now, *, is_elsewhere):
    """Smaller is sooner. `is_elsewhere`: the link worker is at another practice today."""
    language = 0 if callback.language in languages else 1 if callback.language == "en" else 2
    return (
        not callback.is_urgent,
        is_left_to_thematic(callback, of_themes, timezone.localdate()),
        not may_ring_now(callback, now),
        callback.due_by.astimezone(GLASGOW).date(),
        is_elsewhere,
        language,
        callback.due_by,
        callback.pk,
    )


@transaction.atomic
def hand_over(callback, *, link_worker, to, note):
    """Give a callback to another link worker, who finds a word about it on their desk."""
    hand_over_callback(callback, link_worker=link_worker, to=to, note=note)
    give_notice(
        to,
        callback=callback,
        text=f"{link_worker.name} handed {_named(callback)} over to you: {note.strip()}",
    )


def return_forgotten_claims():
    """Put claims that nobody worked on back into the queue. Returns how many."""
    forgotten = Callback.objects.filter(
        status=Status.CLAIMED, forgotten_at__lte=timezone.now()
    ).select_related("link_worker", "practice")
    return sum(_return_claim(callback) for callback in forgotten)


@transaction.atomic
def _return_claim(callback):
    holder = callback.link_worker
    try:
        move_callback(
            callback,
            Status.WAITING,
            what="Back in the queue by rule",
            note=f"{holder.name} held it, and nothing was done in time.",
            **HELD_BY_NOBODY,
        )
    except NotAllowed:
        return 0  # somebody moved it meanwhile
    give_notice(
        holder,
        callback=callback,
        text=f"{_named(callback)} went back to the queue: nothing was written down in time. "
        "Claim it again if you are still on it.",
    )
    return 1


def pass_on_absent_caseloads():
    """Whoever is away today: their callbacks go to who covers, or back to the queue.

    Returns how many were passed on.
    """
    passed = 0
    for absence in Absence.on(timezone.localdate()).select_related("link_worker", "covered_by"):
        for callback in caseload_of(absence.link_worker).select_related("practice"):
            passed += _pass_on(callback, absence)
    return passed


@transaction.atomic
def _pass_on(callback, absence):
    note = f"{absence.link_worker.name} is away until {absence.last_day:%A %-d %B}."
    try:
        if absence.covered_by is None:
            release_callback(callback, link_worker=absence.link_worker, note=note)
        else:
            hand_over(callback, link_worker=absence.link_worker, to=absence.covered_by, note=note)
    except NotAllowed:
        return 0
    return 1


def _named(callback):
    return f"{callback.name.strip() or 'A patient'} ({callback.reference})"
