"""Every text that a patient can receive, filled as long as it plausibly gets: `python -m bot copy`.

Each stands in domain.yml, whoever sends it. A text costs by the segment, is read on
a small screen, often by somebody tired, and sometimes aloud: so no more than two
segments, the GSM alphabet, and words that an eleven-year-old reads with ease.
"""

import re
from dataclasses import dataclass

from bot.words import responses
from social_prescribing.held_data import Held
from social_prescribing.needs import NEEDS
from social_prescribing.segments import outside_gsm_7, segments

_NAME, _PHONE, _LONG = "Abdulrahman Mohammed-Yusuf", "07700 900123", "x" * 50
_TWO_NEEDS = " and ".join(
    sorted((need.in_patient_words for need in NEEDS.values()), key=len, reverse=True)[:2]
)
# The longest that each gap is plausibly filled with.
LONGEST = {
    "practice": "Castlemilk Demo Practice",
    "own_words": "x" * 130 + " ",  # checked with the name: social_prescribing/own_words.py
    "hours": "x" * 140,  # LONGEST_LINES in social_prescribing/sites.py
    "addresses": "x" * 140,
    "days": "Monday, Wednesday and Friday",
    "changes": "10:30am on Wednesday 30 September",
    "practices": "Castlemilk Demo Practice or Easterhouse Demo Practice?",
    "area": "Halfway, Cambuslang",
    "code_word": "x" * 30,  # LONGEST_CODE_WORD in social_prescribing/safe_contact.py
    "worker": "Maria-Magdalena",
    "when": "Wednesday 30 September 10:30am",
    "needs": _TWO_NEEDS,
    "first": "drink, drugs or gambling",
    "second": "living with a condition",
    "supports": "x" * 190,  # LONGEST_LINES in actions/suggest_supports.py
    "support": "x" * 45,
    "name": _NAME,
    "phone": "+49 1520 1234567",
    "whom": "granddaughter",
    "reach": "ring",
    "contact": "a call",
    "called": f"{_NAME} on {_PHONE}",
    "details": f"Ring: {_LONG}\nVoicemail: yes\nInterpreter: British Sign Language",
    "noted": (
        f"Ring: {_LONG}\nVoicemail: yes\nInterpreter: British Sign Language\nAbout: {_TWO_NEEDS}"
    ),
    "summary": (
        f"{_NAME}, {_PHONE}\nRing: {_LONG}\nVoicemail: yes\nSafe to ring: {_LONG[:30]}\n"
        f"Interpreter: British Sign Language\nAbout: {_TWO_NEEDS}"
    ),
    "held": Held(
        texts=123,
        name=_NAME,
        phone="+447700900123",
        area="Garthamlock and Craigend",
        needs=("mental_wellbeing", "asylum_immigration"),
        reference="BL-CDFGH",
    ).in_words,
    "who": "A link worker",
    "rings_from": "0141 496 0123",
    "reception_phone": "0141 496 0123",
    "due": "10:30am on Wednesday 30 September",
    "told": f"{_NAME} (link worker)",
    "looks": "at 9am on Wednesday 30 September",
    "reference": "BL-CDFGH",
    "years": "2",
}


@dataclass(frozen=True)
class PatientText:
    """One wording of one response, its gaps filled as long as they get."""

    response: str
    wording: str

    @property
    def text(self):
        return re.sub(r"{(\w+)}", lambda gap: LONGEST[gap[1]], self.wording)

    @property
    def is_in_english(self):
        return "__in_" not in self.response

    @property
    def outside_gsm_7(self):
        return outside_gsm_7(self.text)

    @property
    def segments(self):
        return segments(self.text)

    @property
    def reading_age(self):
        """In years. Numbers, names and lists are no sentences, so a gap counts as a word."""
        import textstat

        said = re.sub(r"{\w+}", "it", self.wording).replace("\n", ". ")
        # A Flesch-Kincaid grade is the school year in the USA, begun at five.
        return textstat.flesch_kincaid_grade(said) + 5


def every_text():
    """Every PatientText, in the order of domain.yml."""
    return [
        PatientText(name, wording["text"])
        for name, wordings in responses().items()
        for wording in wordings
    ]


def print_every_text():
    """A line of figures for each text, the text below it, and the sums at the end."""
    texts = every_text()
    for text in texts:
        age = f", reading age {text.reading_age:.0f}" if text.is_in_english else ""
        others = f", outside GSM-7: {text.outside_gsm_7}" if text.outside_gsm_7 else ""
        print(f"{text.response}: {text.segments} segment(s){age}{others}")
        print("   " + text.text.replace("\n", "\n   "))
    english = [text for text in texts if text.is_in_english]
    print(
        f"{len(texts)} texts, {len(english)} in English; at most "
        f"{max(text.segments for text in texts)} segments; reading age of the English ones at most "
        f"{max(text.reading_age for text in english):.1f}"
    )
