"""What every page of the desk shows, whatever it is about."""

from django.db.models import F
from django.utils.functional import SimpleLazyObject

from desk.demo_programme import DEMO_PASSWORD, DEMO_SIGN_IN
from desk.permissions import visible_alerts
from social_prescribing.callbacks import Callback, Status
from social_prescribing.link_workers import LinkWorker


def signed_in_desk(request):
    """The link worker, their open safety alerts and caseload count; lazy, for pages without."""
    link_worker = getattr(request, "link_worker", None)
    if link_worker is None:
        return {"demo_sign_in": SimpleLazyObject(_demo_sign_in)}
    return {
        "link_worker": link_worker,
        "open_alerts": SimpleLazyObject(lambda: open_alerts_for(link_worker)),
        "caseload_count": SimpleLazyObject(lambda: _caseload_count(link_worker)),
    }


def open_alerts_for(link_worker):
    """Alerts for the banner, unseen ones first, then newest."""
    alerts = visible_alerts(link_worker).filter(closed_at=None)
    return list(
        alerts.select_related("conversation__practice", "conversation__patient", "seen_by").order_by(
            F("seen_at").asc(nulls_first=True), "-raised_at"
        )
    )


def _caseload_count(link_worker):
    return Callback.objects.filter(link_worker=link_worker, status=Status.CLAIMED).count()


def _demo_sign_in():
    """The demo's name and password for the sign-in page, while the demo is loaded."""
    is_loaded = LinkWorker.objects.filter(is_demo=True, user__username=DEMO_SIGN_IN).exists()
    return {"email": DEMO_SIGN_IN, "password": DEMO_PASSWORD} if is_loaded else {}
