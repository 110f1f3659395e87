"""Where in a text places, numbers, days and times stand, by a spaCy pipeline of ours.

Only the spans are marked here. What a span means (which day, what hour) is for
`social_prescribing`, which knows the calendar.
"""

import csv
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import phonenumbers
import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.nlu.config import check_keys
from bot.nlu.files import DATA_FOLDER

PLACES = DATA_FOLDER / "places" / "places.csv"
EXTRACTOR = "SpacyEntities"
# A longer text is marked only so far, as by the normaliser.
LONGEST = 1600
# A date or a reference has too few digits to be rung.
FEWEST_DIGITS = 10

# Postcode areas a Glasgow practice may meet: the city and its neighbours.
_AREA = r"(?:g|pa|ml|ka|fk|eh|dg|ky|dd)"
# On a phone an o is often typed for a 0: "g4o 2qa", "G2O".
_DISTRICT = rf"{_AREA} ?[0-9o]{{1,2}}"
_POSTCODE = re.compile(rf"\b{_DISTRICT} ?[0-9o][a-z]{{2}}\b", re.IGNORECASE)
_LONE_DISTRICT = re.compile(
    r"\b(?:g|pa|ml) ?(?=[0-9o]*[0-9])[0-9o]{1,2}\b(?! ?(?:pm|am|%|stone|kg|quid|p\b))",
    re.IGNORECASE,
)

_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_SPELLINGS = (
    *_DAY_NAMES,
    *(f"{day}s" for day in _DAY_NAMES),
    "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun",
    "mondy", "tuesdy", "tewsday", "wensday", "wednesdy", "wednsday", "thirsday", "thursdy",
    "fryday", "fridy", "saterday", "satrday", "sundy",
    "today", "2day", "tomorrow", "tomorra", "tomoro", "tmrw", "tmw", "2moro", "tomoz",
    "weekday", "weekdays", "weekend", "weekends", "anyday", "everyday",
)  # fmt: skip
_DAY_PHRASES = (
    "the day", "the morn", "the morra", "the morn's morn", "any day", "ony day", "every day",
    "week days", "next week", "this week", "nxt week", "nxt wk", "next wk", "after the weekend",
    "efter the weekend",
)  # fmt: skip
_TIME_PHRASES = (
    "morning", "mornings", "mornin", "morn", "afternoon", "afternoons", "efternoon", "aft",
    "evening", "evenings", "evenin", "night", "nights", "nite", "tonight", "2nite", "tonite",
    "lunchtime", "lunch time", "dinner time", "dinnertime", "teatime", "tea time", "midday",
    "noon", "anytime", "any time", "ony time", "whenever", "after school", "efter school",
    "after the school run", "efter the school run", "before the school run",
    "after work", "efter work", "before work", "first thing", "early", "late", "school hours",
    "the noo", "right now", "after dinner", "efter ma dinner", "after my dinner", "after tea",
    "efter ma tea", "half day",
)  # fmt: skip
# Who somebody else may be asking for, less "wee", "old" and the like before it.
_RELATIVES = frozenset((
    "mum", "mother", "maw", "mam", "mammy", "dad", "da", "daddy", "father", "gran", "granny",
    "grannie", "granda", "grandad", "grandpa", "grandmother", "grandfather", "nana", "papa", "son",
    "daughter", "brother", "sister", "husband", "wife", "partner", "man", "boy", "lassie", "girl",
    "boyfriend", "girlfriend", "neighbour", "neebor", "neighbor", "friend", "pal", "mate", "auntie",
    "aunt", "aunty", "uncle", "cousin", "nephew", "niece", "grandson", "granddaughter", "client",
    "patient", "tenant", "pupil", "student", "flatmate", "colleague",
))  # fmt: skip
_CLIENTS = ("client", "tenant", "pupil")
_OWN = ("my", "ma", "mah", "our", "oor", "a", "an", "the", "one")
_SMALL = ("wee", "old", "auld", "elderly", "dear", "best", "young", "disabled", "of", "my", "ma")
_FOR = ("for", "fur", "fir", "about", "aboot", "behalf", "aff")
_WRITES = (
    "writing", "writin", "texting", "textin", "txting", "messaging", "asking", "askin", "typing",
    "speaking", "doing", "daein",
)  # fmt: skip
_THEM = ("him", "her", "them")
_COULD_DO_WITH = (
    "needs", "need", "wants", "cannot", "cannae", "canny", "can't", "cant", "could",
    "would", "asked", "is", "isnae", "has", "hasnae", "doesn't", "doesnae", "won't", "willnae",
    "no", "not", "who", "whose", "and", "n", "she", "he", "but",
)  # fmt: skip
_SAYS = ("sent", "texted", "posted", "messaged", "wrote", "said", "says", "saying", "left")
_GOODBYE = ("goodbye", "goodbyes", "himself", "herself", "himsel", "hersel", "hissel", "suicidal")
_I = ("i", "am", "a'm", "i'm", "ah", "myself", "masel")
_HOUR = (
    r"(?:[01]?\d|2[0-3]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|wan|twa|fower)"
)
# "no before", "the back o": with one of these a bare number is an hour.
_AROUND = (
    r"(?:(?:no |not )?(?:before|afore|after|efter|till|til|until|about|aboot|roon|around|by"
    r"|(?:the )?back o[f']?|hauf|half(?: past)?|quarter (?:past|to|tae)))"
)
_CLOCK = re.compile(
    rf"\b(?:(?:{_AROUND} )*{_AROUND} {_HOUR}(?:[:.][0-5]\d)?(?: ?(?:am|pm|o'?clock))?"
    rf"|{_HOUR}[:.][0-5]\d ?(?:am|pm)?|{_HOUR} ?(?:am|pm|o'?clock))\b"
    r"(?! ?(?:days?|weeks?|months?|years?|yrs|wks|kids|weans|of|%))",
    re.IGNORECASE,
)


