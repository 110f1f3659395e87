"""Callback: the promised call from a link worker, its life, its attempts and its outcome."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from social_prescribing import needs as need_names
from social_prescribing.conversations import Conversation
from social_prescribing.errors import (
    AlreadyClaimed,
    NotAllowed,
    TooFewAttempts,
    VoicemailNotAllowed,
)
from social_prescribing.link_workers import LinkWorker
from social_prescribing.patients import Patient
from social_prescribing.phone_numbers import show
from social_prescribing.practices import Practice
from social_prescribing.working_time import end_of_working_day, next_working_moment

URGENT_WITHIN = timedelta(hours=1)


class Status(models.TextChoices):
    """Where a callback stands. The values are stored and exported."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Claimed"
    CLOSED = "closed", "Closed"


# The whole life of a callback: from → to. docs/callback_statuses.md is drawn from it.
NEXT = {
    Status.WAITING: {Status.CLAIMED, Status.CLOSED},
    Status.CLAIMED: {Status.WAITING, Status.CLOSED},
    Status.CLOSED: set(),
}


class Outcome(models.TextChoices):
    """What came of a callback."""

    REACHED = "reached", "Reached, and helped"
    REFERRED_ON = "referred_on", "Referred on to a support"
    DECLINED = "declined", "Patient does not want help now"
    UNREACHABLE = "unreachable", "Could not be reached"
    CANCELLED = "cancelled", "Patient asked us not to ring"


class AttemptResult(models.TextChoices):
    """What happened on one try at ringing."""

    REACHED = "reached", "Reached"
    NO_ANSWER = "no_answer", "No answer"
    VOICEMAIL_LEFT = "voicemail_left", "Voicemail left"
    WRONG_NUMBER = "wrong_number", "Wrong number"


class TimePreference(models.TextChoices):
    """The part of the day that suits the patient."""

    ANY = "any", "Any time"
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


