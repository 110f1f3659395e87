"""AskedNeed: that a patient asked for help with something, whether or not a call came of it.

A callback has its needs; who only wanted to know what is there has them here. Both are
counted for practices and the programme, a patient once for each need, without a name.
"""

from collections import Counter
from datetime import datetime, time

from django.db import models
from django.utils import timezone

from social_prescribing.callbacks import AskedThrough, CallbackNeed
from social_prescribing.conversations import Conversation
from social_prescribing.needs import CHOICES
from social_prescribing.working_time import GLASGOW


class AskedNeed(models.Model):
    """One need that a conversation was about on one day."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="asked_needs"
    )
    need = models.CharField(max_length=20, choices=CHOICES)
    asked_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "need", "asked_on"], name="one_asked_need_a_day"
            ),
        ]
        indexes = [
            # What was asked for in some weeks: the page for practice staff.
            models.Index(fields=["asked_on", "need"], name="asked_need_by_day"),
        ]

    def __str__(self):
        return f"{self.need}, {self.asked_on:%d %b %Y}"


def record_asked_needs(conversation, needs):
    """Keep what somebody asked help with; asking again on the same day counts once."""
    AskedNeed.objects.bulk_create(
        [AskedNeed(conversation=conversation, need=need) for need in needs], ignore_conflicts=True
    )


def count_asked_needs(practice, *, since, until):
    """How many conversations of a practice asked for each need: a Counter by need id.

    since, until: dates; the first counts, the last does not.
    """
    by_text = AskedNeed.objects.filter(
        conversation__practice=practice, asked_on__gte=since, asked_on__lt=until
    )
    # A promised follow-up is our idea, not the patient's.
    by_call = CallbackNeed.objects.filter(
        callback__practice=practice,
        callback__requested_at__gte=_midnight(since),
        callback__requested_at__lt=_midnight(until),
    ).exclude(callback__asked_through=AskedThrough.FOLLOW_UP)
    asked = set(by_text.values_list("need", "conversation"))
    # A callback's needs are in its own order; here that would only stand in the way.
    asked |= set(by_call.order_by().values_list("need", "callback__conversation"))
    return Counter(need for need, _ in asked)


def _midnight(day):
    return datetime.combine(day, time.min, GLASGOW)
