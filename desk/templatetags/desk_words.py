"""Template filters: times, danger and languages in people's words."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from desk.call_script import is_good_now, suits_now
from desk.names import called
from desk.spoken_times import exact_moment, spoken_contact_times, spoken_moment, spoken_span
from social_prescribing.languages import language_name
from social_prescribing.outbox import Failure
from social_prescribing.phone_numbers import show
from social_prescribing.safety_alerts import Kind
from social_prescribing.spoken_times import spoken_soon
from social_prescribing.working_time import GLASGOW

LONGEST_YES_OR_NO = 2  # words, as in "aye sure"

register = template.Library()
register.filter("is_good_now", is_good_now)
register.filter("suits_now", suits_now)
register.filter("called", called)
register.filter("language_name", language_name)
register.filter("phone_number", show)
register.filter("contact_times", spoken_contact_times)


@register.filter
def moment(value):
    """`today 5pm`, with the exact time beside it for whoever asks."""
    return _time(value, spoken_moment(value))


@register.filter
def exactly(value):
    """`28 November 2026, 17:05:12`, in Glasgow: for the audit log."""
    local = value.astimezone(GLASGOW)
    shown = f"{local.day} {local:%B %Y, %H:%M:%S}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.filter
def page_name(route):
    """`record attempt` for `record_attempt`, `administration: practices` for an admin page."""
    return route.replace("admin:", "administration: ").replace("_", " ")


@register.filter
def ago(value):
    """`12 minutes`, since then."""
    return _time(value, spoken_span(timezone.now() - value))


@register.filter
def soon(value):
    """`in 20 minutes`, `today 5pm`, with the exact time beside it."""
    return _time(value, spoken_soon(value))


@register.filter
def span(value):
    """`12 minutes` for a timedelta."""
    return spoken_span(value)


@register.filter
def is_due_today(callback):
    return callback.due_by.astimezone(GLASGOW).date() == timezone.now().astimezone(GLASGOW).date()


@register.filter
def kind_of_danger(kind):
    """`Danger from another person` for `abuse_danger`; an unknown kind is shown as it is."""
    return dict(Kind.choices).get(kind, kind)


@register.filter
def why_not_delivered(message):
    """`The phone is switched off, out of reach or barred`."""
    return dict(Failure.choices).get(message.failure, "we were not told why")


@register.filter
def says_more(words):
    """Whether somebody's words say more than the yes or no beside them."""
    return len(words.split()) > LONGEST_YES_OR_NO


def _time(value, words):
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact_moment(value), words
    )
