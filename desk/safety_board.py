"""Safety alerts: the board, one alert, and the banner on every page."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk.live import LivePart, answer_poll
from desk.permissions import alerts_for, check_link_worker, check_may_see_alert, may_see_callback
from social_prescribing.errors import Refusal
from social_prescribing.safety_alerts import SafetyAlert, close_safety_alert, mark_seen

CLOSED_ONES_SHOWN = 20


class CloseAlertForm(forms.Form):
    """The rules want a note; the form only carries it."""

    note = forms.CharField(
        label="What was done?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
def show_alerts(request):
    """Open alerts first, then the last ones closed."""
    link_worker = check_link_worker(request.user)
    alerts = _with_people(alerts_for(link_worker))
    context = {
        "open_alerts": alerts.filter(closed_at=None).order_by("-raised_at"),
        "closed_alerts": alerts.exclude(closed_at=None).order_by("-closed_at")[:CLOSED_ONES_SHOWN],
    }
    return render(request, "desk/safety.html", context)


@require_safe
def show_alert(request, number):
    """Opening an alert is the first look at it."""
    link_worker, alert = _asked_for(request, number)
    mark_seen(alert, link_worker=link_worker)
    alert.refresh_from_db()
    return _page(request, link_worker, alert, CloseAlertForm())


@require_POST
def close_alert(request, number):
    link_worker, alert = _asked_for(request, number)
    form = CloseAlertForm(request.POST)
    if form.is_valid():
        try:
            close_safety_alert(alert, link_worker=link_worker, note=form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error("note", str(refusal))
    if form.errors:
        return _page(request, link_worker, alert, form)
    messages.success(request, "Safety alert closed.")
    return redirect("safety")


@require_safe
def show_banner(request):
    """The banner asks for itself again and again, on whatever page it is."""
    return answer_poll(request, banner_part(check_link_worker(request.user)))


def banner_part(link_worker):
    """How many alerts are open, and how many of them nobody has looked at."""
    alerts = alerts_for(link_worker).filter(closed_at=None)
    seen = list(alerts.values_list("seen_at", flat=True))
    return LivePart(
        id="safety-banner",
        address=reverse("safety_banner"),
        every="10s",
        template="desk/parts/safety_banner.html",
        shows={"open": len(seen), "unseen": seen.count(None)},
    )


def _asked_for(request, number):
    link_worker = check_link_worker(request.user)
    alert = get_object_or_404(_with_people(SafetyAlert.objects), pk=number)
    check_may_see_alert(link_worker, alert)
    return link_worker, alert


def _with_people(alerts):
    return alerts.select_related(
        "conversation__practice", "callback__link_worker", "seen_by", "closed_by"
    )


def _page(request, link_worker, alert, form):
    callback = alert.callback
    context = {
        "alert": alert,
        "form": form,
        "may_open_callback": callback and may_see_callback(link_worker, callback),
        "chat": alert.conversation.messages.all(),
    }
    return render(request, "desk/safety_alert.html", context, status=422 if form.errors else 200)
