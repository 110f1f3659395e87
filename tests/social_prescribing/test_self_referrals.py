"""What a patient has told us, and what is asked next, without Rasa."""

from dataclasses import replace

import pytest

from social_prescribing.self_referrals import (
    ASK_WHAT_TO_CHANGE,
    LEAVING,
    MOST_MISREAD,
    SelfReferral,
    interrupts,
    only_answers,
)

NOTHING = {
    "needs": [],
    "unsure_between": [],
    "safety": {"id": "none", "act": "none"},
    "language": "en",
}
COMPLETE = SelfReferral(
    need=True,
    needs=["food"],
    words=["nae food in"],
    area="G22",
    want_callback=True,
    practice="P1",
    name="Shug",
    phone="+447700900123",
    time={"words": "any time", "preference": "any"},
    voicemail=False,
    is_safe=True,
    safe_contact="aye",
)


def answered(text, *, asks, intent="", referral=COMPLETE, triage=NOTHING):
    """The referral after one more text."""
    referral = replace(referral)
    referral.take(text, asks=asks, intent=intent, triage=triage)
    return referral


def test_a_yes_to_the_summary_ends_the_questions():
    referral = answered("aye", asks="confirm")
    assert referral.next_question() is None
    assert referral.is_agreed


def test_a_bare_no_to_the_summary_asks_what_to_change():
    referral = answered("naw", asks="confirm")
    assert (referral.next_question(), referral.misread) == ("confirm", ASK_WHAT_TO_CHANGE)


def test_a_no_that_says_what_to_change_shows_the_new_summary():
    referral = answered("naw it's 07700 900456", asks="confirm")
    assert (referral.phone, referral.misread) == ("+447700900456", 0)
    assert referral.next_question() == "confirm"


def test_what_to_change_that_cannot_be_read_twice_goes_to_a_link_worker_as_it_is():
    referral = answered("naw", asks="confirm")
    for _ in range(MOST_MISREAD):
        referral = answered("the blue one", asks="confirm", referral=referral)
    assert referral.is_agreed


@pytest.mark.parametrize(
    ("text", "intent"), [("leave it", "stop_asking"), ("never mind", "cancel_callback"), ("no", "")]
)
def test_only_a_clear_yes_is_safe(text, intent):
    asked = replace(COMPLETE, safety_check="suicide_self_harm")
    referral = answered(text, asks="safety_check", intent=intent, referral=asked)
    assert (referral.safety, referral.safety_check) == ("suicide_self_harm", "unsafe")


def test_a_clear_yes_is_safe():
    asked = replace(COMPLETE, safety_check="suicide_self_harm")
    referral = answered("aye am safe", asks="safety_check", intent="safe_yes", referral=asked)
    assert (referral.safety, referral.safety_check) == (None, "safe")


@pytest.mark.parametrize("intent", sorted(LEAVING))
def test_leaving_interrupts_every_question_but_the_one_about_safety(intent):
    assert interrupts(intent, asks="name")
    assert not interrupts(intent, asks="safety_check")


def test_a_hint_of_danger_is_asked_about_before_anything_else():
    triage = NOTHING | {"safety": {"id": "abuse_danger", "act": "ask"}}
    referral = answered("he took ma phone", asks="", triage=triage, referral=SelfReferral())
    assert referral.next_question() == "safety_check"


def test_a_no_keeps_what_was_told_and_a_later_yes_takes_it_up():
    declined = answered("no thanks", asks="want_callback", referral=replace(COMPLETE, name=None))
    assert declined.next_question() is None
    again = answered("ok go on then", asks="", referral=declined.after_declining())
    assert (again.needs, again.next_question()) == (["food"], "name")


def test_whom_a_text_is_for_is_kept():
    referral = SelfReferral()
    referral.take("my mum needs a ramp", asks="", intent="", triage=NOTHING, on_behalf_of="mum")
    assert referral.to_request().on_behalf_of == "mum"


