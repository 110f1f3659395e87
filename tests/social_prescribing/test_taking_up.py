"""Who takes up the call that was refused before, and who only asks or tells of one."""

from dataclasses import replace

import pytest

from social_prescribing.answers import read_answers
from social_prescribing.taking_up import takes_up_call
from tests.social_prescribing.test_self_referrals import COMPLETE, answered

TAKES_UP = [
    "see that phone call ah said naw tae, could ah get it efter all please",
    "actually I would like that call after all",
    "could I have the call after all please",
    "can i still get tht call pls",
    "changed my mind, yes to the call",
    "changed ma mind aboot the phone call, gonnae gie us it",
    "I've thought about it and I think a call would help",
    "mibbe a wee phone call wid be good efter aw",
    "about that call, yes please",
    "the call you offered, is it too late to say yes",
    "can i hav that call u said abt",
    "aye awright ah'll take the call",
    "go on then, book me the call",
    "whit aboot that call ye offered, ah'd like it noo",
    "i said no to the call but i think i do want it now",
    "sorry i shd of said yes 2 the call",
    "is it too late to get that phone call",
    "ok ill speak to the link worker",
    "I'd like to take you up on the call",
    "och go on, gie's the phone call",
    "cud i get tht callback afta all",
    "that call ah knocked back, ah'll take it",
    "I turned down the call but could I have it now?",
    "gonnae ring me efter aw",
]
DOES_NOT = [
    "is the call I was promised still on?",
    "when will the call be",
    "is there still a call booked for me",
    "do i have a call booked",
    "naw ah still dinnae want the call",
    "I dinnae want that call efter aw",
    "am no wanting the call efter aw",
    "i don't think i'd like the call",
    "no sure if a want the call",
    "could I get the call later if I change my mind?",
    "I'd like the call cancelled",
    "i wanted the call but it never came",
    "I said yes to the call and naebody rang",
    "they didnae ring me after all",
    "I'd like to get that call from the dwp sorted",
    "i cannae take the call",
    "no thanks to the call",
    "how long does the call take",
    "I work in a call centre",
    "aye",
]


@pytest.mark.parametrize(
    ("text", "is_taken"), [*((t, True) for t in TAKES_UP), *((t, False) for t in DOES_NOT)]
)
def test_who_takes_up_the_call(text, is_taken):
    assert takes_up_call(text) is is_taken


@pytest.mark.parametrize("text", TAKES_UP)
def test_it_is_read_as_a_wish_for_a_call_even_where_it_was_taken_for_a_refusal(text):
    assert read_answers(text, intent="want_no_call").want_callback


def test_who_takes_it_up_is_asked_on_with_all_that_was_told():
    declined = replace(
        COMPLETE, needs=["bereavement"], name=None, time=None, voicemail=None
    ).after_declining()
    referral = answered(TAKES_UP[0], asks="", intent="want_person", referral=declined)
    assert (referral.needs, referral.next_question()) == (["bereavement"], "name")
