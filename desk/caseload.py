"""One link worker's caseload: the callbacks they hold, and what is next for each."""

from dataclasses import dataclass

from django.shortcuts import render

from desk.permissions import LINK_WORKERS, allowed_for, check_link_worker
from desk.records import note_list
from social_prescribing.callbacks import (
    Attempt,
    AttemptResult,
    Callback,
    Status,
    attempts_allowed,
    queue_order,
)

NEXT_AFTER = {
    AttemptResult.REACHED: "You reached them. Close the callback when it is done.",
    AttemptResult.WRONG_NUMBER: "Wrong number. Look in the conversation for another, "
    "or ask the practice.",
}


@dataclass(frozen=True)
class Held:
    """One callback of a caseload, with its last attempt and what to do next."""

    callback: Callback
    last_attempt: Attempt | None
    next_step: str


@allowed_for(LINK_WORKERS)
def show_caseload(request):
    link_worker = check_link_worker(request.user)
    held = Callback.objects.filter(link_worker=link_worker, status=Status.CLAIMED)
    held = queue_order(held).select_related("practice")
    held = held.prefetch_related("callback_needs", "attempts")
    note_list(request, [callback.reference for callback in held])
    return render(request, "desk/caseload.html", {"caseload": [_held(c) for c in held]})


def _held(callback):
    attempts = list(callback.attempts.all())
    last = attempts[-1] if attempts else None
    return Held(callback, last, next_step(callback, last))


def next_step(callback, last_attempt):
    """One sentence for what to do with a callback that somebody holds."""
    if last_attempt is None:
        return "Ring for the first time."
    if last_attempt.result in NEXT_AFTER:
        return NEXT_AFTER[last_attempt.result]
    left = attempts_left(callback)
    if left:
        tries = "1 more try" if left == 1 else f"{left} more tries"
        return f"Ring again. {tries} before you may close it as not reached."
    return "Ring again, or close it as not reached."


def attempts_left(callback):
    """Tries that must still be made before a callback counts as unreachable."""
    return max(0, attempts_allowed(callback) - callback.attempts.count())
