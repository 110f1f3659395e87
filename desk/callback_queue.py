"""The callback queue: who waits, in the order in which to ring."""

from django.core.paginator import Paginator
from django.shortcuts import render

from desk.live import LivePart, answer_poll, is_poll
from desk.permissions import check_link_worker
from social_prescribing.callbacks import Status, callbacks_for, queue_order

ROWS_A_PAGE = 25


def show_queue(request):
    """The waiting callbacks that a link worker may see; a poll gets the list alone."""
    link_worker = check_link_worker(request.user)
    page = _page_of_queue(link_worker, request.GET.get("page"))
    part = LivePart(
        id="queue",
        address=f"{request.path}?page={page.number}",
        every="5s",
        template="desk/parts/queue.html",
        shows={"page": page},
        title=_title(page.paginator.count),
    )
    if is_poll(request):
        return answer_poll(request, part)
    return render(request, "desk/queue.html", {"part": part, "link_worker": link_worker})


def _page_of_queue(link_worker, number):
    waiting = queue_order(callbacks_for(link_worker).filter(status=Status.WAITING))
    waiting = waiting.select_related("practice").prefetch_related("callback_needs")
    return Paginator(waiting, ROWS_A_PAGE).get_page(number)


def _title(count):
    """What the browser's tab says, so that a new callback shows while another tab is open."""
    return f"({count}) Callback queue – Blether"
