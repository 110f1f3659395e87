"""SupportChange: what became new or different in the directory, whoever brought it.

A feed, the directory's file and a check by hand all write it, so that practice staff can be
told what is new near them. Only what matters to somebody who sends a patient there is kept:
that a description was reworded is no news.
"""

from django.db import models
from django.utils import timezone

from social_prescribing.supports import Support


class What(models.TextChoices):
    """What became different. The values are stored."""

    ADDED = "added", "New in the directory"
    OPEN = "open", "Closed, or open again"
    PHONE = "phone", "Number"
    ADDRESS = "address", "Address"
    HOURS = "hours", "Opening hours"
    WAITING = "waiting", "Waiting list"
    COST = "cost", "Cost"


# The columns of a support that are worth telling, and what a difference in them means.
TOLD = {
    "listed": What.OPEN,
    "closed_on": What.OPEN,
    "phone": What.PHONE,
    "address": What.ADDRESS,
    "hours": What.HOURS,
    "wait_weeks": What.WAITING,
    "cost": What.COST,
}


class SupportChange(models.Model):
    """One thing about one support that became different on one day."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    noticed_on = models.DateField(default=timezone.localdate)

    class Meta:
        app_label = "social_prescribing"
        indexes = [
            # What is new in some weeks: the page for practice staff.
            models.Index(fields=["noticed_on"], name="support_change_by_day"),
        ]

    def __str__(self):
        return f"{self.support}: {self.get_what_display()}, {self.noticed_on:%d %b %Y}"


def told_of(support, columns=TOLD):
    """What the directory says of a support now, to hold against what it says later."""
    return {column: getattr(support, column) for column in TOLD if column in columns}


def changes_since(known, support):
    """The columns worth telling that differ from what `told_of` gave before."""
    return [column for column, value in known.items() if getattr(support, column) != value]


def note_added(supports):
    """Supports that the directory did not have before."""
    SupportChange.objects.bulk_create(
        [SupportChange(support=support, what=What.ADDED) for support in supports], batch_size=500
    )


def note_changed(changed):
    """Supports that became different.

    changed: pairs of a Support and the names of its columns that differ; those that are
        not worth telling are passed over.
    """
    SupportChange.objects.bulk_create(
        [
            SupportChange(support=support, what=what)
            for support, columns in changed
            for what in dict.fromkeys(TOLD[column] for column in columns if column in TOLD)
        ],
        batch_size=500,
    )
