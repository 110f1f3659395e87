"""Texting a patient from their callback's page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk.callback_forms import RingingForm, TextForm
from desk.callback_page import asked_for, submit
from desk.permissions import LINK_WORKERS, allowed_for
from social_prescribing.callback_moves import check_held_by
from social_prescribing.patient_texts import (
    hand_back_to_bot,
    say_when_ringing,
    when_in_a_text,
    write_to_patient,
)


@allowed_for(LINK_WORKERS)
@require_POST
def write_text(request, reference):
    callback, refused = submit(request, reference, TextForm, _write)
    if refused:
        return refused
    messages.success(request, "Sent. Blether keeps still while you two text.")
    return redirect(f"{reverse('callback', args=[callback.reference])}#conversation")


@allowed_for(LINK_WORKERS)
@require_POST
def text_ahead(request, reference):
    """Tell the patient when the call comes, and from which number."""
    callback, refused = submit(request, reference, RingingForm, _say_when)
    if refused:
        return refused
    when = when_in_a_text(callback.next_step_at)
    messages.success(request, f"Texted: you will ring {when}.")
    return redirect("callback", callback.reference)


@allowed_for(LINK_WORKERS)
@require_POST
def hand_back(request, reference):
    """The link worker is done texting: the bot answers again."""
    _, callback = asked_for(request, reference)
    hand_back_to_bot(callback.conversation)
    messages.success(request, "Blether answers their texts again.")
    return redirect("callback", callback.reference)


def _write(callback, *, link_worker, **given):
    check_held_by(callback, link_worker)
    return write_to_patient(callback, link_worker=link_worker, **given)


def _say_when(callback, *, link_worker, **given):
    check_held_by(callback, link_worker)
    return say_when_ringing(callback, link_worker=link_worker, **given)