def test_a_hint_after_they_said_safe_is_asked_about_again():
    hint = NOTHING | {"safety": {"id": "suicide_self_harm", "act": "ask"}}
    safe = replace(COMPLETE, safety_check="safe")
    referral = answered("see if a didny wake up", asks="confirm", referral=safe, triage=hint)
    assert referral.next_question() == "safety_check"


@pytest.mark.parametrize(
    ("text", "is_safe"),
    [
        ("yeah only me uses it", True),
        ("Yes it is safe, only I answer it", True),
        ("yes safe number, mine only", True),
        ("yes but only when he is at work", False),
    ],
)
def test_only_me_is_no_condition(text, is_safe):
    asked = replace(COMPLETE, is_safe=None, safe_contact=None, confirm=None)
    assert answered(text, asks="safe_contact", referral=asked).is_safe is is_safe


@pytest.mark.parametrize(
    ("text", "is_safe"),
    [
        ("aye it's safe", True),
        ("yes thats right and its safe to ring", True),
        ("aye ma phone is safe", True),
        ("aye but it's no safe tae ring", False),
        ("aye am safe", None),
        ("aye but is it safe", None),
        ("aye, is it safe tae ring", None),
        ("aye thats right, is that safe?", None),
        ("aye hope it's safe", None),
        ("yes make sure it's safe first", None),
        ("aye mostly it's safe", None),
        ("aye", None),
    ],
)
def test_what_the_answer_to_the_summary_says_of_the_phone_is_kept(text, is_safe):
    asked = replace(COMPLETE, is_safe=None, safe_contact=None, confirm=None)
    assert answered(text, asks="confirm", referral=asked).is_safe is is_safe


def test_what_the_phone_heard_wrong_calls_nothing_off():
    text = "No the phone has heard it wrong my name is Ishbel Macaulay"
    asked = replace(COMPLETE, confirm=None)
    referral = answered(text, asks="confirm", intent="correct_answer", referral=asked)
    assert (referral.want_callback, referral.name) == (True, "Ishbel Macaulay")


def test_a_second_no_to_the_summary_without_a_word_of_what_is_wrong_goes_to_a_person():
    asked = replace(COMPLETE, confirm=None)
    once = answered("no", asks="confirm", referral=asked)
    assert not once.is_stuck
    assert answered("no", asks="confirm", referral=once).is_stuck


@pytest.mark.parametrize(
    ("text", "by_rule", "passed_over"),
    [
        ("Quite safe. If Jim lifts it just ask for me", False, True),
        ("Quite safe. If Jim lifts it just ask for me", True, False),
        ("aye safe, but he hits me", False, False),
        ("that is not what you asked", False, False),
    ],
)
def test_only_the_model_may_be_wrong_about_a_plain_answer_never_a_rule(text, by_rule, passed_over):
    alarm = {"safety": {"id": "suicide_self_harm", "act": "alarm"}, "by_rule": by_rule}
    assert only_answers(text, asks="safe_contact", triage=NOTHING | alarm) is passed_over


# ------------------------------------------------------ ready for the queue

NEW = replace(COMPLETE, voicemail=None, is_safe=None, safe_contact=None)


def test_a_call_is_ready_once_name_number_and_time_are_known():
    assert not replace(NEW, time=None).is_ready
    assert (NEW.is_ready, NEW.next_question()) == (True, "voicemail")
    assert replace(NEW, voicemail=False).next_question() == "confirm"
    assert not replace(NEW, want_callback=None).is_ready


def test_nobody_is_asked_for_a_voicemail_who_has_no_phone_or_no_safe_one():
    assert replace(NEW, phone="").next_question() == "confirm"
    unsafe = replace(NEW, is_safe=False, safe_contact="when he is out")
    assert unsafe.next_question() == "confirm"


