"""What a text changes of a callback that is queued already."""

from social_prescribing.answers import read_answers
from social_prescribing.contact_times import times_from_slot, times_to_slot


def changes_in(text):
    """Fields of a queued callback that a text changes: "actually evenings", "ma number's …"."""
    answers = read_answers(text, asks="confirm")
    changes = times_from_slot(times_to_slot(answers.times)) if answers.times else {}
    if answers.phone:
        changes["phone"] = answers.phone.e164
    if answers.name:
        changes["name"] = answers.name
    if answers.voicemail is not None:
        changes["voicemail_ok"] = answers.voicemail
    return changes
