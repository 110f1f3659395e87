"""A sign of life of what runs beside the desk: silence must be noticed."""

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """When a part of Blether was last seen at work."""

    part = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.part}, {self.at:%d %b %H:%M:%S}"


def beat(part):
    """Say that this part is at work now."""
    Heartbeat.objects.update_or_create(part=part, defaults={"at": timezone.now()})


def beat_the_clock():
    """The clock is at work: one of its own rules says so."""
    beat("clock")


def seconds_since_heartbeat(part):
    """How long ago a part was last seen, or None where it never was."""
    last = Heartbeat.objects.filter(part=part).first()
    return (timezone.now() - last.at).total_seconds() if last else None
