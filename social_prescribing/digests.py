"""The weekly digest: what is out there, by email to practice staff, on Monday morning.

Once a week for each person, whatever happens to the clock: who gets it is marked before it
is sent. A clock that stops in between loses one email, which is better than two.
"""

import logging
from datetime import datetime, time
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.signing import BadSignature, Signer
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from social_prescribing.out_there import out_there_this_week, this_week
from social_prescribing.practices import Practice
from social_prescribing.staff import Role
from social_prescribing.working_time import GLASGOW, is_working_time, next_working_moment

logger = logging.getLogger(__name__)

# The clock has other duties: the rest is sent when it comes round again.
MOST_AT_ONCE = 40
SIGNER = Signer(salt="social_prescribing.digests")


class DigestSetting(models.Model):
    """Whether one person wants the weekly digest, and which week's they had last.

    Without a row they want it, and had none.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_setting"
    )
    is_on = models.BooleanField(default=True)
    last_week = models.DateField(null=True, blank=True, help_text="Its Monday")

    def __str__(self):
        return f"{self.user}, {'on' if self.is_on else 'off'}"


def digest_practices(user):
    """The practices that somebody's digest is about: where they are practice staff."""
    return Practice.objects.filter(staff__user=user, staff__role=Role.PRACTICE_STAFF).distinct()


def wants_digest(user):
    return not DigestSetting.objects.filter(user=user, is_on=False).exists()


def switch_digest(user, *, on):
    """Somebody wants the digest, or wants it no more."""
    DigestSetting.objects.update_or_create(user=user, defaults={"is_on": on})


def switch_token(user):
    """What stands in a person's email, so that one tap stops it without signing in."""
    return SIGNER.sign(user.pk)


def user_of_token(token):
    """The user whose email a token stood in, or None where nobody's did."""
    try:
        return _users().filter(pk=SIGNER.unsign(token)).first()
    except BadSignature:
        return None


def send_due_digests():
    """Send this week's digest to who has not had it, some at a time. Returns how many.

    They go out in the working hours of the week's first working day, a Tuesday after a
    bank holiday; a clock that stood still all that day leaves the week out.
    """
    now, week = timezone.now(), this_week()
    if not is_working_time(now) or now.astimezone(GLASGOW).date() != _first_working_day(week):
        return 0
    people, reports, sent = list(_due(week)[:MOST_AT_ONCE]), {}, 0
    if not people:
        return 0
    try:
        with get_connection() as connection:
            for user in people:
                sent += _send_digest(user, week, reports, connection)
    except OSError:
        logger.exception("The mail server takes no digests just now: tried again later")
    return sent


def write_digest(practices, *, token="", reports=None):
    """The digest about some practices: (subject, text, HTML), or None where there is nothing
    to tell.

    token: of who gets it, for the link that stops it.
    reports: OutThere by practice id that are known already; new ones are added.
    """
    reports = {} if reports is None else reports
    for practice in practices:
        if practice.pk not in reports:
            reports[practice.pk] = out_there_this_week(practice)
    weeks = [reports[practice.pk] for practice in practices]
    if not any(week.says_anything for week in weeks):
        return None
    shown = {"weeks": weeks, "desk": settings.DESK_ADDRESS, "token": token}
    names = " and ".join(practice.name for practice in practices)
    return (
        f"What is out there this week: {names}",
        render_to_string("desk/mail/out_there.txt", shown),
        render_to_string("desk/mail/out_there.html", shown),
    )


def _due(week):
    """People who are to get this week's digest. Nobody writes to the demo's made-up people."""
    had_it = DigestSetting.objects.filter(user=models.OuterRef("pk")).filter(
        models.Q(is_on=False) | models.Q(last_week__gte=week)
    )
    return (
        _users()
        .filter(
            ~models.Exists(had_it),
            is_active=True,
            staff_roles__role=Role.PRACTICE_STAFF,
            staff_roles__is_demo=False,
        )
        .exclude(email="")
        .order_by("pk")
        .distinct()
    )


def _send_digest(user, week, reports, connection):
    setting, _ = DigestSetting.objects.get_or_create(user=user)
    before = setting.last_week
    # Of two clocks only one gets to send it.
    is_ours = DigestSetting.objects.filter(
        models.Q(last_week=None) | models.Q(last_week__lt=week), pk=setting.pk, is_on=True
    ).update(last_week=week)
    if not is_ours:
        return 0
    token = switch_token(user)
    written = write_digest(list(digest_practices(user)), token=token, reports=reports)
    if written is None:
        return 0
    subject, text, html = written
    stop = settings.DESK_ADDRESS + reverse("stop_digest", args=[token])
    # With these, a mail program shows a button of its own that stops it (RFC 8058).
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail = EmailMultiAlternatives(
        subject, text, None, [user.email], headers=headers, connection=connection
    )
    mail.attach_alternative(html, "text/html")
    try:
        return mail.send()
    except SMTPRecipientsRefused:
        # Another try would be refused too, and hold up everybody after them.
        logger.warning("The weekly digest of user %s was refused: is the address right?", user.pk)
        return 0
    except OSError:
        DigestSetting.objects.filter(pk=setting.pk).update(last_week=before)
        raise


def _first_working_day(week):
    return next_working_moment(datetime.combine(week, time.min, GLASGOW)).date()


def _users():
    return DigestSetting._meta.get_field("user").related_model.objects
