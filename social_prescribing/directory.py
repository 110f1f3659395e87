"""The directory of supports in memory, so that a suggestion takes a millisecond.

Every process holds the listed supports once, sorted by need, with what they are
held against in arrays. Whatever changes a support leaves a row in
DirectoryChange in the same transaction; a process that finds a row it has not
seen reads those supports again, and one that does not find the last row it knew
(a restored backup, an undone transaction) reads everything again.
"""

import threading
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.apps import apps
from django.db import connection, models

from social_prescribing.globe import points_on_globe

NO_YOUNGEST, NO_OLDEST = 0, 200  # years
ANSWERS_TAKEN_AS_USUAL = 8  # so few of a support's own say little yet


class DirectoryChange(models.Model):
    """That one support changed, or ("") that any may have."""

    support_id = models.CharField(max_length=64, blank=True)
    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        app_label = "social_prescribing"

    def __str__(self):
        return self.support_id or "the whole directory"


def note_change(support_id):
    """One support has changed: every process reads it again before its next suggestion."""
    DirectoryChange.objects.create(support_id=support_id)


def note_changes():
    """Many supports have changed: every process reads the directory again."""
    DirectoryChange.objects.all().delete()
    DirectoryChange.objects.create()


@dataclass(frozen=True)
class Entry:
    """One support, with the rows that belong to it."""

    support: object
    needs: tuple
    areas: frozenset
    got_there: int = 0  # patients who were asked and had got there
    did_not: int = 0  # and who had not


class People(NamedTuple):
    """Whom a support is for: any of these groups (everybody where there is none), of these ages."""

    groups: tuple  # of sets of circumstances; who is of a group has them all
    youngest: int
    oldest: int

    @classmethod
    def of(cls, support):
        return cls(
            groups=tuple(frozenset(group) for group in support.for_whom if group),
            youngest=NO_YOUNGEST if support.min_age is None else support.min_age,
            oldest=NO_OLDEST if support.max_age is None else support.max_age,
        )


class NeedIndex:
    """All supports for one need. Each array has one element for each entry, in order."""

    def __init__(self, entries, need):
        self.entries = entries
        self.position = {entry.support.id: at for at, entry in enumerate(entries)}
        supports = [entry.support for entry in entries]
        self.points = points_on_globe(
            (s.latitude for s in supports), (s.longitude for s in supports)
        )
        self.is_national = _flags(s.reach == "national" for s in supports)
        self.is_local = _flags(s.reach == "local" for s in supports)
        # A local support that names its areas serves those; another, whoever is near enough.
        self.names_areas = _flags(entry.areas for entry in entries)
        self.serves_uk = _flags(s.area_served == "the UK" for s in supports)
        self.can_be_rung = _flags(s.phone or s.text_number for s in supports)
        self.has_address = _flags(s.address for s in supports)
        self.asks_first = _flags(s.way_in in ("ring_first", "referral") for s in supports)
        self.is_pinned = _flags(s.pinned for s in supports)
        self.only_when_open = _flags(s.only_when_open for s in supports)
        self.may_be_named = _flags(map(_may_be_named, supports))
        self.is_crisis_line = _flags(s.is_crisis_line for s in supports)
        self.confirmed_on = _numbers(
            s.confirmed_on and s.confirmed_on.toordinal() for s in supports
        )
        self.weeks_to_wait = _numbers(s.wait_weeks for s in supports)
        self.rank_of_need = _numbers(entry.needs.index(need) for entry in entries)
        self.missed_by_more = _missed_by_more_than_usual(
            _numbers(entry.got_there for entry in entries),
            _numbers(entry.did_not for entry in entries),
        )
        self.confidence = _numbers(("high", "medium", "low").index(s.confidence) for s in supports)
        self.people, self.people_of = _kinds(People.of(support) for support in supports)
        self.hours, self.hours_of = _kinds(s.hours for s in supports)
        self.languages, self.languages_of = _kinds(s.languages for s in supports)
        self.standing = None  # what is the same for every patient: weighing.py reckons it once
        by_area = defaultdict(list)
        for at, entry in enumerate(entries):
            for area in entry.areas:
                by_area[area].append(at)
        self._by_area = {area: np.array(positions) for area, positions in by_area.items()}

    def serving(self, areas, *, in_scotland=True):
        """Which entries serve the whole country or one of these areas: an array of booleans."""
        mask = (self.is_national if in_scotland else self.is_national & self.serves_uk).copy()
        for area in self._by_area.keys() & areas:
            mask[self._by_area[area]] = True
        return mask


