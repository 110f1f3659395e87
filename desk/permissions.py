"""Who may see or do what.

Each question has twins: `check_…` raises PermissionDenied, `may_…` answers yes
or no for templates. What a callback's status allows is another question; that
one is answered by its table in social_prescribing.callbacks.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from social_prescribing.callbacks import Callback, Status, callbacks_for
from social_prescribing.link_workers import LinkWorker
from social_prescribing.safety_alerts import SafetyAlert, are_shown

NOT_A_LINK_WORKER = (
    "You are signed in, but this account is not a link worker's, so it cannot see patients. "
    "Ask your provider's lead to add you."
)
NOT_YOUR_CALLBACK = "This callback belongs to a practice that you do not work for."
NOT_YOUR_ALERT = "This safety alert belongs to a practice and provider that you do not work for."


def check_link_worker(user):
    """The LinkWorker that this user is, or PermissionDenied."""
    try:
        return user.link_worker
    except LinkWorker.DoesNotExist:
        raise PermissionDenied(NOT_A_LINK_WORKER) from None


def check_may_see_callback(link_worker, callback):
    if not may_see_callback(link_worker, callback):
        raise PermissionDenied(NOT_YOUR_CALLBACK)


def may_see_callback(link_worker, callback):
    """Their practice's, their theme's, on their caseload, or with an open alert they may see."""
    return (
        callback.link_worker_id == link_worker.pk
        or callbacks_for(link_worker).filter(pk=callback.pk).exists()
        or alerts_for(link_worker)
        .filter(conversation=callback.conversation_id, closed_at=None)
        .exists()
    )


def holds_callback(link_worker, callback):
    """Only who holds a callback works on it; the rules check it again as they write."""
    return callback.status == Status.CLAIMED and callback.link_worker_id == link_worker.pk


def check_may_see_alert(link_worker, alert):
    if not may_see_alert(link_worker, alert):
        raise PermissionDenied(NOT_YOUR_ALERT)


def may_see_alert(link_worker, alert):
    return alerts_for(link_worker).filter(pk=alert.pk).exists()


def alerts_for(link_worker):
    """Safety alerts a link worker may see.

    More people than see the callback: danger must find somebody who is at the
    desk. So everyone of the practice's provider sees it, whoever works on its
    theme, and everybody where the practice is not known.
    """
    of_theme = Callback.objects.filter(callback_needs__need__in=link_worker.theme_needs)
    return SafetyAlert.objects.filter(
        Q(conversation__practice=None)
        | Q(conversation__practice__provider=link_worker.provider_id)
        | Q(conversation__practice__in=link_worker.practices.all())
        | Q(conversation__in=of_theme.values("conversation")),
        are_shown(),
    )
