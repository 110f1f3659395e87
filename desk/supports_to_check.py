"""Supports to check: ring one, and say in one tap what is so."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk.permissions import LINK_WORKERS, access_of, allowed_for
from social_prescribing.errors import Refusal
from social_prescribing.staff import Role
from social_prescribing.support_checks import (
    CheckAnswer,
    find_supports,
    record_check,
    supports_to_check,
)
from social_prescribing.supports import Support

MAY_CHECK = LINK_WORKERS | {Role.PRACTICE_STAFF, Role.PROVIDER_LEAD, Role.PROGRAMME_LEAD}
ROWS_A_PAGE = 20


class CheckForm(forms.Form):
    """One tap, with a figure or the right number where they are wanted."""

    answer = forms.ChoiceField(choices=CheckAnswer.choices)
    weeks = forms.IntegerField(min_value=1, max_value=104, required=False)
    a_week = forms.IntegerField(min_value=0, max_value=500, required=False)
    phone = forms.CharField(max_length=20, required=False)


@allowed_for(MAY_CHECK)
@require_safe
def show_supports_to_check(request):
    """The list: what patients reported first, then crisis lines, then what is named most.

    With words in the address, whatever the directory has of that name.
    """
    words = request.GET.get("search", "").strip()
    supports = find_supports(words) if words else supports_to_check()
    page = Paginator(supports, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/supports_to_check.html", {"page": page, "words": words})


@allowed_for(MAY_CHECK)
@require_POST
def check_support(request, support_id):
    support = get_object_or_404(Support, pk=support_id)
    form = CheckForm(request.POST)
    try:
        if not form.is_valid():
            raise forms.ValidationError("Weeks are a number from 1 to 104, patients from 0 to 500.")
        check = record_check(support, **form.cleaned_data, checked_by=_name_of(request.user))
        messages.success(request, f"{support.name}: {_found(check)}. Thank you.")
    except Refusal as refusal:
        messages.error(request, f"{support.name}: {refusal}")
    except forms.ValidationError as problem:
        messages.error(request, f"{support.name}: {problem.message}")
    return redirect(f"{reverse('supports_to_check')}?{_where_they_were(request.POST)}")


def _found(check):
    """What somebody found, however they found it: not every line is rung."""
    if check.answer == CheckAnswer.STILL_RIGHT:
        return "still right"
    return check.get_answer_display().lower()


def _where_they_were(given):
    """The part of the list, or what was looked for: nobody begins again after each tap."""
    return urlencode({name: given[name] for name in ("search", "page") if given.get(name)})


def _name_of(user):
    worker = access_of(user).link_worker
    return (worker.name if worker else user.get_full_name() or user.get_username())[:80]
