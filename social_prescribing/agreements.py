"""Agreements: what a text says yes or no to, and what of the summary it wants changed."""

import re

from social_prescribing.answers import NOT_TO_BE_KNOWN, hurries, refuses_call
from social_prescribing.by_text import wants_texts
from social_prescribing.calling_off import gives_up
from social_prescribing.misreadings import LONGEST_SAID
from social_prescribing.moves import makes_exception, takes_back, wants_changed
from social_prescribing.safe_contact import (
    NOBODY_ELSE,
    read_who_picks_up,
    says_safe_to_ring,
    says_unsafe,
)
from social_prescribing.yes_and_no import opens_with_yes_no, takes_note

# What makes a yes to "is it safe?" hold only at times.
CONDITION = re.compile(
    r"\b(?:but|unless|only|except|as long as|so long as|if|when|while|apart from)\b.*"
    r"|\b(?:no|not|nae) (?:if|when|while)\b.*",
    re.IGNORECASE,
)
# "Only me uses it" sets no condition, it says that nobody else picks up.
ONLY_ME = re.compile(
    r"\bonly (?:me|i|ah?|mine|my\w*|one|person|us|we|her|him)\b|\b(?:mine|me|myself|own) only\b",
    re.IGNORECASE,
)

# In the middle of the questions, a no that is one to the call and not to the question.
LEAVES_CALL = re.compile(
    r"\b(?:at all|any ?more|changed|forget|cancel|after all|want a call|want the call)\b", re.I
)


def take_agreement(reading, opening=None):
    """Take every yes and no of a text into its referral.

    Args:
        reading: the Reading, with its answers read.
        opening: the yes or no to go by, where only the text's opening answers.
    """
    referral, answers, asks = reading.referral, reading.answers, reading.asks
    yes = answers.yes if opening is None else opening
    yes = None if makes_exception(reading.text) else yes
    _take_call(reading)
    _take_voicemail(reading)
    if asks == "safe_contact":
        _take_safe_contact(reading, yes)
    elif asks in ("voicemail", "confirm") and says_unsafe(reading.text):
        _take_safe_contact(reading, False)
    elif asks in ("voicemail", "confirm") and says_safe_to_ring(reading.text):
        _take_safe_contact(reading, True)
        if referral.is_safe:
            referral.safe_contact = None  # no more was said than that it is
    is_answered = asks == "voicemail" and answers.voicemail is not None
    if referral.is_queued and asks and not is_answered and _has_had_enough(reading):
        referral.is_hurried = True  # the call stands: the rest is for the link worker to ask
    if asks == "confirm" and yes is not None:
        referral.confirm = yes or None
    if asks in ("confirm", "") and not (answers.yes and yes):
        _take_wish_to_change(reading)


# In these questions "naw leave it" is no answer to the one thing that was asked.
GIVEN_UP_AT = ("need", "area", "want_callback", "language", "practice", "name", "phone", "time")


def _take_call(reading):
    referral, answers, wants = reading.referral, reading.answers, _wants_call(reading)
    if is_given_up(reading):
        referral.want_callback, referral.is_called_off = False, True
    elif wants is None:
        if referral.is_declined and answers.yes is not None and not reading.asks:
            # They changed their mind, or say no once more.
            referral.want_callback = answers.yes and not takes_note(reading.text)
    elif not (wants and (referral.is_queued or reading.asks in ASKED_ABOUT_THE_SAME)):
        _take_wish(reading, wants)
    if referral.want_callback:
        referral.is_declined = False


def _wants_call(reading):
    """Whether the text wants to hear from a link worker; being texted is as good as a call."""
    referral, wants = reading.referral, reading.answers.want_callback
    if reading.asks != "voicemail" and wants_texts(reading.text):
        referral.by_text = True
        return True if reading.asks == "want_callback" else None
    if wants and reading.asks != "want_callback":
        referral.by_text = False  # "ring me after all"
    if wants is False and referral.safety and not _refuses_plainly(reading):
        return None  # who is in danger is not let go for what only sounds like a no
    is_about_else = reading.other_need or takes_back(reading.text)
    if wants is False and is_about_else and not refuses_call(reading.text):
        return None  # the no is to the need that was taken up, or to the danger
    return wants


# "A canny see a way oot" opens like a no, and is more of the danger; "dont want her 2 know" too.
PLAIN_NO = re.compile(r"\W*(?:och |oh |well )?(?:no|naw|nah|nope)\b", re.IGNORECASE)


def _refuses_plainly(reading):
    text = reading.text
    opens_so = opens_with_yes_no(text) is False
    is_about_else = reading.intent == "signal_danger" or NOT_TO_BE_KNOWN.search(text)
    return refuses_call(text) or (opens_so and not (is_about_else and not PLAIN_NO.match(text)))


def is_given_up(reading):
    """Whether the text wants no call and no more questions, in the middle of them."""
    referral = reading.referral
    is_open = reading.asks in GIVEN_UP_AT and not (referral.is_queued or reading.other_need)
    return is_open and reading.answers.times is None and gives_up(reading.text)


# A "yes, ring me" to one of these wants no other call than the one that is spoken of.
ASKED_ABOUT_THE_SAME = ("confirm", "voicemail", "safe_contact")


def _take_voicemail(reading):
    referral, may = reading.referral, reading.answers.voicemail
    is_asked = reading.asks == "voicemail" or referral.voicemail is None
    if may is not None and (is_asked or reading.corrects or referral.is_queued):
        referral.voicemail = may


def _take_wish(reading, wants):
    """A call is wanted, or is not. A no may be one to the question alone."""
    referral = reading.referral
    if (
        not wants
        and reading.asks in ("voicemail", "safe_contact")
        and not LEAVES_CALL.search(reading.text)
    ):
        return
    referral.want_callback = wants
    referral.is_hurried = bool(wants and reading.asks and _has_had_enough(reading))


def _has_had_enough(reading):
    return reading.intent == "stop_asking" or hurries(reading.text)


def _take_safe_contact(reading, yes):
    referral, answers = reading.referral, reading.answers
    said = reading.text[:LONGEST_SAID]
    has_condition = bool(CONDITION.search(ONLY_ME.sub(" ", NOBODY_ELSE.sub(" ", reading.text))))
    picks_up = read_who_picks_up(reading.text)
    if picks_up is True or yes is None:
        yes = picks_up
    if referral.is_safe is False:
        referral.safe_contact = said
    elif yes is None and answers.phone:
        referral.is_safe, referral.safe_contact = True, said  # another number, which is safe
    elif yes is None and has_condition:
        referral.is_safe, referral.safe_contact = False, said
    elif yes is not None:
        says_how = bool(answers.times or answers.phone or has_condition)
        referral.is_safe = yes and not has_condition
        referral.is_safe = True if answers.phone else referral.is_safe
        referral.safe_contact = said if yes or says_how else None
    if referral.is_safe is False and referral.voicemail is None:
        referral.voicemail = False


def _take_wish_to_change(reading):
    """The patient names what is wrong and not how it should be: it is asked anew."""
    referral = reading.referral
    thing = wants_changed(reading.text)
    in_the_summary = reading.asks == "confirm" or referral.is_queued
    if thing is None or not in_the_summary or _says_it(reading, thing):
        return
    reading.forget(thing)


def _says_it(reading, thing):
    answers = reading.answers
    return {
        "name": answers.name, "phone": answers.phone, "time": answers.times,
        "area": answers.place, "language": answers.language,
    }.get(thing, None if answers.voicemail is None else True)  # fmt: skip
