"""Patient: a person, their practice, and the safe ways to reach them."""

from django.db import models

from social_prescribing.phone_numbers import show
from social_prescribing.practices import Practice


class Patient(models.Model):
    """Somebody who has written to a practice's contact number."""

    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(
        max_length=16, blank=True, help_text="E.164, for example +447700900123"
    )
    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.SET_NULL, related_name="patients"
    )
    language = models.CharField(max_length=40, default="en")
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["phone"], name="patient_phone"),  # the desk's search by number
        ]

    def __str__(self):
        return self.name or "No name yet"

    @property
    def shown_phone(self):
        """The number as people in Scotland write it."""
        return show(self.phone)
