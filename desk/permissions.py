"""Who may see or do what on the desk. When a callback may move is the rules' question, not ours.

Each `check_…` raises, its `user_can_…` twin answers yes or no for templates.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from social_prescribing.callbacks import Callback, callbacks_for
from social_prescribing.errors import NotAllowed, Refusal
from social_prescribing.safety_alerts import SafetyAlert


def visible_callbacks(link_worker):
    """Callbacks this link worker may open: their queue's, their own, those in danger near them."""
    return Callback.objects.filter(
        Q(pk__in=callbacks_for(link_worker).values("pk"))
        | Q(link_worker=link_worker)
        # Danger does not wait for the right desk: who sees the alert may ring.
        | Q(conversation__in=visible_alerts(link_worker).values("conversation"))
    )


def visible_alerts(link_worker):
    """Safety alerts this link worker may see."""
    return SafetyAlert.objects.filter(
        Q(conversation__practice=None)
        | Q(callback__link_worker=link_worker)
        | (_of_their_theme(link_worker) if link_worker.theme else _near_them(link_worker))
    )


def _of_their_theme(link_worker):
    return Q(callback__in=callbacks_for(link_worker).values("pk"))


def _near_them(link_worker):
    """Their practices' alerts, and those of colleagues at the same provider."""
    return Q(conversation__practice__in=link_worker.practices.values("pk")) | Q(
        conversation__practice__provider=link_worker.provider_id
    )


def check_may_see_callback(link_worker, callback):
    """Raises PermissionDenied."""
    if not visible_callbacks(link_worker).filter(pk=callback.pk).exists():
        raise PermissionDenied(f"{callback.reference} is for link workers of another practice")


def user_can_see_callback(link_worker, callback):
    return _passes(check_may_see_callback, link_worker, callback)


def check_holds_callback(link_worker, callback):
    """Only who holds a callback records on it, closes it or gives it back. Raises NotAllowed."""
    if callback.link_worker_id == link_worker.pk:
        return
    holder = f"on {callback.link_worker}'s caseload" if callback.link_worker else "with nobody"
    raise NotAllowed(f"{callback.reference} is {holder}, not on yours")


def user_can_work_on_callback(link_worker, callback):
    return callback.is_open and _passes(check_holds_callback, link_worker, callback)


def check_may_see_alert(link_worker, alert):
    """Raises PermissionDenied."""
    if not visible_alerts(link_worker).filter(pk=alert.pk).exists():
        raise PermissionDenied("This safety alert is for link workers of another practice")


def user_can_see_alert(link_worker, alert):
    return _passes(check_may_see_alert, link_worker, alert)


def _passes(check, *given):
    try:
        check(*given)
    except (PermissionDenied, Refusal):
        return False
    return True
