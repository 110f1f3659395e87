"""My caseload: the callbacks that the signed-in link worker holds, and what is next for each."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.spoken_times import spoken_contact_times
from social_prescribing.callbacks import (
    AttemptResult,
    Callback,
    Status,
    attempts_allowed,
    queue_order,
)
from social_prescribing.contact_times import is_good_time


@require_safe
def caseload(request):
    mine = Callback.objects.filter(link_worker=request.link_worker, status=Status.CLAIMED)
    held = queue_order(mine).select_related("practice").prefetch_related("callback_needs", "attempts")
    rows = [_row(callback) for callback in held]
    return render(request, "desk/caseload.html", {"rows": rows})


def _row(callback):
    attempts = list(callback.attempts.all())
    return {
        "callback": callback,
        "last_attempt": attempts[-1] if attempts else None,
        "next": next_step(callback, attempts),
    }


def next_step(callback, attempts, *, now=None):
    """What the link worker does next, in a few words."""
    last = attempts[-1].result if attempts else None
    allowed = attempts_allowed(callback)
    if last == AttemptResult.REACHED:
        return "Close it with what came of it"
    if last == AttemptResult.WRONG_NUMBER:
        return "Find the right number: ask the practice"
    if len(attempts) >= allowed:
        return f"All {allowed} attempts made: try again, or close as unreachable"
    if callback.is_safe_to_ring is False:
        return "Not safe just to ring: read how to reach them first"
    which = f" (attempt {len(attempts) + 1} of {allowed})"
    if is_good_time(callback, now or timezone.now()):
        return ("Ring again" if attempts else "Ring now: it is a good time") + which
    return f"Ring when it suits them: {spoken_contact_times(callback)}" + which
