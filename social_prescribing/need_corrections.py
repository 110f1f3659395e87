"""NeedCorrection: a link worker says what a text was really about, so that triage can be judged."""

from collections import Counter
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from social_prescribing.callback_moves import add_note
from social_prescribing.callbacks import Callback, CallbackNeed
from social_prescribing.errors import InvalidValue
from social_prescribing.link_workers import LinkWorker
from social_prescribing.needs import NEEDS, name_of


class NeedCorrection(models.Model):
    """The needs that triage found in a callback's words, and those that a person found."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="corrections")
    link_worker = models.ForeignKey(LinkWorker, on_delete=models.PROTECT)
    found = models.JSONField(help_text="Need ids before the correction, main one first")
    corrected = models.JSONField(help_text="Need ids after it")
    corrected_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{', '.join(self.found)} → {', '.join(self.corrected)}"


@transaction.atomic
def correct_needs(callback, *, link_worker, needs):
    """Set a callback's needs as a person sees them, the main one first. Keeps what stood before.

    Returns the NeedCorrection, or None where nothing changed.

    Raises:
        InvalidValue: no need at all, or one that does not exist.
    """
    needs = list(dict.fromkeys(needs))
    if not needs or not set(needs) <= set(NEEDS):
        raise InvalidValue("Choose at least one need")
    found = list(callback.callback_needs.values_list("need", flat=True))
    if found == needs:
        return None
    callback.callback_needs.all().delete()
    CallbackNeed.objects.bulk_create(
        CallbackNeed(callback=callback, need=need, rank=rank) for rank, need in enumerate(needs)
    )
    # The page was read with the needs beside it.
    getattr(callback, "_prefetched_objects_cache", {}).pop("callback_needs", None)
    named = ", ".join(name_of(need) for need in needs)
    add_note(callback, link_worker=link_worker, note=named, what="Needs corrected")
    return NeedCorrection.objects.create(
        callback=callback, link_worker=link_worker, found=found, corrected=needs
    )


@dataclass(frozen=True)
class TriageMistakes:
    """What link workers found wrong: how many callbacks, and how often each need."""

    callbacks: int
    corrected: int
    missed: Counter
    found_wrongly: Counter


def count_triage_mistakes():
    """Count, over all callbacks asked for by text, what triage got wrong as link workers saw it.

    A callback's first correction holds what triage found, its last what a person found.
    """
    missed, wrongly = Counter(), Counter()
    spans = {}
    for row in NeedCorrection.objects.filter(callback__asked_through="text"):
        first = spans.get(row.callback_id, (row.found, None))[0]
        spans[row.callback_id] = (first, row.corrected)
    for found, corrected in spans.values():
        missed.update(set(corrected) - set(found))
        wrongly.update(set(found) - set(corrected))
    looked_at = Callback.objects.filter(asked_through="text", attempts__isnull=False).distinct()
    return TriageMistakes(looked_at.count(), len(spans), missed, wrongly)
