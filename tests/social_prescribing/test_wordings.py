"""Answers in every wording we could think of, in tables: yes and no, names, numbers."""

import pytest

from social_prescribing.answers import read_answers
from social_prescribing.names import read_corrected_name
from social_prescribing.phone_numbers import find_phone_number
from social_prescribing.yes_and_no import read_yes_no, takes_note

YES = [
    "That is correct, thank you.", "aye no bother", "yeah no problem",
    "aye", "ayyye", "aye go on then", "go on", "go for it", "please do", "yes please", "mm hm",
    "mhm", "uh-huh", "aw right then", "awright then", "alright then", "alright", "cool",
    "cheers aye", "that would be good", "that wid be great", "id like that",
    "I would like that", "ok then", "okie dokie", "okey doke", "why no", "how no",
    "if you like", "if they want", "suppose so", "spose so", "a spose",
    "i suppose that would be ok", "I guess so", "fine", "thats fine", "aye nae bother", "👍",
    "👍🏻 thanks", "thumbs up", "👌", "✅", "y", "ye", "ya", "yes!!", "YES", "yas", "yep", "deffo",
    "def", "100%", "100 percent", "for sure", "sure thing", "sure", "by all means",
    "course ye can", "they can aye", "she can leave one", "leave one", "leave a message",
    "leave wan", "you can", "might as well", "may as well", "wouldnt say no", "wouldn't mind",
    "dont see why not", "I don't mind", "no objection", "no problem", "nae probs", "no bother",
    "not a problem", "it is", "its fine", "its safe", "all safe", "safe enough", "correct",
    "thats it", "thats me", "thats right", "that's the one", "looks ok", "looks good",
    "perfect", "all correct", "spot on", "bang on", "dead on", "yes but not before 11",
    "aye but make it 3", "oh yes", "och aye", "well yes", "ok", "k", "kk", "hiya yes please",
    "hi aye", "please", "pls", "yeah why not", "yes I would", "I would", "i do", "aye it is",
    "yup all good", "aye but dont say what its about", "absolutely", "of course", "do it",
    "affirmative", "very much so", "would appreciate that", "that suits", "works for me",
    "happy wi that", "am happy with that", "give it a go", "aye if its nae trouble",
    "yes if possible", "if you can", "tak", "oui",
]  # fmt: skip
NO = [
    "no", "naw", "nah", "nope", "nae", "no ta", "no thank you", "no thanks", "nah yer fine",
    "you're fine", "yer ok", "am ok", "im ok thanks", "i'm fine thanks", "am fine", "no really",
    "not really", "not now", "no the noo", "no yet", "not yet", "I'd rather you didnt",
    "id rather not", "rather not", "rather no", "prefer not", "i prefer not",
    "i'd prefer you didn't", "don't", "dont", "dinnae", "please dont", "never", "no way",
    "nae chance", "nae danger", "not safe", "no safe", "it isnae", "it's not safe",
    "its no safe", "isnt safe", "wrong", "thats wrong", "not right", "thats no right",
    "incorrect", "leave it", "naw leave it", "nah leave it", "forget it", "aye right",
    "aye right pal no", "no need", "nae need", "don't bother", "dinnae bother",
    "dont leave one", "no messages", "nae messages", "n", "2", "❌", "👎", "no voicemail",
    "OK no thanks", "ok but no", "hmm no", "em no", "sorry no", "sorry but no",
    "unfortunately not", "i wouldnt", "i would not", "i wouldnae", "I'd rather not no",
    "maybe not", "mibbe no", "probably not", "not for me", "no for me", "not interested",
    "im good", "am good", "am good ta", "I'm good thanks", "pass", "no ever", "not at all",
    "god no", "absolutely not", "definitely not", "certainly not", "aye no", "cannae", "i cant",
    "better not", "best not", "id say no", "not at the moment", "no at the minute",
]  # fmt: skip
NEITHER = [
    "Shug", "noon", "Nora", "Yesenia", "mornings", "maybe", "mibbe", "not sure", "dunno",
    "I don't know", "a dont know", "who is she", "what", "no idea", "depends", "hmm", "Noel",
    "Ayesha", "Kyle", "Okan", "Surekha", "Finella", "Norma", "Dale", "Nada", "Yusuf",
    "1 o'clock", "no before 10", "not before 10", "2pm", "1-3", "never mind",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_yes(text):
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", NO)
def test_no(text):
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_neither_yes_nor_no(text):
    assert read_yes_no(text) is None


NAMES = [
    ("Nasreen Akhtar thats my mum", "Nasreen Akhtar"),
    ("Shug", "Shug"),
    ("its Mrs O'Donnell-Khan", "Mrs O'Donnell-Khan"),
    ("call me wee Mo", "Wee Mo"),
    ("Nguyen Thi Hoa", "Nguyen Thi Hoa"),
    ("Md. Rahman", "Md. Rahman"),
    ("J.P. McGuire", "J.P. McGuire"),
    ("Abdul-Rahman al-Masri", "Abdul-Rahman al-Masri"),
    ("just Jo", "Jo"),
    ("Dr Singh", "Dr Singh"),
    ("Mary-Kate fae Govan", "Mary-Kate"),
    ("ask for Big Tam", "Big Tam"),
    ("Tam's fine", "Tam"),
    ("Tam will do", "Tam"),
    ("they cry me Senga", "Senga"),
    ("everybody calls me Bunty", "Bunty"),
    ("This is Angela her daughter", "Angela"),
    ("Her name's Jean", "Jean"),
    ("her name is Jean Docherty", "Jean Docherty"),
    ("Jean (ma mum)", "Jean"),
    ("ma mum's name is Jean Docherty", "Jean Docherty"),
    ("its ma mum, Jean", "Jean"),
    ("my mum Jean Docherty", "Jean Docherty"),
    ("its Shug, G22, mornings, aye leave a message", "Shug"),
    ("Grace", "Grace"),
    ("Will", "Will"),
    ("Hope", "Hope"),
    ("May", "May"),
    ("Joy Smith", "Joy Smith"),
    ("Mark, 07700 900123", "Mark"),
    ("Shug no Hugh", "Shug"),
    ("Hugh but call me Shug", "Shug"),
    ("I'm Karen, Karen Reid", "Karen"),
    ("karen reid thanks", "Karen Reid"),
    ("name is Olaoluwa Adebayo-Johnson", "Olaoluwa Adebayo-Johnson"),
    ("Mr. Iqbal", "Mr. Iqbal"),
    ("Bernadette", "Bernadette"),
    ("BERNADETTE", "Bernadette"),
    ("ó briain", "Ó Briain"),
    ("Łukasz", "Łukasz"),
    ("Wee Betty", "Wee Betty"),
    ("you can just say Bob", "Bob"),
    ("Sarah. whats a link worker?", "Sarah"),
    ("Sarah, is that ok?", "Sarah"),
    ("Sarah and its after 2", "Sarah"),
    ("Sarah any time", "Sarah"),
    ("Sarah, any time after 2", "Sarah"),
    ("ana maria de la cruz", "Ana Maria De La Cruz"),
    ("Sunny", "Sunny"),
    ("Mohammed Abdullahi Warsame Ali", "Mohammed Abdullahi Warsame Ali"),
    ("tell them to ask for Lynne", "Lynne"),
    ("Aye, Lynne", "Lynne"),
    ("Mhairi (say it Vari)", "Mhairi"),
    ("Mhairi x", "Mhairi"),
    ("its me Lynne", "Lynne"),
    ("Lynne here", "Lynne"),
    ("A'm Lynne", "Lynne"),
    ("ma name? Lynne", "Lynne"),
    ("I dont want to give ma name", None),
    ("id rather not give my name just now", None),
    ("I'd prefer to stay anonymous", None),
    ("prefer not to say", None),
    ("not comfortable giving that", None),
    ("rather keep it to masel", None),
    ("why", None),
    ("is it free", None),
    ("no name", None),
    ("07700900123", None),
    ("G22", None),
    ("can i speak to a doctor", None),
    ("mornings", None),
    ("he's coming i have to go", None),
    ("it doesnt matter", None),
    ("yes", None),
    ("👍", None),
    ("hello?", None),
    ("the name's Bond", "Bond"),
    ("Tuesday", None),
    ("anyone", None),
]


@pytest.mark.parametrize(("text", "wanted"), NAMES)
def test_a_name_in_answer_to_the_question(text, wanted):
    assert read_answers(text, asks="name").name == wanted


NAMES_UNASKED = [
    ("its Shug by the way, Shug McGlinchey, Barmulloch", "Shug McGlinchey"),
    ("hi its Margaret Kelly here, gas is off", "Margaret Kelly"),
    ("my names Bob and am skint", "Bob"),
    ("Angela here again", "Angela"),
    ("its freezing in here", None),
    ("its me again", None),
    ("its cold", None),
    ("call me back", None),
    ("call me after 2", None),
    ("call me Tuesday", None),
    ("this is terrible", None),
    ("this is Tam", "Tam"),
    ("ask for Jean", "Jean"),
    ("can i ask for help", None),
    ("he keeps the money and i have to ask for everything", None),
    ("she has to ask for lifts", None),
    ("ah hate havin tae ask for money", None),
    ("i told them to ask for Jean", "Jean"),
    ("it's my daughter's phone so ask for Ina", "Ina"),
    ("actually my name is Hughie", "Hughie"),
    ("its Shug, G22, mornings, aye leave a message", "Shug"),
    ("G22, am Shug btw", "Shug"),
    ("I'm Priya and I need help with rent", "Priya"),
    ("I'm skint", None),
    ("names no Shug its Hugh", "Hugh"),
]


@pytest.mark.parametrize(("text", "wanted"), NAMES_UNASKED)
def test_a_name_said_beside_another_answer(text, wanted):
    assert read_answers(text, asks="area").name == wanted


NUMBERS = [
    ("oh seven seven double oh 900 one two three", "+447700900123"),
    ("zero seven seven zero zero nine zero zero one two three", "+447700900123"),
    ("O77OO 9OO 123", "+447700900123"),
    ("ma other phone is 0141 496 0456", "+441414960456"),
    ("+44 (0)7700 900123", "+447700900123"),
    ("0044 7700 900123", "+447700900123"),
    ("7700900123", "+447700900123"),
    ("07700-900-123", "+447700900123"),
    ("07700.900.123", "+447700900123"),
    ("not 07700 900123 its 07700 900456", "+447700900456"),
    ("07700900456 no 07700900123", "+447700900456"),
    ("07700 900123 is ma old wan, new wan's 07700 900456", "+447700900456"),
    ("0 7 7 0 0 9 0 0 1 2 3", "+447700900123"),
    ("077 00 900 123", "+447700900123"),
    ("oh one four one, four nine six, oh four five six", "+441414960456"),
    ("496 0456", "+441414960456"),
    ("07700 90012", None),
    ("am 45 and got 3 weans", None),
    ("07700 900 123 after 2", "+447700900123"),
    ("triple seven", None),
    ("nought seven seven double nought nine double nought one two three", "+447700900123"),
    ("07700 900123.", "+447700900123"),
    ("0770 0900 123 or the house 0141 496 0456", "+447700900123"),
]


@pytest.mark.parametrize(("text", "wanted"), NUMBERS)
def test_a_number_in_whatever_shape(text, wanted):
    found = find_phone_number(text)
    assert (found and found.e164) == wanted


WANTS_CALL = [
    ("actually no, leave it. I've changed my mind about the call", False),
    ("dont ring before 12", None),
    ("please don't phone me on fridays", None),
    ("no calls after 6", None),
    ("dont want a call", False),
    ("no call thanks", False),
    ("please dont ring", False),
    ("dont phone me ma man checks", False),
    ("can she ring me", True),
    ("get her to phone me", True),
    ("I want somebody to talk to", None),
    ("can I talk to somebody", True),
    ("a call wid be good", True),
    ("i want the link worker", True),
    ("id like a call back", True),
    ("just the number", False),
    ("info only", False),
    ("just looking for information", False),
    ("how do i get a link worker", None),
    ("I'll ring them myself", False),
    ("i'll phone them masel", False),
    ("no need to ring me", False),
    ("aye phone us", True),
    ("my phone's been cut off", None),
    ("the council never phone me back", None),
    ("they dont call me back", None),
    ("nobody calls me", None),
    ("gonnae get her tae gie us a wee ring", True),
]


@pytest.mark.parametrize(("text", "wanted"), WANTS_CALL)
def test_whether_a_text_wants_a_call(text, wanted):
    assert read_answers(text).want_callback is wanted


VOICEMAIL = [
    ("aye leave a message", True),
    ("naw leave it", False),
    ("no messages", False),
    ("aye but dont say what its about", True),
    ("yes but just say its the doctors", True),
    ("dont leave a message", False),
    ("no voicemail set up", False),
    ("I never check them", False),
    ("naw my husband listens to them", False),
    ("text me instead", False),
    ("no but text me", False),
    ("aye text me if i miss it", True),
    ("it's ok", True),
    ("i dont have voicemail", False),
    ("a havnae got wan", False),
    ("you can leave one", True),
    ("rather you didnt", False),
    ("mibbe no", False),
    ("only if its urgent", None),
    ("as long as you dont say who you are", True),
]


@pytest.mark.parametrize(("text", "wanted"), VOICEMAIL)
def test_whether_a_voicemail_may_be_left(text, wanted):
    assert read_answers(text, asks="voicemail").voicemail is wanted


@pytest.mark.parametrize(
    ("text", "name", "corrected"),
    [
        ("its Hughie no Shug", "Shug", "Hughie"),
        ("its Jim not Jom, and wednesday no tuesday", "Jom Rafferty", "Jim Rafferty"),
        ("no its siobhan", "Siobahn", "Siobhan"),
        ("not Ann, Anne", "Ann", "Anne"),
        ("its grand", "Ann", None),
        ("its for ma mum", "Ann", None),
        ("it's Tuesday", "Ann", None),
    ],
)
def test_a_name_put_right(text, name, corrected):
    assert read_corrected_name(text, name) == corrected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("that's grand cheers", True),
        ("ok", True),
        ("👍", True),
        ("aye ta", True),
        ("aye", False),
        ("aye please", False),
        ("ok yes then", False),
        ("go on then", False),
    ],
)
def test_what_only_takes_note(text, wanted):
    assert takes_note(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("will it be a man or a woman that phones", None),
        ("Will Johnstone", "Will Johnstone"),
    ],
)
def test_a_question_is_no_name(text, wanted):
    assert read_answers(text, asks="name").name == wanted


def test_a_day_is_no_place():
    assert read_answers("*thurs", asks="area").area is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dont phone this number, phone my sisters 07700 900573", True),
        ("just wantin the number fur a food bank, no wantin anybody phonin me", False),
        ("will they tell social work tho... aye ok", True),
        ("is it free? aye go on then", True),
        ("would my doctor be told, no ok", False),
        ("If you wish", True),
        ("dont want to talk to anybody nae point", False),
    ],
)
def test_which_call_is_wanted(text, wanted):
    assert read_answers(text, asks="want_callback").want_callback is wanted
