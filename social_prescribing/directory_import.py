"""Bring the directory in line with another one: repeatable, deduplicated, with a preview.

A support remembers every feed that told of it (SupportSource). The first one owns
what it says; another feed's same service only adds its name as a source. What
somebody checked or corrected by hand stands, whatever a feed says.
"""

import re
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from rapidfuzz.distance import OSA

from social_prescribing.feed_rows import BrokenRow
from social_prescribing.support_changes import note_added, note_changed
from social_prescribing.supports import (
    Confidence,
    Reach,
    Support,
    SupportArea,
    SupportNeed,
    WayIn,
)

# More of a feed than this, gone at once, is a feed cut off: an error page, a page not fetched.
MOST_GONE, ALWAYS_BELIEVED = 0.2, 10  # a part of what it told of before; so few may be all
SAME_NAME = 0.75  # how alike two names on one number or web address must be
COLUMNS = (
    "name", "organisation", "description", "phone", "url", "email", "address", "postcode",
    "latitude", "longitude", "hours", "languages", "cost", "min_age", "max_age", "source_url",
)  # fmt: skip
UPDATED = (
    *COLUMNS, "reach", "area_served", "checked_on", "listed", "confirmed_on", "confirmed_by",
)  # fmt: skip


class SupportSource(models.Model):
    """That a feed tells of a support, under the feed's own id."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="sources")
    feed = models.CharField(max_length=40)
    feed_id = models.CharField(max_length=100)
    is_owner = models.BooleanField(default=True)  # its words are the support's
    first_seen_on = models.DateField()

    class Meta:
        app_label = "social_prescribing"
        constraints = [
            models.UniqueConstraint(fields=["feed", "feed_id"], name="one_source_a_feed_id"),
        ]

    def __str__(self):
        return f"{self.feed} {self.feed_id}"


@dataclass
class ImportReport:
    """What an import did, or would do."""

    added: list = field(default_factory=list)  # names
    changed: list = field(default_factory=list)  # (name, what changed)
    merged: list = field(default_factory=list)  # names: known from elsewhere, one more source
    unchanged: int = 0
    gone: list = field(default_factory=list)  # names: no longer in the feed, not suggested
    broken: list = field(default_factory=list)  # BrokenRow
    missing: int = 0  # no longer in the feed, and too many to believe it

    @property
    def changes_anything(self):
        return bool(self.added or self.changed or self.merged or self.gone)

    def in_words(self):
        counts = (
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.merged)} merged, "
            f"{self.unchanged} unchanged, {len(self.gone)} gone, {len(self.broken)} broken"
        )
        lines = [f"  changed {name}: {', '.join(what)}" for name, what in self.changed]
        lines += [f"  gone {name}" for name in self.gone]
        lines += [f"  broken {row.feed_id}: {row.problem}" for row in self.broken]
        if self.missing:
            lines.append(
                f"{self.missing} are missing from the feed, more than a fifth of what it told of: "
                "it looks cut off, so they all stay. If they are gone, import it with --gone."
            )
        return "\n".join([counts, *lines])


def import_feed(
    feed, rows, *, preview=False, is_whole=True, may_lose_most=False, progress=lambda done: None
):
    """Take the rows of a feed over; returns an ImportReport.

    feed: its name, for example "ALISS"; the same each time.
    rows: FeedRow and BrokenRow, as feed_rows.read_rows yields them.
    preview: reckon and report everything, and change nothing.
    is_whole: the rows are all that the feed has; what it no longer tells of is gone, unless
        that is so much that the feed looks cut off.
    may_lose_most: believe that, too.
    progress: called with the number of rows done.
    """
    with transaction.atomic():
        run = _Import(feed)
        run.run(rows, progress=progress)
        if is_whole:
            run.take_off_gone(may_lose_most=may_lose_most)
        if preview:
            transaction.set_rollback(True)
    return run.report


class _Import:
    """One run over one feed."""

    def __init__(self, feed):
        self.feed = feed
        self.report = ImportReport()
        self.sources = {
            source.feed_id: source
            for source in SupportSource.objects.filter(feed=feed).select_related("support")
        }
        self.known = _Known()
        self.seen, self.changed, self.new, self.new_sources = set(), [], [], []
        self.told = []  # (support, names of what changed)

    def run(self, rows, *, progress):
        for done, row in enumerate(rows, 1):
            self._take(row)
            progress(done)
        self._save()

    def _take(self, row):
        if isinstance(row, BrokenRow):
            self.report.broken.append(row)
            self.seen.add(row.feed_id)  # broken today is not gone
            return
        if row.feed_id in self.seen:
            self.report.broken.append(BrokenRow(row.feed_id, "stands in the feed twice"))
            return
        self.seen.add(row.feed_id)
        source = self.sources.get(row.feed_id)
        if source is not None:
            self._update(source, row)
        elif same := self.known.same_as(row):
            self._add_source(same, row, is_owner=False)
            self.report.merged.append(same.name)
        else:
            self._add(row)

    def _update(self, source, row):
        support = source.support
        what = self._changes(support, row) if source.is_owner else []
        if what:
            self.changed.append((support, row))
            self.told.append((support, what))
            self.report.changed.append((support.name, what))
        else:
            self.report.unchanged += 1

    def _changes(self, support, row):
        """Write what the row says into the support; returns the names of what changed."""
        values = _values(row) | {"listed": not row.is_closed}
        values = {name: v for name, v in values.items() if name not in support.corrected}
        what = [name for name, value in values.items() if getattr(support, name) != value]
        for name in what:
            setattr(support, name, values[name])
        if self.known.needs.get(support.id, []) != list(row.needs):
            what.append("needs")
        if self.known.areas.get(support.id, set()) != set(row.areas):
            what.append("areas")
        return what + _take_check(support, row, self.feed)

    def _add(self, row):
        short_id = slugify(f"{self.feed} {row.name}")[:50]
        support = Support(
            id=f"{short_id}-{slugify(row.feed_id)[-12:]}",
            kind_of_place="service",
            way_in=WayIn.OPEN,
            checked_how=f"told by {self.feed}"[:60],
            confidence=Confidence.MEDIUM,
            listed=not row.is_closed,
            **{"checked_on": timezone.localdate()} | _values(row),
        )
        _take_check(support, row, self.feed)
        self.new.append((support, row))
        self._add_source(support, row, is_owner=True)
        self.known.add(support)
        self.report.added.append(support.name)

    def _add_source(self, support, row, *, is_owner):
        source = SupportSource(
            support=support,
            feed=self.feed,
            feed_id=row.feed_id,
            is_owner=is_owner,
            first_seen_on=timezone.localdate(),
        )
        self.new_sources.append(source)

    def _save(self):
        Support.objects.bulk_create([support for support, _ in self.new], batch_size=500)
        SupportSource.objects.bulk_create(self.new_sources, batch_size=500)
        if self.changed:
            Support.objects.bulk_update([s for s, _ in self.changed], UPDATED, batch_size=200)
        _write_rows([*self.changed, *self.new])
        note_added([support for support, _ in self.new])
        note_changed(self.told)

    def take_off_gone(self, *, may_lose_most):
        """What no feed tells of any more is kept, but not suggested."""
        gone = [source for id, source in self.sources.items() if id not in self.seen]
        gone = [source for source in gone if source.support.listed]
        most = max(ALWAYS_BELIEVED, MOST_GONE * len(self.sources))
        if len(gone) > most and not may_lose_most:
            self.report.missing = len(gone)
            return
        for source in gone:
            if not source.is_owner:
                source.delete()
            elif not _hand_on(source):
                source.support.listed = False
                source.support.save(update_fields=["listed"])
                note_changed([(source.support, ["listed"])])
                self.report.gone.append(source.support.name)


def _hand_on(source):
    """Another feed that tells of the same service has the word from now on, where there is one."""
    other = source.support.sources.exclude(pk=source.pk).first()
    if other is None:
        return False
    other.is_owner = True
    other.save(update_fields=["is_owner"])
    source.delete()
    return True


class _Known:
    """The directory by what makes two services one: number, web address, and name."""

    def __init__(self):
        self.areas, self.needs = {}, {}
        for support_id, need in SupportNeed.objects.order_by("position").values_list(
            "support", "need"
        ):
            self.needs.setdefault(support_id, []).append(need)
        for support_id, area in SupportArea.objects.values_list("support", "area"):
            self.areas.setdefault(support_id, set()).add(area)
        self._by_phone, self._by_url, self._by_name = {}, {}, {}
        for support in Support.objects.all():
            self.add(support)

    def add(self, support):
        if support.phone:
            self._by_phone.setdefault(_digits(support.phone), []).append(support)
        if support.url:
            self._by_url.setdefault(_bare(support.url), []).append(support)
        self._by_name.setdefault(_plain(support.name, support.organisation), support)

    def same_as(self, row):
        """The support that a row is the same service as, or None."""
        if same := self._by_name.get(_plain(row.name, row.organisation)):
            return same
        alike = [
            *(self._by_phone.get(_digits(row.phone), []) if row.phone else []),
            *(self._by_url.get(_bare(row.url), []) if row.url else []),
        ]
        return next((support for support in alike if _are_alike(support, row)), None)


def _are_alike(support, row):
    """One name may hold the other ("Cruse", "Cruse Scotland"), or be spelt a little differently."""
    ours, theirs = _plain(support.name), _plain(row.name)
    near = support.postcode == row.postcode or not (support.postcode and row.postcode)
    alike = OSA.normalized_similarity(ours, theirs) >= SAME_NAME
    return near and (alike or ours in theirs or theirs in ours)


def _values(row):
    values = {column: getattr(row, column) for column in COLUMNS}
    values["source_url"] = (row.source_url or row.url)[:300]
    values["languages"] = row.languages[:80]
    if row.national:
        reach, served = Reach.NATIONAL, row.national
    elif row.areas:
        reach, served = Reach.CITY, ", ".join(row.areas)
    else:
        reach, served = Reach.LOCAL, row.postcode or "a neighbourhood"
    told_on = row.assured_on or row.reviewed_on
    values |= {"checked_on": told_on} if told_on else {}
    return values | {"reach": reach, "area_served": served[:160]}


def _take_check(support, row, feed):
    """A feed's own check counts where it is later than ours."""
    if row.assured_on is None or (support.confirmed_on and support.confirmed_on >= row.assured_on):
        return []
    support.confirmed_on, support.confirmed_by = row.assured_on, feed
    return ["confirmed_on"]


def _write_rows(pairs):
    """The needs and areas of supports, anew."""
    ids = [support.id for support, _ in pairs]
    for start in range(0, len(ids), 500):
        SupportNeed.objects.filter(support__in=ids[start : start + 500]).delete()
        SupportArea.objects.filter(support__in=ids[start : start + 500]).delete()
    SupportNeed.objects.bulk_create(
        [
            SupportNeed(support=support, need=need, position=position)
            for support, row in pairs
            for position, need in enumerate(row.needs)
        ],
        batch_size=500,
    )
    SupportArea.objects.bulk_create(
        [SupportArea(support=support, area=area) for support, row in pairs for area in row.areas],
        batch_size=500,
    )


def _digits(phone):
    return re.sub(r"\D", "", phone)


def _bare(url):
    return re.sub(r"^https?://(www\.)?", "", url.casefold()).rstrip("/")


def _plain(*names):
    return " ".join(re.findall(r"[a-z0-9]+", " ".join(names).casefold()))
