"""Answers in every wording we could think of, in tables: yes and no, names, numbers, times."""

from datetime import datetime

import pytest

from social_prescribing.answers import read_answers
from social_prescribing.contact_times import (
    merge_times,
    read_contact_times,
    times_in_words,
    times_to_slot,
)
from social_prescribing.names import read_corrected_name
from social_prescribing.phone_numbers import find_phone_number
from social_prescribing.working_time import GLASGOW
from social_prescribing.yes_and_no import read_yes_no, takes_note

MONDAY = datetime(2026, 11, 23, 10, tzinfo=GLASGOW)

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


# What is said; days; not before; not after; part of the day.
TIMES = [
    ("AFTER 6 IS NO GOOD. BEFORE 12", "", "", "12:00", "any"),
    ("make it thursday instead of wednesday", "thu", "", "", "any"),
    ("actually afternoons, got the jobcentre in the mornings", "", "", "", "afternoon"),
    ("mornings", "", "", "", "morning"),
    ("any day but Wednesday", "mon tue thu fri", "", "", "any"),
    ("the morra", "tue", "", "", "any"),
    ("the morra efter 2", "tue", "14:00", "", "any"),
    ("Thursday efter 4", "thu", "16:00", "", "any"),
    ("when the wean's at nursery so 9 to 12", "", "09:00", "12:00", "morning"),
    ("no Fridays a go tae mosque", "mon tue wed thu", "", "", "any"),
    ("half past two onwards", "", "14:30", "", "any"),
    ("10-12 weekdays", "mon tue wed thu fri", "10:00", "12:00", "morning"),
    ("not mondays", "tue wed thu fri", "", "", "any"),
    ("any day but tuesday or thursday after 1", "mon wed fri", "13:00", "", "any"),
    ("am at dialysis mon wed fri so tues or thurs", "tue thu", "", "", "any"),
    ("ma husband works days so between 9 and 4", "", "09:00", "16:00", "any"),
    ("no before 10 a drop the weans aff", "", "10:00", "", "any"),
    ("efter ma work, a finish hauf 2", "", "14:30", "", "any"),
    ("whenever suits her", "", "", "", "any"),
    ("any time efter dinner", "", "", "", "any"),
    ("anytime before 3", "", "", "15:00", "any"),
    ("anytime but no before 11", "", "11:00", "", "any"),
    ("any time on a tuesday", "tue", "", "", "any"),
    ("any day after 4pm", "", "16:00", "", "any"),
    ("weekday mornings", "mon tue wed thu fri", "", "", "morning"),
    ("mornings but not monday", "tue wed thu fri", "", "", "morning"),
    ("tuesday morning or thursday afternoon", "tue thu", "", "", "any"),
    ("mon to wed mornings", "mon tue wed", "", "", "morning"),
    ("early doors", "", "", "", "morning"),
    ("no too early", "", "10:00", "", "any"),
    ("no too early mibbe 11", "", "11:00", "12:00", "morning"),
    ("after 5 cos i work", "", "17:00", "", "any"),
    ("i work till 5 so after that", "", "17:00", "", "any"),
    ("i work 9 to 5", "", "17:00", "", "any"),
    ("am working 9-5 so evenings", "", "", "", "evening"),
    ("evenings after 6", "", "18:00", "", "evening"),
    ("after 6pm monday to thursday", "mon tue wed thu", "18:00", "", "any"),
    ("before the weans get in fae school", "", "", "14:30", "any"),
    ("efter the weans are in their bed", "", "19:00", "", "evening"),
    ("after 7", "", "19:00", "", "any"),
    ("around dinner time", "", "12:00", "14:00", "afternoon"),
    ("about 1ish", "", "13:00", "14:00", "afternoon"),
    ("back of 3", "", "15:00", "", "any"),
    ("the back of 4", "", "16:00", "", "any"),
    ("at 10am", "", "10:00", "11:00", "morning"),
    ("10 o'clock on tuesday", "tue", "10:00", "11:00", "morning"),
    ("2pm", "", "14:00", "15:00", "afternoon"),
    ("14:30", "", "14:30", "15:30", "afternoon"),
    ("12.30 to 2", "", "12:30", "14:00", "afternoon"),
    ("between half 9 and 11", "", "09:30", "11:00", "morning"),
    ("between ten and twelve", "", "10:00", "12:00", "morning"),
    ("from 9 till 11 in the morning", "", "09:00", "11:00", "morning"),
    ("9-11am", "", "09:00", "11:00", "morning"),
    ("1-3pm", "", "13:00", "15:00", "afternoon"),
    ("half 12", "", "12:30", "13:30", "afternoon"),
    ("quarter past 3", "", "15:15", "16:15", "afternoon"),
    ("any morning except friday", "mon tue wed thu", "", "", "morning"),
    ("fridays only", "fri", "", "", "any"),
    ("only fridays", "fri", "", "", "any"),
    ("next tuesday", "tue", "", "", "any"),
    ("tuesday", "tue", "", "", "any"),
    ("tues and thurs", "tue thu", "", "", "any"),
    ("tuesday/thursday pm", "tue thu", "", "", "afternoon"),
    ("wed or fri am", "wed fri", "", "", "morning"),
    ("am", "", "", "", "morning"),
    ("pm", "", "", "", "afternoon"),
    ("pm best", "", "", "", "afternoon"),
    ("mornings r better", "", "", "", "morning"),
    ("i prefer afternoons", "", "", "", "afternoon"),
    ("afternoons only, i'm no up before 12", "", "12:00", "", "afternoon"),
    ("I sleep til 1 because of night shift", "", "13:00", "", "any"),
    ("dont ring before 12", "", "12:00", "", "any"),
    ("please dont phone efter 8 at night", "", "", "20:00", "any"),
    ("not at weekends", "mon tue wed thu fri", "", "", "any"),
    ("weekends only", "sat sun", "", "", "any"),
    ("sat or sun", "sat sun", "", "", "any"),
    ("not on a sunday", "mon tue wed thu fri", "", "", "any"),
    ("not first thing", "", "10:00", "", "any"),
    ("first thing in the morning", "", "", "", "morning"),
    ("late afternoon", "", "", "", "afternoon"),
    ("late morning", "", "", "", "morning"),
    ("early afternoon", "", "", "", "afternoon"),
    ("lunchtime", "", "12:00", "14:00", "afternoon"),
    ("at lunch", "", "12:00", "14:00", "afternoon"),
    ("on my lunch break 12 to 1", "", "12:00", "13:00", "afternoon"),
    ("3 o clock", "", "15:00", "16:00", "afternoon"),
    ("three o'clock on a wednesday", "wed", "15:00", "16:00", "afternoon"),
    ("straight away", "", "", "", "any"),
    ("now", "", "", "", "any"),
    ("right now if you can", "", "", "", "any"),
    ("today", "mon", "", "", "any"),
    ("this afternoon", "mon", "", "", "afternoon"),
    ("the night", "mon", "", "", "evening"),
    ("tonight after 7", "mon", "19:00", "", "evening"),
    ("the day", "mon", "", "", "any"),
    ("tomorrow", "tue", "", "", "any"),
    ("tomorrow morning before 11", "tue", "", "11:00", "morning"),
    ("monday before 12 or wednesday", "mon wed", "", "12:00", "any"),
    ("any time its ma day aff thursday", "thu", "", "", "any"),
    ("i'm free monday and tuesday, not wednesday", "mon tue", "", "", "any"),
    ("not wednesday, any other day", "mon tue thu fri", "", "", "any"),
    ("every day bar tuesday", "mon wed thu fri", "", "", "any"),
    ("all day except between 1 and 2", "", "", "", "any"),
    ("mornings are nae good", "", "12:00", "", "any"),
    ("mornings are bad for me", "", "12:00", "", "any"),
    ("no mornings", "", "12:00", "", "any"),
    ("cant do mornings", "", "12:00", "", "any"),
    ("afternoons dont suit", "", "", "12:00", "any"),
    ("not in the evening", "", "", "17:00", "any"),
    ("after nursery drop off at quarter past 9", "", "09:15", "", "any"),
    ("after 9.15", "", "09:15", "", "any"),
    ("once the kids are at school", "", "09:30", "14:30", "any"),
    ("when he's out, he works mon to fri 8 till 4", "mon tue wed thu fri", "08:00", "16:00", "any"),
    ("when my man is at his work, 8 to 4", "", "08:00", "16:00", "any"),
    ("no wednesday, thats ma pals day", "mon tue thu fri", "", "", "any"),
    ("thursdays i'm at the hospital so not then", "mon tue wed fri", "", "", "any"),
    ("am free all day tuesdays", "tue", "", "", "any"),
    ("Tue 14:00-16:00", "tue", "14:00", "16:00", "afternoon"),
    ("after prayers about 2", "", "14:00", "", "any"),
    ("no during fajr... efter 10 is fine", "", "10:00", "", "any"),
    ("not between 12 and 2", "", "", "", "any"),
    ("any time not thursday afternoon", "mon tue wed fri", "", "", "any"),
    ("Tuesday 2-4", "tue", "14:00", "16:00", "afternoon"),
    ("wed after half 3", "wed", "15:30", "", "any"),
    ("2 or 3 oclock", "", "14:00", "15:00", "afternoon"),
    ("half 10ish", "", "10:30", "11:30", "morning"),
    ("1030", "", "10:30", "11:30", "morning"),
    ("from 1130", "", "11:30", "", "any"),
    ("after 1pm but before 4", "", "13:00", "16:00", "afternoon"),
    ("after 1 and before 4", "", "13:00", "16:00", "afternoon"),
    ("before 4 but after 1", "", "13:00", "16:00", "afternoon"),
    ("no later than 3", "", "", "15:00", "any"),
    ("by 4", "", "", "16:00", "any"),
    ("up to 2pm", "", "", "14:00", "any"),
    ("till 12", "", "", "12:00", "any"),
    ("not after 3", "", "", "15:00", "any"),
    ("no after 6", "", "", "18:00", "any"),
    ("never on a friday", "mon tue wed thu", "", "", "any"),
    ("Mondays Wednesdays or Fridays, mornings", "mon wed fri", "", "", "morning"),
    ("soon as possible", "", "", "", "any"),
    ("as soon as you can", "", "", "", "any"),
    ("ony time", "", "", "", "any"),
    ("any time at all hen", "", "", "", "any"),
    ("disnae matter", "", "", "", "any"),
    ("am easy", "", "", "", "any"),
    ("dont mind", "", "", "", "any"),
    ("you choose", "", "", "", "any"),
    ("whenever really but no the morra", "mon wed thu fri", "", "", "any"),
    ("any day, 11 to 2", "", "11:00", "14:00", "any"),
    ("monday and the morra after 5", "mon tue", "17:00", "", "any"),
    ("in the mornings before 11.30", "", "", "11:30", "morning"),
    ("at the weekend", "sat sun", "", "", "any"),
    ("after I take my mum to the day centre at 10", "", "10:00", "", "any"),
    ("i start work at 2", "", "", "14:00", "any"),
    ("ma shift starts at 3 so before that", "", "", "15:00", "any"),
    ("efter ma tea", "", "", "", "evening"),
    ("after 4 on school days", "", "16:00", "", "any"),
    ("when the kids go to bed, after 8", "", "20:00", "", "evening"),
    ("mon-thurs", "mon tue wed thu", "", "", "any"),
    ("mon - fri 9 - 3", "mon tue wed thu fri", "09:00", "15:00", "any"),
]


