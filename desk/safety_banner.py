"""The banner of open safety alerts on every page of the desk."""

from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.permissions import visible_alerts


@dataclass(frozen=True)
class SafetyBanner:
    """The open alerts that one link worker may see, unseen ones first."""

    alerts: list

    @classmethod
    def for_link_worker(cls, link_worker):
        alerts = visible_alerts(link_worker).filter(closed_at=None)
        return cls(
            list(
                alerts.select_related("conversation__practice", "conversation__patient").order_by(
                    F("seen_at").asc(nulls_first=True), "-raised_at"
                )
            )
        )

    @property
    def unseen(self):
        return [alert for alert in self.alerts if alert.seen_at is None]

    @property
    def version(self):
        """Changes when an alert comes, is seen, gets new words or is closed."""
        state = [(alert.pk, alert.seen_at, alert.words) for alert in self.alerts]
        return blake2b(repr(state).encode(), digest_size=8).hexdigest()


@require_safe
def banner(request):
    """The banner alone, for every open page to ask for; nothing while nothing changed."""
    current = SafetyBanner.for_link_worker(request.link_worker)
    if request.GET.get("seen") == current.version:
        return HttpResponse(status=204)
    return render(request, "desk/_safety_banner.html", {"safety_banner": current})
