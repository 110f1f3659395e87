"""On call: who is told by email and by text of an alert that nobody looks at, or of a child's."""

import logging

from django.core.mail import send_mail
from django.db import models
from django.utils import timezone

from social_prescribing.conversations import Channel, find_or_start_conversation
from social_prescribing.days_there import Rota
from social_prescribing.outbox import send_text
from social_prescribing.practices import Practice, Provider
from social_prescribing.safety_alerts import SafetyAlert, take_safety_step
from social_prescribing.working_time import (
    end_of_day,
    is_working_time,
    local_day,
    next_working_moment,
    spoken,
    start_of_day,
)

logger = logging.getLogger(__name__)

# Told again each time, to whoever is on the lists; then the desk's red banner has to do.
MOST_CLIMBS = 6
# Whoever is told this soon can be said to look within the hour.
SOON_ENOUGH_MINUTES = 45
MOST_NAMED = 2  # link workers, in a text to a child


class When(models.TextChoices):
    """When somebody on the list is told. The values are stored."""

    ALWAYS = "always", "Day and night"
    WORKING_HOURS = "working_hours", "In working hours"
    OUT_OF_HOURS = "out_of_hours", "Out of hours only"


class OnCallContact(models.Model):
    """One person on the on-call list of a practice, or of a provider for all its practices."""

    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.CASCADE, related_name="on_call"
    )
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.CASCADE, related_name="on_call"
    )
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True, help_text="A mobile: +447700900123")
    when = models.CharField(max_length=14, choices=When, default=When.WORKING_HOURS)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="on_call_for_a_practice_or_a_provider",
                condition=models.Q(practice__isnull=False, provider=None)
                | models.Q(practice=None, provider__isnull=False),
            ),
            models.CheckConstraint(
                name="on_call_contacts_can_be_told",
                condition=~models.Q(email="") | ~models.Q(phone=""),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_when_display().lower()}"


def on_call_for(alert, *, at):
    """Who is told of this alert at this moment: the practice's list, then its provider's."""
    hours = When.WORKING_HOURS if is_working_time(at) else When.OUT_OF_HOURS
    return list(_lists_of(alert.conversation.practice).filter(when__in=[When.ALWAYS, hours]))


def _lists_of(practice):
    if practice is None:
        # Nobody knows whose patient it is: every provider's list is told.
        return OnCallContact.objects.filter(provider__isnull=False)
    of_it = models.Q(practice=practice) | models.Q(provider=practice.provider_id)
    return OnCallContact.objects.filter(of_it)


def told_of_a_child(practice, now):
    """Who is told first of a child in danger at `now`, by name: `Sam Reid (link worker)`.

    Whoever is on call where that is sooner, else the link workers who are there next;
    without a name where the practice has given none.
    """
    there = _next_there(practice, now)
    sooner = [(at, who.name) for who, at in _on_call_moments(practice, now) if at < there]
    if sooner:
        return f"{min(sooner)[1]} (on call)"
    day = local_day(there)
    link_workers = Rota.of_practice(practice, day).who(day) if practice else []
    names = " and ".join(link_worker.name for link_worker in link_workers[:MOST_NAMED])
    return f"{names} (link worker{'s' if ' and ' in names else ''})" if names else "a link worker"


def next_look(practice, now):
    """When a person looks at what comes in at `now`: `within the hour`, `at 9am on Monday`.

    A link worker of the practice does in the working time of a day on which one is there;
    who is on call does at any hour for which they said so, where they are told soon enough.
    """
    soonest = min([_next_there(practice, now), *_next_on_call(practice, now)])
    return "within the hour" if soonest <= now else f"at {spoken(soonest, now=now)}"


def _next_there(practice, now):
    """The next moment (aware datetime) at which a link worker of the practice is at work."""
    moment = next_working_moment(now)
    if practice is None:
        return moment
    day = Rota.of_practice(practice, local_day(moment)).next_day(local_day(moment))
    return moment if day in (None, local_day(moment)) else start_of_day(day)


