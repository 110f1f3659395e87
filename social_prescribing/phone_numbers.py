"""PhoneNumber: parsed once, passed on as one value.

Patients write numbers every way there is ("07700 900 123", "+44 (0)7700…",
"ma number's 07700900123"), so reading is Google's libphonenumber, by its Python
port `phonenumbers`, with Great Britain as the home country.
"""

import re
from dataclasses import dataclass

import phonenumbers

from social_prescribing.errors import InvalidPhoneNumber

HOME = "GB"
E164 = re.compile(r"\+[1-9]\d{6,14}")

# Ofcom keeps these ranges for drama; the demo programme and the tests use them.
# libphonenumber calls some of them impossible, so they are recognised here.
FICTITIOUS = ("+447700900", "+441414960")


@dataclass(frozen=True, order=True)
class PhoneNumber:
    """A telephone number in E.164 form, for example `+447700900123`."""

    e164: str

    @classmethod
    def parse(cls, text):
        """Read one number from `text`.

        Raises:
            InvalidPhoneNumber: the text holds no number that could be rung.
        """
        try:
            parsed = phonenumbers.parse(text, HOME)
        except phonenumbers.NumberParseException as error:
            raise InvalidPhoneNumber(f"{text!r} is not a phone number") from error
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        if not phonenumbers.is_valid_number(parsed) and not _is_fictitious(e164):
            raise InvalidPhoneNumber(f"{text!r} is not a phone number")
        return cls(e164)

    @classmethod
    def from_provider(cls, text):
        """Take a number as a provider gives it, in E.164 form.

        A number that texted us exists, whatever the tables of numbering plans
        say, so only its shape is checked.

        Raises:
            InvalidPhoneNumber: not of the E.164 shape.
        """
        if not E164.fullmatch(text):
            raise InvalidPhoneNumber(f"{text!r} is not a number like +447700900123")
        return cls(text)

    def __str__(self):
        """As people in Scotland write it: `07700 900123`."""
        parsed = phonenumbers.parse(self.e164, HOME)
        national = parsed.country_code == 44
        style = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(
            parsed, style.NATIONAL if national else style.INTERNATIONAL
        )


def find_phone_number(text):
    """Return the PhoneNumber that `text` gives, or None.

    Of several it is the first that is not said to be wrong or old: "no 07…, it's 07…".
    """
    for written in (text, _spoken_as_figures(text)):
        numbers = [
            (number, end)
            for number, start, end in _numbers_in(written)
            if not NOT_THIS_ONE.search(written[:start])
        ]
        for number, end in numbers:
            if not OLD_ONE.match(written[end:]):
                return number
        if numbers:
            return numbers[0][0]
    return None


# What stands before, or after, a number that is not to be rung.
NOT_THIS_ONE = re.compile(
    r"\b(?:not|no|nae|isn'?t|old (?:wan|one|number) (?:is|was))\W*$", re.IGNORECASE
)
OLD_ONE = re.compile(
    r"\W*(?:is|was|'s)\W+(?:\w+\W+){0,2}?(?:old|wrong|cut off|broke|deid|dead|lost)\b",
    re.IGNORECASE,
)


def _numbers_in(text):
    """`(PhoneNumber, start, end)` of each number that could be rung."""
    matcher = phonenumbers.PhoneNumberMatcher(text, HOME, leniency=phonenumbers.Leniency.POSSIBLE)
    for match in matcher:
        try:
            yield PhoneNumber.parse(match.raw_string), match.start, match.end
        except InvalidPhoneNumber:
            continue


def without_phone_numbers(text):
    """The text with a blank in place of each number that could be rung: "900 - 471" is no time."""
    for _, start, end in reversed(list(_numbers_in(text))):
        text = f"{text[:start]} {text[end:]}"
    return text


SPOKEN = {
    "oh": "0", "o": "0", "zero": "0", "nought": "0", "naught": "0", "wan": "1", "one": "1",
    "two": "2", "twa": "2", "three": "3", "four": "4", "fower": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
TIMES_SAID = {"double": 2, "treble": 3, "triple": 3}
# The local part alone, as people in Glasgow give the phone in the house.
GLASGOW_LOCAL = re.compile(r"(?<!\d)(?<!\d )(\d{3}) ?(\d{4})(?! ?\d)")


SHORT_TEXT = 8  # words; in a longer one seven figures may be anything


def _spoken_as_figures(text):
    """ "oh seven seven double oh" and "O77OO" in figures; a number of the house with its code."""
    figures, repeat = [], 1
    for word in re.findall(r"[A-Za-z]+|\d[\dOo]*|[Oo][\dOo]*\d[\dOo]*|[^\w\s]|\S", _zeros(text)):
        if word.casefold() in TIMES_SAID:
            repeat = TIMES_SAID[word.casefold()]
            continue
        figure = SPOKEN.get(word.casefold(), word)
        figures.append(figure * repeat if figure.isdigit() else f" {word} ")
        repeat = 1
    said = re.sub(r"(?<=\d) ?[,.-] ?(?=\d)", "", "".join(figures))
    is_short = len(text.split()) <= SHORT_TEXT
    return GLASGOW_LOCAL.sub(r"0141\1\2", said) if is_short else said


def _zeros(text):
    """Letters typed for a nought among figures."""
    return re.sub(r"\b(?=[\dOo]*\d)[\dOo]+\b", lambda found: re.sub("[Oo]", "0", found[0]), text)


def show(e164):
    """Show a stored number as people write it; anything else as it is."""
    return str(PhoneNumber(e164)) if E164.fullmatch(e164) else e164


def can_get_texts(e164):
    """Whether this number (E.164) is of a kind that gets texts: anything but a known landline."""
    if _is_fictitious(e164):
        return e164.startswith("+447")
    kind = phonenumbers.number_type(phonenumbers.parse(e164, HOME))
    return kind != phonenumbers.PhoneNumberType.FIXED_LINE


def _is_fictitious(e164):
    return len(e164) == len("+447700900123") and e164.startswith(FICTITIOUS)
