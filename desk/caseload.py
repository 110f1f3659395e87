"""One link worker's caseload: the callbacks they hold, and what is next for each."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from desk.permissions import LINK_WORKERS, allowed_for, check_link_worker
from desk.records import note_list
from social_prescribing.callbacks import Attempt, Callback, NextStep, attempts_allowed
from social_prescribing.caseloads import caseload_of
from social_prescribing.contact_times import may_ring_now, next_good_time
from social_prescribing.conversations import Direction, Message
from social_prescribing.link_workers import Absence, LinkWorker
from social_prescribing.spoken_times import spoken_soon

SENTENCES = {
    NextStep.FINISH: "You reached them. Close the callback when it is done.",
    NextStep.FIND_NUMBER: "Wrong number. They were asked for another by text; or ask the practice.",
}


@dataclass(frozen=True)
class Held:
    """One callback of a caseload, with its last attempt and what to do next."""

    callback: Callback
    last_attempt: Attempt | None
    next_step: str
    is_due: bool


class AbsenceForm(forms.Form):
    """Days away, and who covers."""

    prefix = "away"

    first_day = forms.DateField(
        label="First day away", error_messages={"required": "Choose the first day"}
    )
    last_day = forms.DateField(
        label="Last day away", error_messages={"required": "Choose the last day"}
    )
    covered_by = forms.ModelChoiceField(
        label="Who covers?",
        queryset=LinkWorker.objects.none(),
        required=False,
        empty_label="Nobody: back to the queue",
    )

    def __init__(self, link_worker, data=None):
        super().__init__(data)
        colleagues = LinkWorker.objects.filter(provider=link_worker.provider_id)
        self.fields["covered_by"].queryset = colleagues.exclude(pk=link_worker.pk)

    def clean(self):
        given = super().clean()
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            raise forms.ValidationError("The last day comes before the first")
        if last and last < timezone.localdate():
            raise forms.ValidationError("These days are over")
        return given


@allowed_for(LINK_WORKERS)
def show_caseload(request):
    """What is due comes first, then by the hour of its next step."""
    return _page(request, AbsenceForm(check_link_worker(request.user)))


@allowed_for(LINK_WORKERS)
@require_POST
def be_away(request):
    """Note an absence, or take it back; the clock passes the callbacks on when it begins."""
    link_worker = check_link_worker(request.user)
    if number := request.POST.get("take_back"):
        Absence.objects.filter(link_worker=link_worker, pk=number).delete()
        messages.success(request, "Taken back: you are here.")
        return redirect("caseload")
    form = AbsenceForm(link_worker, request.POST)
    if not form.is_valid():
        return _page(request, form)
    Absence.objects.create(link_worker=link_worker, **form.cleaned_data)
    messages.success(request, "Noted. Your callbacks are passed on when your first day away comes.")
    return redirect("caseload")


def _page(request, away):
    link_worker = check_link_worker(request.user)
    held = [_held(callback) for callback in _with_news(caseload_of(link_worker))]
    note_list(request, [one.callback.reference for one in held])
    absences = link_worker.absences.filter(last_day__gte=timezone.localdate())
    context = {
        "due": [one for one in held if one.is_due],
        "later": sorted(
            (one for one in held if not one.is_due), key=lambda one: _comes_at(one.callback)
        ),
        "link_worker": link_worker,
        "held": len(held),
        "away": away,
        "form": away if away.errors else None,
        "absences": absences.select_related("covered_by"),
    }
    return render(request, "desk/caseload.html", context, status=422 if away.errors else 200)


def _with_news(callbacks):
    """Whether the patient has texted since the holder last opened the page."""
    newer = Message.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Direction.INBOUND,
        written_at__gt=Coalesce(OuterRef("looked_at"), OuterRef("claimed_at")),
    )
    callbacks = callbacks.annotate(has_news=Exists(newer)).select_related("practice")
    return callbacks.prefetch_related("callback_needs", "attempts")


def _held(callback):
    attempts = list(callback.attempts.all())
    last = attempts[-1] if attempts else None
    is_due = callback.has_news or callback.is_urgent or _comes_at(callback) is None
    return Held(callback, last, next_step(callback, last), is_due)


def _comes_at(callback):
    """When it is its turn: the hour of its next step, or when it suits; None where that is now."""
    now = timezone.now()
    if callback.next_step_at and callback.next_step_at > now:
        return callback.next_step_at
    if callback.next_step != NextStep.RING or may_ring_now(callback, now):
        return None
    return next_good_time(callback, now)


def next_step(callback, last_attempt):
    """One sentence for what to do with a callback that somebody holds."""
    if callback.next_step in SENTENCES:
        return SENTENCES[callback.next_step]
    if callback.next_step == NextStep.CLOSE:
        return f"Tried often enough: closes by itself {_when(callback)} with a kind text."
    when = _when(callback)
    if last_attempt is None and callback.next_step_at:
        return f"Ring {when}, as you texted.".replace(" ,", ",")
    if callback.by_text:
        return f"Text them, do not ring{', ' + when if when else ''}."
    if last_attempt is None:
        return f"Ring for the first time{', ' + when if when else ''}."
    left = attempts_left(callback)
    tries = "1 more try" if left == 1 else f"{left} more tries"
    before_closing = f" {tries} before you may close it as not reached." if left else ""
    return f"Ring again {when}.".replace(" .", ".") + before_closing


def _when(callback):
    at = _comes_at(callback)
    return spoken_soon(at) if at else ""


def attempts_left(callback):
    """Tries that must still be made before a callback counts as unreachable."""
    return max(0, attempts_allowed(callback) - callback.attempts.count())
