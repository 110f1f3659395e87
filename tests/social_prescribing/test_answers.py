"""What a text answers: yes and no as people say them, names, areas, calls."""

import pytest

from social_prescribing.answers import read_answers, read_yes_no
from social_prescribing.questions import read_question, split_question


@pytest.mark.parametrize(
    "text",
    [
        "aye", "Aye go on then", "yes please", "nae bother", "no bother hen", "if you like",
        "suppose so", "go oan then", "k", "👍", "👍🏼", "1", "sound", "that'd be great", "och aye",
        "fine by me", "aye she can", "you can leave wan", "yep ok", "how no", "don't mind", "Yess!",
        "well ok then", "that is right", "so aye",
    ],
)  # fmt: skip
def test_yes_in_every_way_people_say_it(text):
    assert read_yes_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "no", "naw", "nah yer alright", "I'd rather you didnt", "no thanks hen", "leave it", "2",
        "please don't", "👎", "naw dinnae leave wan", "not really", "nope", "OK no thanks",
        "aye right", "rather not", "never", "it's not", "yer alright",
    ],
)  # fmt: skip
def test_no_in_every_way_people_say_it(text):
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", ["Grace", "mornings", "mibbe", "what", "", "northern", "okra"])
def test_neither(text):
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shug", "Shug"),
        ("its Shug", "Shug"),
        ("My name is Margaret Kelly", "Margaret Kelly"),
        ("am daz btw", "Daz"),
        ("MRS DOCHERTY", "Mrs Docherty"),
        ("call me Wee Jean", "Wee Jean"),
        ("Abdulrahman Yusuf, ring after 2", "Abdulrahman Yusuf"),
        ("it is Agnieszka thanks", "Agnieszka"),
        ("McTavish", "McTavish"),
        ("O'Neill", "O'Neill"),
        ("Zoë", "Zoë"),
        ("محمد", "محمد"),
        ("Ann on 07700 900123", "Ann"),
        ("aye its Tam", "Tam"),
        ("my name is Ahmed i am from sudan", "Ahmed"),
    ],
)
def test_a_name_that_was_asked_for(text, name):
    assert read_answers(text, asks="name").name == name


@pytest.mark.parametrize(
    "text",
    [
        "why do you need my name",
        "no",
        "mornings are best for me",
        "any time",
        "arabic please",
        "07700 900123",
        "?",
    ],
)
def test_what_is_no_name(text):
    assert read_answers(text, asks="name").name is None


def test_several_things_at_once():
    answers = read_answers(
        "hi my name is Shug, am in Possil, ring me on 07700 900123 no before 10 and dont leave a "
        "voicemail"
    )
    assert answers.name == "Shug"
    assert answers.place.district == "G22"
    assert answers.phone.e164 == "+447700900123"
    assert answers.times.not_before.hour == 10
    assert answers.want_callback is True
    assert answers.voicemail is False


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("can someone phone me", True),
        ("gie's a bell", True),
        ("gonnae you ring me", True),
        ("just the information please", False),
        ("don't phone me", False),
        ("nae calls just text", False),
        ("my phone is broken", None),
        ("he's nae phone, so he asked me tae write", None),
        ("a've got nae phone credit", None),
        ("he has no mobile phone. ring me on this", True),
    ],
)
def test_whether_a_call_is_wanted(text, wanted):
    assert read_answers(text).want_callback is wanted


def test_days_in_a_story_are_no_time_to_ring():
    assert read_answers("I've been ill since Tuesday and lost my job").times is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "changed my mind, i would like the call after all. monday morning would be good",
            "monday",
        ),
        ("Could you ring me please? Tuesday suits.", "tuesday"),
    ],
)
def test_the_few_words_after_a_wish_for_a_call_say_when(text, day):
    assert read_answers(text).times.days == (day,)


def test_one_of_two_ears_is_no_time():
    answers = read_answers("Yes, but keep it short, I'm deaf in one lug", asks="voicemail")
    assert (answers.times, answers.voicemail) == (None, True)


def test_a_story_after_a_wish_for_a_call_says_nothing_of_when():
    text = "Can someone phone me. On monday ma da fell doon the stairs an is in hospital since"
    assert read_answers(text).times is None


@pytest.mark.parametrize("intent", ["affirm", "deny", "safe_yes", "safe_no"])
def test_a_lone_question_mark_is_neither_yes_nor_no_whatever_it_was_taken_for(intent):
    assert read_answers("?", asks="safe_contact", intent=intent).yes is None


@pytest.mark.parametrize(
    ("text", "rest", "asked"),
    [
        ("aye and can you order my tablets", "aye", "ask_prescription"),
        ("aye an can ye renew ma prescription", "aye", "ask_prescription"),
        ("yes please and how much does it cost", "yes please", "ask_cost"),
        ("yes and when will she ring", "yes", "ask_how_long"),
        ("ye n who sees this", "ye", "ask_who_sees"),
        ("will they tell social work tho... aye ok", "aye ok", "ask_who_sees"),
        ("is it free… aye go on", "aye go on", "ask_cost"),
        ("aye go on... who sees it", "aye go on", "ask_who_sees"),
        ("mum and dad", "mum and dad", None),
        ("yes and ring me after 5", "yes and ring me after 5", None),
    ],
)
def test_a_question_joined_to_an_answer_is_heard(text, rest, asked):
    assert split_question(text)[0] == rest
    assert read_question(text) == asked
