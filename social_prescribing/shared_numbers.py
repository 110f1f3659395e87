"""Contact numbers that several practices share: which practice a conversation belongs to.

The number texted says it where it is one practice's own. Where it is shared, a
text may name the practice (practice_names.py), or the patient's last practice is
known; else the bot asks once, and says so when it still does not know.
"""

from django.db.models import prefetch_related_objects

from social_prescribing.callbacks import Status, open_callback
from social_prescribing.patients import Patient
from social_prescribing.practice_names import find_unasked, without_keyword


def practices_sharing(conversation):
    """The practices that share the number texted, in the order in which texts name them.

    Empty where the number is one practice's own, or there is none.
    """
    number = conversation.contact_number
    practices = list(number.practices.all()) if number else []
    if len(practices) < 2:
        return []
    prefetch_related_objects(practices, "sites")
    return practices


def settle_practice(conversation, text, *, asks=""):
    """Note on a conversation which practice a text, or what is known, says it belongs to.

    asks: the question that stands open; in an answer to another one a keyword is none
        ("Gorbals" may be where the patient stays).

    A patient who has moved says so ("am wi the Gorbals practice noo"); their waiting
    callback moves with them. Returns the Practice, or None while it is not known.
    """
    practices = practices_sharing(conversation)
    if not practices:
        return conversation.practice
    named = find_unasked(text, practices, keyword_counts=asks in ("", "practice", None))
    if named is None and conversation.practice is None:
        named = last_practice(conversation, practices)
    if named is not None and named != conversation.practice:
        _move(conversation, named)
    return conversation.practice


def last_practice(conversation, practices):
    """The one of these practices that the patient at this number last belonged to, or None."""
    phone = conversation.known_phone
    if not phone:
        return None
    patients = Patient.objects.filter(phone=phone, practice__in=practices)
    patient = patients.select_related("practice").order_by("-pk").first()
    return patient.practice if patient else None


def words_to_understand(conversation, text):
    """A text less a poster's keyword, which the bot would take for a need or a place."""
    practices = practices_sharing(conversation)
    return without_keyword(text, practices) if practices else text


def is_only_keyword(conversation, text):
    """Whether a text is a poster's keyword and nothing else, as the QR code writes it."""
    return bool(text.strip()) and not words_to_understand(conversation, text).strip()


def _move(conversation, practice):
    conversation.practice = practice
    conversation.save(update_fields=["practice"])
    if conversation.patient is not None:
        conversation.patient.practice = practice
        conversation.patient.save(update_fields=["practice"])
    callback = open_callback(conversation)
    if callback is not None and callback.status == Status.WAITING and callback.practice != practice:
        callback.practice = practice
        callback.save(update_fields=["practice"])
        callback.events.create(status=callback.status, note=f"The patient is with {practice}")
