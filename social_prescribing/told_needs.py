"""Told needs: what a text tells of what help is wanted, beside what it answers."""

import re

from social_prescribing.answers import only_says_where
from social_prescribing.misreadings import NO_PHONE
from social_prescribing.moves import says_never_rang, sets_aside, takes_back
from social_prescribing.needs import in_patient_words
from social_prescribing.other_languages import refuses_interpreter
from social_prescribing.questions import read_question, split_question
from social_prescribing.yes_and_no import SMALL_WORDS, read_choice

# Texts that open a conversation without saying what is wrong.
SAYS_NOTHING_YET = {
    "greet", "thanks", "goodbye", "affirm", "deny", "unsure", "want_person", "go_back",
}  # fmt: skip
# Questions about the call itself: what answers them tells of no need.
ABOUT_THE_CALL = {
    "practice", "name", "phone", "time", "voicemail", "safe_contact", "confirm", "language",
}  # fmt: skip
# "also ma gas is off" tells of another need, whatever was asked.
ADDS = re.compile(
    r"\b(?:also|as well|an aw|anaw|too|another thing|one more thing|forgot to say|plus|by the way"
    r"|btw|other thing|and my|an ma|and ma)\b",
    re.IGNORECASE,
)
# A text that only asks one of these tells of no need, whatever words of one stand in it.
OF_US = {"ask_who_sees", "ask_who_are_you", "ask_robot", "ask_why"}
SHORT_ANSWER = 4  # words
HELP_ONLINE = re.compile(
    r"\b(?:help|internet|wi-?fi|broadband|data|on-?line|on line|laptop|computer|tablet|forms?|apps?"
    r"|e-?mails?)\b",
    re.IGNORECASE,
)


def take_needs(reading):
    """Take what a text tells of needs, and its words, into its referral."""
    referral, found = reading.referral, _found(reading)
    if reading.asks == "need" and referral.need_options:
        _take_choice(reading, found)
        return
    if reading.intent == "go_back" or _only_asks(reading) or _only_answers(reading):
        return
    is_said = reading.intent in ("tell_need", "hint_danger", "want_person")
    reading.tells = (is_said or bool(ADDS.search(reading.text))) and bool(found)
    if reading.tells and referral.is_declined:
        _take_up_again(reading, found)
    opens = reading.asks in ("", "need") and reading.intent not in SAYS_NOTHING_YET
    opens = opens and not referral.is_queued
    # Who asks for a call is rung by somebody who will find out which of the two it is.
    may_ask_which = opens and not referral.needs and not reading.answers.want_callback
    if may_ask_which and reading.triage["unsure_between"]:
        referral.need_options = reading.triage["unsure_between"]
        keep_words(reading)
        return
    if reading.tells or (opens and found):
        _add(reading, found)
    if reading.tells or opens or _adds_to_the_queue(reading):
        keep_words(reading)


def keep_words(reading):
    """Keep the text for the link worker, as it is."""
    referral = reading.referral
    if reading.text not in referral.words:
        referral.words = [*referral.words, reading.text]


def _found(reading):
    referral = reading.referral
    speaks_english = refuses_interpreter(reading.text, language=referral.language)
    if speaks_english and referral.needs:
        return []  # "I speak English" is no wish to learn it
    if referral.is_queued and says_never_rang(reading.text):
        return []
    found = [need["id"] for need in reading.triage["needs"]]
    return [need for need in found if need != "digital"] if _says_where_to_ring(reading) else found


def _says_where_to_ring(reading):
    """ "This phone's getting cut off the morra, ring me on 07700 900888" asks for no help with it.

    Only once a need was told: in a first text having no phone may be the need.
    """
    says = bool(reading.answers.phone and reading.referral.needs)
    return says and not HELP_ONLINE.search(reading.text)


def _take_up_again(reading, found):
    """A need after a no to the call: what was told before gives way, or is asked for again.

    "Nursery was no use, could I still get the call" wants what was called off.
    """
    referral = reading.referral
    if not (reading.answers.want_callback or set(found) & set(referral.needs)):
        referral.needs, referral.words, referral.supports_offered = [], [], False
    referral.is_declined = False


def _add(reading, found):
    referral = reading.referral
    new = [need for need in found if need not in referral.needs]
    _set_aside(reading, new)
    referral.needs = [*referral.needs, *new]
    referral.need = True
    says_more = len(reading.text.split()) > len(ADDS.findall(reading.text))
    if referral.is_queued and (new or says_more):
        referral.new_needs = new
        referral.supports_offered = referral.supports_offered and not new


def _set_aside(reading, new):
    """ "Forget the gas bill, a never see a soul": what is not needed gives way to what is."""
    referral = reading.referral
    reading.other_need = bool(new and referral.needs and sets_aside(reading.text))
    if not reading.other_need or referral.is_queued:
        return
    said = set(re.findall(r"[^\W_]+", reading.text.casefold())) - SMALL_WORDS
    named = [need for need in referral.needs if said & set(in_patient_words([need]).split())]
    referral.needs = [need for need in referral.needs if named and need not in named]
    referral.supports_offered = False


def _adds_to_the_queue(reading):
    """Something for the link worker to know: "tell her I've a dug"."""
    text = reading.text
    is_told = reading.intent == "chat" and len(text.split()) > SHORT_ANSWER
    is_move = says_never_rang(text) or takes_back(text)
    return reading.referral.is_queued and not reading.asks and is_told and not is_move


def _only_asks(reading):
    """The text asks who we are, or who sees it, and holds nothing else."""
    rest, _ = split_question(reading.text)
    return bool(reading.asks) and not rest and read_question(reading.text) in OF_US


def _only_answers(reading):
    """The text answers a question about the call, and tells of nothing beside it."""
    text, asks, answers = reading.text, reading.asks, reading.answers
    is_short = len(text.split()) <= SHORT_ANSWER
    if asks == "area":
        return is_short or (bool(answers.place) and only_says_where(text))
    if asks not in ABOUT_THE_CALL or ADDS.search(text):
        return asks == "want_callback" and is_short
    is_read = {
        "name": answers.name,
        "phone": answers.phone or NO_PHONE.search(text),
        "time": answers.times,
        "voicemail": answers.voicemail is not None or answers.yes is not None,
        "confirm": answers.yes is not None,
        "safe_contact": True,
        "language": True,
        "practice": True,
    }
    return bool(is_read[asks]) or is_short


def _take_choice(reading, found):
    """The answer to "is it more about this or that?"; what it is not, is asked no more."""
    referral = reading.referral
    options, referral.need_options = referral.need_options, []
    chosen = read_choice(reading.text, options)
    if not chosen:
        chosen = found or (options if chosen is None else [])
    referral.words = [*referral.words, reading.text]
    referral.needs = list(dict.fromkeys(chosen))
    referral.need = True if chosen else None
