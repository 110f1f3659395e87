"""A self-referral in another language: little is asked, the rest is left to the call."""

from dataclasses import replace
from datetime import time

from social_prescribing.self_referrals import SelfReferral
from tests.social_prescribing.test_self_referrals import COMPLETE, NOTHING, answered

POLISH = NOTHING | {"language": "pl", "needs": [{"id": "housing", "confidence": 0.6}]}


def in_polish(text, *, asks, referral):
    return answered(text, asks=asks, intent="tell_need", referral=referral, triage=POLISH)


def test_another_language_asks_little_and_leaves_the_rest_to_the_call():
    begun = SelfReferral(phone="+447700900123", practice="P1")
    referral = in_polish("mieszkanie jest mokre i zimne", asks="", referral=begun)
    assert (referral.next_question(), referral.needs) == ("name", ["housing"])
    referral = answered("Anna Nowak, po 15", asks="name", intent="give_name", referral=referral)
    assert referral.is_agreed
    referral = in_polish("mieszkam w Govanhill", asks="area", referral=referral)
    assert referral.next_question() == "voicemail"
    referral = in_polish("nie, dziękuję", asks="voicemail", referral=referral)
    assert referral.next_question() is None
    request = referral.to_request()
    assert (request.language, request.interpreter, request.name) == ("pl", True, "Anna Nowak")
    assert (request.area, request.voicemail_ok) == ("Govanhill", False)
    assert request.not_before == time(15)
    assert request.words.startswith("mieszkanie jest mokre i zimne\nAnna Nowak, po 15")


def test_a_sentence_is_no_name_and_the_name_is_asked_once_more_and_then_left_out():
    begun = SelfReferral(phone="+447700900123", practice="P1")
    referral = in_polish("mieszkanie jest mokre", asks="", referral=begun)
    sentence = "potrzebuję tłumacza, słabo mówię po angielsku"
    referral = in_polish(sentence, asks="name", referral=referral)
    assert (referral.name, referral.next_question()) == (None, "name")
    referral = in_polish(sentence, asks="name", referral=referral)
    assert (referral.name, referral.next_question()) == ("", "area")
    assert sentence in referral.to_request().words


def test_a_short_answer_that_looks_like_a_sister_language_changes_no_language():
    begun = SelfReferral(phone="+447700900123", practice="P1")
    referral = in_polish("mieszkanie jest mokre", asks="", referral=begun)
    russian = NOTHING | {"language": "ru"}
    referral = answered("Anna", asks="name", intent="x", referral=referral, triage=russian)
    assert (referral.language, referral.written_in) == ("pl", "pl")


def test_who_needs_no_interpreter_goes_on_in_english():
    begun = SelfReferral(phone="+447700900123", practice="P1")
    referral = in_polish("mieszkanie jest mokre", asks="", referral=begun)
    referral = in_polish("nie potrzebuję tłumacza", asks="name", referral=referral)
    assert not referral.is_in_another_language
    request = referral.to_request()
    assert (request.language, request.interpreter) == ("pl", False)


def test_in_another_language_a_no_books_nothing():
    begun = SelfReferral(phone="+447700900123", practice="P1")
    referral = in_polish("mieszkanie jest mokre", asks="", referral=begun)
    referral = in_polish("nie", asks="name", referral=referral)
    assert not referral.is_agreed
    assert referral.next_question() is None


def test_in_another_language_what_comes_after_joins_the_call():
    referral = replace(COMPLETE, language="pl", written_in="pl", confirm=True).after_closing()
    referral = in_polish("i jeszcze jedno: okno", asks="", referral=referral)
    assert referral.is_agreed
