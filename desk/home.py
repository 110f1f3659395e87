"""Where each role begins: the queue for who sees patients, a page of their own for the rest."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desk.permissions import EVERY_ROLE, SEES_PATIENTS, access_of, allowed_for


@allowed_for(EVERY_ROLE)
@require_safe
def show_home(request):
    """Take those who see patients to the queue; show the others what they can do here."""
    access = access_of(request.user)
    if access.has_any(SEES_PATIENTS):
        return redirect("queue")
    practices = access.practices.select_related("provider")
    practices = practices.prefetch_related("contact_numbers", "link_workers")
    return render(request, "desk/home.html", {"access": access, "practices": practices})
