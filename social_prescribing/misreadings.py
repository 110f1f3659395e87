"""Misreadings: an answer from which nothing could be read, and how to go on without it.

A question is asked twice; then the words are kept for the link worker as they are, or,
where the call hangs on it, a person is the way on.
"""

import re

from social_prescribing.contact_times import any_time

# A question that could not be read twice is not asked a third time.
MOST_MISREAD = 2
# In place of a count of misread answers: the summary was read, and is not right.
ASK_WHAT_TO_CHANGE = -1

LONGEST_NAME = 80
LONGEST_SAID = 200

# What such a text may change all the same: it answers nothing.
IN_PASSING = {"misread", "changed", "answered", "age"}
PLEASANTRIES = {"greet", "thanks", "goodbye"}
NO_PHONE = re.compile(
    r"\b(?:no|nae|any|without|lost|broke|broken|cut off|stolen|not got|got no|haven'?t|havnae"
    r"|dont have|don'?t have|doesn'?t have|disnae have)\b.{0,20}"
    r"\b(?:phone|mobile|number)\b|\b(?:phone|mobile)(?:'s| is|s)? (?:broken?|broke|lost|stolen"
    r"|smashed|deid)",
    re.IGNORECASE,
)


def count_misread(reading, before):
    """Count the answer as misread where it changed nothing.

    Args:
        reading: the Reading, done.
        before: the slots of its referral before the text.
    """
    referral, asks = reading.referral, reading.asks
    if referral.is_in_another_language:
        _count_in_another_language(reading, before)
        return
    now = referral.to_slots()
    if any(now[name] != before[name] for name in now if name not in IN_PASSING):
        referral.misread = 0
    elif asks == "confirm" and reading.answers.yes is False:
        # No to the summary twice, and nothing to change: a person has to find out.
        was_asked_what = referral.misread == ASK_WHAT_TO_CHANGE
        referral.misread = MOST_MISREAD if was_asked_what else ASK_WHAT_TO_CHANGE
    elif asks and asks == referral.next_question() and not _is_pleasantry(reading):
        _misread(reading)


def _is_pleasantry(reading):
    """ "Thanks" and "hello?" answer nothing and are no misreading, the first time."""
    return reading.intent in PLEASANTRIES and reading.referral.misread == 0


def _misread(reading):
    """One more that could not be read; after two, go on without it."""
    referral = reading.referral
    referral.misread = max(referral.misread, 0) + 1
    cannot_say = reading.intent == "unsure" and reading.asks in ("time", "voicemail", "area")
    if referral.misread >= MOST_MISREAD or cannot_say:
        referral.misread = 0
        _go_on_without(reading)


def _go_on_without(reading):
    referral, asks, text = reading.referral, reading.asks, reading.text
    if asks == "need":
        referral.need, referral.words = True, [*referral.words, text]
    elif asks == "area":
        referral.area = ""
    elif asks == "name":
        referral.name = text.strip()[:LONGEST_NAME]
    elif asks == "time" and reading.answers.yes is False:
        referral.want_callback, referral.is_called_off = False, True  # no time suits: no call
    elif asks == "time":
        referral.time = any_time(text)
    elif asks == "voicemail":
        referral.voicemail = False
    elif asks == "safe_contact":
        referral.is_safe, referral.safe_contact = False, text[:LONGEST_SAID]
    elif asks == "confirm":
        referral.confirm = True  # a link worker reads it, and asks on the phone
    elif asks == "phone" and (NO_PHONE.search(text) or reading.answers.yes is False):
        referral.phone = ""  # the link worker writes instead
    elif asks == "want_callback" and reading.intent == "unsure" and not referral.safety:
        referral.want_callback = False
    elif asks in ("want_callback", "phone", "practice"):
        referral.misread = MOST_MISREAD


def _count_in_another_language(reading, before):
    """A name or number that could not be read is asked for once more, and then left out."""
    referral, asks = reading.referral, reading.asks
    if asks not in ("name", "phone") or referral.next_question() != asks:
        referral.misread = 0
        return
    referral.misread = max(before["misread"], 0) + 1
    if referral.misread >= MOST_MISREAD:
        setattr(referral, asks, "")
        referral.misread = 0
