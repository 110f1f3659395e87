"""One callback: all that is known before ringing, and what came of ringing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.call_forms import AttemptForm, CloseForm, ReleaseForm, attempts_left
from desk.call_script import CallScript
from desk.permissions import check_holds_callback, check_may_see_callback
from social_prescribing.callbacks import (
    AttemptResult,
    Callback,
    attempts_allowed,
    close_callback,
    record_attempt,
    release_callback,
)
from social_prescribing.errors import Refusal, TooFewAttempts


def find_callback(request, reference):
    """The callback of this reference, if the signed-in link worker may see it."""
    callback = (
        Callback.objects.select_related("practice", "link_worker", "patient", "conversation")
        .filter(reference=reference)
        .first()
    )
    if callback is None:
        raise Http404
    check_may_see_callback(request.link_worker, callback)
    return callback


@require_safe
def callback_page(request, reference):
    return _page(request, find_callback(request, reference))


@require_POST
def attempt(request, reference):
    """Record one try at ringing."""
    callback = find_callback(request, reference)
    form = AttemptForm(request.POST, callback=callback)
    if not form.is_valid():
        return _page(request, callback, attempt_form=form)
    said = form.cleaned_data
    try:
        _check_and(record_attempt, request, callback, result=said["result"], note=said["note"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _after_attempt(callback, said["result"]))
    return redirect("callback", reference)


@require_POST
def close(request, reference):
    """End the callback with its outcome."""
    callback = find_callback(request, reference)
    form = CloseForm(request.POST, callback=callback)
    if not form.is_valid():
        return _page(request, callback, close_form=form)
    said = form.cleaned_data
    try:
        _check_and(close_callback, request, callback, outcome=said["outcome"], note=said["note"])
    except TooFewAttempts as refusal:
        form.add_error("outcome", f"{refusal}. {attempts_left(callback)}")
        return _page(request, callback, close_form=form)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("callback", reference)
    messages.success(request, f"{reference} is closed: {callback.get_outcome_display().lower()}.")
    return redirect("caseload")


@require_POST
def release(request, reference):
    """Put the callback back into the queue."""
    callback = find_callback(request, reference)
    form = ReleaseForm(request.POST, callback=callback)
    if not form.is_valid():
        return _page(request, callback, release_form=form)
    try:
        _check_and(release_callback, request, callback, note=form.cleaned_data["note"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("callback", reference)
    messages.success(request, f"{reference} is back in the queue.")
    return redirect("queue")


def _check_and(change, request, callback, **said):
    check_holds_callback(request.link_worker, callback)
    change(callback, link_worker=request.link_worker, **said)


def _after_attempt(callback, result):
    if result == AttemptResult.REACHED:
        return "Recorded. When you have done what you can, close the callback with what came of it."
    allowed = attempts_allowed(callback)
    made = callback.attempts.count()
    if made >= allowed:
        return f"Recorded. All {allowed} attempts are made: try again, or close as unreachable."
    return f"Recorded: attempt {made} of {allowed}."


def _page(request, callback, **forms):
    conversation = callback.conversation
    attempts = list(callback.attempts.select_related("link_worker"))
    context = {
        "callback": callback,
        "script": CallScript(callback, request.link_worker),
        "texts": conversation.messages.all(),
        "signpostings": conversation.signpostings.select_related("support"),
        "alerts": conversation.safety_alerts.all(),
        "attempts": attempts,
        "attempts_allowed": attempts_allowed(callback),
        "history": _history(callback, attempts),
        "earlier": conversation.callbacks.exclude(pk=callback.pk),
        "attempt_form": AttemptForm(callback=callback),
        "close_form": CloseForm(callback=callback),
        "release_form": ReleaseForm(callback=callback),
    }
    return render(request, "desk/callback.html", context | forms)


def _history(callback, attempts):
    """Moves and attempts in one line of time, oldest first."""
    rows = [
        {
            "what": event.get_status_display(),
            "who": event.link_worker,
            "note": event.note,
            "when": event.happened_at,
        }
        for event in callback.events.select_related("link_worker")
    ]
    rows += [
        {
            "what": f"Rang: {attempt.get_result_display().lower()}",
            "who": attempt.link_worker,
            "note": attempt.note,
            "when": attempt.rung_at,
        }
        for attempt in attempts
    ]
    return sorted(rows, key=lambda row: row["when"])
