"""Answers in other languages than English: a name, days and hours, yes and no, a place.

Only what is sure is read; nothing is translated, and what cannot be read is kept as it was
written.
"""

import re
from dataclasses import replace

from social_prescribing.answers import ABOUT_THE_CALL
from social_prescribing.languages import ENGLISH
from social_prescribing.other_language_names import Said
from social_prescribing.other_language_times import read_times, times_in
from social_prescribing.other_language_words import Folded, words_of
from social_prescribing.places import find_place

# Languages in which area, time and voicemail are asked too; the others only name and phone.
ASKED_MORE = frozenset(
    {"ar", "es", "fa", "fr", "it", "pl", "pt", "ro", "ru", "tr", "uk", "ur", "zh"}
)
LONGEST_BARE_NO = 2  # words: "nie, dziękuję" is a no to the call, a sentence with a no is not
# Signs after "do not ring" in which a time limits it: "no me llamen antes de las 10".
NEAR = 30

# "Nie mówię dobrze po angielsku", "no hablo bien inglés": a no before it turns it round.
NOT_BEFORE = re.compile(r"\b(?:nie|no|не|non|nu|nao|ne) $")

NO_INTERPRETER = re.compile(
    r"\b(?:no|(?:don'?t|dont|do not) (?:need|want)(?: an?| any)?|without(?: an?)?)"
    r" (?:interpreter|translator)\b(?!.{0,12}\b(?:hard|can'?t|cannot|cant)\b)"
    r"|\bi (?:can )?speak (?:good |ok |fine |very good )?english\b"
    r"(?! (?:not|bad|badly|little|only|a bit|but))",
    re.IGNORECASE,
)


def read_in_language(answers, text, *, language, asks, tells=False):
    """Answers, with what the words of a language say in place of what English made of them.

    tells: the text tells of a need, so that few of its words can be a name.
    """
    words, folded = words_of(language), Folded.of(text)
    if language == ENGLISH or not words:
        return answers
    is_sentence = asks == "name" and len(text.split()) > LONGEST_BARE_NO
    yes = None if is_sentence else _first_said(answers.yes, _read_yes_no(words, folded))
    about_call = asks in ABOUT_THE_CALL
    refuses = _refuses_call(words, folded, language)
    times = (read_times(text, language=language) if about_call else None) or answers.times
    place = answers.place or _read_place(text, asks)
    said = Said(text, folded, words, asks, tells, bool(times or answers.phone))
    name = said.name() if asks == "name" or not answers.name else answers.name
    return replace(
        answers,
        yes=yes,
        name=None if refuses else name,
        place=place,
        area=place.name if place else answers.area,
        times=times,
        voicemail=yes if asks == "voicemail" else answers.voicemail,
        want_callback=False
        if refuses
        else _first_said(answers.want_callback, yes if asks == "want_callback" else None),
    )


def _first_said(*values):
    return next((value for value in values if value is not None), None)


def refuses_interpreter(text, *, language):
    """Whether a text says that no interpreter is needed, in its language or in English."""
    words, said = words_of(language), Folded.of(text).text
    found = words["no interpreter"].search(said) if "no interpreter" in words else None
    in_language = found and not NOT_BEFORE.search(said[: found.start()])
    return bool(in_language or NO_INTERPRETER.search(text))


def _read_yes_no(words, folded):
    said = folded.text.strip(" .,!،")
    if "hello" in words:
        said = re.sub(rf"^(?:{words['hello'].pattern})[\s,.!،]*", "", said)
    for kind, meaning in (("no", False), ("yes", True)):
        if kind in words and words[kind].match(said):
            return meaning
    return None


def _refuses_call(words, folded, language):
    """Whether no call is wanted. "Do not ring before 10" leaves other times open."""
    found = words["no call"].search(folded.text) if "no call" in words else None
    return bool(found) and not times_in(folded.text[found.end() :][:NEAR], language)


def _read_place(text, asks):
    """Asked for, any place; else one whose name is written as a name or is a postcode."""
    if asks == "area":
        return find_place(text, is_asked_for=True)
    latin = re.findall(r"[A-Za-z][A-Za-z'-]*\d*|\d+[A-Za-z]{2}\b", text)
    named = " ".join(word for word in latin if word[0].isupper() or word[-1].isdigit())
    place = find_place(named) if named else None
    return place if place and place.kind in ("postcode", "neighbourhood") else None
