"""Support: a local service or activity, as the directory describes it.

Which supports fit a patient stands in suggestions.py; how the directory is
read from its file, in directory_file.py.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models

from social_prescribing.directory import note_change, note_changes
from social_prescribing.needs import CHOICES

# What a support may be for, and what a patient's words may say of them. The
# id stands in the file's column `for_whom`, the words finish "for …" in a reason.
CIRCUMSTANCES = {
    "baby_died": "anyone whose baby died",
    "bereaved_by_suicide": "anyone who lost someone to suicide",
    "bereaved_children": "children who are grieving",
    "brain_injury": "people with a brain injury",
    "care_experienced": "people who have been in care",
    "carers": "carers",
    "child_died": "parents whose child died",
    "court_case": "people whose case goes to court",
    "crime": "people who saw or suffered a crime",
    "debt": "people in debt",
    "discrimination": "people treated badly for who they are",
    "drinking": "people who drink",
    "drugs": "people who use drugs",
    "eating_disorder": "people with eating problems",
    "fgm": "girls and women at risk of FGM",
    "gambling": "people who gamble",
    "homeless": "people who are homeless",
    "injecting_drugs": "people who inject drugs",
    "learning_english": "people learning English",
    "lgbt": "LGBT+ people",
    "loan_shark": "people who owe a loan shark",
    "lone_parents": "single parents",
    "low_income": "people with little money",
    "men": "men",
    "migrants": "people new to Scotland",
    "minority_ethnic": "Black and minority ethnic people",
    "miscarriage": "anyone who lost a pregnancy",
    "older_people": "older people",
    "people_seeking_asylum": "people seeking asylum",
    "problem_at_work": "people with trouble at work",
    "refugees": "refugees",
    "serious_mental_health_problem": "people with a serious mental health problem",
    "sexual_violence": "people hurt by sexual violence",
    "sight_loss": "people losing their sight",
    "smoking": "people who smoke",
    "someone_elses_addiction": "families of people with an addiction",
    "stalking": "people who are stalked",
    "veterans": "veterans",
    "women": "women",
    "young_people": "young people",
}


# Suggested like any other support, and named to people in danger as well (domain.yml).
NAMED_IN_DANGER = ("childline", "sdafmh")


class Reach(models.TextChoices):
    """How far a support serves. Stored: do not rename a value."""

    LOCAL = "local", "a neighbourhood"
    CITY = "city", "one or more whole council areas"
    NATIONAL = "national", "all of Scotland or the UK"


class WayIn(models.TextChoices):
    """What someone must do before they are helped. Stored: do not rename a value."""

    OPEN = "open", "ring, text, write or walk in"
    RING_FIRST = "ring_first", "ring before you go"
    REFERRAL = "referral", "a professional must refer"
    ONLINE = "online", "online only"


class Confidence(models.TextChoices):
    """How good the source was that was read. Stored: do not rename a value."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SupportQuerySet(models.QuerySet):
    """Whatever writes many supports at once says so to every process that holds them."""

    def update(self, **values):
        changed = super().update(**values)
        note_changes()
        return changed

    def delete(self):
        deleted = super().delete()
        note_changes()
        return deleted

    def bulk_create(self, *args, **options):
        created = super().bulk_create(*args, **options)
        note_changes()
        return created

    def bulk_update(self, *args, **options):
        updated = super().bulk_update(*args, **options)
        note_changes()
        return updated


class Support(models.Model):
    """A local service or activity, as `data/supports/supports.csv` describes it.

    What each column means and where it came from: data/supports/README.md.
    """

    id = models.SlugField(primary_key=True, max_length=64)
    name = models.CharField(max_length=40)
    organisation = models.CharField(max_length=120)
    description = models.CharField(max_length=70)
    kind_of_place = models.CharField(max_length=40)

    phone = models.CharField(max_length=20, blank=True)
    text_number = models.CharField(max_length=20, blank=True)
    url = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    reach = models.CharField(max_length=8, choices=Reach.choices)
    area_served = models.CharField(max_length=160)
    way_in = models.CharField(max_length=10, choices=WayIn.choices)
    crisis = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    only_when_open = models.BooleanField(default=False)
    hours = models.CharField(max_length=200, blank=True)
    languages = models.CharField(max_length=80, blank=True)
    cost = models.CharField(max_length=60, blank=True)

    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    for_whom = models.JSONField(default=list, blank=True)  # [["women", "minority_ethnic"], …]

    source_url = models.CharField(max_length=300)
    source_seen = models.CharField(max_length=10, blank=True)
    checked_on = models.DateField()
    checked_how = models.CharField(max_length=60)
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    listed = models.BooleanField(default=True)  # no longer in the file: kept, never suggested

    # What people found out; support_checks.py writes it, no import overwrites it.
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=80, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    weekly_limit = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many patients a week it can take from us"
    )
    corrected = models.JSONField(default=list, blank=True)  # columns put right by hand

    objects = SupportQuerySet.as_manager()
    known_needs = None  # set where the directory in memory has read them already

    class Meta:
        app_label = "social_prescribing"
        ordering = ["id"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        note_change(self.id)

    def delete(self, *args, **kwargs):
        note_change(self.id)
        return super().delete(*args, **kwargs)

    @property
    def check_lasts(self):
        """How long a check holds: a timedelta. A wrong crisis line harms most."""
        days = settings.CRISIS_CHECK_DAYS if self.is_crisis_line else settings.SUPPORT_CHECK_DAYS
        return timedelta(days=days)

    @property
    def is_crisis_line(self):
        """Whether people in danger are sent to it."""
        return self.crisis or self.id in NAMED_IN_DANGER

    @property
    def is_emergency_line(self):
        """Whether it must be kept free: nobody rings it to see whether it is still right."""
        return self.kind_of_place == "emergency line"

    @property
    def last_checked_on(self):
        """The day that somebody rang it, else the day that its sources were read."""
        return self.confirmed_on or self.checked_on

    def is_checked(self, on):
        """Whether somebody rang it, or looked at its own page, lately enough on a day."""
        return self.confirmed_on is not None and on <= self.confirmed_on + self.check_lasts

    @property
    def needs(self):
        """Ids of the needs it meets, the one it is there for above all first."""
        if self.known_needs is not None:
            return self.known_needs
        return [row.need for row in self.need_rows.all()]


class SupportNeed(models.Model):
    """A need that a support meets; position 0 is what it is there for above all."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="need_rows")
    need = models.CharField(max_length=20, choices=CHOICES)
    position = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "social_prescribing"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["support", "need"], name="support_need_once"),
        ]
        indexes = [models.Index(fields=["need", "support"], name="supports_by_need")]

    def __str__(self):
        return self.need


class SupportArea(models.Model):
    """A whole area that a support serves: a council ("Glasgow City") or a district ("G45")."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="areas")
    area = models.CharField(max_length=32)

    class Meta:
        app_label = "social_prescribing"
        constraints = [
            models.UniqueConstraint(fields=["support", "area"], name="support_area_once"),
        ]
        indexes = [models.Index(fields=["area", "support"], name="supports_by_area")]

    def __str__(self):
        return self.area
