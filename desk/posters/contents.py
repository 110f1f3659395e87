"""What a practice's poster says and points to."""

import io
from dataclasses import dataclass
from urllib.parse import quote

import segno
from django.conf import settings

from social_prescribing.days_there import longest_promise
from social_prescribing.errors import Refusal

TO_BE_CHECKED = "drafted, to be checked by a speaker"


class NoContactNumber(Refusal):
    """A practice that has no number to text cannot have a poster."""


@dataclass(frozen=True)
class Way:
    """Another way to reach the practice: its label, the link, and how it is written."""

    label: str
    link: str

    @property
    def shown(self):
        return self.link.removeprefix("https://").removesuffix("/")


def sms_link(number, keyword):
    """A link that opens a text with the keyword written: `sms:+447700900101?&body=POSSILPARK`.

    RFC 5724 has `?body=`, which Android reads; iPhones have wanted `&body=` since iOS 8. With
    both signs each finds its own: Android passes over the empty first part.
    """
    return f"sms:{number.e164}?&body={quote(keyword)}"


def number_to_text(practice):
    """The contact number that a practice's poster names: its own before one that it shares.

    Raises:
        NoContactNumber: it has none.
    """
    numbers = practice.contact_numbers.all()
    number = min(numbers, key=lambda one: (one.practices.count(), one.pk), default=None)
    if number is None:
        raise NoContactNumber(
            f"{practice} has no contact number yet, so there is nothing to text and no poster. "
            "An administrator adds one under Administration, Contact numbers."
        )
    return number


def other_ways(practice, language):
    """Telegram and the web chat, where they are set up (list of Way)."""
    ways = []
    if settings.TELEGRAM_NAME:
        link = f"https://t.me/{settings.TELEGRAM_NAME}?start={quote(practice.code)}"
        ways.append(Way(language.telegram, link))
    if practice.web_chat_page:
        ways.append(Way(language.web_chat, practice.web_chat_page))
    return ways


def poster_contents(practice, language):
    """All that a template needs (dict, as JSON takes it).

    Raises:
        NoContactNumber: the practice has no number to text.
    """
    number = number_to_text(practice)
    keyword = practice.poster_keyword
    link, shown = sms_link(number, keyword), str(number)
    return {
        "title": f"{' '.join(language.headline)} {practice.name}",
        "keywords": [TO_BE_CHECKED] if language.to_be_checked else [],
        "language": language.code,
        "language_label": language.label,
        "is_rtl": language.right_to_left,
        "typeface": language.typeface,
        "line": language.line,
        "practice": practice.name,
        "keyword": keyword,
        "number": shown,
        "sms": link,
        "qr": _qr(link, language.scan_alt.format(number=shown, keyword=keyword)),
        "ways": [
            {
                "label": way.label,
                "link": way.link,
                "shown": way.shown,
                "qr": _qr(way.link, language.address_alt.format(address=way.shown)),
            }
            for way in other_ways(practice, language)
        ],
        "says": _words(practice, language),
    }


def _words(practice, language):
    before, after = language.how.split("{keyword}")
    days = language.days_in_words(longest_promise(practice))
    ring, sentence = language.ring
    return {
        "headline": language.headline,
        "about": language.about,
        "how": [before.strip(), after.strip()],
        "scan": language.scan,
        "free": language.free,
        "any_time": language.any_time,
        "ring": [ring, sentence.format(days=days)],
        "danger": language.danger,
        "ill": language.ill,
        "both_free": language.both_free,
    }


def _qr(link, alt):
    """A QR code as SVG with the quiet zone it needs. M: a seventh may be torn or dirty."""
    svg = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(svg, kind="svg", border=4, light="#fff", xmldecl=False)
    return {"svg": svg.getvalue().decode(), "alt": alt}