@pytest.mark.parametrize(
    "sign",
    [
        {"needs": ["domestic_abuse"]},
        {"needs": ["family", "money"]},
        {"safety": "abuse_danger"},
        {"age": 15},
        {"on_behalf_of": "mum"},
        {"others_listen": True},
        {"words": ["ma husband keeps aw the money"]},
    ],
)
def test_who_may_pick_up_is_asked_where_it_matters_and_before_the_queue(sign):
    referral = replace(NEW, **sign)
    assert (referral.next_question(), referral.is_ready) == ("safe_contact", False)


@pytest.mark.parametrize(
    "sign", [{}, {"needs": ["carers"], "words": ["ma husband had a stroke"]}, {"age": 45}]
)
def test_elsewhere_it_is_not_asked(sign):
    assert replace(NEW, **sign).next_question() == "voicemail"


@pytest.mark.parametrize("asks", ["voicemail", "confirm"])
def test_an_unsafe_phone_is_believed_whatever_was_asked(asks):
    queued = replace(NEW, is_queued=True)
    referral = answered("no its not safe here", asks=asks, referral=queued)
    assert (referral.is_safe, referral.voicemail) == (False, False)
    assert referral.next_question() == "safe_contact"


def test_who_listens_to_the_messages_makes_the_phone_one_to_ask_about():
    queued = replace(NEW, is_queued=True)
    referral = answered("no he listens to them", asks="voicemail", referral=queued)
    assert (referral.voicemail, referral.next_question()) == (False, "safe_contact")


def test_an_answer_beside_words_of_danger_counts_once_danger_is_known():
    in_danger = replace(NEW, safety="harm_to_others", want_callback=None, name=None)
    triage = NOTHING | {"safety": {"id": "harm_to_others", "act": "alarm"}}
    in_danger.notice_danger("aye afore a dae somethin", triage, asks="want_callback")
    assert (in_danger.want_callback, in_danger.next_question()) == (True, "name")


LONELY = NOTHING | {"needs": [{"id": "loneliness", "confidence": 0.9}]}
OFFERED = replace(COMPLETE, want_callback=None, name=None, time=None, needs=["energy", "food"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("naw forget the gas bill, a never see a soul", ["food", "loneliness"]),
        ("naw it's no that, am just that lonely", ["loneliness"]),
        ("no its really that I am so lonely", ["loneliness"]),
    ],
)
def test_a_no_with_another_need_in_it_changes_the_need_and_not_the_call(text, left):
    referral = answered(
        text, asks="want_callback", intent="tell_need", referral=OFFERED, triage=LONELY
    )
    assert referral.needs == left
    assert (referral.next_question(), referral.supports_offered) == ("want_callback", False)


def test_a_no_to_the_call_with_a_need_in_it_stays_a_no():
    said = "naw dont phone, it's ma neighbour that's lonely"
    referral = answered(
        said, asks="want_callback", intent="tell_need", referral=OFFERED, triage=LONELY
    )
    assert referral.want_callback is False


def test_another_need_in_the_place_of_the_area_leaves_the_area_open():
    asked = replace(OFFERED, area=None, needs=["energy"])
    said = "naw forget the gas bill, a never see a soul"
    referral = answered(said, asks="area", intent="tell_need", referral=asked, triage=LONELY)
    assert (referral.needs, referral.next_question()) == (["loneliness"], "area")


def test_a_no_said_again_is_a_no():
    referral = answered("I said no", asks="want_callback", intent="deny", referral=OFFERED)
    assert referral.want_callback is False


def test_a_joke_taken_back_is_no_no_to_the_call():
    asked = replace(OFFERED, safety="suicide_self_harm", is_danger_new=True)
    said = "naw ignore that am jist ragin, didnae mean it"
    assert answered(said, asks="want_callback", referral=asked).want_callback is None


def test_the_reason_for_a_question_is_no_no():
    referral = replace(OFFERED)
    referral.take_in_passing(
        "is it free? i cant pay for anything", asks="want_callback", intent="ask_cost",
        triage=NOTHING,
    )  # fmt: skip
    assert referral.want_callback is None


