"""SupportCheck: somebody rang a support, or looked at its page, and says what is so.

A support whose check is out of date is not suggested (suggestions.py), so the list
of supports to check begins with what patients report, crisis lines, and what is
suggested most.
"""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone

from social_prescribing.errors import InvalidValue
from social_prescribing.phone_numbers import PhoneNumber, show
from social_prescribing.support_changes import changes_since, note_changed, told_of
from social_prescribing.support_reports import SupportReport
from social_prescribing.supports import NAMED_IN_DANGER, Support

WEEKS_COUNTED = timedelta(weeks=13)


class CheckAnswer(models.TextChoices):
    """What a check found. The values are stored."""

    STILL_RIGHT = "still_right", "Rang it, still right"
    WAITING_LIST = "waiting_list", "There is a waiting list"
    WEEKLY_LIMIT = "weekly_limit", "It takes so many patients a week"
    NUMBER_WRONG = "number_wrong", "The number is wrong"
    CLOSED = "closed", "It has closed"


class SupportCheck(models.Model):
    """One check of one support, and who made it."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="checks")
    answer = models.CharField(max_length=20, choices=CheckAnswer)
    checked_at = models.DateTimeField(default=timezone.now)
    checked_by = models.CharField(max_length=80)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        app_label = "social_prescribing"
        ordering = ["-checked_at"]

    def __str__(self):
        return f"{self.support}: {self.get_answer_display()}, {self.checked_at:%d %b %Y}"


@transaction.atomic
def record_check(support, answer, *, checked_by, weeks=None, a_week=None, phone=""):
    """Keep what somebody found out about a support; returns the SupportCheck.

    A number that is wrong and not put right is taken away, so that no patient gets it.

    weeks: of waiting.
    a_week: how many patients it can take in a week from us; None where there is no limit.

    Raises:
        InvalidValue: no such answer, or a waiting list without its weeks.
        InvalidPhoneNumber: the right number is not a number.
    """
    if answer not in CheckAnswer.values:
        raise InvalidValue(f"{answer!r} is no answer to a check")
    if answer == CheckAnswer.WAITING_LIST and not weeks:
        raise InvalidValue("How many weeks?")
    phone = show(PhoneNumber.parse(phone).e164) if phone else ""
    support = Support.objects.select_for_update().get(pk=support.pk)
    known = told_of(support)
    CHANGES[answer](support, weeks=weeks, a_week=a_week, phone=phone)
    if answer != CheckAnswer.CLOSED:
        support.closed_on = None
    is_right = answer != CheckAnswer.NUMBER_WRONG or bool(phone)
    support.confirmed_on = timezone.localdate() if is_right else None
    support.confirmed_by = checked_by
    support.save()
    note_changed([(support, changes_since(known, support))])
    support.reports.filter(checked_at=None).update(checked_at=timezone.now())
    return support.checks.create(
        answer=answer, checked_by=checked_by, weeks=weeks, a_week=a_week, phone=phone
    )


def supports_to_check():
    """Supports that a patient reported or whose check is out of date, the most urgent first.

    Each as `find_supports` gives it.
    """
    today = timezone.localdate()
    supports = _listed().filter(closed_on=None)
    crisis, others = Support(crisis=True).check_lasts, Support(crisis=False).check_lasts
    is_due = (
        Q(confirmed_on=None)
        | Q(is_for_danger=True, confirmed_on__lt=today - crisis)
        | Q(is_for_danger=False, confirmed_on__lt=today - others)
    )
    return supports.filter(is_due | Q(is_reported=True)).order_by(
        "-is_reported",
        "-is_for_danger",
        "-times_named",
        F("confirmed_on").asc(nulls_first=True),
        "id",
    )


def find_supports(words):
    """Supports by name, organisation or number, due or not, closed or not.

    Each has `is_reported`, and `times_named`: how often patients were sent there lately.
    """
    return (
        _listed()
        .filter(
            Q(name__icontains=words) | Q(organisation__icontains=words) | Q(phone__icontains=words)
        )
        .order_by("name", "id")
    )


def _listed():
    reports = SupportReport.objects.filter(support=OuterRef("pk"), checked_at=None)
    is_for_danger = Q(crisis=True) | Q(id__in=NAMED_IN_DANGER)
    return Support.objects.filter(listed=True).annotate(
        is_reported=Exists(reports),
        is_for_danger=ExpressionWrapper(is_for_danger, models.BooleanField()),
        times_named=Count(
            "signpostings", filter=Q(signpostings__named_at__gt=timezone.now() - WEEKS_COUNTED)
        ),
    )


def _still_right(support, **_):
    support.wait_weeks = None


def _waiting_list(support, *, weeks, **_):
    support.wait_weeks = weeks


def _weekly_limit(support, *, a_week, **_):
    support.weekly_limit = a_week


def _number_wrong(support, *, phone, **_):
    support.phone = phone
    support.corrected = sorted({*support.corrected, "phone"})


def _closed(support, **_):
    support.closed_on = timezone.localdate()


CHANGES = {
    CheckAnswer.STILL_RIGHT: _still_right,
    CheckAnswer.WAITING_LIST: _waiting_list,
    CheckAnswer.WEEKLY_LIMIT: _weekly_limit,
    CheckAnswer.NUMBER_WRONG: _number_wrong,
    CheckAnswer.CLOSED: _closed,
}
