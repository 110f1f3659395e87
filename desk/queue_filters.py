"""What a link worker narrows the queue down to: practice, need, language, and how it is due."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from social_prescribing.callbacks import CallbackNeed
from social_prescribing.languages import language_name
from social_prescribing.link_workers import Theme
from social_prescribing.needs import CHOICES, NEEDS
from social_prescribing.working_time import GLASGOW

DUE = {
    "urgent": "urgent",
    "overdue": "overdue",
    "today": "due today",
    "staff": "added by staff",
}


@dataclass(frozen=True)
class QueueFilters:
    """What was chosen; a value that does not exist is as good as none."""

    practice: str = ""  # practice code
    need: str = ""
    language: str = ""
    theme: str = ""
    due: str = ""

    @classmethod
    def of(cls, given):
        """Read the query of an address (QueryDict)."""
        return cls(
            practice=given.get("practice", "")[:10],
            need=given.get("need", "") if given.get("need") in NEEDS else "",
            language=given.get("language", "")[:40],
            theme=given.get("theme", "")[:20],
            due=given.get("due", "") if given.get("due") in DUE else "",
        )

    @property
    def chosen(self):
        """The filters that are set, by name."""
        return {name: value for name, value in vars(self).items() if value}

    @cached_property
    def query(self):
        """As part of an address: `practice=DEMO1&need=food`."""
        return urlencode(self.chosen)

    def apply(self, callbacks):
        """Only the callbacks that were asked for."""
        if self.practice:
            callbacks = callbacks.filter(practice__code=self.practice)
        if self.language:
            callbacks = callbacks.filter(language=self.language)
        if needs := self._needs():
            # Asked row by row: a few waiting ones do not cost a look at a million closed.
            of_need = CallbackNeed.objects.filter(callback=OuterRef("pk"), need__in=needs)
            callbacks = callbacks.filter(Exists(of_need))
        return callbacks.filter(_is_due(self.due))

    def _needs(self):
        if self.need:
            return [self.need]
        theme = Theme.objects.filter(pk=self.theme).first() if self.theme else None
        return theme.needs if theme else []


def count_by_due(callbacks):
    """How many are waiting in all, and of each kind of DUE: one look at the database."""
    kinds = {kind: Count("pk", filter=_is_due(kind)) for kind in DUE}
    return callbacks.order_by().aggregate(all=Count("pk"), **kinds)


def choices_for(access, waiting):
    """What can be chosen: lists of (value, words) by filter."""
    # Told apart here: asked for DISTINCT, SQLite walks through a million closed ones.
    # English is most of them, and to find whom somebody may see costs more than to leave it out.
    other = waiting.order_by().exclude(language="en").values_list("language", flat=True)
    spoken = {"en", *other}
    return {
        "practice": [(practice.code, practice.name) for practice in access.practices],
        "need": CHOICES,
        "language": sorted(((code, language_name(code)) for code in spoken), key=lambda c: c[1]),
        "theme": [(theme.pk, theme.name) for theme in Theme.objects.all()],
    }


def _is_due(kind):
    now = timezone.now()
    if kind == "urgent":
        return Q(is_urgent=True)
    if kind == "overdue":
        return Q(due_by__lt=now)
    if kind == "today":
        today = now.astimezone(GLASGOW).replace(hour=0, minute=0, second=0, microsecond=0)
        return Q(due_by__gte=now, due_by__lt=today + timedelta(days=1))
    if kind == "staff":
        return Q(asked_through="staff")
    return Q()
