"""How the desk's templates say times, languages and kinds of danger."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from desk.languages import language_name
from desk.permissions import user_can_see_callback, user_can_work_on_callback
from desk.spoken_times import exact_moment, spoken_contact_times, spoken_moment, spoken_span
from social_prescribing.contact_times import is_good_time
from social_prescribing.needs import in_patient_words
from social_prescribing.safety_alerts import Kind

register = template.Library()
register.filter("contact_times", spoken_contact_times)
register.filter("language_name", language_name)
register.filter("in_patient_words", in_patient_words)
register.filter("can_see", user_can_see_callback)
register.filter("can_work_on", user_can_work_on_callback)


@register.filter
def is_good_now(callback):
    """Whether this moment suits the patient."""
    return is_good_time(callback, timezone.now())


@register.filter
def safety_name(kind):
    """What staff read for a stored kind of danger."""
    return dict(Kind.choices).get(kind, kind)


@register.simple_tag
def moment(when):
    """A time as people say it, the exact one on hover."""
    return _time(when, spoken_moment(when))


@register.simple_tag
def since(when):
    """How long ago, the exact time on hover."""
    return _time(when, spoken_span(timezone.now() - when))


def _time(when, words):
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', when.isoformat(), exact_moment(when), words
    )
