"""SafetyAlert: words that suggest danger now. A person must see them, and a person closes them.

Where words only hint at danger, the patient is first asked whether they are
safe. The alert is stored then and there, and falls due a little later: should
no answer come, the clock alone calls a person in, and nothing has to run.
"""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from social_prescribing.callback_moves import mark_urgent
from social_prescribing.callbacks import Callback, open_callback
from social_prescribing.circumstances import CHILD_UNDER
from social_prescribing.conversations import Conversation
from social_prescribing.errors import NoteNeeded
from social_prescribing.link_workers import LinkWorker

# How long somebody who was asked "are you safe?" may take before a person is called in.
ANSWER_WITHIN = timedelta(minutes=10)
SAID_SAFE = "The patient was asked, and answered that they are safe."


class Kind(models.TextChoices):
    """The five kinds of danger. The values are stored and exported."""

    SUICIDE_SELF_HARM = "suicide_self_harm", "Suicide or self-harm"
    MEDICAL_EMERGENCY = "medical_emergency", "Medical emergency"
    ABUSE_DANGER = "abuse_danger", "Danger from another person"
    CHILD_PROTECTION = "child_protection", "A child at risk"
    HARM_TO_OTHERS = "harm_to_others", "Harm to somebody else"


class ClosingReason(models.TextChoices):
    """What came of an alert. The values are stored; the last two say what was read wrong."""

    SAFE = "safe", "Spoke to them: safe now"
    EMERGENCY = "emergency", "Passed on to 999, a crisis team or social work"
    PRACTICE = "practice", "Passed on to the GP practice"
    NOT_REACHED = "not_reached", "Not reached, and passed on"
    NOT_DANGER = "not_danger", "Not danger: the words were read wrong"
    OTHER_DANGER = "other_danger", "Danger, but of another kind"


class SafetyAlert(models.Model):
    """Danger noticed in a patient's words, until a person has dealt with it."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="safety_alerts"
    )
    callback = models.ForeignKey(
        Callback, null=True, blank=True, on_delete=models.SET_NULL, related_name="safety_alerts"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(help_text="What the patient wrote, unedited")
    age = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="In years, where the patient stated it"
    )
    why = models.CharField(
        max_length=100, help_text="What noticed it, for example: the text itself"
    )
    raised_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(
        default=timezone.now, help_text="When people are shown it; later than raised for a hint"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        LinkWorker, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts_seen"
    )
    owner = models.ForeignKey(
        LinkWorker,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="alerts_owned",
        help_text="Who sees it through",
    )
    climbs = models.PositiveSmallIntegerField(
        default=0, help_text="How often the on-call list was told that nobody had looked"
    )
    climbed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        LinkWorker, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts_closed"
    )
    closing_reason = models.CharField(max_length=12, choices=ClosingReason, blank=True)
    closing_note = models.TextField(blank=True)

    class Meta:
        ordering = ["closed_at", "-raised_at"]
        indexes = [
            models.Index(
                fields=["closed_at", "raised_at"], name="alerts_open"
            ),  # every page's banner
        ]
        constraints = [
            models.CheckConstraint(
                name="closed_alerts_have_a_note",
                condition=models.Q(closed_at=None) | ~models.Q(closing_note=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.raised_at:%d %b %H:%M}"

    @property
    def is_of_a_child(self):
        """Whether the patient said that they are under sixteen: then people are told at once."""
        return self.age is not None and self.age < CHILD_UNDER

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def time_to_first_look(self):
        """How long it stood before somebody looked (timedelta), or None while nobody has."""
        return self.seen_at and max(self.seen_at - self.due_at, timedelta(0))


class SafetyStep(models.Model):
    """One thing done about an alert, by a person or by rule."""

    alert = models.ForeignKey(SafetyAlert, on_delete=models.CASCADE, related_name="steps")
    link_worker = models.ForeignKey(LinkWorker, null=True, blank=True, on_delete=models.PROTECT)
    what = models.TextField()
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.taken_at:%d %b %H:%M}"


@transaction.atomic
def raise_safety_alert(conversation, *, kind, words, age=None, why="the text itself"):
    """Call a person in. Returns the SafetyAlert.

    age: in years, where the patient stated it.

    More words of the same danger join the open alert, so that one person's
    night is one alert. An open callback goes to the top of the queue.
    """
    kind = Kind(kind)
    callback = open_callback(conversation)
    if callback is not None:
        mark_urgent(callback, safety=kind)
    alert = conversation.safety_alerts.filter(kind=kind, closed_at=None).first()
    if alert is None:
        return SafetyAlert.objects.create(
            conversation=conversation, callback=callback, kind=kind, words=words, age=age, why=why
        )
    alert.age = age or alert.age
    alert.words = f"{alert.words}\n{words}"
    alert.callback = callback or alert.callback
    # New words of danger want a new look.
    alert.seen_at = alert.seen_by = None
    alert.climbs, alert.climbed_at = 0, None
    alert.due_at = min(alert.due_at, timezone.now())
    alert.save()
    return alert


def note_hint(conversation, *, kind, words, age=None):
    """Words hint at danger and the patient is asked: an alert that falls due without an answer.

    An open alert of that kind stays as it is.
    """
    now = timezone.now()
    if not conversation.safety_alerts.filter(kind=kind, closed_at=None).exists():
        SafetyAlert.objects.create(
            conversation=conversation,
            callback=open_callback(conversation),
            kind=Kind(kind),
            words=words,
            age=age,
            why="a hint; asked, and not answered yet",
            raised_at=now,
            due_at=now + ANSWER_WITHIN,
        )


def withdraw_hint(conversation):
    """The patient said in time that they are safe. A later answer is for a person to judge."""
    now = timezone.now()
    conversation.safety_alerts.filter(closed_at=None, due_at__gt=now).update(
        closed_at=now, closing_note=SAID_SAFE
    )


@transaction.atomic
def attach_to_callback(conversation, callback):
    """Join the conversation's open alerts to the callback queued after them."""
    conversation.safety_alerts.filter(closed_at=None, callback=None).update(callback=callback)


