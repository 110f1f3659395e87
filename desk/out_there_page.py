"""What is out there: the page for practice staff, their link workers and leads."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.digest_pages import GETS_DIGEST
from desk.permissions import (
    NOT_YOUR_PRACTICE,
    SEES_FIGURES,
    access_of,
    allowed_for,
    practices_with_figures,
)
from social_prescribing.digests import switch_token, wants_digest, write_digest
from social_prescribing.out_there import as_in_the_email, out_there_now

# An email brings its own style, and nothing else: no script, no picture, no address to load.
POLICY_OF_EMAIL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@allowed_for(SEES_FIGURES)
@require_safe
def show_out_there(request):
    """One practice's page; `?practice=` names it where somebody has several."""
    practices, practice = _asked_for(request)
    gets_email = access_of(request.user).has_any(GETS_DIGEST)
    there = practice and out_there_now(practice)
    context = {
        "practices": practices,
        "practice": practice,
        "there": there,
        "email": there and write_digest([practice], reports={practice.pk: as_in_the_email(there)}),
        "gets_email": gets_email,
        "wants_email": gets_email and wants_digest(request.user),
    }
    return render(request, "desk/out_there.html", context)


@allowed_for(SEES_FIGURES)
@require_safe
def show_email(request):
    """This week's email about one practice, as it arrives."""
    _, practice = _asked_for(request)
    is_theirs = access_of(request.user).has_any(GETS_DIGEST)
    token = switch_token(request.user) if is_theirs else ""
    written = practice and write_digest([practice], token=token)
    if not written:
        return render(request, "desk/no_email.html", {"practice": practice})
    _, _, html = written
    return HttpResponse(html, headers={"Content-Security-Policy": POLICY_OF_EMAIL})


def _asked_for(request):
    """(practices that this person may look at, the one to show or None)."""
    practices = list(practices_with_figures(access_of(request.user)))
    code = request.GET.get("practice")
    if not code:
        return practices, next(iter(practices), None)
    practice = next((one for one in practices if one.code == code), None)
    if practice is None:
        raise PermissionDenied(NOT_YOUR_PRACTICE)
    return practices, practice
