"""Answers in many voices: what a good receptionist understands by them, and so must we.

One line a text in as_said/, by the question that stood open. Each was written before it
was tried; what went wrong was mended by general rules, and stands here since.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from social_prescribing.answers import read_answers
from social_prescribing.calling_off import calls_off, calls_off_for_other_help, may_call_off
from social_prescribing.circumstances import read_age
from social_prescribing.moves import says_never_rang
from social_prescribing.self_referrals import SelfReferral
from tests.social_prescribing.test_self_referrals import COMPLETE, NOTHING

SAID = {True: "yes", False: "no", None: "?"}
SAFE = {True: "safe", False: "unsafe", None: "?"}
# What the summary was before the text came.
SUMMARY = replace(
    COMPLETE, name="Moira Kane", voicemail=True, confirm=None, is_queued=True, is_queued_new=False
)


def lines(name):
    """`(asks, text, understood)` of each line."""
    text = Path(__file__).with_name("as_said").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


def taken(text, asks, **changed):
    """The referral after the text, where only what is in `changed` was not known yet."""
    referral = replace(COMPLETE, **changed)
    referral.take(text, asks=asks, intent="", triage=NOTHING)
    return referral


def safe_to_ring(text):
    return SAFE[
        taken(text, "safe_contact", is_safe=None, safe_contact=None, voicemail=None).is_safe
    ]


def area(text):
    said = taken(text, "area", area=None, want_callback=None, name=None, time=None).area
    return "''" if said == "" else said or "-"


def phone(text):
    said = read_answers(text, asks="phone").phone
    return f"0{said.e164[3:]}" if said else "-"


def confirmed(text):
    """ "yes", "no" or "?"; or what was changed, or is to be changed."""
    after = replace(SUMMARY)
    after.take(text, asks="confirm", intent="", triage=NOTHING)
    for field in ("name", "phone", "time"):
        if getattr(after, field) != getattr(SUMMARY, field):
            return field if getattr(after, field) else f"change:{field}"
    if after.voicemail != SUMMARY.voicemail:
        return f"voicemail:{SAID[after.voicemail]}"
    return "yes" if after.confirm else SAID[read_answers(text, asks="confirm").yes]


UNDERSTOOD = {
    "want_callback": lambda text: SAID[read_answers(text, asks="want_callback").want_callback],
    "name": lambda text: read_answers(text, asks="name").name or "-",
    "phone": phone,
    "area": area,
    "voicemail": lambda text: SAID[taken(text, "voicemail", voicemail=None).voicemail],
    "safe_contact": safe_to_ring,
    "safety_check": lambda text: (
        taken(text, "safety_check", safety_check="suicide_self_harm").safety_check
    ),
    "confirm": confirmed,
    "age": lambda text: str(read_age(text) or "-"),
    "calls_off": lambda text: SAID[calls_off(text)],
    "never_rang": lambda text: SAID[says_never_rang(text)],
}


@pytest.mark.parametrize(
    ("asks", "text", "understood"), [*lines("first"), *lines("ages"), *lines("second")]
)
def test_an_answer_is_understood_as_a_person_would(asks, text, understood):
    assert UNDERSTOOD[asks](text) == understood


def test_a_voicemail_is_asked_about_where_only_the_phone_was_said_to_be_safe():
    referral = taken(
        "yeah its my phone no one else touches it",
        "safe_contact",
        is_safe=None,
        safe_contact=None,
        voicemail=None,
        confirm=None,
    )
    assert referral.is_safe and referral.voicemail is None
    assert referral.next_question() == "voicemail"


def test_leave_me_alone_says_nothing_of_a_message():
    assert read_answers("they wont leave me alone at school").voicemail is None


def test_a_bully_who_never_leaves_her_alone_sets_no_voicemail():
    opening = SelfReferral()
    opening.take("girls wont leave me alone", asks="", intent="tell_need", triage=NOTHING)
    assert opening.voicemail is None


@pytest.mark.parametrize(
    ("text", "has_help"),
    [
        ("cancel that call, the lad next door is going to show me instead", True),
        ("dinnae bother ringin, it's sorted", False),  # a hint is asked about
        ("cancel the call. goodbye and thank you for everything", False),
        ("I've sorted everything out so dinnae bother ringing", False),
    ],
)
def test_who_says_what_helps_in_its_place_is_saying_no_farewell(text, has_help):
    assert calls_off(text) and calls_off_for_other_help(text) is has_help


def test_a_text_with_no_word_of_a_call_calls_nothing_off_whatever_it_was_taken_for():
    assert not may_call_off("tell her the buzzer is broken so come round the back")
    assert may_call_off("aw sorted thanks")
