"""Answers: what a text answers, whichever question it was sent to.

People answer three questions at once, or one that was not asked. So every
text is read for everything that it may hold. A short answer ("Grace", "2",
"aye") is only read as an answer to the question that stands open.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from social_prescribing.contact_times import ContactTimes, read_contact_times
from social_prescribing.languages import read_language
from social_prescribing.needs import in_patient_words
from social_prescribing.phone_numbers import PhoneNumber, find_phone_number
from social_prescribing.places import Place, find_home, find_place

PHRASES = Path(__file__).resolve().parent.parent / "data" / "answers"


@dataclass(frozen=True)
class Answers:
    """What one text says. None means that it says nothing of it."""

    yes: bool | None = None
    name: str | None = None
    place: Place | None = None
    area: str | None = None
    phone: PhoneNumber | None = None
    times: ContactTimes | None = None
    want_callback: bool | None = None
    voicemail: bool | None = None
    language: str | None = None


def read_answers(text, *, asks="", intent=""):
    """Read everything that `text` answers.

    Args:
        text: what the patient wrote.
        asks: what the bot was waiting for, for example `name`, or empty.
        intent: the intent that the bot understood, or empty.
    """
    yes = read_yes_no(text, intent=intent)
    place = _read_place(text, asks)
    return Answers(
        yes=yes,
        name=_read_name(text, asks),
        place=place,
        area=_read_area(text, asks, place, yes),
        phone=find_phone_number(text),
        times=_read_times(text, asks),
        want_callback=_read_want_callback(text, asks, intent, yes),
        voicemail=_read_voicemail(text, asks, yes),
        language=read_language(text, asks=asks),
    )


# ------------------------------------------------------------------ yes and no

EMOJI = {"👍": True, "👌": True, "✅": True, "✔": True, "🙏": True, "👎": False, "❌": False}
OPENINGS = r"(?:(?:oh|och|ah|well|eh|um|erm|so|hi|sorry)[ ,.]+)*"
# "OK, no thanks" and "aye but leave it": how far into a text a no may still come.
NO_AFTER_ALL_WITHIN = 20


def read_yes_no(text, *, intent=""):
    """Read a yes (True), a no (False) or neither (None)."""
    said = re.sub(r"[’`]", "'", text.casefold()).strip(" .!,\n")
    for emoji, meaning in EMOJI.items():
        if said.startswith(emoji):
            return meaning
    if _phrases("no_after_all").search(said[:NO_AFTER_ALL_WITHIN]):
        return False
    yes, no = (_opens_with(phrases, said) for phrases in ("yes", "no"))
    if yes or no:
        return len(yes) > len(no)
    return {"affirm": True, "deny": False, "safe_yes": True, "safe_no": False}.get(intent)


def _opens_with(phrases, said):
    """The longest of the phrases that the text opens with, or an empty text."""
    found = re.match(OPENINGS, said)
    match = _phrases(phrases).match(said, found.end())
    return match[0] if match else ""


@lru_cache
def _phrases(name):
    """A pattern of the phrases in one file of data/answers, the longest first."""
    lines = (PHRASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    phrases = sorted((line for line in lines if line and line[0] != "#"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})\b")


# ---------------------------------------------------------------- this or that

BOTH = re.compile(r"\b(?:both|baith|bith|bit of both|all of it|1 and 2|the two|the pair)\b")
FIRST = re.compile(r"^\W*(?:the )?(?:1|1st|first|one)(?: one| yin| wan)?\W*$")
SECOND = re.compile(r"^\W*(?:the )?(?:2|2nd|second|two|last|latter)(?: one| yin| wan)?\W*$")
NEITHER = re.compile(
    r"\b(?:neither|none|something else|no(?:thing)? (?:of )?(?:that|those|them))\b"
)
SMALL_WORDS = {
    "your",
    "you",
    "are",
    "how",
    "the",
    "and",
    "a",
    "or",
    "with",
    "at",
    "in",
    "just",
    "now",
}


def read_choice(text, options):
    """Which of two needs an answer chooses: a list of them, empty for neither; None if unread."""
    said = text.casefold().strip()
    if BOTH.search(said):
        return list(options)
    if FIRST.search(said):
        return options[:1]
    if SECOND.search(said):
        return options[1:]
    words = set(re.findall(r"[^\W_]+", said))
    named = [need for need in options if words & _own_words(need, options)]
    if named:
        return named
    return [] if NEITHER.search(said) or read_yes_no(said) is False else None


def _own_words(need, options):
    """The words by which the question named a need and none of the others."""
    of = {other: set(in_patient_words([other]).split()) - SMALL_WORDS for other in options}
    return of[need].difference(*(of[other] for other in options if other != need))


# ----------------------------------------------------------------------- name

NAME_WORD = r"[^\W\d_][\w'’.-]*"
SAYS_NAME = re.compile(
    rf"\b(?:m[ya] name'?s|m[ya] name is|name is|name's|name:|name -|call me|cry me|ask for|"
    rf"this is|it'?s me,?|names|they call me|i am called|am called|a'?m called)\s+"
    rf"((?:{NAME_WORD}\s*){{1,4}})",
    re.IGNORECASE,
)
ANSWER_OPENING = re.compile(
    r"^(?:hi|hello|hiya|aye|yes|yeah|ok|sure|eh|um|just|only|tis|say|call me|cry me|this is|"
    r"it'?s|it is|that'?s|a'?m|i'?m|i am|(?:the |my |ma )?name(?:'?s| is)?|"
    r"(?:you|ye|they) can (?:call me|ask for)|ask for|mines? is)\b[\s,:.-]*",
    re.IGNORECASE,
)
# What follows a name in one breath ends it: "Shug here", "Ann, ring after 2", "Jo on 0770…".
NAME_ENDS = re.compile(
    r"\s*(?:[,;.!?\n(/]| - | an (?:ma|a|ye)\b| on \d| \d|"
    r" (?:i|im|i'm|am|and|but|here|btw|x+|please|pls|plz|thanks|thank|ta|hen|pal|fae|from|ma|my"
    r"|is|wi|fine|will do|ring|phone|call|efter|after)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_NAME = 40
NO_NAMES = {
    "yes", "no", "aye", "naw", "ok", "okay", "why", "what", "who", "eh", "whit", "how", "none",
    "nothing", "dunno", "maybe", "mibbe", "sure", "anything", "anyone", "whoever", "me", "hi",
    "hello", "help", "stop", "thanks", "fine", "the", "not", "just", "anytime", "whenever",
}  # fmt: skip


def _read_name(text, asks):
    """Read the patient's name where they say it, or where it was asked for."""
    if asks != "name":
        if found := SAYS_NAME.search(text):
            return _as_name(found.group(1), longest=2)
        return None
    said = text.strip()
    while (rest := ANSWER_OPENING.sub("", said, count=1).strip()) != said:
        said = rest
    return _as_name(said, longest=4)


