"""Signposting: naming a support to a patient, with no follow-up."""

from django.db import models
from django.utils import timezone

from social_prescribing.conversations import Conversation
from social_prescribing.practices import Practice
from social_prescribing.supports import Support

LONGEST_WHY = 200


class WentThere(models.TextChoices):
    """What a patient answered to "did you get there?". The values are stored."""

    YES = "yes", "Got there"
    NO = "no", "Did not get there"
    NOT_YET = "not_yet", "Not yet"


class Signposting(models.Model):
    """One support named in one conversation, and why it was chosen."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="signpostings"
    )
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="signpostings")
    why = models.CharField(max_length=LONGEST_WHY)
    named_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text='When the patient was asked "did you get there?"'
    )
    went_there = models.CharField(max_length=10, choices=WentThere, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            # How a support is found by those who were sent there.
            models.Index(
                fields=["support", "went_there"],
                condition=~models.Q(went_there=""),
                name="signposting_went_there",
            ),
            # Who was named this week, for fairness and for a charity's weekly limit.
            models.Index(fields=["support", "named_at"], name="signposting_week"),
        ]

    def __str__(self):
        return f"{self.support}, {self.named_at:%d %b %H:%M}"


def record_signposting(conversation, suggestions):
    """Keep which supports were named, for the link worker and so that none is named twice."""
    Signposting.objects.bulk_create(
        Signposting(
            conversation=conversation, support=suggestion.support, why=suggestion.why[:LONGEST_WHY]
        )
        for suggestion in suggestions
    )


def is_of_demo(conversation):
    """Whether a conversation belongs to the demo programme, whose patients are made up.

    One without a practice (plain HTTP, or the web chat before it is known) does while
    no practice but the demo programme's is there.
    """
    if conversation.practice is not None:
        return conversation.practice.is_demo
    if conversation.contact_number is not None:
        return conversation.contact_number.is_demo
    return not Practice.objects.filter(is_demo=False).exists()
