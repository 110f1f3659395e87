"""The callback queue: who waits, in the order in which to ring."""

from django.core.paginator import Paginator
from django.shortcuts import render

from desk.live import LivePart, answer_poll, is_poll
from desk.permissions import SEES_PATIENTS, access_of, allowed_for, callbacks_seen_by
from desk.records import note_list
from social_prescribing.callbacks import Status, queue_order

ROWS_A_PAGE = 25


@allowed_for(SEES_PATIENTS)
def show_queue(request):
    """The waiting callbacks that this person may see; a poll gets the list alone."""
    access = access_of(request.user)
    page = _page_of_queue(access, request.GET.get("page"))
    note_list(request, [callback.reference for callback in page])
    part = LivePart(
        id="queue",
        address=f"{request.path}?page={page.number}",
        every="5s",
        template="desk/parts/queue.html",
        shows={"page": page, "may_claim": access.link_worker is not None},
        title=_title(page.paginator.count),
    )
    if is_poll(request):
        return answer_poll(request, part)
    return render(request, "desk/queue.html", {"part": part, "link_worker": access.link_worker})


def _page_of_queue(access, number):
    waiting = queue_order(callbacks_seen_by(access).filter(status=Status.WAITING))
    waiting = waiting.select_related("practice").prefetch_related("callback_needs")
    return Paginator(waiting, ROWS_A_PAGE).get_page(number)


def _title(count):
    """What the browser's tab says, so that a new callback shows while another tab is open."""
    return f"({count}) Callback queue – Blether"