@Language.component("blether_patterns")
def mark_patterns(doc: Doc) -> Doc:
    """Mark what has a shape: postcodes first, then phone numbers, then clock times.

    The order decides between overlapping spans: the digits of a postcode are
    never part of a phone number.
    """
    found = [
        *_spans(doc, "postcode", _POSTCODE.finditer(doc.text)),
        *_phone_spans(doc),
        *_spans(doc, "district", _LONE_DISTRICT.finditer(doc.text)),
        *_spans(doc, "time", _CLOCK.finditer(doc.text)),
    ]
    doc.spans["patterns"] = found
    return doc


@Language.factory("blether_on_behalf_of")
def create_on_behalf_of(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Mark whom a text is for: "for ma wee brother", "my mum needs", "a patient of mine"."""
    whom = [
        {"LOWER": {"IN": list(_OWN)}},
        {"LOWER": {"IN": list(_SMALL)}, "OP": "*"},
        {"LOWER": {"IN": list(_RELATIVES)}},
    ]
    anywhere, at_the_start = Matcher(nlp.vocab), Matcher(nlp.vocab)
    anywhere.add("for", [[{"LOWER": {"IN": list(_FOR)}}, {"LOWER": "of", "OP": "?"}, *whom]])
    # "My dad dont speak english so im writing for him"
    writes = [{"LOWER": {"IN": list(_WRITES)}}, {"LOWER": {"IN": list(_FOR)}}]
    anywhere.add("writes", [[*whom, {"OP": "*"}, *writes, {"LOWER": {"IN": list(_THEM)}}]])
    anywhere.add("of mine", [[*whom, {"LOWER": "of"}, {"LOWER": "mine"}]])
    # "My brother just sent me a text saying goodbye"
    goodbye = [{"LOWER": {"NOT_IN": list(_I)}, "OP": "*"}, {"LOWER": {"IN": list(_GOODBYE)}}]
    haste = {"LOWER": {"IN": ["just", "jist", "has", "only"]}, "OP": "*"}
    anywhere.add("goodbye", [[*whom, haste, {"LOWER": {"IN": list(_SAYS)}}, *goodbye]])
    # "My dad needs a ramp" is for him, "I hide when my dad needs money" is not.
    # Who works for somebody writes of "my client" wherever in the text.
    anywhere.add("client", [[{"LOWER": {"IN": list(_OWN)}}, {"LOWER": {"IN": list(_CLIENTS)}}]])
    at_the_start.add("old neighbour", [[*whom, {"LOWER": {"IN": ["mr", "mrs", "miss"]}}]])
    at_the_start.add("needs", [[*whom, {"LOWER": {"IN": list(_COULD_DO_WITH)}}]])

    def mark(doc: Doc) -> Doc:
        doc.spans["on_behalf_of"] = []
        if not any(token.lower_ in _RELATIVES for token in doc):  # spares both matchers
            return doc
        spans = [doc[start:end] for _, start, end in anywhere(doc)]
        spans += [doc[start:end] for _, start, end in at_the_start(doc) if start == 0]
        named = [token.i for span in spans for token in span if token.lower_ in _RELATIVES]
        doc.spans["on_behalf_of"] = [Span(doc, at, at + 1, "on_behalf_of") for at in named[:1]]
        return doc

    return mark


@Language.component("blether_entities")
def settle_overlaps(doc: Doc) -> Doc:
    """Of overlapping spans keep the longest; at one length, what has a shape."""
    spans = [*doc.spans["patterns"], *doc.spans["on_behalf_of"], *doc.spans["phrases"]]
    doc.ents = filter_spans(spans)
    return doc


def _spans(doc: Doc, label: str, matches: Iterable[re.Match]) -> list[Span]:
    spans = (
        doc.char_span(match.start(), match.end(), label, alignment_mode="expand")
        for match in matches
    )
    return [span for span in spans if span is not None]


def _phone_spans(doc: Doc) -> list[Span]:
    if sum(map(str.isdigit, doc.text)) < FEWEST_DIGITS:
        return []
    matches = phonenumbers.PhoneNumberMatcher(
        doc.text, "GB", leniency=phonenumbers.Leniency.POSSIBLE
    )
    rung = [m for m in matches if len(re.sub(r"\D", "", m.raw_string)) >= FEWEST_DIGITS]
    spans = [doc.char_span(m.start, m.end, "phone", alignment_mode="expand") for m in rung]
    return [span for span in spans if span is not None]


def read_neighbourhoods(path: Path = PLACES) -> list[str]:
    """Every place's name and other spellings, lower case.

    Those that are ordinary words too ("ayr", "the town") are places only after
    a place word; `social_prescribing.places` weighs that, and they are left out.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spellings = [name for row in rows for name in [row["name"], *row["spellings"].split(";")]]
    doubtful = {name for row in rows for name in row["spellings_after_a_place_word"].split(";")}
    plain = {name.strip().lower() for name in spellings} - doubtful - {""}
    return sorted(plain | {name.replace("'", "") for name in plain})


def build_pipeline(neighbourhoods: list[str]) -> Language:
    """Our spaCy pipeline: blank English, phrases from lists, shapes, one winner a span."""
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe(
        "span_ruler",
        config={"spans_key": "phrases", "phrase_matcher_attr": "LOWER", "overwrite": True},
    )
    phrases = {"neighbourhood": neighbourhoods, "day": [*_DAY_SPELLINGS, *_DAY_PHRASES],
               "time": _TIME_PHRASES}  # fmt: skip
    ruler.add_patterns(
        [{"label": label, "pattern": phrase} for label, all_ in phrases.items() for phrase in all_]
    )
    pipeline.add_pipe("blether_patterns")
    pipeline.add_pipe("blether_on_behalf_of")
    pipeline.add_pipe("blether_entities")
    return pipeline


@lru_cache(maxsize=1)
def the_pipeline() -> Language:
    """The process's one pipeline, built when first needed."""
    return build_pipeline(read_neighbourhoods())


def find_entities(text: str) -> list[dict[str, Any]]:
    """Marked spans in reading order, each as Rasa wants an entity."""
    return [
        {
            "entity": span.label_,
            "start": span.start_char,
            "end": span.end_char,
            "value": span.text,
            "extractor": EXTRACTOR,
        }
        for span in the_pipeline()(text[:LONGEST]).ents
    ]


class SpacyEntities(GraphComponent):
    """Adds places, phone numbers, days, times and whom a text is for to a message's entities."""

    @staticmethod
    def required_packages() -> list[str]:
        """What finds them."""
        return ["spacy", "phonenumbers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpacyEntities":
        """Finds by the places as they now stand in `data/places/`."""
        check_keys(cls, config)
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark the spans in what a patient wrote."""
        for message in messages:
            found = find_entities(message.get(TEXT) or "")
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
