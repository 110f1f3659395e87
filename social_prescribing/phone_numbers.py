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
    """Return the first PhoneNumber anywhere in `text`, or None."""
    matcher = phonenumbers.PhoneNumberMatcher(text, HOME, leniency=phonenumbers.Leniency.POSSIBLE)
    for match in matcher:
        try:
            return PhoneNumber.parse(match.raw_string)
        except InvalidPhoneNumber:
            continue
    return None


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
