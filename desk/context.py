"""What every page of the desk shows beside its own matter."""

from functools import cached_property

from desk.demo_programme import DEMO_NOTICE, demo_is_loaded
from desk.safety_board import banner_part
from social_prescribing.callbacks import Callback, Status


def signed_in_desk(request):
    """Give templates `desk`. Nothing is counted until a template asks for it."""
    return {"desk": SignedInDesk(getattr(request, "user", None))}


class SignedInDesk:
    """The head of every page: who is signed in, their caseload, and open safety alerts."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def link_worker(self):
        """The signed-in link worker, or None."""
        if self.user is None or not self.user.is_authenticated:
            return None
        return getattr(self.user, "link_worker", None)

    @cached_property
    def caseload_count(self):
        return Callback.objects.filter(link_worker=self.link_worker, status=Status.CLAIMED).count()

    @cached_property
    def banner(self):
        """The live banner of open safety alerts."""
        return banner_part(self.link_worker)

    @cached_property
    def demo_notice(self):
        return DEMO_NOTICE if demo_is_loaded() else ""
