"""Signs a person out when nobody has typed or pressed anything for a while."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from desk.live import is_poll
from desk.permissions import any_role

ACTIVE_AT, SIGNED_IN_AT = "active_at", "signed_in_at"
TIMED_OUT = "timed-out"
# The session is written at most so often, and the browser tells at most so often.
EVERY_SECONDS = 60


class IdleTimeOutMiddleware:
    """Live parts of a page ask again and again by themselves: that is nobody at the desk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            if is_over(request.session):
                return _signed_out(request)
            if not is_poll(request):
                _note_activity(request.session)
        return self.get_response(request)


def is_over(session):
    """Whether nobody was at it for too long, or it has lasted a working day."""
    now = time.time()
    idle_for = now - session.get(ACTIVE_AT, now)
    lasted = now - session.get(SIGNED_IN_AT, now)
    # The browser's own clock may be one telling behind.
    is_idle = idle_for > settings.IDLE_AFTER.total_seconds() + EVERY_SECONDS
    return is_idle or lasted > settings.SESSION_COOKIE_AGE


@any_role
@require_safe
def still_here(request):
    """The browser tells that somebody types or presses; the middleware has noted it."""
    return HttpResponse(status=204)


@receiver(user_logged_in)
def note_beginning(request, **_):
    request.session[SIGNED_IN_AT] = request.session[ACTIVE_AT] = time.time()


def _note_activity(session):
    now = time.time()
    if now - session.get(ACTIVE_AT, 0) > EVERY_SECONDS:
        session[ACTIVE_AT] = now


def _signed_out(request):
    logout(request)
    if is_poll(request):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    back_to = request.get_full_path() if request.method == "GET" else reverse("home")
    response = redirect_to_login(back_to)
    response.headers["Location"] += f"&{TIMED_OUT}=1"
    return response
