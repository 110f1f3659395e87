"""AgreedSupport: a support that a patient and a link worker agreed on."""

from django.db import models
from django.utils import timezone

from social_prescribing.callback_match import asked_by
from social_prescribing.callbacks import Callback
from social_prescribing.link_workers import LinkWorker
from social_prescribing.patient_texts import tell_by_rule
from social_prescribing.suggestions import answer, line_of
from social_prescribing.supports import Support

# What is left for the supports in two SMS segments.
LONGEST_LINES = 190
SUGGESTED = 6


class AgreedSupport(models.Model):
    """One support agreed on for one callback; a referral where the patient's name was passed on."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="agreed_supports")
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="agreed")
    link_worker = models.ForeignKey(LinkWorker, on_delete=models.PROTECT)
    is_referral = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(default=timezone.now)
    texted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["callback", "support"], name="one_agreement_a_support"),
        ]

    def __str__(self):
        return f"{self.support}, {self.agreed_at:%d %b}"


def agree_on_supports(callback, supports, *, link_worker, is_referral=False):
    """Keep which supports were agreed on; one that was agreed on before stays as it is."""
    AgreedSupport.objects.bulk_create(
        (
            AgreedSupport(
                callback=callback,
                support=support,
                link_worker=link_worker,
                is_referral=is_referral,
            )
            for support in supports
        ),
        ignore_conflicts=True,
    )


def text_agreed_supports(callback, *, link_worker):
    """Text the numbers of what was agreed on and not texted yet. Returns how many texts."""
    agreed = list(callback.agreed_supports.filter(texted_at=None).select_related("support"))
    sent = 0
    for number, part in enumerate(_in_texts(agreed)):
        lines = "\n".join(f"- {line_of(one.support)}" for one in part)
        key = f"supports:{callback.pk}:{part[0].pk}:{number}"
        message = tell_by_rule(
            callback, "utter_desk_supports", link_worker=link_worker, key=key, supports=lines
        )
        if message is not None:
            sent += 1
            ids = [one.pk for one in part]
            callback.agreed_supports.filter(pk__in=ids).update(texted_at=timezone.now())
    return sent


def supports_to_offer(callback):
    """Supports to agree on, best first: those named to the patient, then more that fit.

    Returns a list of (Support, why, was_named).
    """
    named = list(callback.conversation.signpostings.select_related("support"))
    offered = {row.support_id: (row.support, row.why, True) for row in named}
    more = answer(asked_by(callback, exclude=offered), limit=SUGGESTED)
    return [*offered.values(), *((one.support, one.why, False) for one in more)]


def _in_texts(agreed):
    """Share the supports out over texts of two segments."""
    part, length = [], 0
    for one in agreed:
        line = len(line_of(one.support)) + 3
        if part and length + line > LONGEST_LINES:
            yield part
            part, length = [], 0
        part.append(one)
        length += line
    if part:
        yield part
