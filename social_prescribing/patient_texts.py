"""Texts to a patient: by a link worker's hand, and by rule in a link worker's name.

No text goes to a patient who wants none, or to a phone that somebody else may read,
unless a link worker has read the warning and says yes to that one text. While a person
writes, the bot is silent; only danger is still answered at once.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from social_prescribing.callback_moves import add_note, keep_working
from social_prescribing.callbacks import Status
from social_prescribing.conversations import Channel
from social_prescribing.errors import TextRefused, UnsafePhone
from social_prescribing.languages import ENGLISH, language_name
from social_prescribing.outbox import send_text
from social_prescribing.phone_numbers import can_get_texts
from social_prescribing.promises import as_reached, how_to_reach
from social_prescribing.safe_contact import is_private
from social_prescribing.segments import LONGEST_TEXT
from social_prescribing.spoken_times import clock, spoken_day
from social_prescribing.words import wording
from social_prescribing.working_time import CLOSES, GLASGOW, is_waking_time, is_working_time

# How long after a person's text the bot stays silent, in working hours and outside them.
SILENT_FOR = timedelta(hours=4)
SILENT_FOR_AFTER_HOURS = timedelta(hours=1)

# The ready-made texts a link worker picks from: response and what it is called on the desk.
TEMPLATES = {
    "utter_desk_ask_time": "Ask for a good time",
    "utter_desk_ask_still_wanted": "Ask whether it is still wanted",
    "utter_desk_ask_area": "Ask where they stay",
    "utter_desk_letter": "Ask for a letter",
    "utter_desk_running_late": "Running late",
}


def why_no_text(callback):
    """Why this patient cannot be texted at all, in words for staff; empty where they can."""
    conversation = callback.conversation
    if conversation.opted_out_at:
        return "They sent STOP: no texts until they send START."
    if conversation.known_phone and not can_get_texts(conversation.known_phone):
        return "Their number is a landline, which gets no texts."
    return ""


def warning_before_text(callback):
    """What a link worker must have read before texting; empty where nothing speaks against it."""
    if is_private(callback):
        how = f" They said: “{callback.safe_contact}”" if callback.safe_contact else ""
        return f"Somebody else may read this phone.{how}"
    return ""


def hint_about_text(callback):
    """What is good to know before texting, but holds nothing back."""
    if callback.conversation.channel == Channel.WEB:
        return "They wrote in web chat: they see this only when they open it again."
    if callback.language != ENGLISH:
        return f"They write in {language_name(callback.language)}. Write short, plain sentences."
    return ""


@transaction.atomic
def write_to_patient(callback, text, *, link_worker, warning_read=False):
    """Send what a link worker wrote. The first text of theirs says that a person writes now.

    Raises:
        TextRefused: no text can or may be sent, or there is nothing in it.
        UnsafePhone: somebody else may read it, and nobody has said yes to that.
    """
    if not text.strip():
        raise TextRefused("Write something first")
    if len(text.strip()) > LONGEST_TEXT:
        raise TextRefused(f"Keep it under {LONGEST_TEXT} letters, the length of two texts")
    check_may_text(callback, warning_read=warning_read)
    conversation = callback.conversation
    if not is_person_writing(conversation) and not warning_before_text(callback):
        _send(callback, "utter_desk_person_writes", link_worker=link_worker)
    message = _queue(callback, text.strip(), link_worker=link_worker)
    fall_silent(conversation, link_worker=link_worker)
    if callback.status == Status.CLAIMED and callback.link_worker_id == link_worker.pk:
        keep_working(callback)
    return message


def check_may_text(callback, *, warning_read):
    """Raise TextRefused where no text may go out to this patient now."""
    if refused := why_no_text(callback):
        raise TextRefused(refused)
    if not warning_read and (warning := warning_before_text(callback)):
        raise UnsafePhone(f"{warning} Tick that it is all right to text.")


@transaction.atomic
def say_when_ringing(callback, *, link_worker, when, warning_read=False):
    """Text who will ring, when (aware datetime) and from which number.

    Raises:
        TextRefused: no text can or may be sent; UnsafePhone where a warning was not read.
    """
    check_may_text(callback, warning_read=warning_read)
    response, word = "utter_desk_ringing", callback.conversation.code_word
    if warning_before_text(callback):
        response = "utter_desk_ringing__code_word" if word else "utter_desk_ringing__bland"
    message = _send(
        callback, response, link_worker=link_worker, when=when, code_word=word.capitalize()
    )
    add_note(callback, link_worker=link_worker, note="", what="Texted when the call comes")
    keep_working(callback, step=callback.next_step, step_at=when)
    return message


def tell_by_rule(callback, response, *, link_worker, key, when=None, **gaps):
    """Text a patient by rule, once. Returns the Message, or None where none may go out."""
    if why_no_text(callback) or warning_before_text(callback):
        return None
    said = as_reached(response, callback)
    return _send(callback, said, link_worker=link_worker, key=key, when=when, **gaps)


def may_text_at_this_hour():
    """Rules text nobody early or late."""
    return is_waking_time(timezone.now())


def fall_silent(conversation, *, link_worker):
    """A person writes from now on: the bot keeps still for a while."""
    now = timezone.now()
    until = now + SILENT_FOR_AFTER_HOURS
    if is_working_time(now):
        closes = datetime.combine(now.astimezone(GLASGOW).date(), CLOSES, GLASGOW)
        until = min(now + SILENT_FOR, closes)
    conversation.person_writing = link_worker
    conversation.person_writes_until = until
    conversation.save(update_fields=["person_writing", "person_writes_until"])


def is_person_writing(conversation):
    """Whether the bot keeps still because a person writes."""
    until = conversation.person_writes_until
    return until is not None and until > timezone.now()


def hand_back_to_bot(conversation):
    """The person is done writing: the bot answers again, and says so when it next does."""
    if is_person_writing(conversation):
        conversation.person_writes_until = timezone.now()
        conversation.save(update_fields=["person_writes_until"])


def words_of_handing_back(conversation):
    """What the bot says first after a person wrote, once; empty where nobody did."""
    link_worker = conversation.person_writing
    if link_worker is None or is_person_writing(conversation):
        return ""
    conversation.person_writing = conversation.person_writes_until = None
    conversation.save(update_fields=["person_writing", "person_writes_until"])
    return wording("utter_desk_bot_again", worker=link_worker.first_name)


def template_texts(callback):
    """The ready-made texts: response → (what it is called, its words)."""
    reach = how_to_reach(callback)
    return {name: (title, wording(name, reach=reach)) for name, title in TEMPLATES.items()}


def _send(callback, response, *, link_worker, key=None, when=None, **gaps):
    text = wording(response, **(words_for(callback, link_worker, when=when) | gaps))
    return _queue(callback, text, link_worker=link_worker, key=key)


def words_for(callback, link_worker, *, when=None):
    """What fills the gaps of a text in a link worker's name."""
    practice = callback.practice
    return {
        "worker": link_worker.first_name,
        "practice": practice.name_for_texts if practice else "your practice",
        "rings_from": practice.shown_rings_from if practice else "our number",
        "when": when_in_a_text(when) if when else "soon",
        "reach": how_to_reach(callback),
    }


def when_in_a_text(when):
    """`at 2pm`, `tomorrow at 10am`, `on Thursday at 10am`; a date alone is `on Thursday`."""
    if not isinstance(when, datetime):
        return spoken_day(when)
    day = spoken_day(when.astimezone(GLASGOW).date())
    at = f"at {clock(when.astimezone(GLASGOW))}"
    return at if day == "today" else f"{day} {at}"


def _queue(callback, text, *, link_worker, key=None):
    message = send_text(callback.conversation, text, key=key)
    if message is not None and message.written_by_id is None:
        message.written_by = link_worker
        message.save(update_fields=["written_by"])
    return message
