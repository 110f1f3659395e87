"""Which process asks a provider for new texts, where the provider cannot call us.

Only one of several may: the others would be refused, or get each other's texts
out of order. Its turn ends by itself, so the next takes over from one that died.
"""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from social_prescribing.conversations import Channel

# Longer than one asking takes.
TURN_LASTS = timedelta(seconds=45)


class Poll(models.Model):
    """Whose turn it is to ask for a channel's texts, and until when."""

    channel = models.CharField(max_length=20, choices=Channel, primary_key=True)
    process = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.get_channel_display()}, {self.process}"


def take_poll(channel, process):
    """Take or keep the turn. Returns whether it is this process's.

    The database compares as it writes, so of two processes one gets it.
    """
    Poll.objects.get_or_create(channel=channel)
    now = timezone.now()
    free = models.Q(process=process) | models.Q(until__lte=now)
    return bool(
        Poll.objects.filter(free, channel=channel).update(process=process, until=now + TURN_LASTS)
    )


def release_poll(channel, process):
    """Give up the turn, so that another process need not wait for its end."""
    Poll.objects.filter(channel=channel, process=process).update(until=timezone.now())