def _next_on_call(practice, now):
    """The next moments at which those on the lists are told, each within the hour."""
    if minutes_before_climbing(practice) <= SOON_ENOUGH_MINUTES:
        yield from (moment for _, moment in _on_call_moments(practice, now))


def _on_call_moments(practice, now):
    """`(contact, moment)`: when each of those on the lists can be told next."""
    for contact in _lists_of(practice):
        if contact.when == When.ALWAYS:
            yield contact, now
        elif contact.when == When.WORKING_HOURS:
            yield contact, next_working_moment(now)
        else:
            yield contact, end_of_day(local_day(now)) if is_working_time(now) else now


def raise_unseen_alerts():
    """Tell the on-call lists of alerts that nobody has looked at in time. Returns how many.

    Where a child is in danger they are told at once.

    Out of hours only those are told who said so; where nobody did, the alert waits
    for the next working moment and climbs then at once.
    """
    unseen = SafetyAlert.objects.filter(
        seen_at=None, closed_at=None, due_at__lte=timezone.now(), climbs__lt=MOST_CLIMBS
    ).select_related("conversation__practice")
    return sum(_climb(alert) for alert in unseen)


def _climb(alert):
    now = timezone.now()
    waited = now - (alert.climbed_at or alert.due_at)
    is_first_of_a_child = alert.is_of_a_child and not alert.climbs
    minutes = minutes_before_climbing(alert.conversation.practice)
    if waited.total_seconds() < 60 * minutes and not is_first_of_a_child:
        return 0
    contacts = on_call_for(alert, at=now)
    if not contacts:
        return 0
    # Of two clocks only one gets to tell them.
    is_ours = SafetyAlert.objects.filter(
        pk=alert.pk, climbs=alert.climbs, seen_at=None, closed_at=None
    ).update(climbs=alert.climbs + 1, climbed_at=now)
    if not is_ours:
        return 0
    news = "look at once" if is_first_of_a_child else f"nobody has looked for {minutes} minutes"
    told = ", ".join(filter(None, (_tell(contact, alert, news) for contact in contacts)))
    why = "Of somebody under 16" if is_first_of_a_child else "Nobody had looked in time"
    take_safety_step(alert, what=f"{why}. Told: {told or 'nobody'}.")
    return 1


def minutes_before_climbing(practice):
    field = Practice._meta.get_field("alert_climbs_after_minutes")
    return practice.alert_climbs_after_minutes if practice else field.default


def _tell(contact, alert, news):
    """Tell one person; nothing of the patient leaves the desk. Returns who was told, and how."""
    practice = alert.conversation.practice
    text = (
        f"Blether: a safety alert at {practice or 'a practice not known yet'}: {news}. "
        "Open the desk now."
    )
    ways = []
    if contact.email and _send_mail(contact, text, subject=f"Safety alert: {news}"):
        ways.append("email")
    if contact.phone and _send_text(contact, alert, text):
        ways.append("text")
    return f"{contact.name} by {' and '.join(ways)}" if ways else ""


def _send_mail(contact, text, *, subject):
    try:
        return send_mail(subject, text, None, [contact.email])
    except OSError:
        # The text and the banner remain; a mail server that is down must not stop them.
        logger.exception("On-call contact %s could not be told by email", contact.pk)
        return 0


def _send_text(contact, alert, text):
    number = alert.conversation.contact_number
    if number is None and alert.conversation.practice is not None:
        number = alert.conversation.practice.contact_numbers.first()
    is_demo = contact.is_demo or (number is not None and number.is_demo)
    conversation = find_or_start_conversation(
        channel=Channel.SIMULATED_SMS if is_demo else Channel.SMS,
        address=contact.phone,
        contact_number=number,
    )
    key = f"on-call:{contact.pk}:{alert.pk}:{alert.climbs}"
    return send_text(conversation, text, key=key, despite_opt_out=True)
