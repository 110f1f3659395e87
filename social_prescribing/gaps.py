"""Gap: a need that no local support met, counted without names.

One row is one need of one patient in one month. It holds no name, number or word of
theirs. While the conversation is kept it points there, so that who asks again is not
counted again; when that is deleted the row stays, cut off (`cut_off_gaps`). Rows of one
patient share a mark that stands nowhere else, so that a count is of people.

What is shown of them, and how few are hidden: gap_report.py.
"""

import uuid

from django.db import models
from django.utils import timezone

from social_prescribing.conversations import Conversation
from social_prescribing.needs import CHOICES
from social_prescribing.practices import Practice
from social_prescribing.signposting import is_of_demo


class Kind(models.TextChoices):
    """How a need was left open. The values are stored."""

    UNMET = "unmet", "No support to name"
    NOT_REACHED = "not_reached", "Named, but the patient did not get there"
    HINDERED = "hindered", "Found, but hard to use"
    NOT_AGREED = "not_agreed", "Rung about, and no support agreed"


# A need that no support met. What was found with a hitch met it, if not well; on the phone a
# link worker may have met it without a support.
NOT_MET = (Kind.UNMET, Kind.NOT_REACHED)


class Why(models.TextChoices):
    """What stood in the way, the nearest to help first. The values are stored."""

    FULL = "full", "Full, or a wait of weeks"
    SHUT = "shut", "Shut"
    UNCHECKED = "unchecked", "Number not checked lately"
    FAR = "far", "Too far away"
    ENGLISH = "english", "Only in English, as far as we know"
    OTHERS = "others", "Only for other people"
    NONE = "none", "Nothing for it in the directory"
    UNSAID = "unsaid", "Not said"


class Gap(models.Model):
    """One need of one patient that was left open in one month, and what stood in the way."""

    need = models.CharField(max_length=20, choices=CHOICES)
    kind = models.CharField(max_length=12, choices=Kind)
    why = models.CharField(max_length=10, choices=Why)
    district = models.CharField(max_length=4, blank=True, help_text="For example G22")
    # Null where a shared number left it unknown; then the conversation may know it by now.
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.SET_NULL)
    month = models.DateField(help_text="The first day of the month in which it was asked")
    beside = models.JSONField(default=list, blank=True, help_text="Needs asked for with it")
    things = models.JSONField(
        default=list, blank=True, help_text="What was asked for, in words of our list: things.py"
    )
    asker = models.UUIDField(default=uuid.uuid4, help_text="Shared by the rows of one patient")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="gaps"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "need", "month"], name="one_gap_a_need_and_month"
            ),
        ]
        indexes = [
            models.Index(fields=["month"], name="gap_by_month"),  # the gaps page
        ]

    def __str__(self):
        return f"{self.need} in {self.district or 'an unknown place'}, {self.month:%b %Y}"


def record_gaps(conversation, needs, shortfalls, *, district="", things=None, together=None):
    """Keep which of the needs asked for nothing met, or only with a hitch.

    shortfalls: {need id: (Kind, Why)}; a need that is not in it is met, and no gap any more.
    things: {need id: ids of things.py}.
    together: every need that the patient has, where `needs` are some of them.
    """
    known = {gap.need: gap for gap in conversation.gaps.filter(month=_this_month())}
    for need in needs:
        gap = known.get(need)
        if need in shortfalls:
            kind, why = shortfalls[need]
            _keep(
                gap or _new(conversation, need, district),
                kind=kind,
                why=why,
                beside=[other for other in together or needs if other != need],
                things=(things or {}).get(need, []),
            )
        elif gap and gap.kind == Kind.NOT_REACHED:
            _keep(gap, kind=Kind.HINDERED)  # another was named: what was wrong with the first stays
        elif gap:
            gap.delete()


def record_not_reached(conversation, support, why, *, district=""):
    """Keep that a patient did not get to a support that was named: for what it is above all."""
    for need in support.needs[:1]:
        gap = conversation.gaps.filter(month=_this_month(), need=need).first()
        gap = gap or _new(conversation, need, district)
        _keep(gap, kind=Kind.NOT_REACHED, why=why)


def needs_not_met(conversation):
    """Ids of the needs of which it is known that no support met them this month."""
    rows = conversation.gaps.filter(month=_this_month(), kind__in=NOT_MET)
    return set(rows.values_list("need", flat=True))


def cut_off_gaps(conversation):
    """What is held of the patient goes; that a need was left open stays, and leads to nobody."""
    conversation.gaps.filter(practice=None).update(practice=conversation.practice)
    conversation.gaps.update(conversation=None)


def _this_month():
    return timezone.localdate().replace(day=1)


def _new(conversation, need, district):
    mark = conversation.gaps.values_list("asker", flat=True).first()
    return Gap(
        conversation=conversation,
        need=need,
        district=district,
        practice=conversation.practice,
        month=_this_month(),
        asker=mark or uuid.uuid4(),
        is_demo=is_of_demo(conversation),
    )


def _keep(gap, **found):
    for name, value in found.items():
        setattr(gap, name, value)
    gap.save()
