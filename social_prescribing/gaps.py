"""Gap: a need that no local support meets, counted without names."""

from django.db import models
from django.utils import timezone

from social_prescribing.needs import CHOICES


class Gap(models.Model):
    """One time that a need was asked for and nothing near met it. Holds no patient."""

    need = models.CharField(max_length=20, choices=CHOICES)
    district = models.CharField(max_length=4, blank=True, help_text="For example G22")
    noticed_on = models.DateField(default=timezone.localdate)

    class Meta:
        indexes = [
            models.Index(fields=["need", "district"], name="gap_by_need"),  # the gaps report
        ]

    def __str__(self):
        return f"{self.need} in {self.district or 'an unknown place'}"


def record_gaps(needs, met_by, *, district=""):
    """Count each need that no support of `met_by` (Suggestions or Signpostings) is for."""
    met = {need for named in met_by for need in named.support.needs}
    Gap.objects.bulk_create(Gap(need=need, district=district) for need in needs if need not in met)