def mark_seen(alert, *, link_worker):
    """Record the first look at an alert."""
    SafetyAlert.objects.filter(pk=alert.pk, seen_at=None).update(
        seen_at=timezone.now(), seen_by=link_worker
    )


def own_safety_alert(alert, *, link_worker):
    """Name who sees an alert through. Whoever takes it over says so by doing it."""
    mark_seen(alert, link_worker=link_worker)
    SafetyAlert.objects.filter(pk=alert.pk, closed_at=None).update(owner=link_worker)
    take_safety_step(alert, what=f"{link_worker.name} sees this through", link_worker=link_worker)


def take_safety_step(alert, *, what, link_worker=None):
    """Write down one thing that was done about an alert; without a link worker, by rule.

    Raises:
        NoteNeeded: nothing was written.
    """
    if not what.strip():
        raise NoteNeeded("Write what you did")
    return alert.steps.create(what=what.strip(), link_worker=link_worker)


def close_safety_alert(alert, *, link_worker, note, reason=""):
    """A person has dealt with it and says how.

    reason: a ClosingReason, or empty where none was chosen.

    Raises:
        NoteNeeded: the note is empty.
    """
    if not note.strip():
        raise NoteNeeded("Write what was done before you close a safety alert")
    mark_seen(alert, link_worker=link_worker)
    SafetyAlert.objects.filter(pk=alert.pk, closed_at=None).update(
        closed_at=timezone.now(),
        closed_by=link_worker,
        closing_reason=reason,
        closing_note=note.strip(),
    )


def are_shown():
    """The condition for alerts that people are shown: due, or dealt with."""
    return models.Q(due_at__lte=timezone.now()) | ~models.Q(closed_at=None)


def open_alerts():
    """Alerts that nobody has closed, newest first."""
    return SafetyAlert.objects.filter(are_shown(), closed_at=None)
