"""Times as people say them: "today 5pm", "in 20 minutes", "2 hours"."""

from datetime import timedelta

from django.utils import timezone

from social_prescribing.working_time import GLASGOW


def clock(moment):
    """`5pm`, `9:30am`."""
    return f"{moment:%I:%M}".lstrip("0").removesuffix(":00") + f"{moment:%p}".lower()


def spoken_moment(moment, *, now=None):
    """`today 5pm`, `tomorrow 9am`, `Thursday 5pm`, `26 November 5pm`."""
    local = moment.astimezone(GLASGOW)
    today = (now or timezone.now()).astimezone(GLASGOW).date()
    days = (local.date() - today).days
    if days in (-1, 0, 1):
        day = {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    elif 1 < days < 7:
        day = f"{local:%A}"
    else:
        day = f"{local.day} {local:%B}"
    return f"{day} {clock(local)}"


def exact_moment(moment):
    """`Thursday 26 November 2026, 17:00`."""
    local = moment.astimezone(GLASGOW)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def spoken_span(span):
    """`less than a minute`, `12 minutes`, `3 hours`, `2 days`: the largest unit, rounded down."""
    for unit, length in (
        ("day", timedelta(days=1)),
        ("hour", timedelta(hours=1)),
        ("minute", timedelta(minutes=1)),
    ):
        if count := span // length:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def spoken_soon(moment, *, now=None):
    """`in 20 minutes` within the hour, else as `spoken_moment`."""
    now = now or timezone.now()
    if timedelta(seconds=30) <= moment - now < timedelta(hours=1):
        return f"in {spoken_span(moment - now + timedelta(seconds=30))}"
    return spoken_moment(moment, now=now)


def spoken_day(day, *, today=None):
    """`today`, `tomorrow`, `on Thursday`, `on Thursday 26 November`."""
    today = today or timezone.now().astimezone(GLASGOW).date()
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("today", "tomorrow")[ahead]
    return f"on {day:%A}" if 1 < ahead < 7 else f"on {day:%A} {day.day} {day:%B}"
