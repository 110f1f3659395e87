"""The audit log as a lead reads it: newest first, by record, person or day. Nobody can edit it."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.permissions import READS_AUDIT_LOG, access_of, allowed_for, audit_entries_for
from social_prescribing.audit_log import Action
from social_prescribing.staff import Role

ROWS_A_PAGE = 50


class AuditFilter(forms.Form):
    """What to look for. Everything left empty is everything."""

    reference = forms.CharField(label="Record, for example BL-7Q2XK", required=False, max_length=40)
    who = forms.CharField(label="Person’s email", required=False, max_length=150)
    action = forms.ChoiceField(
        label="What they did",
        required=False,
        choices=[("", "Anything"), *Action.choices],
    )
    day = forms.DateField(
        label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


@allowed_for(READS_AUDIT_LOG)
@require_safe
def show_audit_log(request):
    form = AuditFilter(request.GET)
    entries = audit_entries_for(access_of(request.user))
    if form.is_valid():
        entries = _narrowed(entries, **form.cleaned_data)
    page = Paginator(entries, ROWS_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    rows = [(entry, roles_in_words(entry.roles)) for entry in page]
    context = {"form": form, "page": page, "rows": rows, "asked": asked.urlencode()}
    return render(request, "desk/audit_log.html", context)


def roles_in_words(roles):
    """`link worker, provider lead` for the values that an entry keeps."""
    labels = dict(Role.choices)
    return ", ".join(labels.get(role, role).lower() for role in roles.split())


def _narrowed(entries, *, reference, who, action, day):
    if reference := reference.strip():
        entries = entries.filter(Q(reference=reference) | Q(listed__contains=reference))
    if who := who.strip().lower():
        entries = entries.filter(who=who)
    if action:
        entries = entries.filter(action=action)
    if day:
        entries = entries.filter(happened_at__date=day)
    return entries