def _as_name(said, *, longest):
    """Cut what follows the name; None where what is left cannot be one."""
    said = NAME_ENDS.sub("", said.strip()).strip(" .,!-")
    words = said.split()
    if not words or len(words) > longest or len(said) > LONGEST_NAME:
        return None
    if read_contact_times(said) or read_language(said):
        return None  # "any time" and "arabic" are no names
    if words[0].casefold() in NO_NAMES or not re.fullmatch(
        rf"{NAME_WORD}(?:\s+{NAME_WORD})*", said
    ):
        return None
    return " ".join(
        w if any(c.isupper() for c in w[1:]) and not w.isupper() else w.capitalize() for w in words
    )


# ----------------------------------------------------------------------- area


def _read_place(text, asks):
    """Where the patient is. Unasked, a place that they only go to or come from is none."""
    if asks in ("area", "confirm"):
        return find_place(text, is_asked_for=asks == "area")
    return find_home(text)


def _read_area(text, asks, place, yes):
    """The area in words: the place's name, or the answer as given when it was asked for."""
    if place is not None:
        return place.name
    if asks != "area" or yes is not None:
        return None
    said = re.sub(
        r"^(?:in|at|near|i live in|i stay in|a stay in|ah stay in|am in|i'?m in|fae|from)\s+",
        "",
        text.strip(),
        flags=re.I,
    )
    return said[:80] if 0 < len(said.split()) <= 4 else None


# ----------------------------------------------------------------------- times

ABOUT_A_CALL = re.compile(
    r"\b(?:ring|phone|call|bell|buzz|speak|talk|get me|reach me|free|available)\w*\b", re.IGNORECASE
)


def _read_times(text, asks):
    """When to ring; where it was not asked, only in a text that speaks of a call."""
    if asks in ("time", "confirm", "safe_contact") or ABOUT_A_CALL.search(text):
        return read_contact_times(text)
    return None


# -------------------------------------------------------------------- callback

RING_ME = re.compile(
    r"\b(?:ring|phone|call|bell|buzz|fone)\s*(?:me|us|ma|my|him|her|back)\b"
    r"|\bgi(?:ve|e'?s?|'s)?\s*(?:me|us|a)?\s*(?:a\s*)?(?:ring|phone|call|bell|buzz)\b"
    r"|\b(?:speak|talk|blether)\s*(?:to|tae|wi|with)\s*"
    r"(?:some|sum|a person|a human|a real|a link|the link|any)"
    r"|\bcall ?back\b"
    r"|\b(?:can|could|gonnae|will) (?:some(?:one|body)|any(?:one|body)|they|she|he|you|yous|ye) "
    r"(?:please |pls |plz )?(?:ring|phone|call)\b",
    re.IGNORECASE,
)
NO_CALL = re.compile(
    r"\b(?:don'?t|dont|dinnae|do not|never|no|nae|not|without)\s+"
    r"(?:want |need |be |any |a |you |yous |ye |to |the )*"
    r"(?:ring|phone|calls?|phoning|ringing|phone ?calls?|callback)\b"
    r"|\bjust (?:the )?(?:info|information|details|numbers?|text)\b"
    r"|\bonly (?:by )?text\b|\btext only\b",
    re.IGNORECASE,
)


def _read_want_callback(text, asks, intent, yes):
    if NO_CALL.search(text) or intent == "want_no_call":
        return False
    if RING_ME.search(text) or intent == "want_person":
        return True
    return yes if asks == "want_callback" else None


# ------------------------------------------------------------------- voicemail

VOICEMAIL = re.compile(
    r"\b(?:voice ?mails?|answer ?phone|answering machine|leave .{0,12}message)\b", re.IGNORECASE
)
NO_WORD = re.compile(
    r"\b(?:no|not|nae|naw|don'?t|dont|dinnae|never|without|rather)\b", re.IGNORECASE
)


def _read_voicemail(text, asks, yes):
    if asks == "voicemail" and yes is not None:
        return yes
    if VOICEMAIL.search(text):
        return not NO_WORD.search(text)
    return None
