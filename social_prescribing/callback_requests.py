"""CallbackRequest: what a patient agreed to, and how it becomes a queued callback."""

import secrets
from dataclasses import MISSING, dataclass, field, fields
from datetime import time

from django.db import IntegrityError, transaction

from social_prescribing.callbacks import (
    Callback,
    CallbackNeed,
    Status,
    TimePreference,
    due_by,
    open_callback,
)
from social_prescribing.patients import Patient
from social_prescribing.practices import Practice

# No vowels and nothing that looks like something else: never a word, read aloud without doubt.
LETTERS = "CDFGHJKMNPRTVWXY3479"


@dataclass(frozen=True)
class CallbackRequest:
    """What a patient agreed to, as the conversation gathered it."""

    needs: tuple[str, ...]
    words: str
    name: str
    phone: str
    area: str = ""
    safety: str = ""
    is_urgent: bool = False
    time_preference: str = TimePreference.ANY
    days: tuple[str, ...] = ()
    not_before: time | None = None
    not_after: time | None = None
    time_words: str = ""
    voicemail_ok: bool | None = None
    safe_contact: str = ""
    is_safe_to_ring: bool | None = None
    by_text: bool = False
    language: str = "en"
    interpreter: bool = False
    on_behalf_of: str = ""
    age: int | None = None
    practice: Practice | None = field(default=None)


# What the callback keeps word for word from the request.
COPIED = [f.name for f in fields(CallbackRequest) if f.name not in ("needs", "words", "practice")]
# What a request holds where the patient said nothing. "No" to a voicemail is something said.
NOT_SAID = {"name": "", "phone": ""} | {
    f.name: f.default for f in fields(CallbackRequest) if f.default is not MISSING
}


@transaction.atomic
def request_callback(conversation, request):
    """Queue the call that a patient asked for. Returns the Callback.

    A conversation has one open callback at most: a second request adds its
    needs and words to the open one, and the newer answers stand.
    """
    callback = open_callback(conversation)
    if callback is None:
        try:
            with transaction.atomic():
                return _queue_callback(conversation, request)
        except IntegrityError:
            callback = open_callback(conversation)
    return _join_callback(callback, request)


@transaction.atomic
def change_callback(callback, **changes):
    """The patient changed their name, number, times or voicemail after it was queued.

    Voicemail is asked about after that: the first answer changes nothing that stood there.
    """
    is_answer = set(changes) == {"voicemail_ok"} and callback.voicemail_ok is None
    for name, said in changes.items():
        setattr(callback, name, said)
    patient = callback.patient
    patient.name, patient.phone = callback.name, callback.phone
    patient.language = callback.language
    patient.save(update_fields=["name", "phone", "language"])
    # Status and holder stay out: a link worker may be claiming it at this moment.
    callback.save(update_fields=list(changes))
    if not is_answer:
        callback.events.create(status=callback.status, note="The patient changed it by text")


def note_never_rang(callback):
    """The patient says that the call has not come: whoever opens the callback reads it."""
    callback.events.create(status=callback.status, note="The patient says that nobody rang")


def _queue_callback(conversation, request):
    practice = request.practice or conversation.practice
    patient = _keep_patient(conversation, request, practice)
    callback = Callback.objects.create(
        reference=_new_reference(),
        conversation=conversation,
        patient=patient,
        practice=practice,
        words=request.words,
        due_by=due_by(practice, is_urgent=request.is_urgent),
        is_demo=practice is not None and practice.is_demo,
        **{name: getattr(request, name) for name in COPIED},
    )
    _add_needs(callback, request.needs)
    callback.events.create(status=Status.WAITING, note="Asked for by text")
    return callback


def _join_callback(callback, request):
    """Add a second request to the open callback."""
    for name in COPIED:
        said = getattr(request, name)
        if said != NOT_SAID[name]:
            setattr(callback, name, said)
    if request.words not in callback.words:
        callback.words = f"{callback.words}\n{request.words}".strip()
    if request.is_urgent:
        callback.due_by = min(callback.due_by, due_by(callback.practice, is_urgent=True))
    # Status and holder stay out: a link worker may be claiming it at this moment.
    callback.save(update_fields=[*COPIED, "words", "due_by"])
    _add_needs(callback, request.needs)
    callback.events.create(status=callback.status, note="The patient added to it by text")
    return callback


def _keep_patient(conversation, request, practice):
    patient = conversation.patient or Patient()
    patient.name = request.name
    patient.phone = request.phone
    patient.practice = practice
    patient.language = request.language
    patient.is_demo = practice is not None and practice.is_demo
    patient.save()
    conversation.patient = patient
    conversation.practice = practice
    conversation.save(update_fields=["patient", "practice"])
    return patient


def _add_needs(callback, need_ids):
    already = set(callback.callback_needs.values_list("need", flat=True))
    new = [need_id for need_id in dict.fromkeys(need_ids) if need_id not in already]
    CallbackNeed.objects.bulk_create(
        CallbackNeed(callback=callback, need=need_id, rank=len(already) + position)
        for position, need_id in enumerate(new)
    )


def _new_reference():
    """A short name for a callback that can be read over the phone: `BL-7KD4`."""
    while True:
        reference = "BL-" + "".join(secrets.choice(LETTERS) for _ in range(5))
        if not Callback.objects.filter(reference=reference).exists():
            return reference
