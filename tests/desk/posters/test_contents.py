"""What a poster says and points to."""

import re
from itertools import chain

import pytest
import textstat

from desk.posters.contents import NoContactNumber, number_to_text, poster_contents
from desk.posters.languages import CODES, WORDS, poster_languages
from social_prescribing.working_time import CLOSES, OPENS
from tests.factories import a_contact_number, a_practice
from tests.test_patient_words import JARGON, READING_AGE

pytestmark = pytest.mark.django_db

EVERY_LANGUAGE = pytest.mark.parametrize("code", CODES)
ENGLISH = poster_languages()["en"]


@pytest.fixture
def practice():
    practice = a_practice(name="Possil Practice", code="49123", keyword="POSSIL")
    a_contact_number(practice, e164="+447700900101")
    return practice


def words(language):
    pairs = chain(language.headline, language.free, language.any_time, language.ring)
    single = ("about", "how", "scan", "telegram", "web_chat", "danger", "ill", "both_free")
    return [*pairs, *(getattr(language, name) for name in single)]


def test_the_link_opens_a_text_with_the_keyword(practice):
    assert poster_contents(practice, ENGLISH)["sms"] == "sms:+447700900101?&body=POSSIL"


def test_without_a_keyword_of_its_own_it_is_the_word_that_the_bot_knows(practice):
    practice.keyword = ""
    assert poster_contents(practice, ENGLISH)["sms"].endswith(f"={practice.poster_keyword}")


def test_a_keyword_with_signs_survives_the_link(practice):
    practice.keyword = "DR O'HARA"
    assert poster_contents(practice, ENGLISH)["sms"].endswith("?&body=DR%20O%27HARA")


def test_a_number_of_its_own_comes_before_a_shared_one(practice):
    practice.contact_numbers.all().delete()
    a_contact_number(practice, a_practice(), e164="+447700900102")
    a_contact_number(practice, e164="+447700900103")
    assert number_to_text(practice).e164 == "+447700900103"


def test_a_practice_without_a_number_gets_a_sentence(practice):
    practice.contact_numbers.all().delete()
    with pytest.raises(NoContactNumber, match="Possil Practice has no contact number yet"):
        poster_contents(practice, ENGLISH)


def test_telegram_and_the_web_chat_are_named_only_where_they_are_set_up(practice, settings):
    assert poster_contents(practice, ENGLISH)["ways"] == []
    settings.TELEGRAM_NAME = "possil_blether_bot"
    practice.web_chat_page = "https://www.possil.example/chat/"
    telegram, web_chat = poster_contents(practice, ENGLISH)["ways"]
    assert telegram["link"] == "https://t.me/possil_blether_bot?start=49123"
    assert web_chat["link"] == "https://www.possil.example/chat/"
    assert web_chat["shown"] == "www.possil.example/chat"


def test_the_promise_is_the_practices_own(practice):
    practice.callback_within_days = 1
    assert "within 1 working day," in poster_contents(practice, ENGLISH)["says"]["ring"][1]
    practice.callback_within_days = 5
    assert "within 5 working days," in poster_contents(practice, ENGLISH)["says"]["ring"][1]


@EVERY_LANGUAGE
@pytest.mark.parametrize("days", [1, 2, 3, 11])
def test_every_number_of_days_has_its_words(code, days, practice):
    practice.callback_within_days = days
    said = poster_contents(practice, poster_languages()[code])["says"]["ring"][1]
    # Arabic has words of their own for one and two.
    assert str(days) in said or (code == "ar" and days < 3)
    assert "{" not in said


@EVERY_LANGUAGE
def test_the_hours_are_those_that_link_workers_work(code):
    said = poster_languages()[code].ring[1]
    figures = set(re.findall(r"\d+", said))
    assert figures in (
        {str(OPENS.hour), str(CLOSES.hour)},
        {str(OPENS.hour), str(CLOSES.hour - 12)},
    )


@EVERY_LANGUAGE
def test_the_keyword_has_its_place(code):
    assert poster_languages()[code].how.count("{keyword}") == 1


def test_only_english_and_scots_are_not_to_be_checked():
    """Take a language out here once a speaker has read it."""
    ours = {code for code, one in poster_languages().items() if not one.to_be_checked}
    assert ours == {"en", "sco"}


def test_every_file_of_words_is_a_language():
    assert {file.stem for file in WORDS.glob("*.yml")} == set(CODES)


def test_english_is_plain():
    said = [
        one.replace("{keyword}", "POSSIL").replace("{days}", "3 days") for one in words(ENGLISH)
    ]
    for sentence in said:
        assert not {word.casefold() for word in re.findall(r"[A-Za-z]+", sentence)} & {
            word.casefold() for word in JARGON
        }
    assert textstat.flesch_kincaid_grade(" ".join(said)) + 5 <= READING_AGE
