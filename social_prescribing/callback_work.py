"""A link worker's work on a callback, with what follows from it: next step, texts, follow-up."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from social_prescribing.agreed_supports import agree_on_supports, text_agreed_supports
from social_prescribing.attempt_steps import TOLD_ON_CLOSING, step_after
from social_prescribing.callback_moves import (
    claim_callback,
    close_callback,
    keep_working,
    record_attempt,
)
from social_prescribing.callback_requests import CallbackRequest, request_callback
from social_prescribing.callbacks import AskedThrough, Attempt, Callback, NextStep, Outcome, Status
from social_prescribing.link_workers import Absence
from social_prescribing.notices import give_notice
from social_prescribing.open_needs import record_call
from social_prescribing.patient_texts import hand_back_to_bot, may_text_at_this_hour, tell_by_rule
from social_prescribing.promises import how_to_reach
from social_prescribing.safety_alerts import SafetyAlert

# News of a missed call that is older than this would only puzzle the patient.
TOLD_WITHIN = timedelta(hours=20)


@transaction.atomic
def record_try(callback, *, link_worker, result, note=""):
    """Record one try at ringing, schedule what comes next, and tell the patient of it.

    Returns the Attempt. Raises as `record_attempt` does.
    """
    attempt = record_attempt(callback, link_worker=link_worker, result=result, note=note)
    step = step_after(callback, attempt)
    keep_working(callback, step=step.what, step_at=step.at)
    if not step.tells:
        _mark_told(attempt)
    elif may_text_at_this_hour():
        _tell_of_attempt(callback, attempt)
    return attempt


def send_due_attempt_texts():
    """Tell patients of tries that could not be told of at their hour. Returns how many."""
    if not may_text_at_this_hour():
        return 0
    since = timezone.now() - TOLD_WITHIN
    Attempt.objects.filter(told_at=None, rung_at__lt=since).update(told_at=timezone.now())
    to_tell = Attempt.objects.filter(told_at=None, callback__status=Status.CLAIMED)
    to_tell = to_tell.select_related("callback__conversation", "callback__practice", "link_worker")
    return sum(_tell_of_attempt(attempt.callback, attempt) for attempt in to_tell)


def _tell_of_attempt(callback, attempt):
    """Send the text once; a newer try makes an older one no news."""
    is_newest = callback.attempts.last() == attempt
    response = step_after(callback, attempt).tells if is_newest else ""
    sent = response and tell_by_rule(
        callback,
        response,
        link_worker=attempt.link_worker,
        key=f"attempt:{attempt.pk}",
        when=callback.next_step_at,
    )
    _mark_told(attempt)
    return 1 if sent else 0


def _mark_told(attempt):
    Attempt.objects.filter(pk=attempt.pk, told_at=None).update(told_at=timezone.now())


@transaction.atomic
def finish_callback(
    callback, *, link_worker, outcome, note="", supports=(), follow_up_on=None, tells=True
):
    """Close a callback, keep what was agreed and what is left open, and tell the patient of it.

    supports: the Supports that were agreed on, whose numbers are texted.
    tells: whether the patient is texted.

    Raises as `close_callback` does; then nothing was kept or sent.
    """
    close_callback(
        callback, link_worker=link_worker, outcome=outcome, note=note, follow_up_on=follow_up_on
    )
    agree_on_supports(
        callback, supports, link_worker=link_worker, is_referral=outcome == Outcome.REFERRED_ON
    )
    record_call(callback)
    if tells:
        _tell_of_closing(callback, link_worker=link_worker)
    hand_back_to_bot(callback.conversation)


def _tell_of_closing(callback, *, link_worker):
    texted = text_agreed_supports(callback, link_worker=link_worker)
    key = f"closed:{callback.pk}"
    if not texted or callback.outcome != Outcome.REACHED:
        response = TOLD_ON_CLOSING[callback.outcome]
        tell_by_rule(callback, response, link_worker=link_worker, key=key)
    if callback.follow_up_on:
        tell_by_rule(
            callback,
            "utter_desk_follow_up",
            link_worker=link_worker,
            key=f"follow-up:{callback.pk}",
            when=callback.follow_up_on,
        )


def close_unreached_callbacks():
    """Close what was tried as often as the practice wants, with the kind text. Returns how many.

    Never in danger: an urgent callback, or one with an open safety alert, waits for a person.
    """
    if not may_text_at_this_hour():
        return 0
    in_danger = SafetyAlert.objects.filter(conversation=OuterRef("conversation"), closed_at=None)
    due = Callback.objects.filter(
        ~Exists(in_danger),
        status=Status.CLAIMED,
        next_step=NextStep.CLOSE,
        next_step_at__lte=timezone.now(),
        is_urgent=False,
    )
    return sum(_close_unreached(callback) for callback in due.select_related("link_worker"))


@transaction.atomic
def _close_unreached(callback):
    if not callback.may_be_unreachable:
        return 0
    finish_callback(
        callback,
        link_worker=callback.link_worker,
        outcome=Outcome.UNREACHABLE,
        note="Closed by rule: tried as often as the practice asks, and no word since.",
    )
    return 1


def queue_due_follow_ups():
    """Queue the calls that were promised for today. Returns how many.

    It goes to whoever promised it, unless they are away or hold all they can; then anybody
    may take it. Where the patient has asked for a call meanwhile, that one is enough.
    """
    due = Callback.objects.filter(
        status=Status.CLOSED, follow_up_on__lte=timezone.localdate(), follow_up_queued_at=None
    ).select_related("conversation", "practice", "link_worker")
    return sum(_queue_follow_up(callback) for callback in due)


@transaction.atomic
def _queue_follow_up(before):
    is_ours = Callback.objects.filter(pk=before.pk, follow_up_queued_at=None).update(
        follow_up_queued_at=timezone.now()
    )
    if not is_ours or before.conversation.callbacks.exclude(status=Status.CLOSED).exists():
        return 0
    again = request_callback(before.conversation, _same_again(before))
    again.asked_through = AskedThrough.FOLLOW_UP
    again.save(update_fields=["asked_through"])
    holder = before.link_worker
    if holder and not Absence.on(timezone.localdate()).filter(link_worker=holder).exists():
        claim_callback(again, link_worker=holder)
        give_notice(
            holder,
            callback=again,
            text=f"You promised to {how_to_reach(before)} {before.name or 'them'} again today.",
        )
    return 1


# What a follow-up takes over from the callback before it.
TAKEN_OVER = (
    "name", "phone", "area", "time_preference", "not_before", "not_after", "time_words",
    "voicemail_ok", "safe_contact", "is_safe_to_ring", "by_text", "language", "interpreter",
    "on_behalf_of", "words",
)  # fmt: skip


def _same_again(before):
    return CallbackRequest(
        needs=tuple(before.need_ids),
        days=tuple(before.days),
        practice=before.practice,
        **{name: getattr(before, name) for name in TAKEN_OVER},
    )
