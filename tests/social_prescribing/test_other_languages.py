"""What patients give in other languages: a name, when to ring, yes and no, a place."""

from datetime import time

import pytest

from social_prescribing.answers import read_answers
from social_prescribing.other_languages import ASKED_MORE, read_in_language, refuses_interpreter
from social_prescribing.words import responses


def read(language, text, asks="name"):
    return read_in_language(read_answers(text, asks=asks), text, language=language, asks=asks)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("pl", "Katarzyna Wiśniewska", "Katarzyna Wiśniewska"),
        ("pl", "Dzień dobry, nazywam się Anna Nowak i mieszkam w Govanhill", "Anna Nowak"),
        ("pl", "mam na imie kasia, moj numer 07700900123", "Kasia"),
        ("pl", "tak, Katarzyna, najlepiej rano", "Katarzyna"),
        ("pl", "potrzebuję tłumacza, słabo mówię po angielsku", None),
        ("ar", "اسمي Samira Haddad", "Samira Haddad"),
        ("ar", "اسمي فاطمة حسن وأسكن في Govan", "فاطمة حسن"),
        ("es", "me llamo Itziar Goikoetxea", "Itziar Goikoetxea"),
        ("es", "soy madre soltera con dos hijos", None),
        ("uk", "мене звати Оксана Ткаченко", "Оксана Ткаченко"),
        ("ru", "меня зовут Иван, звоните после 16:30", "Иван"),
        ("ro", "mă numesc Ion Popescu, luni dimineața", "Ion Popescu"),
        ("fr", "je m'appelle Awa Diallo, après 14h", "Awa Diallo"),
        ("it", "mi chiamo Maria Rossi e abito a Partick", "Maria Rossi"),
        ("pt", "chamo-me João da Silva", "João da Silva"),
        ("tr", "benim adım Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("ur", "mera naam Amina Bibi hai", "Amina Bibi"),
        ("ur", "میرا نام سارہ ہے", "سارہ"),
        ("fa", "اسم من سارا احمدی است", "سارا احمدی"),
        ("zh", "我叫王芳，下午可以", "王芳"),
        ("so", "magacaygu waa Hodan Ali", "Hodan Ali"),
        ("vi", "tôi tên là Nguyễn Văn An", "Nguyễn Văn An"),
        ("ku", "navê min Azad e", "Azad"),
        ("ti", "ስመይ ሰናይት እዩ", "ሰናይት"),
        ("pa", "ਮੇਰਾ ਨਾਂ ਗੁਰਪ੍ਰੀਤ ਕੌਰ ਹੈ", "ਗੁਰਪ੍ਰੀਤ ਕੌਰ"),
    ],
)
def test_a_name_is_read_out_of_the_ways_of_giving_one_and_no_sentence_is_a_name(
    language, text, name
):
    assert read(language, text).name == name


@pytest.mark.parametrize(
    ("language", "text", "days", "not_before", "part"),
    [
        ("pl", "we wtorki po 16", ("tuesday",), time(16), "any"),
        ("ar", "بعد الظهر، أي يوم", (), None, "afternoon"),
        ("es", "el martes por la mañana", ("tuesday",), None, "morning"),
        (
            "es", "por las mañanas, menos los lunes",
            ("tuesday", "wednesday", "thursday", "friday"), None, "morning",
        ),
        ("es", "después de las 4", (), time(16), "any"),
        ("uk", "у середу або п'ятницю зранку", ("wednesday", "friday"), None, "morning"),
        ("ru", "после 16:30", (), time(16, 30), "any"),
        ("ro", "luni dimineața", ("monday",), None, "morning"),
        ("fr", "après 14h", (), time(14), "any"),
        ("tr", "salı öğleden sonra", ("tuesday",), None, "afternoon"),
        ("fa", "سه‌شنبه صبح", ("tuesday",), None, "morning"),
        ("zh", "星期二下午", ("tuesday",), None, "afternoon"),
        ("zh", "下午三点以后", (), time(15), "any"),
        ("ur", "subah 10 baje ke baad", (), time(10), "any"),
        ("ur", "صبح ۱۰ بجے کے بعد", (), time(10), "any"),
        ("ur", "mangal ko 2 baje ke baad", ("tuesday",), time(14), "any"),
        ("ar", "بعد الساعة ١٠ صباحا", (), time(10), "any"),
        ("ar", "لا يوم الجمعة، الثلاثاء", ("tuesday",), None, "any"),
        ("fa", "از ساعت ۱۰ تا ۱۲", (), time(10), "morning"),
        ("tr", "16:00'dan sonra", (), time(16), "any"),
        ("tr", "pazartesi hariç", ("tuesday", "wednesday", "thursday", "friday"), None, "any"),
        ("fr", "de 14h à 16h", (), time(14), "afternoon"),
        ("pl", "między 10 a 12", (), time(10), "morning"),
        ("ru", "не в понедельник", ("tuesday", "wednesday", "thursday", "friday"), None, "any"),
        ("pa", "ਸਵੇਰੇ 10 ਵਜੇ ਤੋਂ ਬਾਅਦ", (), time(10), "any"),
        ("so", "isniinta subaxdii", ("monday",), None, "morning"),
        ("ti", "ሰሉስ ንግሆ", ("tuesday",), None, "morning"),
        ("vi", "thứ 3 buổi sáng", ("tuesday",), None, "morning"),
        ("ku", "piştî saet 4", (), time(16), "any"),
    ],
)  # fmt: skip
def test_days_and_hours_are_read_where_they_are_sure(language, text, days, not_before, part):
    times = read(language, text, asks="time").times
    assert (times.days, times.not_before, str(times.preference)) == (days, not_before, part)
    assert times.words == text


@pytest.mark.parametrize(
    ("language", "text", "may"),
    [
        ("pl", "tak, można", True),
        ("ar", "لا، من فضلك لا تتركوا رسالة", False),
        ("es", "sí, sin problema", True),
        ("uk", "так, можна", True),
        ("zh", "不用", False),
        ("pl", "co to jest", None),
    ],
)
def test_yes_and_no_to_a_voicemail(language, text, may):
    assert read(language, text, asks="voicemail").voicemail is may


@pytest.mark.parametrize(
    ("language", "text", "refuses"),
    [
        ("es", "hablo inglés, no necesito intérprete", True),
        ("pl", "nie potrzebuję tłumacza", True),
        ("pl", "potrzebuję tłumacza, słabo mówię po angielsku", False),
        ("es", "no hablo inglés", False),
        ("ar", "no interpreter needed", True),
        ("pl", "I speak English", True),
        ("pl", "i speak english little", False),
        ("pl", "no english, interpreter please", False),
    ],
)
def test_who_needs_no_interpreter(language, text, refuses):
    assert refuses_interpreter(text, language=language) is refuses


def test_a_sentence_with_a_no_in_it_is_no_no_to_the_call():
    assert read("pl", "nie mówię po angielsku").yes is None
    assert read("pl", "nie").yes is False


def test_a_place_is_read_in_any_text():
    assert read("ar", "أسكن في Govan", asks="").area == "Govan"


@pytest.mark.parametrize("language", sorted(ASKED_MORE))
def test_what_is_asked_in_a_language_has_its_wording(language):
    for asks in ("area", "time", "voicemail"):
        assert f"utter_ask_{asks}__in_{language}" in responses()
