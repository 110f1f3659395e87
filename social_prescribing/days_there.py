"""Who is there on which day: the days of link workers at their practices, less their absences.

A practice whose link workers are not known yet counts as one that has somebody every
working day. Whoever is away and covered for counts as there: the promise is kept for them.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from social_prescribing.day_words import WEEKDAYS
from social_prescribing.link_workers import Absence, DaysAtPractice
from social_prescribing.spoken_hours import days_in_words
from social_prescribing.working_time import (
    end_of_day,
    end_of_working_day,
    is_working_day,
    local_day,
)

# Nobody there for so long is no matter of days of the week any more: the promise stands.
LOOK_AHEAD_DAYS = 28


class Rota:
    """The days on which at least one of some link workers is there, from a date on."""

    def __init__(self, rows, first_day):
        """rows: DaysAtPractice, of one practice or of one link worker."""
        self._rows = list(rows)
        self._away = list(
            Absence.objects.filter(
                link_worker__in={row.link_worker_id for row in self._rows},
                covered_by=None,
                last_day__gte=first_day,
            )
        )

    @classmethod
    def of_practice(cls, practice, first_day):
        rows = practice.days_of_link_workers.filter(
            link_worker__user__is_active=True
        ).select_related("link_worker")
        return cls(rows, first_day)

    @classmethod
    def of_link_worker(cls, link_worker, first_day):
        return cls(link_worker.days_at_practices.all(), first_day)

    def is_there(self, day):
        """Whether one of them works on a date."""
        if not is_working_day(day):
            return False
        return not self._rows or any(
            row.includes(day) and not self._is_away(row.link_worker_id, day) for row in self._rows
        )

    def who(self, day):
        """The link workers who are there on a date."""
        return [
            row.link_worker
            for row in self._rows
            if row.includes(day) and not self._is_away(row.link_worker_id, day)
        ]

    def next_day(self, day):
        """The first date from `day` on when one of them is there, or None within four weeks."""
        ahead = (day + timedelta(days=days) for days in range(LOOK_AHEAD_DAYS))
        return next(filter(self.is_there, ahead), None)

    def _is_away(self, link_worker_id, day):
        return any(
            absence.link_worker_id == link_worker_id
            and absence.first_day <= day <= absence.last_day
            for absence in self._away
        )


def end_of_promise(practice, moment, *, days):
    """By when a call asked for at `moment` comes: after so many working days, and no sooner than
    there is somebody to ring.

    The day on which it was asked for does not count: it may be over.
    """
    promised = end_of_working_day(moment, days=days)
    if practice is None:
        return promised
    return _when_there(Rota.of_practice(practice, local_day(moment)), moment, promised)


def end_of_claim(link_worker, moment, *, days):
    """When a claim nobody works on is forgotten: not before its holder has had a day for it."""
    end = end_of_working_day(moment, days=days)
    if link_worker is None:
        return end
    return _when_there(Rota.of_link_worker(link_worker, local_day(moment)), moment, end)


def _when_there(rota, moment, end):
    last = local_day(end)
    day = local_day(moment)
    first = day if last <= day else day + timedelta(days=1)
    there = rota.next_day(first)
    return end if there is None or there <= last else end_of_day(there)


def next_day_of_work(link_worker, day):
    """The first date from `day` on when a link worker works, at any practice."""
    return Rota.of_link_worker(link_worker, day).next_day(day) or day


def practices_there_today(link_worker):
    """Ids of the practices at which a link worker is today, for others whom they cover too."""
    today = timezone.localdate()
    covered = Absence.on(today).filter(covered_by=link_worker).values("link_worker")
    rows = DaysAtPractice.objects.filter(Q(link_worker=link_worker) | Q(link_worker__in=covered))
    return {row.practice_id for row in rows if row.includes(today)}


def days_there_in_words(practice):
    """When there is a link worker, `Tuesday and Thursday`; "" where there is every working day."""
    days = _weekdays_there(practice)
    return "" if days == set(WEEKDAYS) else days_in_words(days)


def longest_promise(practice):
    """The working days within which a call comes, whichever day it is asked for: for posters."""
    there = _weekdays_there(practice)
    two_weeks = [day in there for day in (*WEEKDAYS, *WEEKDAYS)]
    waits = (two_weeks.index(True, start + 1) - start for start in range(len(WEEKDAYS)))
    return max(practice.callback_within_days, *waits)


def _weekdays_there(practice):
    """Every weekday on which a link worker works there, absences apart."""
    rows = practice.days_of_link_workers.filter(link_worker__user__is_active=True)
    return {day for row in rows for day in (row.days or WEEKDAYS)} or set(WEEKDAYS)
