"""Words of time in plain English: Scots, txt speak, slips of the thumb, figures in words.

"efter hauf twa on a tusday" becomes "after 2:30 on a tuesday", so that what reads days and
hours need know one word for each. The spellings stand in `data/answers/time_spellings.tsv`.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from symspellpy.editdistance import DistanceAlgorithm, EditDistance

SPELLINGS = Path(__file__).resolve().parent.parent / "data" / "answers" / "time_spellings.tsv"

NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40,
}  # fmt: skip

# Words that a slip of the thumb is put right to, and real words that look like such a slip.
OFTEN_MISSPELT = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow",
    "morning", "mornings", "afternoon", "afternoons", "evening", "evenings", "before", "after",
    "between", "weekday", "weekdays", "weekend", "weekends", "whenever", "anytime",
)  # fmt: skip
NO_SLIPS = {"mourning", "moaning", "frida"}
# Letters swapped, missing, too many or another, whichever are fewest.
SLIPS = EditDistance(DistanceAlgorithm.DAMERAU_OSA_FAST)
SHORTEST_SLIP = 5  # letters
LONG_WORD = 8  # letters; in a shorter one another letter makes another word

# What is said in several words, and the plain way of saying it. In this order.
PHRASES = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^(?:(?:no|yes|aye|oh|och|sorry|well|um|eh) ,? ?)+(?=not? )", ""),
        (r"\bcan ?not\b|\b(?:rarely|seldom|hardly)(?: ever)?\b", "not"),
        (r"\bif (?:you|that|it|i)(?:'s)? (?:not|no"
         r"|doesn't)(?: \w+)?? (?:then )?(?=\w+day\b)", "or "),
        (r"\b1 ?st thing\b", "first thing"),
        (r"\bif not\b|\bfailing that\b", "or"),
        (r"\bmwf\b", "mon wed fri"),
        (r"\btts\b", "tue thu sat"),
        # "9 2 5", "mon 2 fri"
        (r"\b(\d{1,2}|[a-z]{3,}day|mon|tues?|wed|thurs?) 2 (?=(?:\d{1,2}|[a-z]{3,}day"
         r"|tues?|wed|thurs?|fri|sat|sun)\b)", r"\1 to "),
        (r"\bhalf of (?=\d)", "half "),
        (r"\b(\d{1,2}) or (?:so|thereabouts)\b", r"about \1"),
        (r"(\d) (?:sharp|on the dot|prompt)\b", r"\1 oclock"),
        (r"\bin the am\b", "in the morning"),
        (r"\bin the pm\b", "in the afternoon"),
        # Whose school, nursery or bed is spoken of.
        (r"\b(?:they're|they are|they|them|she's|he's) (?:all |both )?"
         r"(?=(?:away |back )?(?:at|in|to|from) (?:the )?(?:school|nursery)\b)", "kids "),
        (r"\b(?:wee (?:1|man|lassie|lass|boy|girl|ones)|baby)(?:'s)?"
         r"(?= (?:is |are )?(?:down|in bed|asleep|to bed|at nursery|at school"
         r"|in \w+ bed)\b)", "kids"),
        # "The day" is today, but "the day after" and "the day centre" are not.
        (r"\bthe tomorrow\b", "tomorrow"),
        (r"\b(?:the )?day after tomorrow\b", "overmorrow"),
        (r"\b(tomorrow\b.*)\bthe (?:next day|day after)\b", r"\1overmorrow"),
        (r"(?<!of )(?<!through )(?<!during )(?<!in )(?<!all )\bthe day\b"
         r"(?! (?:after|before|centre|center|off|nursery|care|i|my|when|of))", "today"),
        (r"(?<!in )(?<!during )(?<!through )(?<!of )(?<!at )(?<!for )\bthe night\b(?! (?:shift"
         r"|job|before))",
         "tonight"),
        (r"\bsoonest\b", "asap"),
        (r"\bother than\b|\bwith the exception of\b|\bapart from\b|\bexcept (?:for|from)\b"
         r"|\bbut for\b", "except"),
        (r"\bavoid(?:ing)?\b|\banything but\b|\bwithout\b|\bsteer clear of\b", "not"),
        # "any day but friday" leaves friday out; "not tuesday but friday" does not.
        (r"\b((?:any|every|all|anything|whenever)\b[\w ]{0,20}?) but (?!not|no|i|only|just)",
         r"\1 except "),
        (r"\bgive (?:me|us|her|him)? ?till (?:after |about |at least )*", "after "),
        (r"\b(?:not|no) (before|after|till)( [\w:]+(?: in the \w+)?) (?:or|nor) (before|after)\b",
         r"not \1\2 not \3"),
        (r"\b(?:not|no) (?:\w+ ){1,3}before (?:midday|lunch)\b", "not before 12pm"),
        # By itself it is a name.
        (r"\b(the|this|every|any|each|\w+day|tomorrow) eve\b", r"\1 evening"),
        (r"^midday(?= *$| please\b| is\b)", "at midday"),
        (r"\b12 midday\b", "12pm"),
        (r"\b(to|till|-|–|from|between|until|and) midday\b", r"\1 12pm"),
        (r"\bmidday (to|till|-|–|and) (?=\d)", r"12pm \1 "),
        (r"\btill late\b|\bto late\b", "onwards"),
        (r"\bpost (?=\d)", "after "),
        (r"\b(after|before|at|from|till|to|and|between|about) (?:the )?(\d{1,2}) "
         r"(?:h|hrs?|hours?|clocks?)\b", r"\1 \2 oclock"),
        (r"(\d{1,2}:\d{2}) (?:h|hrs?|hours?)\b", r"\1"),
        (r"\b(\d{1,2}) (?:h|clocks?)\b", r"\1 oclock"),
        (r"\b(\d{1,2}(?::\d{2})?) (?:oclock )?in the morning\b", r"\1am"),
        (r"\b(\d{1,2}(?::\d{2})?) (?:oclock )?(?:in the (?:afternoon|evening)|at night)\b",
         r"\1pm"),
    )
]  # fmt: skip


@cache
def _spellings():
    listed = {}
    for line in SPELLINGS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            plain, spellings = line.split("\t")
            listed |= dict.fromkeys(spellings.split("|"), plain)
    return listed


# "Deaf in one lug" tells no time.
ONE_OF_TWO = re.compile(
    r"\b(?:in|on|of|wi|with) (?:one|wan|yin) "
    r"(?:lug|ear|eye|leg|hand|haun|arm|foot|fit|knee|side|bit|piece|go|breath)\b"
)


def in_plain_words(text):
    """Lower case, plain words for Scots and txt speak, number words as figures."""
    said = re.sub(r"[’`]", "'", text.casefold())
    # Txt speak with a figure in it would fall apart below.
    said = re.sub(r"\b(?:[a-z]\d|\d[a-z]{2})\w*", lambda word: _plain_word(word[0]), said)
    said = re.sub(r"\b(\d{1,2}|noon|midday|lunchtime|teatime)\s*[-–]?\s*ish\b", r"\1", said)
    said = re.sub(r"\baft (?=\d|(?:" + "|".join(NUMBER_WORDS) + r")\b)", "after ", said)
    said = re.sub(r"\bo'?\s?clock\b", " oclock", said)
    said = ONE_OF_TWO.sub(" ", said)
    # "1030" by itself, and not a part of a phone number.
    said = re.sub(
        r"(?<![\d:.])(?<!\d )\b([01]?\d|2[0-3])([0-5]\d)(?=(?:am|pm)?\b)(?! ?\d)"
        r"(?! ?(?:a |per\b|pounds?|quid|p\b|%|mg))(?<!£\d{3})(?<!£\d{4})",
        r"\1:\2",
        said,
    )
    said = re.sub(r"\b(\d{1,2}(?:[:.]\d{2})?)\s*([ap])\.?m\b\.?", r"\1\2m", said)
    said = re.sub(r"(\d)\.(\d\d)", r"\1:\2", said)
    words = re.findall(r"\d{1,2}[:]\d{2}(?:am|pm)?|\d+(?:am|pm)?|[a-z']+|[-–,.;!?&/@]", said)
    said = " ".join(filter(None, map(_plain_word, words)))
    said = re.sub(
        r"\b(\d{1,2}|" + "|".join(NUMBER_WORDS) + r") (thirty|fifteen|forty 5|forty five)\b",
        lambda found: f"{_figure(found[1])}:{MINUTES[found[2].split()[0]]}",
        said,
    )
    said = " ".join(str(_figure(word)) for word in said.split())
    for pattern, plain in PHRASES:
        said = pattern.sub(plain, said)
    return said


DAY_NOW = ("today", "tomorrow", "tonight")
MINUTES = {"thirty": 30, "fifteen": 15, "forty": 45}


def _figure(word):
    return NUMBER_WORDS.get(word, word)


def _plain_word(word):
    bare = word.removesuffix("'s")
    for spelling in (word, bare):
        if plain := _spellings().get(spelling):
            return plain
    return bare if bare in NUMBER_WORDS or bare in DAY_NOW else _without_slip(word)


@lru_cache(maxsize=2048)
def _without_slip(word):
    """The word of time that is one slip away: two letters swapped, one missing or too many."""
    if len(word) < SHORTEST_SLIP or word in NO_SLIPS or word in OFTEN_MISSPELT:
        return word
    plural = word.endswith("s") and not word.endswith("ss")
    single = word.removesuffix("s") if plural else word
    for meant in OFTEN_MISSPELT:
        if single == meant:
            return word
        if _is_slip(single, meant) or _is_slip(word, meant):
            return f"{meant}s" if plural and not meant.endswith("s") else meant
    return word


def _is_slip(word, meant):
    if sorted(word[:2]) != sorted(meant[:2]) and word[0] != meant[0]:
        return False
    if _squeezed(word) == _squeezed(meant):
        return True
    has_another_letter = len(word) == len(meant) and sorted(word) != sorted(meant)
    is_long_enough = len(word) >= LONG_WORD or not has_another_letter
    return is_long_enough and SLIPS.compare(word, meant, 1) == 1


def _squeezed(word):
    """Double letters as one: "tommorow" and "tomorrow" are the same then."""
    return re.sub(r"(.)\1", r"\1", word)
