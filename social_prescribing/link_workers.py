"""LinkWorker: of a practice, or thematic across all practices."""

from django.conf import settings
from django.db import models

from social_prescribing.practices import Practice, Provider


class Theme(models.TextChoices):
    """A group that a thematic link worker works for, across all practices."""

    ASYLUM = "asylum", "Asylum seekers"
    YOUTH = "youth", "Youth health"
    HOMELESSNESS = "homelessness", "Homelessness and housing insecurity"


THEME_NEEDS = {
    Theme.ASYLUM: ("asylum_immigration",),
    Theme.YOUTH: ("youth",),
    Theme.HOMELESSNESS: ("homelessness", "housing"),
}


class LinkWorker(models.Model):
    """A person who rings patients back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="link_worker"
    )
    name = models.CharField(max_length=60)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="link_workers")
    practices = models.ManyToManyField(Practice, related_name="link_workers", blank=True)
    theme = models.CharField(max_length=20, choices=Theme, blank=True)
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
    def theme_needs(self):
        """Need ids of this link worker's theme; empty for a link worker of practices."""
        return THEME_NEEDS[Theme(self.theme)] if self.theme else ()
