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

# https://www.3gpp.org/ftp/Specs/archive/23_series/23.038: the basic set, less what counts double.
GSM_7 = set(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Letters of a lone segment and of each of several, in the GSM alphabet and outside it.
ALONE, OF_SEVERAL = 160, 153
ALONE_OTHERS, OF_SEVERAL_OTHERS = 70, 67

_NAME, _PHONE, _LONG = "Abdulrahman Mohammed-Yusuf", "07700 900123", "x" * 50
_TWO_NEEDS = " and ".join(
    sorted((need.in_patient_words for need in NEEDS.values()), key=len, reverse=True)[:2]
)
# The longest that each gap is plausibly filled with.
LONGEST = {
    "practice": "Castlemilk Demo Practice",
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
    "looks": "at 9am on Wednesday 30 September",
    "reference": "BL-CDFGH",
    "days": "3",
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
        return "".join(sorted(set(self.text) - GSM_7))

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


def segments(text):
    """How many SMS segments a text takes."""
    if set(text) <= GSM_7:
        length, alone, of_several = len(text), ALONE, OF_SEVERAL
    else:
        length = len(text.encode("utf-16-le")) // 2
        alone, of_several = ALONE_OTHERS, OF_SEVERAL_OTHERS
    return 1 if length <= alone else -(-length // of_several)


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
