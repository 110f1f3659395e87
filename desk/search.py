"""Search: a callback by reference, name or number, open or closed."""

from django.db.models import Q
from django.db.models.functions import Lower
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desk.permissions import SEES_PATIENTS, access_of, allowed_for, callbacks_seen_by
from desk.records import note_search
from social_prescribing.callbacks import Status
from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.phone_numbers import PhoneNumber

MOST_FOUND = 50
SHORTEST = 2


@allowed_for(SEES_PATIENTS)
@require_safe
def show_found(request):
    """Open ones by any part of the name; closed ones, of which there are many, by the whole."""
    words = " ".join(request.GET.get("q", "").split())[:80]
    found = _find(access_of(request.user), words) if len(words) >= SHORTEST else []
    note_search(request, [callback.reference for callback in found])
    if len(found) == 1 and found[0].reference == words.upper():
        return redirect("callback", found[0].reference)
    context = {"words": words, "found": found, "is_too_short": 0 < len(words) < SHORTEST}
    return render(request, "desk/found.html", context)


def _find(access, words):
    seen = callbacks_seen_by(access).annotate(lower_name=Lower("name"))
    seen = seen.select_related("practice", "link_worker").prefetch_related("callback_needs")
    of_closed = Q(reference=words.upper()) | Q(lower_name=words.lower())
    if phone := _phone(words):
        of_closed |= Q(phone=phone)
    of_open = ~Q(status=Status.CLOSED) & (of_closed | Q(name__icontains=words))
    open_ones = list(seen.filter(of_open).order_by("-requested_at")[:MOST_FOUND])
    closed = seen.filter(of_closed, status=Status.CLOSED).order_by("-closed_at")
    return open_ones + list(closed[: MOST_FOUND - len(open_ones)])


def _phone(words):
    try:
        return PhoneNumber.parse(words).e164
    except InvalidPhoneNumber:
        return ""
