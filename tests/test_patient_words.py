"""Every text that a patient can receive: GSM-7, two segments, plain, no jargon."""

import re

import pytest
import textstat
import yaml

from bot.training import ROOT
from bot.words import DOMAIN

# https://www.3gpp.org/ftp/Specs/archive/23_series/23.038: the basic set, less what counts double.
GSM_7 = set(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO_SEGMENTS = 306  # 2 × 153 characters, the length of a segment of several
# Outside the GSM alphabet a segment of several holds 67 units of UTF-16.
TWO_SEGMENTS_OF_OTHERS = 134
READING_AGE = 11
OTHER_LANGUAGES = sorted(path.stem for path in (ROOT / "data" / "other_languages").glob("*.tsv"))

# The longest that each gap is plausibly filled with.
LONGEST = {
    "practice": "Castlemilk Demo Practice",
    "practices": "Castlemilk Demo Practice or Easterhouse Demo Practice?",
    "area": "Halfway, Cambuslang",
    "needs": "how you are feeling and asylum or a visa",
    "first": "drink, drugs or gambling",
    "second": "living with a condition",
    "supports": "x" * 190,  # LONGEST_LINES in actions/suggest_supports.py
    "name": "Abdulrahman Mohammed-Yusuf",
    "phone": "+49 1520 1234567",
    "summary": (
        "Abdulrahman Mohammed-Yusuf, 07700 900123\nRing: " + "x" * 50 + "\nVoicemail: yes\n"
        "Safe to ring: "
        + "x" * 50
        + "\nInterpreter: Farsi or Dari\nAbout: how you are feeling and asylum or a visa"
    ),
    "who": "A link worker",
    "rings_from": "0141 496 0123",
    "reception_phone": "0141 496 0123",
    "due": "10:30am on Wednesday 30 September",
    "reference": "BL-CDFGH",
    "days": "3",
    "looks": "at 9am on Wednesday 30 September",
    "code_word": "x" * 30,  # LONGEST_CODE_WORD in social_prescribing/safe_contact.py
    "worker": "Maria-Magdalena",
    "when": "Wednesday 30 September 10:30am",
}

# Words of the office, of medicine and of computers. None is a patient's.
JARGON = set(
    """
    referral refer triage signpost signposting wellbeing holistic intervention assessment
    eligible eligibility criteria caseload outcome safeguarding disclosure consent escalate
    escalation stakeholder pathway provider user client GP professional appropriate available
    access assistance require regarding commence utilise additional information enquire bot
    chatbot AI algorithm data system invalid error submit input session channel query mentally
    depression suicidal victim vulnerable crisis
    """.split()  # noqa: SIM905
)


def is_in_english(name):
    return "__in_" not in name


def every_text(english=True):
    """(name, text) of every wording, filled as long as it plausibly gets."""
    for name, wordings in yaml.safe_load(DOMAIN.read_text())["responses"].items():
        for wording in wordings if is_in_english(name) is english else ():
            yield name, re.sub(r"{(\w+)}", lambda gap: LONGEST[gap[1]], wording["text"])


TEXTS = pytest.mark.parametrize(("name", "text"), [pytest.param(*t, id=t[0]) for t in every_text()])


@TEXTS
def test_every_character_is_gsm_7(name, text):
    assert set(text) <= GSM_7, set(text) - GSM_7


@TEXTS
def test_every_text_fits_two_segments(name, text):
    assert len(text) <= TWO_SEGMENTS, len(text)


@pytest.mark.parametrize(
    ("name", "text"), [pytest.param(*t, id=t[0]) for t in every_text(english=False)]
)
def test_every_text_in_another_language_fits_two_segments(name, text):
    assert len(text.encode("utf-16-le")) / 2 <= TWO_SEGMENTS_OF_OTHERS


@pytest.mark.parametrize("code", [*OTHER_LANGUAGES, "ku_latin"])
def test_every_language_has_its_texts_and_they_give_the_numbers(code):
    texts = dict(every_text(english=False))
    assert texts[f"utter_ask_phone__in_{code}"] and texts[f"utter_queued__in_{code}"]
    assert "999" in texts[f"utter_ask_name__in_{code}"]
    assert all(number in texts[f"utter_danger__in_{code}"] for number in ("999", "111"))


@TEXTS
def test_no_text_speaks_jargon(name, text):
    said = {word.casefold() for word in re.findall(r"[A-Za-z]+", text)}
    assert not said & {word.casefold() for word in JARGON}


@pytest.mark.parametrize("name", sorted({name for name, _ in every_text()}))
def test_reading_age(name):
    """Numbers, names and lists are no sentences, so what fills a gap is left out."""
    wordings = yaml.safe_load(DOMAIN.read_text())["responses"][name]
    for wording in wordings:
        text = re.sub(r"{\w+}", "it", wording["text"]).replace("\n", ". ")
        # A Flesch-Kincaid grade is the school year in the USA, begun at five.
        assert textstat.flesch_kincaid_grade(text) + 5 <= READING_AGE, text


def test_no_text_asks_for_a_word_that_a_provider_takes_for_opting_out():
    for name, text in every_text():
        asked = re.findall(r"(?:reply|text|send|say) ([A-Z]{3,})", text)
        assert not set(asked) & {"CANCEL", "END", "QUIT", "UNSUBSCRIBE"}, name
