"""Waiting times: how long a practice's patients wait for the first try at their call."""

from dataclasses import dataclass
from statistics import median

from django.db.models import Min
from django.utils import timezone

from social_prescribing.callbacks import AskedThrough, Callback, Status
from social_prescribing.small_numbers import HIDDEN, hide_small, show_count
from social_prescribing.working_time import working_days_between


@dataclass(frozen=True)
class WaitingTimes:
    """How long patients waited; None where fewer than five of them were rung.

    waiting: how many wait at this moment, as it may be shown.
    median_days, longest_days: working days from the request to the first try; the longest
        counts those who still wait, too.
    kept_share: per cent of calls that were first tried by the time they were promised.
    """

    waiting: str
    median_days: float | None
    longest_days: int | None
    kept_share: int | None

    @property
    def says_anything(self):
        return self.waiting != HIDDEN or self.median_days is not None


def waiting_times(practice, *, since):
    """The WaitingTimes of a practice, of calls asked for since a moment (aware datetime).

    Who cancelled before anybody tried did not wait, and a promised follow-up is no request.
    """
    now = timezone.now()
    # The order of a queue would be one more reason to sort.
    asked = Callback.objects.filter(practice=practice).order_by()
    asked = asked.exclude(asked_through=AskedThrough.FOLLOW_UP)
    tried = list(
        # Named before they are grouped: else every column of a callback is grouped by.
        asked.filter(requested_at__gte=since, attempts__isnull=False)
        .values("pk", "requested_at", "due_by")
        .annotate(first_try=Min("attempts__rung_at"))
        .values_list("requested_at", "due_by", "first_try")
    )
    untried = list(
        asked.filter(status__in=[Status.WAITING, Status.CLAIMED], attempts=None).values_list(
            "requested_at", "due_by"
        )
    )
    days = [working_days_between(asked_at, first) for asked_at, _, first in tried]
    still = [working_days_between(asked_at, now) for asked_at, _ in untried]
    kept = sum(first <= due for _, due, first in tried)
    promised = len(tried) + sum(due < now for _, due in untried)
    is_enough = hide_small(len(tried)) is not None
    return WaitingTimes(
        waiting=show_count(len(untried)),
        median_days=median(days) if is_enough else None,
        longest_days=max(days + still) if is_enough else None,
        kept_share=round(100 * kept / promised) if is_enough else None,
    )
