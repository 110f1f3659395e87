"""Notice: a word to one link worker about what happened to a callback while they were away."""

from django.db import models
from django.utils import timezone

from social_prescribing.callbacks import Callback
from social_prescribing.link_workers import LinkWorker


class Notice(models.Model):
    """One sentence on the desk of one link worker, until they have read it."""

    link_worker = models.ForeignKey(LinkWorker, on_delete=models.CASCADE, related_name="notices")
    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    given_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            # The top of every page of the desk.
            models.Index(
                fields=["link_worker"], condition=models.Q(read_at=None), name="notice_unread"
            ),
        ]

    def __str__(self):
        return self.text


def give_notice(link_worker, *, callback, text):
    """Leave a word on a link worker's desk."""
    return Notice.objects.create(link_worker=link_worker, callback=callback, text=text[:300])


def unread_notices(link_worker):
    return Notice.objects.filter(link_worker=link_worker, read_at=None).select_related("callback")


def mark_read(link_worker, notice_id):
    """The link worker has read one of their notices."""
    Notice.objects.filter(link_worker=link_worker, pk=notice_id, read_at=None).update(
        read_at=timezone.now()
    )
