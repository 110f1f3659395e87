"""Callback: the promised call from a link worker, its life, its attempts and its outcome."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from social_prescribing import needs as need_names
from social_prescribing.circumstances import CHILD_UNDER
from social_prescribing.contact_times import TimePreference
from social_prescribing.conversations import Conversation
from social_prescribing.days_there import end_of_promise
from social_prescribing.link_workers import LinkWorker, practices_worked_for
from social_prescribing.patients import Patient
from social_prescribing.phone_numbers import show
from social_prescribing.practices import Practice
from social_prescribing.working_time import next_working_moment

URGENT_WITHIN = timedelta(hours=1)


class Status(models.TextChoices):
    """Where a callback stands. The values are stored and exported."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Claimed"
    CLOSED = "closed", "Closed"


# The whole life of a callback: from → to. docs/callback_statuses.md is drawn from it.
NEXT = {
    Status.WAITING: {Status.CLAIMED, Status.CLOSED},
    # Claimed again: handed over to another link worker.
    Status.CLAIMED: {Status.CLAIMED, Status.WAITING, Status.CLOSED},
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


class NextStep(models.TextChoices):
    """What comes next for a callback that somebody holds. The values are stored."""

    RING = "ring", "Ring"
    FINISH = "finish", "Write down what was agreed, and close"
    FIND_NUMBER = "find_number", "Find the right number"
    CLOSE = "close", "Close as not reached"


class AskedThrough(models.TextChoices):
    """How a callback came to be queued. The values are stored."""

    TEXT = "text", "Asked for by text"
    STAFF = "staff", "Added by staff"
    FOLLOW_UP = "follow_up", "A promised follow-up"


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
    by_text = models.BooleanField(default=False, help_text="Asked to be texted, not rung")
    language = models.CharField(max_length=40, default="en")
    interpreter = models.BooleanField(default=False)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    age = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="In years, where the patient said it"
    )
    words = models.TextField(help_text="What the patient wrote about the need, unedited")
    requested_at = models.DateTimeField(default=timezone.now)
    due_by = models.DateTimeField()
    promised_by = models.DateTimeField(
        null=True, blank=True, help_text="What the patient was told when due_by could not be kept"
    )
    link_worker = models.ForeignKey(
        LinkWorker, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    asked_through = models.CharField(max_length=10, choices=AskedThrough, default=AskedThrough.TEXT)
    referred_by = models.CharField(
        max_length=80, blank=True, help_text="Who added it, where the patient did not text"
    )
    next_step = models.CharField(max_length=12, choices=NextStep, default=NextStep.RING)
    next_step_at = models.DateTimeField(
        null=True, blank=True, help_text="When the next step falls due; empty means now"
    )
    forgotten_at = models.DateTimeField(
        null=True, blank=True, help_text="When the claim comes back to the queue by rule"
    )
    looked_at = models.DateTimeField(
        null=True, blank=True, help_text="When its holder last opened it: later texts are new"
    )
    follow_up_on = models.DateField(
        null=True, blank=True, help_text="When the patient is to be rung again after closing"
    )
    follow_up_queued_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # The queue page: waiting ones, urgent first, then by due time.
            models.Index(fields=["status", "-is_urgent", "due_by"], name="callback_queue"),
            # The queue of some practices: their closed ones, of which there are many, stay aside.
            models.Index(
                fields=["practice", "status", "-is_urgent", "due_by"], name="callback_of_practice"
            ),
            # What a practice's patients asked for, and how long they waited.
            models.Index(fields=["practice", "requested_at"], name="callback_asked_of_practice"),
            # The caseload page.
            models.Index(fields=["link_worker", "status"], name="callback_caseload"),
            # The desk's search, by number and by whole name.
            models.Index(fields=["phone"], name="callback_phone"),
            models.Index(Lower("name"), name="callback_name"),
            # The clock: claims that come back, steps and follow-ups that fall due. All are few.
            models.Index(
                fields=["forgotten_at"],
                condition=models.Q(status="claimed"),
                name="callback_forgotten",
            ),
            models.Index(
                fields=["follow_up_on"],
                condition=models.Q(follow_up_on__isnull=False, follow_up_queued_at=None),
                name="callback_follow_up",
            ),
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
    def is_child(self):
        """The patient said that they are under sixteen."""
        return self.age is not None and self.age < CHILD_UNDER

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
    what = models.CharField(
        max_length=80, blank=True, help_text="What happened, where the status stayed: Note"
    )
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
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the patient was told of it, or need not be"
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            # The clock: attempts of which the patient is still to be told.
            models.Index(
                fields=["rung_at"], condition=models.Q(told_at=None), name="attempt_to_tell"
            ),
        ]

    def __str__(self):
        return f"{self.get_result_display()}, {self.rung_at:%d %b %H:%M}"


def open_callback(conversation):
    """The callback of this conversation that is not closed, or None."""
    return conversation.callbacks.exclude(status=Status.CLOSED).first()


def attempts_allowed(callback):
    """How many tries the callback's practice makes before giving up."""
    return setting_of(callback, "attempts_allowed")


def setting_of(callback, name):
    """A setting of the callback's practice, or its default where the practice is not known."""
    if callback.practice is None:
        return Practice._meta.get_field(name).default
    return getattr(callback.practice, name)


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
        models.Q(practice__in=practices_worked_for(link_worker, timezone.localdate()))
        | models.Q(practice=None)
    )


def due_by(practice, *, is_urgent):
    """When a callback asked for now is due: the practice's promise, or within the working hour.

    A promise waits for a day on which a link worker is there; danger does not: it is
    everybody's who is on call.
    """
    now = timezone.now()
    if is_urgent:
        return next_working_moment(now) + URGENT_WITHIN
    field = Practice._meta.get_field("callback_within_days")
    days = practice.callback_within_days if practice else field.default
    return end_of_promise(practice, now, days=days)
