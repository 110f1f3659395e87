"""What is out there: one practice's week, for its staff, without any patient.

Supports that are new or different near it, what its patients asked for, how long they
wait for a call, and one support in the spotlight. The page and the weekly email of the
desk show the same.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from social_prescribing.asked_needs import count_asked_needs
from social_prescribing.needs import NEEDS, name_of
from social_prescribing.places import find_place
from social_prescribing.practices import Practice
from social_prescribing.small_numbers import hide_small, show_count
from social_prescribing.spotlights import Spotlight, spotlight_for
from social_prescribing.support_news import support_news
from social_prescribing.waiting_times import WaitingTimes, waiting_times
from social_prescribing.working_time import GLASGOW

WEEK = timedelta(weeks=1)
# What patients asked for is held against as many weeks before, all of them over: a count
# that grew by one while somebody looked on would tell of one patient.
ASKED_OVER = 4 * WEEK
NEWS_ON_THE_PAGE = 4 * WEEK
WAITED_OVER = 13 * WEEK


@dataclass(frozen=True)
class Asked:
    """How often one need was asked for, as it may be shown: `12`, `fewer than 5`."""

    need: str
    name: str
    lately: str
    before: str


@dataclass(frozen=True)
class AskedFor:
    """What patients asked for in the weeks from `first_day` to `last_day`.

    rows: the needs that five or more asked for, now or in the weeks before, most first.
    by_a_few: names of those that fewer asked for, in no order of number.
    """

    first_day: date
    last_day: date
    rows: tuple
    by_a_few: tuple
    needs: tuple

    @property
    def weeks(self):
        return ASKED_OVER // WEEK


@dataclass(frozen=True)
class OutThere:
    """One practice's week."""

    practice: Practice
    week: date
    new: tuple
    changed: tuple
    asked: AskedFor
    waiting: WaitingTimes
    spotlight: Spotlight | None

    @property
    def says_anything(self):
        """Whether there is something to tell: an email without it is not worth opening."""
        return bool(
            self.new
            or self.changed
            or self.asked.needs
            or self.spotlight
            or self.waiting.says_anything
        )


def out_there_now(practice):
    """What the page shows: news of the last weeks up to this moment."""
    tomorrow = _today() + timedelta(days=1)
    return _look(practice, since=tomorrow - NEWS_ON_THE_PAGE, until=tomorrow)


def out_there_this_week(practice):
    """What this week's email tells: the news of the week that ended on Sunday."""
    monday = this_week()
    return _look(practice, since=monday - WEEK, until=monday)


def as_in_the_email(there):
    """What the page shows, with this week's email's news: the rest is the same in both."""
    monday, place = this_week(), place_of(there.practice)
    return replace(there, **_news(place, since=monday - WEEK, until=monday))


def this_week():
    """The Monday of this week in Glasgow: a date."""
    today = _today()
    return today - timedelta(days=today.weekday())


def place_of(practice):
    """Where a practice is: a Place, or None where neither its name nor its district is known."""
    return find_place(practice.neighbourhood, is_asked_for=True) or find_place(
        practice.postcode_district, is_asked_for=True
    )


def _look(practice, *, since, until):
    place, week = place_of(practice), this_week()
    asked = _asked_for(practice, week)
    return OutThere(
        practice=practice,
        week=week,
        **_news(place, since=since, until=until),
        asked=asked,
        waiting=waiting_times(practice, since=timezone.now() - WAITED_OVER),
        spotlight=spotlight_for(practice, place, asked.needs, week=week) if place else None,
    )


def _news(place, *, since, until):
    news = support_news(place, since=since, until=until) if place else []
    return {
        "new": tuple(one for one in news if one.is_new),
        "changed": tuple(one for one in news if not one.is_new),
    }


def _asked_for(practice, week):
    lately = count_asked_needs(practice, since=week - ASKED_OVER, until=week)
    before = count_asked_needs(practice, since=week - 2 * ASKED_OVER, until=week - ASKED_OVER)
    asked = [need for need in NEEDS if lately[need] or before[need]]
    # Sorted by what is shown, so that the order tells no more than the numbers do.
    asked.sort(
        key=lambda need: (-(hide_small(lately[need]) or 0), -(hide_small(before[need]) or 0))
    )
    shown = [need for need in asked if hide_small(lately[need]) or hide_small(before[need])]
    return AskedFor(
        first_day=week - ASKED_OVER,
        last_day=week - timedelta(days=1),
        rows=tuple(
            Asked(need, name_of(need), show_count(lately[need]), show_count(before[need]))
            for need in shown
        ),
        by_a_few=tuple(name_of(need) for need in asked if need not in shown),
        needs=tuple(asked),
    )


def _today():
    return timezone.now().astimezone(GLASGOW).date()
