"""Spotlight: one support a week that a practice's staff may not know yet.

It is near the practice, its check is in date, it is for something that the practice's
patients asked for, and it was not in the light lately.
"""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

from social_prescribing.needs import CHOICES, name_of
from social_prescribing.practices import Practice
from social_prescribing.suggestions import FINALISTS, may_name_unchecked, suggest_supports
from social_prescribing.supports import Support
from social_prescribing.weighing import BUS_KM
from social_prescribing.working_time import GLASGOW

NOT_AGAIN_FOR = timedelta(weeks=26)


class Spotlight(models.Model):
    """The support that one practice's staff are shown in one week."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="spotlights")
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="spotlights")
    need = models.CharField(max_length=20, choices=CHOICES)
    week = models.DateField(help_text="Its Monday")
    distance_km = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "week"], name="one_spotlight_a_week"),
        ]

    def __str__(self):
        return f"{self.support} for {self.practice}, week of {self.week:%d %b %Y}"

    @property
    def need_name(self):
        return name_of(self.need)


def spotlight_for(practice, place, needs, *, week):
    """The Spotlight of a practice in a week, chosen when it is first looked for; None where
    no support fits.

    place: where the practice is, a Place.
    needs: ids of what its patients asked for, most asked first.
    week: a date, the Monday.

    Whatever was chosen stays for the week, unless it closes or its check runs out.
    """
    known = practice.spotlights.filter(week=week).select_related("support").first()
    if known is not None and _may_be_shown(known.support, practice):
        return known
    chosen = _choose(practice, place, needs, week=week)
    if chosen is None:
        return None
    need, suggestion = chosen
    spotlight, _ = Spotlight.objects.update_or_create(
        practice=practice,
        week=week,
        defaults={
            "support": suggestion.support,
            "need": need,
            "distance_km": suggestion.distance_km,
        },
    )
    return spotlight


def _may_be_shown(support, practice):
    is_there = support.listed and support.closed_on is None
    may_be_unchecked = may_name_unchecked(is_demo=practice.is_demo)
    return is_there and (may_be_unchecked or support.is_checked(timezone.localdate()))


def _choose(practice, place, needs, *, week):
    """(need, Suggestion), or None."""
    lately = list(
        practice.spotlights.filter(week__gt=week - NOT_AGAIN_FOR).values_list("support", "need")
    )
    shown_needs = [need for _, need in lately]
    # Each need has its turn: the most asked one would otherwise have every week.
    for need in sorted(needs, key=shown_needs.count):
        near = suggest_supports(
            [need],
            place,
            limit=FINALISTS,
            # A fixed hour, when most are open: it should not matter when somebody looks.
            at=datetime.combine(week + timedelta(days=2), time(11), GLASGOW),
            exclude=[support for support, _ in lately],
            unchecked_too=may_name_unchecked(is_demo=practice.is_demo),
        )
        for one in near:
            if one.distance_km is not None and one.distance_km <= BUS_KM:
                return need, one
    return None
