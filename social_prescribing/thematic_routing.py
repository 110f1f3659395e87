"""Thematic routing: asylum, youth and homelessness first to who works on nothing else.

A callback with a need of a theme stays visible to the practice's own link workers,
who may always claim it. But "next for me" leaves it, while nothing presses, to a
thematic link worker who is at work and has room: not one that is urgent, and not
from the day on which it is due.
"""

from django.db.models import Count, F, Q
from django.utils import timezone

from social_prescribing.callbacks import Status
from social_prescribing.link_workers import Absence, LinkWorker
from social_prescribing.working_time import GLASGOW


def needs_with_a_thematic():
    """Ids of the needs that some thematic link worker is there for today, with room to spare."""
    away = Absence.on(timezone.localdate()).values("link_worker")
    there = (
        LinkWorker.objects.filter(theme__isnull=False, user__is_active=True)
        .exclude(pk__in=away)
        .annotate(held=Count("callbacks", filter=Q(callbacks__status=Status.CLAIMED)))
        .filter(held__lt=F("capacity"))
        .select_related("theme")
    )
    return {need for link_worker in there for need in link_worker.theme_needs}


def is_left_to_thematic(callback, needs, today):
    """Whether a callback may wait for a thematic link worker; `needs` as needs_with_a_thematic."""
    return (
        bool(needs)
        and not callback.is_urgent
        and callback.due_by.astimezone(GLASGOW).date() > today
        and not needs.isdisjoint(need.need for need in callback.callback_needs.all())
    )
