"""What a link worker does to a callback: claim it, record, close, hand over, correct."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from desk.callback_forms import (
    AttemptForm,
    CloseForm,
    HandOverForm,
    NeedsForm,
    NoteForm,
    ReleaseForm,
)
from desk.callback_page import asked_for, submit
from desk.caseload import next_step
from desk.names import called
from desk.permissions import LINK_WORKERS, allowed_for, check_link_worker
from social_prescribing.callback_moves import add_note, claim_callback, release_callback
from social_prescribing.callback_work import finish_callback, record_try
from social_prescribing.callbacks import NextStep, Status
from social_prescribing.caseloads import claim_next, hand_over, has_room
from social_prescribing.errors import AlreadyClaimed, CaseloadFull
from social_prescribing.need_corrections import correct_needs


@allowed_for(LINK_WORKERS)
@require_POST
def claim(request):
    """Claim the callback named in the form; a lost race is told kindly."""
    link_worker, callback = asked_for(request, request.POST.get("callback"))
    try:
        claim_callback(callback, link_worker=link_worker)
    except AlreadyClaimed:
        callback.refresh_from_db()
        if callback.link_worker != link_worker:
            messages.warning(request, _who_was_quicker(callback))
            return redirect("queue")
    if not has_room(link_worker):
        messages.warning(request, "That is as many as you said you can hold at once.")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def claim_best(request):
    """ "Next for me": whoever fits this link worker best at this moment."""
    link_worker = check_link_worker(request.user)
    try:
        callback = claim_next(link_worker)
    except CaseloadFull as refusal:
        messages.warning(request, str(refusal))
        return redirect("caseload")
    if callback is None:
        messages.info(request, "Nobody is waiting for a call just now.")
        return redirect("queue")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def record(request, reference):
    callback, refused = submit(request, reference, AttemptForm, record_try)
    if refused:
        return refused
    attempt = callback.attempts.last()
    told = " They were told by text." if _was_texted_since(callback, attempt.rung_at) else ""
    messages.success(
        request,
        f"Attempt recorded: {attempt.get_result_display().lower()}.{told} "
        f"Next: {next_step(callback, attempt)}",
    )
    page = reverse("callback", args=[callback.reference])
    # Whoever was reached is written up at once, also on a phone.
    return redirect(f"{page}#close" if callback.next_step == NextStep.FINISH else page)


@allowed_for(LINK_WORKERS)
@require_POST
def close(request, reference):
    begun_at = timezone.now()
    callback, refused = submit(request, reference, CloseForm, finish_callback)
    if refused:
        return refused
    told = " They were told by text." if _was_texted_since(callback, begun_at) else ""
    messages.success(request, f"Callback closed: {callback.get_outcome_display().lower()}.{told}")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def release(request, reference):
    callback, refused = submit(request, reference, ReleaseForm, release_callback)
    if refused:
        return refused
    messages.success(request, f"{called(callback)}’s callback is back in the queue.")
    return redirect("queue")


@allowed_for(LINK_WORKERS)
@require_POST
def pass_on(request, reference):
    callback, refused = submit(request, reference, HandOverForm, hand_over)
    if refused:
        return refused
    callback.refresh_from_db()
    messages.success(
        request, f"{called(callback)} is on {callback.link_worker}’s caseload now, with your note."
    )
    return redirect("caseload")


@allowed_for(LINK_WORKERS)
@require_POST
def correct(request, reference):
    callback, refused = submit(request, reference, NeedsForm, correct_needs)
    if refused:
        return refused
    messages.success(request, "Needs corrected. Blether will be judged by it.")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def write_note(request, reference):
    callback, refused = submit(request, reference, NoteForm, add_note)
    if refused:
        return refused
    messages.success(request, "Note kept.")
    return redirect("callback", callback.reference)


def _was_texted_since(callback, moment):
    sent = callback.conversation.messages.filter(direction="out", written_at__gte=moment)
    return sent.exists()


def _who_was_quicker(callback):
    if callback.status == Status.CLAIMED:
        return f"{callback.link_worker} was quicker: {called(callback)} is on their caseload now."
    return f"{called(callback)} needs no call any more: {callback.get_outcome_display().lower()}."
