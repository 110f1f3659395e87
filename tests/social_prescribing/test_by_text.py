"""Whether somebody wants to be texted and not rung, and what follows from it."""

from dataclasses import replace

import pytest

from social_prescribing.by_text import wants_texts
from tests.social_prescribing.test_self_referrals import COMPLETE, answered

WISHES = [
    "am deaf, text me dont phone",
    "i hate the phone can u just text",
    "yes but text not phone",
    "Phone no good, please text me or BSL interpreter",
    "kindly reply by text message",
    "I am deaf, can they text?",
    "no just text",
    "rather you texted",
    "can she text me instead of ringing",
    "id prefer a text",
    "i work in a call centre cant talk, text is better",
    "07700 900969 for text, I cant hear calls",
]
NO_WISHES = [
    "text me the number",
    "just text me the details",
    "text me before you ring",
    "text or phone i dont mind",
    "aye text me if i miss it",
    "dont text me, ring me",
    "i got a text from the dwp",
    "can you text my daughter",
    "can i just text you",
]


@pytest.mark.parametrize(
    ("text", "wanted"), [*((t, True) for t in WISHES), *((t, False) for t in NO_WISHES)]
)
def test_who_wants_texts(text, wanted):
    assert wants_texts(text) is wanted


OFFERED = replace(COMPLETE, want_callback=None, time=None, voicemail=None)


@pytest.mark.parametrize("text", ["aye but text me, am deaf", "text me instead", "naw, text only"])
def test_being_texted_is_wanted_as_a_call_would_be(text):
    referral = answered(text, asks="want_callback", intent="want_no_call", referral=OFFERED)
    assert referral.want_callback
    assert referral.to_request().by_text


def test_a_wish_to_be_texted_told_at_first_leaves_the_offer_open():
    new = replace(OFFERED, need=None, needs=[], words=[])
    referral = answered("am deaf, text me dont phone", asks="", intent="chat", referral=new)
    assert (referral.by_text, referral.want_callback) == (True, None)


def test_who_is_texted_is_not_asked_about_voicemail():
    asked = replace(COMPLETE, by_text=True, voicemail=None, confirm=None, safe_contact="aye")
    assert asked.next_question() == "confirm"


def test_a_text_in_the_place_of_a_voicemail_leaves_the_call():
    asked = replace(COMPLETE, voicemail=None)
    referral = answered("naw, just text me", asks="voicemail", referral=asked)
    assert (referral.by_text, referral.voicemail) == (False, False)


def test_ring_me_after_all():
    asked = replace(COMPLETE, by_text=True, is_queued=True)
    assert not answered("actually just ring me", asks="", referral=asked).by_text