class Directory:
    """The listed supports of one database, as one process knows them."""

    def __init__(self):
        self._lock = threading.Lock()
        self._last_change = None
        self._entries = None
        self._by_need = {}

    def by_need(self, need):
        """The NeedIndex of a need, up to date."""
        with self._lock:
            self._catch_up()
            if need not in self._by_need:
                of_need = [entry for entry in self._entries.values() if need in entry.needs]
                of_need.sort(key=lambda entry: entry.support.id)
                self._by_need[need] = NeedIndex(of_need, need)
            return self._by_need[need]

    def _catch_up(self):
        known = self._last_change
        rows = _changes(since=known[0] if known else 0)
        knows_it = self._entries is not None and (rows[0][:2] == known if rows else known is None)
        if knows_it and len(rows) <= 1:
            return
        if known and not knows_it:
            rows = _changes(since=0)  # what came of a backup may all be older than what was known
        changed = [row[2] for row in rows[1:]] if knows_it and known else [""]
        self._read_again(None if "" in changed else set(changed))
        self._last_change = rows[-1][:2] if rows else None

    def _read_again(self, ids):
        if ids is None:
            self._entries, self._by_need = _read(), {}
            return
        touched = [self._entries.pop(id) for id in ids if id in self._entries]
        new = _read(id__in=ids)
        self._entries |= new
        for entry in (*touched, *new.values()):
            for need in entry.needs:
                self._by_need.pop(need, None)


directory = Directory()


def _changes(*, since):
    """(id, token, support id) of every DirectoryChange from an id on.

    In plain SQL, as it is asked at every suggestion: Django takes longer to write such a
    query than a database to answer it, and longer than all supports take to be weighed.
    """
    table = DirectoryChange._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, token, support_id FROM {table} WHERE id >= %s ORDER BY id", [since]
        )
        return cursor.fetchall()


def _read(**chosen):
    """Entries by id. A few plain queries: Django's prefetching takes five times as long."""
    support_model = apps.get_model("social_prescribing", "Support")
    supports = list(support_model.objects.filter(listed=True, **chosen))
    of = {"support__in": [s.id for s in supports]} if chosen else {}
    needs, areas = defaultdict(list), defaultdict(set)
    need_rows = apps.get_model("social_prescribing", "SupportNeed").objects.filter(**of)
    for support_id, need in need_rows.order_by("position").values_list("support", "need"):
        needs[support_id].append(need)
    area_rows = apps.get_model("social_prescribing", "SupportArea").objects.filter(**of)
    for support_id, area in area_rows.values_list("support", "area"):
        areas[support_id].add(area)
    for support in supports:
        support.known_needs = needs[support.id]
    went = _answers(of)
    return {
        s.id: Entry(
            s,
            tuple(needs[s.id]),
            frozenset(areas[s.id]),
            got_there=went[s.id, "yes"],
            did_not=went[s.id, "no"],
        )
        for s in supports
    }


def _answers(of):
    """How often patients answered yes, and no, to "did you get there?": by support and answer."""
    signposting = apps.get_model("social_prescribing", "Signposting")
    answered = signposting.objects.exclude(went_there="").filter(**of).order_by()
    return Counter(
        {
            (support_id, went): times
            for support_id, went, times in answered.values_list("support", "went_there").annotate(
                models.Count("id")
            )
        }
    )


def _may_be_named(support):
    """Whether it can be reached and is not shut for good; crisis lines are others' to name."""
    ways = (support.phone, support.text_number, support.url, support.address)
    return not support.crisis and support.closed_on is None and any(ways)


def _missed_by_more_than_usual(got_there, did_not):
    """How much larger a part of its patients did not get to each support than is usual here.

    Between -1 and 1; 0 for a support that nobody was asked about yet. The share is drawn
    towards what is usual for the need, as if some had been asked before, so that two bad
    answers bury nobody.
    """
    asked, as_usual = got_there + did_not, ANSWERS_TAKEN_AS_USUAL
    usual = (did_not.sum() + as_usual / 2) / (asked.sum() + as_usual)
    return (did_not + as_usual * usual) / (asked + as_usual) - usual


def _kinds(values):
    """The different values, and for each element which of them it is."""
    known = {}
    which = [known.setdefault(value, len(known)) for value in values]
    return list(known), np.array(which, dtype=int)


def _flags(values):
    return np.array([bool(value) for value in values], dtype=bool)


def _numbers(values, default=0):
    return np.array([default if value is None else value for value in values], dtype=float)
