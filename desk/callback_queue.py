"""The callback queue: who waits, in the order in which to ring."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.functional import cached_property

from desk.live import LivePart, answer_poll, is_poll
from desk.permissions import SEES_PATIENTS, access_of, allowed_for, callbacks_seen_by
from desk.queue_filters import DUE, QueueFilters, choices_for, count_by_due
from desk.records import note_list
from social_prescribing.callbacks import Status, queue_order
from social_prescribing.caseloads import caseload_of

ROWS_A_PAGE = 25


@allowed_for(SEES_PATIENTS)
def show_queue(request):
    """The waiting callbacks that this person may see; a poll gets the list alone."""
    access, filters = access_of(request.user), QueueFilters.of(request.GET)
    everyone = callbacks_seen_by(access).filter(status=Status.WAITING)
    counts = count_by_due(filters.apply(everyone))
    page = _page_of_queue(filters.apply(everyone), counts["all"], request.GET.get("page"))
    note_list(request, [callback.reference for callback in page])
    part = LivePart(
        id="queue",
        address=f"{request.path}?page={page.number}&{filters.query}",
        every="5s",
        template="desk/parts/queue.html",
        shows={
            "page": page,
            "filters": filters,
            "counts": [(kind, DUE[kind], counts[kind]) for kind in DUE if counts[kind]],
            "may_claim": access.link_worker is not None,
        },
        title=_title(counts["all"], counts["urgent"]),
    )
    if is_poll(request):
        return answer_poll(request, part)
    context = {
        "part": part,
        "link_worker": access.link_worker,
        "filters": filters,
        "choices": choices_for(access, everyone),
        "held": caseload_of(access.link_worker).count() if access.link_worker else 0,
    }
    return render(request, "desk/queue.html", context)


class _CountedPaginator(Paginator):
    """A paginator that is told the count instead of asking for it again."""

    def __init__(self, *given, count):
        super().__init__(*given)
        self._known_count = count

    @cached_property
    def count(self):
        return self._known_count


def _page_of_queue(waiting, count, number):
    waiting = queue_order(waiting).select_related("practice").prefetch_related("callback_needs")
    return _CountedPaginator(waiting, ROWS_A_PAGE, count=count).get_page(number)


def _title(count, urgent):
    """What the browser's tab says, so that a new callback shows while another tab is open."""
    urgently = f", {urgent} urgent" if urgent else ""
    return f"({count}{urgently}) Callback queue – Blether"
