"""Support news: what is new or different in the directory for people near a place."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from social_prescribing.globe import distances, points_on_globe
from social_prescribing.support_changes import SupportChange, What
from social_prescribing.supports import Reach, Support
from social_prescribing.weighing import in_reach


@dataclass(frozen=True)
class SupportNews:
    """One support and what became of it.

    what: the kinds of change (What), all of those weeks.
    noticed_on: the day of the last of them.
    distance_km: as the crow flies; None where either has no point on the map.
    """

    support: Support
    what: frozenset
    noticed_on: date
    distance_km: float | None

    @property
    def is_new(self):
        return What.ADDED in self.what and not self.is_gone

    @property
    def is_gone(self):
        return self.support.closed_on is not None or not self.support.listed

    @property
    def in_words(self):
        """What became different, as the support stands now: `new number, new opening hours`."""
        if self.support.closed_on is not None:
            return "has closed"
        if not self.support.listed:
            return "no longer in the directory"
        return ", ".join(IN_WORDS[what](self.support) for what in What if what in self.what)


IN_WORDS = {
    What.ADDED: lambda support: "new in the directory",
    What.OPEN: lambda support: "open again",
    What.PHONE: lambda support: (
        "new number" if support.phone else "its number was wrong, the right one is not known yet"
    ),
    What.ADDRESS: lambda support: "new address",
    What.HOURS: lambda support: "new opening hours",
    What.WAITING: lambda support: (
        f"waiting list of about {support.wait_weeks} weeks"
        if support.wait_weeks
        else "no waiting list any more"
    ),
    What.COST: lambda support: f"now {support.cost}" if support.cost else "cost not known any more",
}


def support_news(place, *, since, until):
    """What became new or different for people near a Place, the nearest first.

    since, until: dates; the first counts, the last does not.

    Returns a list of SupportNews, one a support. What is there for all of the city or the
    country comes after what has an address near.
    """
    changes = SupportChange.objects.filter(noticed_on__gte=since, noticed_on__lt=until)
    what, noticed_on = {}, {}
    for support_id, kind, day in changes.order_by("noticed_on").values_list(
        "support", "what", "noticed_on"
    ):
        what.setdefault(support_id, set()).add(kind)
        noticed_on[support_id] = day
    supports = list(Support.objects.filter(id__in=what).prefetch_related("areas", "need_rows"))
    reached = _in_reach(supports, place)
    news = [
        SupportNews(support, frozenset(what[support.id]), noticed_on[support.id], km)
        for support, km in reached
    ]
    return sorted(
        news, key=lambda one: (one.distance_km is None, one.distance_km, one.support.name)
    )


def _in_reach(supports, place):
    """(support, distance in km or None) of those that are there for people near a place."""
    points = points_on_globe(
        (support.latitude for support in supports), (support.longitude for support in supports)
    )
    km = distances(points, place)
    areas = [{row.area for row in support.areas.all()} for support in supports]
    mask = in_reach(
        np.array([support.reach == Reach.LOCAL for support in supports], dtype=bool),
        np.array([bool(named) for named in areas], dtype=bool),
        np.array(
            [
                support.reach == Reach.NATIONAL or bool(named & place.areas)
                for support, named in zip(supports, areas, strict=True)
            ],
            dtype=bool,
        ),
        km,
    )
    return [
        (support, None if np.isnan(far) else round(float(far), 1))
        for support, far, is_reached in zip(supports, km, mask, strict=True)
        if is_reached
    ]
