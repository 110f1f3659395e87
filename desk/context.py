"""What every page of the desk shows beside its own matter."""

from functools import cached_property

from django.conf import settings

from desk.demo_programme import DEMO_NOTICE, demo_is_loaded
from desk.permissions import (
    ADMINISTERS,
    LINK_WORKERS,
    MAY_REFER,
    READS_AUDIT_LOG,
    READS_GAPS,
    SEES_FIGURES,
    SEES_PATIENTS,
    access_of,
)
from desk.safety_board import banner_part
from desk.supports_to_check import MAY_CHECK
from social_prescribing.callbacks import Callback, Status
from social_prescribing.notices import unread_notices


def signed_in_desk(request):
    """Give templates `desk`. Nothing is counted until a template asks for it."""
    return {"desk": SignedInDesk(getattr(request, "user", None))}


class SignedInDesk:
    """The head of every page: who is signed in, their caseload, and open safety alerts."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def access(self):
        """The Access of who is signed in, or None."""
        if self.user is None or not self.user.is_authenticated:
            return None
        return access_of(self.user)

    @property
    def link_worker(self):
        """The signed-in link worker, or None."""
        return self.access and self.access.link_worker

    @cached_property
    def may(self):
        """What the page may offer, for example `{% if desk.may.see_patients %}`."""
        roles = {
            "see_patients": SEES_PATIENTS,
            "ring": LINK_WORKERS,
            "refer": MAY_REFER,
            "see_figures": SEES_FIGURES,
            "check_supports": MAY_CHECK,
            "read_gaps": READS_GAPS,
            "read_audit_log": READS_AUDIT_LOG,
            "administer": ADMINISTERS,
        }
        return {what: bool(self.access and self.access.has_any(r)) for what, r in roles.items()}

    @cached_property
    def name(self):
        """How the top of the page names who is signed in."""
        if self.link_worker:
            return self.link_worker.name
        return self.user.get_full_name() or self.user.get_username()

    @property
    def idle_seconds(self):
        """After how long the browser begins to say that it will sign out, and then does."""
        return int(settings.IDLE_AFTER.total_seconds())

    @cached_property
    def caseload_count(self):
        return Callback.objects.filter(link_worker=self.link_worker, status=Status.CLAIMED).count()

    @cached_property
    def notices(self):
        """Words to this link worker that they have not read yet."""
        return list(unread_notices(self.link_worker)) if self.link_worker else []

    @cached_property
    def banner(self):
        """The live banner of open safety alerts."""
        return banner_part(self.access)

    @cached_property
    def demo_notice(self):
        return DEMO_NOTICE if demo_is_loaded() else ""