class Callback(models.Model):
    """A promised call, with all that a link worker needs before ringing."""

    reference = models.CharField(max_length=12, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="callbacks"
    )
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="callbacks")
    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks"
    )
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=16)
    safety = models.CharField(max_length=20, blank=True, help_text="Kind of danger noticed, if any")
    is_urgent = models.BooleanField(default=False)
    area = models.CharField(max_length=80, blank=True)
    time_preference = models.CharField(
        max_length=10, choices=TimePreference, default=TimePreference.ANY
    )
    days = models.JSONField(
        default=list, blank=True, help_text="Weekdays that suit; empty means any"
    )
    not_before = models.TimeField(null=True, blank=True)
    not_after = models.TimeField(null=True, blank=True)
    time_words = models.CharField(max_length=200, blank=True, help_text="As the patient said it")
    voicemail_ok = models.BooleanField(null=True, blank=True)
    safe_contact = models.CharField(
        max_length=200, blank=True, help_text="Who may pick up, as the patient said it"
    )
    is_safe_to_ring = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=40, default="en")
    interpreter = models.BooleanField(default=False)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    words = models.TextField(help_text="What the patient wrote about the need, unedited")
    requested_at = models.DateTimeField(default=timezone.now)
    due_by = models.DateTimeField()
    link_worker = models.ForeignKey(
        LinkWorker, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # The queue page: waiting ones, urgent first, then by due time.
            models.Index(fields=["status", "-is_urgent", "due_by"], name="callback_queue"),
            # The caseload page.
            models.Index(fields=["link_worker", "status"], name="callback_caseload"),
        ]
        constraints = [
            models.CheckConstraint(
                name="claimed_callbacks_have_a_holder",
                condition=~models.Q(status="claimed") | models.Q(link_worker__isnull=False),
            ),
            models.CheckConstraint(
                name="waiting_callbacks_have_no_holder",
                condition=~models.Q(status="waiting") | models.Q(link_worker__isnull=True),
            ),
            models.CheckConstraint(
                name="closed_callbacks_have_an_outcome",
                condition=~models.Q(status="closed") | ~models.Q(outcome=""),
            ),
            # Two texts at once cannot queue two calls to one patient.
            models.UniqueConstraint(
                fields=["conversation"],
                condition=~models.Q(status="closed"),
                name="one_open_callback_a_conversation",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def need_ids(self):
        """Need ids, main need first."""
        return [row.need for row in self.callback_needs.all()]

    @property
    def need_names(self):
        return [need_names.name_of(need_id) for need_id in self.need_ids]

    @property
    def shown_phone(self):
        return show(self.phone)

    @property
    def is_open(self):
        return self.status != Status.CLOSED

    @property
    def is_overdue(self):
        return self.is_open and self.due_by < timezone.now()

    @property
    def may_be_unreachable(self):
        """The practice's allowed attempts have all been made."""
        return self.attempts.count() >= attempts_allowed(self)


class CallbackNeed(models.Model):
    """One need of a callback; a row, so that a theme's queue is one indexed query."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="callback_needs")
    need = models.CharField(max_length=20, choices=need_names.CHOICES)
    rank = models.PositiveSmallIntegerField(help_text="0 is the main need")

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["callback", "need"], name="one_row_a_need"),
        ]
        indexes = [
            models.Index(fields=["need", "callback"], name="callback_need"),  # a theme's queue
        ]

    def __str__(self):
        return self.need


class CallbackEvent(models.Model):
    """History is rows: each move of a callback, who made it, and when."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="events")
    status = models.CharField(max_length=10, choices=Status)
    link_worker = models.ForeignKey(LinkWorker, null=True, blank=True, on_delete=models.PROTECT)
    note = models.TextField(blank=True)
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_status_display()}, {self.happened_at:%d %b %H:%M}"


class Attempt(models.Model):
    """One try at the call."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="attempts")
    link_worker = models.ForeignKey(LinkWorker, on_delete=models.PROTECT)
    result = models.CharField(max_length=20, choices=AttemptResult)
    note = models.TextField(blank=True)
    rung_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_result_display()}, {self.rung_at:%d %b %H:%M}"


def open_callback(conversation):
    """The callback of this conversation that is not closed, or None."""
    return conversation.callbacks.exclude(status=Status.CLOSED).first()


@transaction.atomic
def mark_urgent(callback, *, safety):
    """Danger was noticed while this callback was open: it goes to the top."""
    callback.safety = safety
    callback.is_urgent = True
    callback.due_by = min(callback.due_by, due_by(callback.practice, is_urgent=True))
    callback.save(update_fields=["safety", "is_urgent", "due_by"])
    callback.events.create(status=callback.status, note="Danger was noticed: marked urgent")


@transaction.atomic
def claim_callback(callback, *, link_worker):
    """Put a waiting callback on one link worker's caseload.

    Raises:
        AlreadyClaimed: somebody else was quicker.
    """
    try:
        _move(
            callback,
            Status.CLAIMED,
            by=link_worker,
            link_worker=link_worker,
            claimed_at=timezone.now(),
        )
    except NotAllowed as error:
        raise AlreadyClaimed(f"{callback.reference} is not waiting any more") from error


@transaction.atomic
def release_callback(callback, *, link_worker, note=""):
    """Put a claimed callback back into the queue.

    Raises:
        NotAllowed: the link worker does not hold it.
    """
    _check_held_by(callback, link_worker)
    _move(callback, Status.WAITING, by=link_worker, note=note, link_worker=None, claimed_at=None)


@transaction.atomic
def record_attempt(callback, *, link_worker, result, note=""):
    """Record one try at ringing. The callback stays on the caseload.

    Raises:
        NotAllowed: the link worker does not hold it.
        VoicemailNotAllowed: a voicemail, and the patient did not say yes to one.
    """
    _check_held_by(callback, link_worker)
    result = AttemptResult(result)
    if result == AttemptResult.VOICEMAIL_LEFT and not callback.voicemail_ok:
        raise VoicemailNotAllowed(f"{callback.reference}: no voicemail was agreed to")
    return Attempt.objects.create(
        callback=callback, link_worker=link_worker, result=result, note=note
    )


@transaction.atomic
def close_callback(callback, *, link_worker, outcome, note=""):
    """End a callback with its outcome.

    Raises:
        NotAllowed: the link worker does not hold it.
        TooFewAttempts: closed as unreachable before the practice's attempts were made.
    """
    outcome = Outcome(outcome)
    _check_held_by(callback, link_worker)
    if outcome == Outcome.UNREACHABLE and not callback.may_be_unreachable:
        raise TooFewAttempts(
            f"{attempts_allowed(callback)} attempts come before a callback is unreachable"
        )
    _move(
        callback,
        Status.CLOSED,
        by=link_worker,
        note=note,
        outcome=outcome,
        closed_at=timezone.now(),
    )


@transaction.atomic
def cancel_callback(callback, *, note="The patient asked us not to ring"):
    """The patient does not want the call any more."""
    _move(callback, Status.CLOSED, note=note, outcome=Outcome.CANCELLED, closed_at=timezone.now())


def attempts_allowed(callback):
    """How many tries the callback's practice makes before giving up."""
    if callback.practice is None:
        return Practice._meta.get_field("attempts_allowed").default
    return callback.practice.attempts_allowed


def queue_order(callbacks):
    """Sort as the queue is worked: danger first, then by due time."""
    return callbacks.order_by("-is_urgent", "due_by", "id")


def callbacks_for(link_worker):
    """Callbacks a link worker may see: their practices', or their theme's everywhere."""
    if link_worker.is_thematic:
        # Asked row by row, so that a few waiting ones do not cost a look at a million closed.
        of_theme = CallbackNeed.objects.filter(
            callback=models.OuterRef("pk"), need__in=link_worker.theme_needs
        )
        return Callback.objects.filter(models.Exists(of_theme))
    # Where a shared number left the practice unknown, every practice's link worker may help.
    return Callback.objects.filter(
        models.Q(practice__in=link_worker.practices.all()) | models.Q(practice=None)
    )


def due_by(practice, *, is_urgent):
    """When a callback asked for now is due: the practice's promise, or within the working hour."""
    now = timezone.now()
    if is_urgent:
        return next_working_moment(now) + URGENT_WITHIN
    field = Practice._meta.get_field("callback_within_days")
    days = practice.callback_within_days if practice else field.default
    return end_of_working_day(now, days=days)


def _check_held_by(callback, link_worker):
    callback.refresh_from_db(fields=["status", "link_worker"])
    if callback.status != Status.CLAIMED or callback.link_worker_id != link_worker.pk:
        raise NotAllowed(f"{callback.reference} is not on your caseload")


def _move(callback, to, *, by=None, note="", **changes):
    """The one door through which a callback changes its status.

    The database compares the status as it writes, so of two that move a
    callback at once only one can succeed.
    """
    before = callback.status
    if to not in NEXT[before]:
        raise NotAllowed(f"{callback.reference} cannot go from {before} to {to}")
    moved = Callback.objects.filter(pk=callback.pk, status=before).update(status=to, **changes)
    if not moved:
        raise NotAllowed(f"{callback.reference} is no longer {before}")
    callback.refresh_from_db()
    callback.events.create(status=to, link_worker=by, note=note)
