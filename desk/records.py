"""The one door to a patient's record: it asks who may, and has the audit log written.

A view that shows or changes one record begins with `callback_record(request,
reference)`; one that shows many says so with `note_list`, one that searches with
`note_search`, one that hands out a file with `note_export`. The rows are written
when the answer is known, by AuditMiddleware, and no answer leaves without them.
"""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from desk.permissions import access_of, check_may_see_alert, check_may_see_callback
from social_prescribing.audit_log import Action, AuditEntry
from social_prescribing.callbacks import Callback
from social_prescribing.safety_alerts import SafetyAlert

FORBIDDEN = 403


@dataclass
class Note:
    """What will stand in the audit log once the answer is known."""

    action: Action
    reference: str = ""
    patient_number: int | None = None
    practice_code: str = ""
    listed: str = ""
    details: str = ""


def callback_record(request, reference):
    """Returns (access, callback); raises PermissionDenied where it is not for them."""
    access = access_of(request.user)
    callbacks = Callback.objects.select_related("practice", "conversation", "link_worker")
    callback = get_object_or_404(callbacks, reference=reference)
    _note_record(request, callback.reference, callback.practice, callback.patient_id)
    check_may_see_callback(access, callback)
    return access, callback


def note_record(request, callback):
    """A record was made, or changed, that no address named."""
    _note_record(request, callback.reference, callback.practice, callback.patient_id)


def alert_record(request, number):
    """Returns (access, alert); raises PermissionDenied where it is not for them."""
    access = access_of(request.user)
    alerts = SafetyAlert.objects.select_related(
        "conversation__practice", "callback__link_worker", "seen_by", "closed_by"
    )
    alert = get_object_or_404(alerts, pk=number)
    conversation = alert.conversation
    _note_record(request, alert_name(alert), conversation.practice, conversation.patient_id)
    check_may_see_alert(access, alert)
    return access, alert


def alert_name(alert):
    """How the audit log names a safety alert."""
    return f"alert-{alert.pk}"


def note_list(request, references):
    """Several records were shown in a list."""
    if references := list(references):
        note(request, Note(Action.LIST, listed=" ".join(references)))


def note_search(request, references):
    """Somebody searched and was shown these records.

    What they typed is not kept: it is a patient's name or number, and the log outlives both.
    """
    found = f"{len(references)} found"
    note(request, Note(Action.SEARCH, details=found, listed=" ".join(references)))


def note_export(request, references):
    """A file with these records was handed out."""
    note(request, Note(Action.EXPORT, listed=" ".join(references)))


def note_own_account(request, what):
    """Somebody changed how they themselves sign in."""
    note(request, Note(Action.CHANGE, reference="own account", details=what))


def note(request, what):
    """Keep a Note for AuditMiddleware to write."""
    request.audit_notes = [*getattr(request, "audit_notes", []), what]


def _note_record(request, reference, practice, patient_id):
    action = Action.VIEW if request.method in ("GET", "HEAD") else Action.CHANGE
    code = practice.code if practice else ""
    note(request, Note(action, reference, patient_id, code))


class AuditMiddleware:
    """Writes the audit log once the answer to a request is known."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        notes = getattr(request, "audit_notes", [])
        if response.status_code == FORBIDDEN and request.user.is_authenticated:
            notes = _as_refused(notes)
        # A list that did not change since the last poll shows nothing new.
        if notes and response.status_code != 204:
            AuditEntry.objects.bulk_create(_entry(request, response, note) for note in notes)
        return response


def _as_refused(notes):
    for each in notes:
        each.action = Action.REFUSED
    return notes or [Note(Action.REFUSED)]


def _entry(request, response, note):
    user = request.user
    match = request.resolver_match
    details = note.details
    if response.status_code >= 400 and note.action == Action.CHANGE:
        details = "Not done: the form or the rules refused it"
    return AuditEntry(
        who=user.get_username() if user.is_authenticated else "",
        roles=" ".join(sorted(access_of(user).roles)) if user.is_authenticated else "",
        action=note.action,
        what=(match.view_name if match else request.path)[:60],
        reference=note.reference,
        patient_number=note.patient_number,
        practice_code=note.practice_code,
        listed=note.listed,
        details=details,
        address=request.META.get("REMOTE_ADDR", ""),
    )
