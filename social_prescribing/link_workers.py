"""LinkWorker: of a practice, or thematic across all practices."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from social_prescribing import needs as need_names
from social_prescribing.day_words import DAYS, WEEKDAYS
from social_prescribing.practices import Practice, Provider


def check_need_ids(need_ids):
    """Refuse what is no list of need ids."""
    unknown = set(need_ids) - {need_id for need_id, _ in need_names.CHOICES}
    if unknown:
        raise ValidationError(f"Not a need: {', '.join(sorted(unknown))}")


class Theme(models.Model):
    """A group that thematic link workers work for, across all practices."""

    id = models.SlugField(
        primary_key=True, max_length=20, help_text="A short word for exports, for example: asylum"
    )
    name = models.CharField(max_length=60, unique=True)
    needs = models.JSONField(
        default=list,
        validators=[check_need_ids],
        help_text="A callback with one of these needs is in this theme's queue",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class LinkWorker(models.Model):
    """A person who rings patients back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="link_worker"
    )
    name = models.CharField(max_length=60)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="link_workers")
    practices = models.ManyToManyField(
        Practice, related_name="link_workers", blank=True, through="DaysAtPractice"
    )
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="link_workers",
        help_text="For a thematic link worker only; their queue is then the theme's everywhere",
    )
    capacity = models.PositiveSmallIntegerField(
        default=15, help_text="Callbacks held at once, beyond which none is offered"
    )
    languages = models.CharField(
        max_length=80, blank=True, help_text="Codes of languages spoken beside English: ar, pl"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def first_name(self):
        """What the patient hears: "This is Sam …"."""
        return self.name.split()[0]

    @property
    def is_thematic(self):
        return self.theme_id is not None

    @property
    def spoken_languages(self):
        """Codes of the languages that this link worker can ring in, English among them."""
        return {"en", *self.languages.replace(",", " ").split()}

    @property
    def theme_needs(self):
        """Need ids of this link worker's theme; empty for a link worker of practices."""
        return self.theme.needs if self.is_thematic else []


def check_weekdays(days):
    """Refuse what is no list of weekdays."""
    if unknown := set(days) - set(WEEKDAYS):
        raise ValidationError(f"Not a weekday: {', '.join(sorted(unknown))}")


class DaysAtPractice(models.Model):
    """That a link worker works for a practice, and on which days of the week."""

    link_worker = models.ForeignKey(
        LinkWorker, on_delete=models.CASCADE, related_name="days_at_practices"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="days_of_link_workers"
    )
    days = models.JSONField(
        default=list,
        blank=True,
        validators=[check_weekdays],
        help_text="None ticked: every working day",
    )

    class Meta:
        ordering = ["link_worker__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["link_worker", "practice"], name="days_once_for_a_practice"
            ),
        ]

    def __str__(self):
        return f"{self.link_worker} at {self.practice}"

    def includes(self, day):
        """Whether a date is one of the days of the week."""
        return not self.days or DAYS[day.weekday()] in self.days


class Absence(models.Model):
    """Days on which a link worker is away, and who covers for them."""

    link_worker = models.ForeignKey(LinkWorker, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    covered_by = models.ForeignKey(
        LinkWorker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="covers",
        help_text="Empty: their callbacks go back to the queue",
    )

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                name="absences_end_after_they_begin",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(
                name="nobody_covers_for_themselves",
                condition=models.Q(covered_by=None) | ~models.Q(covered_by=models.F("link_worker")),
            ),
        ]

    def __str__(self):
        return f"{self.link_worker}, {self.first_day:%d %b} to {self.last_day:%d %b}"

    @classmethod
    def on(cls, day):
        """Absences of this day."""
        return cls.objects.filter(first_day__lte=day, last_day__gte=day)


def practices_worked_for(link_worker, day):
    """Practices of their own, and of those whom they cover for on this day."""
    covered = Absence.on(day).filter(covered_by=link_worker).values("link_worker")
    return Practice.objects.filter(
        models.Q(link_workers=link_worker) | models.Q(link_workers__in=covered)
    ).values("pk")
