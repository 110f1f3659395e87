"""SupportReport: a patient says that a support is shut, for a link worker to look into."""

import re

from django.db import models
from django.utils import timezone

from social_prescribing.conversations import Conversation
from social_prescribing.supports import Support

# Words that many supports share and so tell none from another.
COMMON = {
    "glasgow", "the", "and", "of", "for", "centre", "service", "services", "support", "help",
    "scotland", "team", "project", "trust", "advice", "north", "south", "east", "west", "that",
    "this", "line", "helpline", "community",
}  # fmt: skip
ORDINALS = {"first": 0, "1st": 0, "top": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}


class SupportReport(models.Model):
    """One patient's word that a support they were told of is shut, moved or cannot be reached."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="reports")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="support_reports"
    )
    words = models.TextField(help_text="What the patient wrote, unedited")
    reported_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="When a link worker looked into it"
    )

    class Meta:
        ordering = ["-reported_at"]
        indexes = [
            models.Index(
                fields=["checked_at", "reported_at"], name="support_reports_open"
            ),  # the list of supports to check
        ]

    def __str__(self):
        return f"{self.support}, {self.reported_at:%d %b %H:%M}"


def report_shut(conversation, words):
    """Record that a support named in this conversation is shut. Returns it, or None.

    It is the one whose name the words hold, or that they count out ("the second
    wan"); else the last text's first: people try what was named first.
    """
    support = _meant(words, _named_last(conversation))
    if support is None:
        return None
    SupportReport.objects.get_or_create(
        conversation=conversation, support=support, checked_at=None, defaults={"words": words}
    )
    return support


def _named_last(conversation):
    """Supports named in this conversation: those of the latest text first, in its order."""
    rows = list(conversation.signpostings.select_related("support").order_by("-named_at", "id"))
    return [row.support for row in rows]


def _meant(words, supports):
    said = words.casefold()
    spoken = set(re.findall(r"[a-z0-9]+", said))
    by_name = [
        (len(spoken & (set(re.findall(r"[a-z0-9]+", support.name.casefold())) - COMMON)), support)
        for support in supports
    ]
    best = max(by_name, key=lambda pair: pair[0], default=(0, None))
    if best[0]:
        return best[1]
    of_a_kind = [s for s in supports if _kind_words(s) & spoken]
    if of_a_kind:
        return of_a_kind[0]
    position = next((at for word, at in ORDINALS.items() if word in spoken), 0)
    return supports[position] if -len(supports) <= position < len(supports) else None


# What people call a support for a need: "the pantry", "the food bank".
KINDS = {
    "food": {"pantry", "foodbank", "food"},
    "money": {"money", "citizens", "cab", "advice"},
    "energy": {"energy", "gas", "electric", "heating"},
}


def _kind_words(support):
    return set().union(*(KINDS.get(need, set()) for need in support.needs))
