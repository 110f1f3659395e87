"""The queue: callbacks that wait for a link worker."""

from hashlib import blake2b

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from desk.callback_page import find_callback
from social_prescribing.callbacks import Status, callbacks_for, claim_callback, queue_order
from social_prescribing.errors import AlreadyClaimed

PER_PAGE = 25


@require_safe
def queue(request):
    """The page, or for the page's own polling only what changed on it."""
    waiting = callbacks_for(request.link_worker).filter(status=Status.WAITING)
    page = Paginator(_ready_to_show(waiting), PER_PAGE).get_page(request.GET.get("page"))
    cards = render_to_string("desk/_queue_cards.html", {"page": page}, request)
    context = {
        "page": page,
        "cards": cards,
        "version": blake2b(cards.encode(), digest_size=8).hexdigest(),
        "waiting_count": page.paginator.count,
    }
    if "HX-Request" not in request.headers:
        return render(request, "desk/queue.html", context)
    # Nothing is swapped while nothing changed, so that no button moves under a finger.
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=204)
    is_new_count = request.GET.get("count") != str(context["waiting_count"])
    return render(request, "desk/_queue_update.html", context | {"is_new_count": is_new_count})


@require_POST
def claim(request, reference):
    """Put a waiting callback on the signed-in link worker's caseload."""
    callback = find_callback(request, reference)
    try:
        claim_callback(callback, link_worker=request.link_worker)
    except AlreadyClaimed:
        callback.refresh_from_db()
        messages.warning(request, _who_was_quicker(callback, request.link_worker))
        return redirect("queue")
    messages.success(request, f"{callback.reference} is on your caseload. Ring when you are ready.")
    return redirect("callback", reference)


def _ready_to_show(callbacks):
    return queue_order(callbacks).select_related("practice").prefetch_related("callback_needs")


def _who_was_quicker(callback, link_worker):
    if callback.link_worker == link_worker:
        return f"{callback.reference} is on your caseload already."
    if callback.link_worker and callback.is_open:
        return f"{callback.link_worker} was quicker: {callback.reference} is on their caseload now."
    return f"{callback.reference} was closed: {callback.get_outcome_display().lower()}."