@pytest.mark.parametrize(("text", "days", "not_before", "not_after", "part"), TIMES)
def test_when_it_is_good_to_ring(text, days, not_before, not_after, part):
    times = read_contact_times(text, now=MONDAY)
    slot = times_to_slot(times)
    assert " ".join(day[:3] for day in slot["days"]) == days
    assert (slot["not_before"] or "", slot["not_after"] or "") == (not_before, not_after)
    assert slot["preference"] == part


@pytest.mark.parametrize(
    ("before", "then", "in_words"),
    [
        ("monday after 2", "*tuesday", "Tuesday, after 2pm"),
        ("mornings", "actually evenings", "evenings"),
        ("tuesday before 12", "thursday not tuesday", "Thursday, before 12pm"),
        ("mornings", "after 3", "after 3pm"),
        ("tuesday mornings", "any time is fine", "any time"),
        ("any time", "no fridays", "any day but Friday"),
        ("weekdays", "10 to 12", "Monday to Friday, 10am to 12pm"),
        ("tuesday or wednesday after 2", "a cannae dae wednesday noo", "Tuesday, after 2pm"),
        ("wednesday mornings", "dentist on wednesday, kin ye make it friday", "Friday, mornings"),
        ("wednesday", "wednesday's no good noo", "any day but Wednesday"),
        ("tuesday after 2", "no this week though", "Tuesday, after 2pm"),
        ("tuesday after 2", "a dinnae mind noo, ony day", "any time"),
    ],
)
def test_what_is_said_later_changes_only_what_it_names(before, then, in_words):
    slot = times_to_slot(read_contact_times(before, now=MONDAY))
    merged = merge_times(slot, read_contact_times(then, now=MONDAY))
    assert times_in_words(merged) == in_words


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
    ("text", "asks"),
    [
        ("nah dont leave 1", "voicemail"),
        ("no dont leave one, the boys pick up my phone", "voicemail"),
        ("(07700) 900 - 471", "phone"),
        ("he checks ma phone every night an asks who ive been talkin to", ""),
    ],
)
def test_what_is_no_time_to_ring(text, asks):
    assert read_answers(text, asks=asks).times is None


def test_a_day_in_the_story_before_the_call_is_no_day_to_ring():
    said = "nothin in the cupboards till friday, can someone ring me, mornings best"
    times = read_answers(said).times
    assert (times.days, times.preference) == ((), "morning")


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
        ("If you wish", True),
        ("dont want to talk to anybody nae point", False),
    ],
)
def test_which_call_is_wanted(text, wanted):
    assert read_answers(text, asks="want_callback").want_callback is wanted
