"""Notices: a word to a link worker, on top of every page until they have read it."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk.permissions import LINK_WORKERS, allowed_for, check_link_worker
from social_prescribing.notices import mark_read


@allowed_for(LINK_WORKERS)
@require_POST
def read_notice(request, number):
    """Only one's own notices can be marked; another's number changes nothing."""
    mark_read(check_link_worker(request.user), number)
    return redirect("caseload")
