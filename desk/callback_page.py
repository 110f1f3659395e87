"""One callback: all that is needed before ringing, and what came of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.call_script import call_script
from desk.callback_forms import AttemptForm, CloseForm, ReleaseForm
from desk.history import history_of
from desk.names import called
from desk.permissions import (
    LINK_WORKERS,
    SEES_PATIENTS,
    allowed_for,
    check_link_worker,
    holds_callback,
)
from desk.records import callback_record
from social_prescribing.callbacks import (
    Status,
    claim_callback,
    close_callback,
    record_attempt,
    release_callback,
)
from social_prescribing.errors import AlreadyClaimed, Refusal
from social_prescribing.safety_alerts import are_shown


@allowed_for(SEES_PATIENTS)
@require_safe
def show_callback(request, reference):
    access, callback = callback_record(request, reference)
    return _page(request, access.link_worker, callback)


@allowed_for(LINK_WORKERS)
@require_POST
def claim(request):
    """Claim the callback named in the form; a lost race is told kindly."""
    link_worker, callback = _asked_for(request, request.POST.get("callback"))
    try:
        claim_callback(callback, link_worker=link_worker)
    except AlreadyClaimed:
        callback.refresh_from_db()
        if callback.link_worker != link_worker:
            messages.warning(request, _who_was_quicker(callback))
            return redirect("queue")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def record(request, reference):
    callback, refused = _submit(request, reference, AttemptForm, record_attempt)
    if refused:
        return refused
    messages.success(request, "Attempt recorded.")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def close(request, reference):
    callback, refused = _submit(request, reference, CloseForm, close_callback)
    if refused:
        return refused
    messages.success(request, f"Callback closed: {callback.get_outcome_display().lower()}.")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def release(request, reference):
    callback, refused = _submit(request, reference, ReleaseForm, release_callback)
    if refused:
        return refused
    messages.success(request, f"{called(callback)}’s callback is back in the queue.")
    return redirect("queue")


def _asked_for(request, reference):
    """The signed-in link worker and a callback that they may see."""
    _, callback = callback_record(request, reference)
    return check_link_worker(request.user), callback


def _submit(request, reference, form_class, rule):
    """Do what a form asks. Returns the callback, and the page anew where it was refused.

    Who holds the callback is the rule's own question: it compares as it writes.
    """
    link_worker, callback = _asked_for(request, reference)
    form = form_class(callback, request.POST)
    if form.is_valid():
        try:
            rule(callback, link_worker=link_worker, **form.cleaned_data)
            return callback, None
        except Refusal as refusal:
            callback.refresh_from_db()
            form.add_error(None, str(refusal))
    return callback, _page(request, link_worker, callback, form)


def _page(request, link_worker, callback, refused_form=None):
    conversation = callback.conversation
    context = {
        "callback": callback,
        "link_worker": link_worker,
        "is_mine": holds_callback(link_worker, callback),
        "is_waiting": callback.status == Status.WAITING,
        "script": link_worker and call_script(callback, link_worker),
        "consent": conversation.consents.last(),
        "signpostings": conversation.signpostings.select_related("support"),
        "chat": conversation.messages.all(),
        "history": history_of(callback),
        "alerts": conversation.safety_alerts.filter(are_shown(), closed_at=None),
        "refused_form": refused_form,
    }
    for form_class in (AttemptForm, CloseForm, ReleaseForm):
        is_refused = isinstance(refused_form, form_class)
        context[form_class.prefix] = refused_form if is_refused else form_class(callback)
    return render(request, "desk/callback.html", context, status=422 if refused_form else 200)


def _who_was_quicker(callback):
    if callback.status == Status.CLAIMED:
        return f"{callback.link_worker} was quicker: {called(callback)} is on their caseload now."
    return f"{called(callback)} needs no call any more: {callback.get_outcome_display().lower()}."
