"""Every text that a patient can receive: GSM-7, two segments, plain, no jargon."""

import re

import pytest

from bot.patient_words import every_text
from bot.training import ROOT
from social_prescribing.segments import MOST_SEGMENTS, segments

READING_AGE = 11
OTHER_LANGUAGES = sorted(path.stem for path in (ROOT / "data" / "other_languages").glob("*.tsv"))

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


EVERY_TEXT = every_text()
IN_ENGLISH = [text for text in EVERY_TEXT if text.is_in_english]
TEXTS = pytest.mark.parametrize(
    "text", [pytest.param(text, id=text.response) for text in IN_ENGLISH]
)


@TEXTS
def test_every_character_is_gsm_7(text):
    assert not text.outside_gsm_7


@pytest.mark.parametrize("text", [pytest.param(text, id=text.response) for text in EVERY_TEXT])
def test_every_text_fits_two_segments(text):
    assert text.segments <= MOST_SEGMENTS, len(text.text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("ż" * 70, 1), ("ż" * 71, 2)],
)
def test_segments_are_counted_as_phones_are_charged(text, count):
    assert segments(text) == count


@pytest.mark.parametrize("code", [*OTHER_LANGUAGES, "ku_latin"])
def test_every_language_has_its_texts_and_they_give_the_numbers(code):
    texts = {text.response: text.text for text in EVERY_TEXT}
    assert texts[f"utter_ask_phone__in_{code}"] and texts[f"utter_queued__in_{code}"]
    assert "999" in texts[f"utter_ask_name__in_{code}"]
    assert all(number in texts[f"utter_danger__in_{code}"] for number in ("999", "111"))


@TEXTS
def test_no_text_speaks_jargon(text):
    said = {word.casefold() for word in re.findall(r"[A-Za-z]+", text.text)}
    assert not said & {word.casefold() for word in JARGON}


@TEXTS
def test_reading_age(text):
    assert text.reading_age <= READING_AGE


@TEXTS
def test_at_most_one_question_a_text(text):
    """Two questions in one text get one answer. The offer of examples is no question."""
    asked = [line for line in re.split(r"(?<=[?])", text.wording) if line.rstrip().endswith("?")]
    is_opening = text.response in MAY_ASK_TWICE
    assert len(asked) <= (2 if is_opening else 1), text.wording


# "In danger? Ring 999." waits for no answer.
MAY_ASK_TWICE = {"utter_introduction", "utter_introduction__child"}


def test_no_text_asks_for_a_word_that_a_provider_takes_for_opting_out():
    for text in IN_ENGLISH:
        asked = re.findall(r"(?:reply|text|send|say) ([A-Z]{3,})", text.text)
        assert not set(asked) & {"CANCEL", "END", "QUIT", "UNSUBSCRIBE"}, text.response