def test_who_sees_this_tells_of_no_need():
    legal = NOTHING | {"needs": [{"id": "legal", "confidence": 0.7}]}
    said = "who gets to see what i write?"
    referral = answered(
        said, asks="want_callback", intent="tell_need", referral=OFFERED, triage=legal
    )
    assert referral.needs == OFFERED.needs


def test_no_interpreter_is_heard_with_the_no_before_it():
    polish = NOTHING | {"language": "pl"}
    for said, wanted in (
        ("Szukam pracy. Nie mówię dobrze po angielsku.", True),
        ("Szukam pracy. Mówię dobrze po angielsku.", False),
    ):
        referral = answered(said, asks="", referral=SelfReferral(), triage=polish)
        assert referral.wants_interpreter is wanted


@pytest.mark.parametrize("intent", ["", "give_phone", "correct_answer", "tell_need"])
@pytest.mark.parametrize(
    "text",
    [
        "soz my fone is gettin cut off on friday can they get me on ma das nmbr insted 07700900982",
        "ma mobile's gettin cut aff thursday, ye'll catch me on ma sister's 07700900982",
        "losing this phone on wednesday so use 07700900982",
        "contract's up on friday, reach me at 07700 900982 after that",
        "can yous use 07700900982 insted, this wan's away",
    ],
)
def test_another_number_after_the_queue_is_taken_and_its_reason_names_no_day(text, intent):
    time = {"words": "mon or tues", "days": ["monday", "tuesday"], "preference": "any"}
    queued = replace(COMPLETE, is_queued=True, confirm=True, time=time)
    referral = answered(text, asks="", intent=intent, referral=queued)
    assert referral.phone == "+447700900982"
    assert referral.time["days"] == ["monday", "tuesday"]


IN_KNIGHTSWOOD = SelfReferral(
    need=True, needs=["family"], words=["a group"], area="Knightswood", supports_offered=True
)


@pytest.mark.parametrize("intent", ["", "deny", "want_no_call", "correct_answer"])
@pytest.mark.parametrize(
    "text",
    [
        "sorry no, scotstoun. we flitted in june",
        "naw, scotstoun",
        "no wait its Scotstoun",
        "naw sorry a meant scotstoun",
        "nope, Scotstoun now, sorry",
        "oh sorry. we're in Scotstoun noo",
        "actually no - Scotstoun",
        "no knightswood, scotstoun",
        "sorry pal no knightswood, we flitted, it's scotstoun noo",
        "no hen, we don't live there, we're in Scotstoun",
    ],
)
def test_a_no_with_a_place_after_it_puts_the_place_right_and_refuses_no_call(text, intent):
    referral = answered(text, asks="want_callback", intent=intent, referral=IN_KNIGHTSWOOD)
    assert (referral.area, referral.want_callback) == ("Scotstoun", None)
    assert referral.next_question() == "want_callback"
    assert not referral.supports_offered


@pytest.mark.parametrize(
    "text",
    [
        "no thanks",
        "naw, a'll just go doon tae the group in scotstoun",
        "no, ma sister in Scotstoun takes me to hers",
        "sorry no, no the now",
    ],
)
def test_a_no_that_only_speaks_of_a_place_refuses_the_call(text):
    referral = answered(text, asks="want_callback", intent="deny", referral=IN_KNIGHTSWOOD)
    assert (referral.area, referral.want_callback) == ("Knightswood", False)


@pytest.mark.parametrize(
    ("text", "adds"),
    [
        ("this phones getting cut off the morra, can they ring me on 07700 900888 instead", False),
        ("phones broke, 07700 900888 is ma sister's, use that", False),
        ("ma internet's cut off as well, ring me on 07700 900888", True),
        ("cannae get online noo", True),
    ],
)
def test_a_number_to_ring_is_no_wish_for_help_with_the_phone(text, adds):
    queued = replace(COMPLETE, is_queued=True)
    digital = NOTHING | {"needs": [{"id": "digital", "confidence": 0.8}]}
    referral = answered(text, asks="", intent="tell_need", referral=queued, triage=digital)
    assert ("digital" in referral.needs) is adds
