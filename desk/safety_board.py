"""Safety alerts: the board, one alert, and the banner on every page."""

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
    check_link_worker,
    may_see_callback,
)
from desk.records import alert_name, alert_record, note_list
from social_prescribing.errors import Refusal
from social_prescribing.safety_alerts import close_safety_alert, mark_seen

CLOSED_ONES_SHOWN = 20


class CloseAlertForm(forms.Form):
    """The rules want a note; the form only carries it."""

    note = forms.CharField(
        label="What was done?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
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
    return _page(request, alert, CloseAlertForm())


@allowed_for(LINK_WORKERS)
@require_POST
def close_alert(request, number):
    _, alert = alert_record(request, number)
    link_worker = check_link_worker(request.user)
    form = CloseAlertForm(request.POST)
    if form.is_valid():
        try:
            close_safety_alert(alert, link_worker=link_worker, note=form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error("note", str(refusal))
    if form.errors:
        return _page(request, alert, form)
    messages.success(request, "Safety alert closed.")
    return redirect("safety")


@allowed_for(SEES_PATIENTS)
@require_safe
def show_banner(request):
    """The banner asks for itself again and again, on whatever page it is."""
    return answer_poll(request, banner_part(access_of(request.user)))


def banner_part(access):
    """How many alerts are open, and how many of them nobody has looked at."""
    alerts = alerts_for(access).filter(closed_at=None)
    seen = list(alerts.values_list("seen_at", flat=True))
    return LivePart(
        id="safety-banner",
        address=reverse("safety_banner"),
        every="10s",
        template="desk/parts/safety_banner.html",
        shows={"open": len(seen), "unseen": seen.count(None)},
    )


def _with_people(alerts):
    return alerts.select_related(
        "conversation__practice", "callback__link_worker", "seen_by", "closed_by"
    )


def _page(request, alert, form):
    access, callback = access_of(request.user), alert.callback
    context = {
        "alert": alert,
        "form": form,
        "may_open_callback": callback and may_see_callback(access, callback),
        "may_close": access.link_worker is not None,
        "chat": alert.conversation.messages.all(),
    }
    return render(request, "desk/safety_alert.html", context, status=422 if form.errors else 200)
