"""Safety alerts: the board, one alert, and the banner on every page."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk.live import LivePart, answer_poll
from desk.permissions import (
    LINK_WORKERS,
    SEES_PATIENTS,
    access_of,
    alerts_for,
    allowed_for,
    callbacks_seen_by,
    check_link_worker,
    may_see_callback,
)
from desk.records import alert_name, alert_record, note_list
from desk.texts_page import conversations_to_read
from social_prescribing.callbacks import Status
from social_prescribing.errors import Refusal
from social_prescribing.safety_alerts import (
    ClosingReason,
    close_safety_alert,
    mark_seen,
    own_safety_alert,
    take_safety_step,
)

CLOSED_ONES_SHOWN = 20
# The alert is raised while the text is being answered, a moment before the help is stored.
WORDS_BEFORE_ALERT = timedelta(seconds=5)


class CloseAlertForm(forms.Form):
    """The rules want a note; the form only carries it."""

    reason = forms.ChoiceField(
        label="What came of it?",
        choices=ClosingReason,
        error_messages={"required": "Choose what came of it"},
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="What was done?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(forms.Form):
    """One thing done about an alert."""

    prefix = "step"

    what = forms.CharField(
        label="What did you do?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what you did"},
    )


@allowed_for(SEES_PATIENTS)
@require_safe
def show_alerts(request):
    """Open alerts first, then the last ones closed."""
    alerts = _with_people(alerts_for(access_of(request.user)))
    context = {
        "open_alerts": alerts.filter(closed_at=None).order_by("-raised_at"),
        "closed_alerts": alerts.exclude(closed_at=None).order_by("-closed_at")[:CLOSED_ONES_SHOWN],
    }
    note_list(request, [alert_name(alert) for alerts in context.values() for alert in alerts])
    return render(request, "desk/safety.html", context)


@allowed_for(SEES_PATIENTS)
@require_safe
def show_alert(request, number):
    """Opening an alert is the first look at it."""
    access, alert = alert_record(request, number)
    if access.link_worker is not None:
        mark_seen(alert, link_worker=access.link_worker)
        alert.refresh_from_db()
    return _page(request, alert)


@allowed_for(LINK_WORKERS)
@require_POST
def own_alert(request, number):
    """Whoever presses this sees the alert through."""
    _, alert = alert_record(request, number)
    own_safety_alert(alert, link_worker=check_link_worker(request.user))
    messages.success(request, "You see this alert through. Your name stands on the board.")
    return redirect("safety_alert", alert.pk)


@allowed_for(LINK_WORKERS)
@require_POST
def take_step(request, number):
    _, alert = alert_record(request, number)
    link_worker = check_link_worker(request.user)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, alert, step=form)
    take_safety_step(alert, what=form.cleaned_data["what"], link_worker=link_worker)
    messages.success(request, "Written down.")
    return redirect("safety_alert", alert.pk)


@allowed_for(LINK_WORKERS)
@require_POST
def close_alert(request, number):
    _, alert = alert_record(request, number)
    link_worker = check_link_worker(request.user)
    form = CloseAlertForm(request.POST)
    if form.is_valid():
        try:
            close_safety_alert(alert, link_worker=link_worker, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("note", str(refusal))
    if form.errors:
        return _page(request, alert, close=form)
    messages.success(request, "Safety alert closed.")
    return redirect("safety")


@allowed_for(SEES_PATIENTS)
@require_safe
def show_banner(request):
    """The banner asks for itself again and again, on whatever page it is."""
    return answer_poll(request, banner_part(access_of(request.user)))


def banner_part(access):
    """How many alerts are open and unseen, urgent ones wait, and texts the bot could not answer.

    The browser sounds and changes the tab's title when the unseen or the urgent ones grow.
    """
    alerts = alerts_for(access).filter(closed_at=None)
    seen = list(alerts.values_list("seen_at", flat=True))
    waiting = callbacks_seen_by(access).filter(status=Status.WAITING, is_urgent=True)
    return LivePart(
        id="safety-banner",
        address=reverse("safety_banner"),
        every="10s",
        template="desk/parts/safety_banner.html",
        shows={
            "open": len(seen),
            "unseen": seen.count(None),
            "urgent": waiting.count(),
            "unanswered": conversations_to_read(access).count(),
        },
    )


def _with_people(alerts):
    return alerts.select_related(
        "conversation__practice", "callback__link_worker", "seen_by", "closed_by", "owner"
    )


def _page(request, alert, *, close=None, step=None):
    access, callback = access_of(request.user), alert.callback
    refused = close or step
    context = {
        "alert": alert,
        "form": refused,
        "close": close or CloseAlertForm(),
        "step": step or StepForm(),
        "steps": alert.steps.select_related("link_worker"),
        "is_mine": access.link_worker is not None and alert.owner_id == access.link_worker.pk,
        "may_open_callback": callback and may_see_callback(access, callback),
        "may_act": access.link_worker is not None,
        "sent": _help_sent(alert),
        "chat": alert.conversation.messages.all(),
    }
    return render(request, "desk/safety_alert.html", context, status=422 if refused else 200)


def _help_sent(alert):
    """What went out to the patient from the words of danger on, newest last."""
    since = alert.raised_at - WORDS_BEFORE_ALERT
    return alert.conversation.messages.filter(direction="out", written_at__gte=since)[:5]
