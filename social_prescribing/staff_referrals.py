"""Walk-ins and referrals by staff: somebody who did not text, queued with those who did."""

from django.db import transaction

from social_prescribing.callback_requests import CallbackRequest, request_callback
from social_prescribing.callbacks import AskedThrough
from social_prescribing.consent import Purpose, record_consent
from social_prescribing.conversations import Channel, find_or_start_conversation
from social_prescribing.errors import InvalidValue
from social_prescribing.open_needs import record_added
from social_prescribing.outbox import send_text
from social_prescribing.phone_numbers import PhoneNumber, can_get_texts
from social_prescribing.words import wording
from social_prescribing.working_time import GLASGOW

AGREED = "Asked face to face or on the phone whether a link worker may ring."


@transaction.atomic
def refer_patient(*, practice, name, phone, words, referred_by, needs=(), tells=True, **said):
    """Queue a call for somebody who asked for it at the practice. Returns the Callback.

    phone: as somebody typed it.
    words: what they want help with, as they said it.
    said: more that they said, by the names of CallbackRequest.
    tells: whether they are texted that a link worker will ring.

    Raises:
        InvalidPhoneNumber: the number cannot be rung.
        InvalidValue: no name, or nothing of what they want.
    """
    if not name.strip() or not words.strip():
        raise InvalidValue("A name, and a few words of what they want help with")
    number = PhoneNumber.parse(phone)
    conversation = _conversation_with(number, practice)
    said.setdefault("is_safe_to_ring", None)
    callback = request_callback(
        conversation,
        CallbackRequest(
            needs=tuple(needs),
            words=words.strip(),
            name=name.strip(),
            phone=number.e164,
            practice=practice,
            **said,
        ),
    )
    callback.asked_through = AskedThrough.STAFF
    callback.referred_by = referred_by[:80]
    callback.save(update_fields=["asked_through", "referred_by"])
    record_consent(
        conversation, purpose=Purpose.CALLBACK, wording=AGREED, answer=f"Yes, told to {referred_by}"
    )
    record_added(callback, needs)
    if tells and can_get_texts(number.e164) and said["is_safe_to_ring"] is not False:
        send_text(conversation, _what_comes(callback), key=f"added:{callback.pk}")
    return callback


def _conversation_with(number, practice):
    """By text, from the practice's own number; a demo number has only the simulated SMS."""
    contact_number = practice.contact_numbers.first()
    is_demo = contact_number is not None and contact_number.is_demo
    return find_or_start_conversation(
        channel=Channel.SIMULATED_SMS if is_demo else Channel.SMS,
        address=number.e164,
        contact_number=contact_number,
        practice=practice,
    )


def _what_comes(callback):
    local = callback.due_by.astimezone(GLASGOW)
    return wording(
        "utter_desk_staff_added",
        practice=callback.practice.name_for_texts,
        rings_from=callback.practice.shown_rings_from,
        due=f"{local:%A} {local.day} {local:%B}",
    )
