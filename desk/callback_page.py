"""One callback: all that is needed before ringing, and what came of it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.call_script import call_script
from desk.callback_forms import (
    RING_IN,
    AttemptForm,
    CloseForm,
    HandOverForm,
    NeedsForm,
    NoteForm,
    ReleaseForm,
    RingingForm,
    TextForm,
)
from desk.caseload import next_step
from desk.history import history_of
from desk.permissions import (
    SEES_PATIENTS,
    allowed_for,
    check_link_worker,
    holds_callback,
)
from desk.records import callback_record
from social_prescribing.callbacks import Callback, NextStep, Status
from social_prescribing.errors import Refusal
from social_prescribing.inbox import record_person_looked
from social_prescribing.patient_texts import (
    hint_about_text,
    is_person_writing,
    template_texts,
    warning_before_text,
    why_no_text,
)
from social_prescribing.safety_alerts import are_shown

FORMS = (
    AttemptForm, CloseForm, HandOverForm, NeedsForm, NoteForm, ReleaseForm, RingingForm, TextForm
)  # fmt: skip


@allowed_for(SEES_PATIENTS)
@require_safe
def show_callback(request, reference):
    access, callback = callback_record(request, reference)
    if holds_callback(access.link_worker, callback):
        Callback.objects.filter(pk=callback.pk).update(looked_at=timezone.now())
        record_person_looked(callback.conversation)
    return callback_page(request, access.link_worker, callback)


@allowed_for(SEES_PATIENTS)
@require_safe
def show_sheet(request, reference):
    """The call sheet: one page of paper to ring from."""
    access, callback = callback_record(request, reference)
    context = _before_ringing(access.link_worker, callback) | {"printed_at": timezone.now()}
    return render(request, "desk/sheet.html", context)


def asked_for(request, reference):
    """The signed-in link worker and a callback that they may see."""
    _, callback = callback_record(request, reference)
    return check_link_worker(request.user), callback


def submit(request, reference, form_class, rule):
    """Do what a form asks. Returns the callback, and the page anew where it was refused.

    Who holds the callback is the rule's own question: it compares as it writes.
    """
    link_worker, callback = asked_for(request, reference)
    form = form_class(callback, request.POST)
    if form.is_valid():
        try:
            rule(callback, link_worker=link_worker, **form.cleaned_data)
            return callback, None
        except Refusal as refusal:
            callback.refresh_from_db()
            form.add_error(None, str(refusal))
    return callback, callback_page(request, link_worker, callback, form)


def callback_page(request, link_worker, callback, refused_form=None):
    """The page, with a form that was refused in its place and its reasons on top."""
    is_mine = holds_callback(link_worker, callback)
    context = _before_ringing(link_worker, callback) | _conversation(request, callback) | {
        "is_mine": is_mine,
        "is_waiting": callback.status == Status.WAITING,
        "next_step": is_mine and next_step(callback, callback.attempts.last()),
        # Whoever has written up what happened goes on from here.
        "may_go_on": link_worker is not None and _is_written_up(callback, is_mine),
        "history": history_of(callback),
        "before": _earlier_callbacks(callback),
        "ring_in": RING_IN,
        "refused_form": refused_form,
    }  # fmt: skip
    for form_class in FORMS:
        name = form_class.prefix.replace("-", "_")
        context[name] = _form(request, callback, form_class, refused_form)
    return render(request, "desk/callback.html", context, status=422 if refused_form else 200)


def _is_written_up(callback, is_mine):
    if not callback.is_open:
        return True
    return is_mine and callback.attempts.exists() and callback.next_step != NextStep.FINISH


def _form(request, callback, form_class, refused_form):
    if isinstance(refused_form, form_class):
        return refused_form
    if form_class is TextForm:
        _, text = template_texts(callback).get(request.GET.get("template"), ("", ""))
        return TextForm(callback, text=text)
    return form_class(callback)


def _before_ringing(link_worker, callback):
    conversation = callback.conversation
    return {
        "callback": callback,
        "link_worker": link_worker,
        "script": link_worker and call_script(callback, link_worker),
        "consent": conversation.consents.last(),
        "signpostings": conversation.signpostings.select_related("support"),
        "alerts": conversation.safety_alerts.filter(are_shown(), closed_at=None),
    }


def _conversation(request, callback):
    conversation = callback.conversation
    return {
        "chat": conversation.messages.select_related("written_by"),
        "templates": template_texts(callback).items(),
        "chosen_template": request.GET.get("template"),
        "no_text": why_no_text(callback),
        "text_warning": warning_before_text(callback),
        "text_hint": hint_about_text(callback),
        "is_person_writing": is_person_writing(conversation),
    }


def _earlier_callbacks(callback):
    """What came of this patient's other callbacks, newest first."""
    others = Callback.objects.filter(conversation=callback.conversation).exclude(pk=callback.pk)
    return others.select_related("link_worker").order_by("-requested_at")[:10]
