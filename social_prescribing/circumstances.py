"""Circumstances: what a patient's own words say of who they are, for whom a support is.

Read only to choose among supports: never shown, never stored. What is not said
is not guessed; a support for some people alone is then named last, or not.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).resolve().parent.parent / "data" / "supports" / "circumstances.csv"

OLDEST, YOUNGEST = 110, 6
FIRST_YEAR_AT_SCHOOL = 11  # years; S1 is about twelve
# What a figure counts that is no age: floors, money, distances, doors, how long or how often.
NO_AGE = (
    r"(?! ?(?:weeks?|wks?|months?|mths?|days?|hours?|hrs?|mins?|minutes?|stone|st\b|kg|lbs?|quid"
    r"|pounds?|p\b|%|percent|years? (?:in|at|sober|clean|here|married|with|on)|miles?|bags?|am\b"
    r"|pm\b|grand|k\b|to\b|times|foot|ft\b|and (?:a )?half (?:weeks|stone|hours?|years? in)"
    r"|flai?rs?|flaers?|flights?|floors?|store?ys?|stories|stairs?|up\b|doon\b|down\b|th\b"
    r"|steps?|stops?"
    r"|points?|payments?|letters?|visits?|sessions?|pints?|cans?|tablets?|jags?|weans?|kids?"
    r"|bairns?|grand\w+|folk|people|of (?:us|them)\b|or \d|[/.:]\d|-\d"
    r"|[A-Z][a-z]+ (?:st|street|rd|road|ave|avenue|cres|crescent|dr|drive|pl|place|lane|court"
    r"|gdns|gardens|terr|terrace|quad\w*|path|gate|wynd|way|square|sq)\b))"
)
# "I am 72", "a'm 17 year old", "72 yr old man here", "lassie 15 yrs", "im in S3"; not "I am 12
# weeks pregnant", "30 quid", "i am 9 to 5 at my work", "the stairs are killin me, 7 flair up".
SAYS_AGE = re.compile(
    r"(?:\b(?:i am|i'?m|im|am|a'?m|ahm)|(?:^|[.!?\n] *|\b(?:just|only|it'?s) )me,?"
    r"|\b(?P<of_whom>aged?|turned|turning|be))\s+"
    r"(?:only |just |nearly |now |aged )?"
    rf"(?P<age>\d{{1,3}})\b{NO_AGE}"
    r"|^\W*(?P<first>\d{1,3})[ -]?(?:yrs?|years?|yo|y/o)[ -]?(?:old|auld|of age)?\b(?! (?:in|at"
    r"|on))"
    r"|^\W*\w+ (?P<second>\d{1,3}) ?(?:yrs?|years?|yo|y/o) ?(?:old|auld|of age)?"
    r"(?= ?(?:$|[,.!]|n\b|and\b))"
    r"|\bim in s(?P<school>[1-4])\b",
    re.IGNORECASE,
)
# "My boy aged 7 has nae bed": whoever stands before the age is the one who has it.
OF_ANOTHER = re.compile(
    r"\b(?:he|she|it|they|who|son|boy|lad|daughter|girl|lassie|wean|weans|kid|kids|child|children"
    r"|baby|bairn|grand\w+|brother|sister|nephew|niece|\w+'s)\b[^.!?]{0,25}$",
    re.IGNORECASE,
)
SAYS_THEIR_AGE = re.compile(
    r"\b(?:she|he|they|mum|mam|maw|mother|dad|da|father|gran|granny|granda|nana|husband|wife"
    r"|neighbour|auntie|aunt|uncle|sister|brother)(?:'?s| is|s|,)? (?:only |just |nearly |now )?"
    r"(?P<age>\d{2,3})\b(?!\s*(?:weeks?|months?|days?|stone|quid|pounds?|years? (?:in|at)))",
    re.IGNORECASE,
)
OLDER_FROM = 60
CHILD_UNDER = 16  # years


def read_age(words, *, on_behalf=False):
    """The age in years that the words state of who needs the support, or None.

    on_behalf: the text is written for somebody else; then it is theirs that counts.
    """
    said = words.replace("\u2019", "'")
    found = SAYS_THEIR_AGE.search(said) if on_behalf else _own_age(said)
    if not found:
        return None
    if found.lastgroup == "school":
        return FIRST_YEAR_AT_SCHOOL + int(found["school"])
    age = int(found[found.lastgroup])
    return age if YOUNGEST <= age <= OLDEST else None


def _own_age(said):
    """The first age that the writer says of themselves, a match; None where there is none."""
    for found in SAYS_AGE.finditer(said):
        of_whom = found["of_whom"] and OF_ANOTHER.search(said[: found.start()])
        if not of_whom:
            return found
    return None


def read_circumstances(words, *, needs=(), on_behalf=False):
    """Ids of CIRCUMSTANCES that the words say, a frozenset.

    needs: ids of what is asked for; some words mean something only beside their need
        ("my drinking" in a text about the kitchen tap says nothing).
    on_behalf: the text is written for somebody else, whose sex and age it does not say
        when it says "I'm a mum".
    """
    said = words.casefold().replace("\u2019", "'")
    found = {name for name, pattern in _patterns().items() if pattern.search(said)}
    found -= {name for name, of in ONLY_BESIDE.items() if not of.intersection(needs)}
    if on_behalf:
        found -= OF_THE_WRITER
    age = read_age(words, on_behalf=on_behalf)
    if age is not None and age >= OLDER_FROM:
        found.add("older_people")
    if "someone_elses_addiction" in found:
        found -= {"drinking", "drugs", "gambling", "injecting_drugs"}
    if "refugees" in found:
        found.discard("people_seeking_asylum")  # that is over: status has come
    if {"men", "women"} <= found:
        found -= {"men", "women"}  # the words speak of both; which the patient is, is not said
    return frozenset(found)


OF_THE_WRITER = {"men", "women", "young_people", "older_people", "lone_parents"}
ONLY_BESIDE = {
    "drinking": {"addiction"},
    "drugs": {"addiction"},
    "gambling": {"addiction", "money"},
    "injecting_drugs": {"addiction"},
    "someone_elses_addiction": {"addiction"},
    "smoking": {"healthy_living", "addiction"},
    "court_case": {"legal", "domestic_abuse"},
    "crime": {"legal"},
    "stalking": {"domestic_abuse"},
    "problem_at_work": {"employment_learning", "legal"},
    "young_people": {"youth", "transport", "addiction", "mental_wellbeing", "family"},
    "veterans": {"disability", "loneliness", "housing", "mental_wellbeing"},
    "homeless": {"homelessness", "housing", "food", "asylum_immigration", "addiction", "digital"},
}


@lru_cache
def _patterns():
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {name: re.compile(",".join(words)) for name, *words in rows}
