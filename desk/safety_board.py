"""Safety alerts: words that suggest danger now, until a person has dealt with each."""

from hashlib import blake2b

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from desk.permissions import check_may_see_alert, visible_alerts
from social_prescribing.errors import NoteNeeded
from social_prescribing.safety_alerts import SafetyAlert, close_safety_alert, mark_seen

PER_PAGE = 25


@require_safe
def board(request):
    """Open alerts first, unseen ones at the very top."""
    alerts = visible_alerts(request.link_worker).order_by(
        F("closed_at").desc(nulls_first=True), F("seen_at").asc(nulls_first=True), "-raised_at"
    )
    alerts = alerts.select_related(
        "conversation__practice", "conversation__patient", "callback", "seen_by", "closed_by"
    )
    page = Paginator(alerts, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/safety_board.html", {"page": page})


@require_safe
def alert_page(request, pk):
    """Opening an alert records who saw it first."""
    alert = _find_alert(request, pk)
    mark_seen(alert, link_worker=request.link_worker)
    alert.refresh_from_db()
    return _page(request, alert)


@require_POST
def close_alert(request, pk):
    alert = _find_alert(request, pk)
    note = request.POST.get("note", "")
    try:
        close_safety_alert(alert, link_worker=request.link_worker, note=note)
    except NoteNeeded as refusal:
        return _page(request, alert, error=str(refusal))
    alert.refresh_from_db()
    messages.success(request, f"The safety alert was closed by {alert.closed_by}.")
    return redirect("safety_board")


@require_safe
def banner(request):
    """The banner alone, for every open page to ask for; nothing while nothing changed."""
    content = render_to_string("desk/_safety_banner_content.html", request=request)
    version = banner_version(content)
    if request.GET.get("seen") == version:
        return HttpResponse(status=204)
    return render(request, "desk/_safety_banner.html", {"content": content, "version": version})


def banner_version(content):
    return blake2b(content.encode(), digest_size=8).hexdigest()


def _find_alert(request, pk):
    alert = get_object_or_404(
        SafetyAlert.objects.select_related(
            "conversation__practice", "conversation__patient", "callback", "seen_by", "closed_by"
        ),
        pk=pk,
    )
    check_may_see_alert(request.link_worker, alert)
    return alert


def _page(request, alert, **more):
    context = {"alert": alert, "texts": alert.conversation.messages.all()}
    return render(request, "desk/safety_alert.html", context | more)
