"""Names of patients, as they say them: "call me wee Mo", "it's Mrs O'Donnell-Khan"."""

import re
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from social_prescribing.contact_times import read_contact_times
from social_prescribing.languages import read_language
from social_prescribing.places import find_place
from social_prescribing.questions import split_question

INITIAL = r"(?:[A-Z]\.)+[A-Z]?\.?"
TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Rev|Fr|Md|Mx|St)\."
NAME_WORD = rf"(?:{TITLE}|{INITIAL}|[^\W\d_][\w'’-]*)"
RELATIVE = (
    r"(?:mum|maw|mam|dad|da|gran|granny|son|daughter|wife|husband|man|sister|brother|mother|father"
    r"|partner|pal|friend)"
)
# "Jean" after "her name is" is a name, whatever her daughter's is.
WHOSE = rf"(?:m[ya]|her|his|their|the|(?:m[ya] )?{RELATIVE}(?:'?s)?)"
SAYS_NAME = re.compile(
    rf"\b(?:{WHOSE} (?:full |first |real |right )?name(?:'?s| is)"
    rf"|name (?:is|should be|shd be|is spelt|spelt)|name's|name:|name -"
    rf"|call me|cry me|calls me|asks? f[ou]r|put (?:me |him |her )?doo?w?n(?: as)?|k(?:no"
    rf"|e)ns? me as|know me as|the name|this is|it'?s me,?|names|they call me"
    rf"|i am called|am called|a'?m called|she's called|he's called|shes called|hes called)\s+"
    rf"((?:{NAME_WORD}\s*){{1,4}})",
    re.IGNORECASE,
)
# Said in passing, only what is written as a name counts: "its Shug, G22", "Margaret here".
SAYS_NAME_IN_PASSING = re.compile(
    r"(?:^(?:(?:[Nn]o|[Nn]aw|[Aa]ye|[Yy]es|[Nn]ope|[Ss]orry|[Aa]ctually)[ ,]+)?|[,.!\n] ?"
    r"|\b[Hh](?:i|iya|ello|ullo)\b[ ,]*)(?:[Ii]t'?s|[Ii]'?m|[Aa]'?m|[Aa]m|I am)\s+"
    r"((?:[A-Z][\w'’-]+ ?){1,3})(?=$|[,.;!\n]|here\b|btw\b|by the way|and (?:I|i|am)\b)"
    r"|^(?:[Hh](?:i|iya|ello)[ ,]+)?((?:[A-Z][\w'’-]+ ?){1,3})here\b"
)
# "I have to ask for everything" tells of one's own asking; "told them to ask for Jean" does not.
OWN_ASKING = re.compile(
    r"\b(?:i|i'?ve|i'?m|i'?d|a|ah|we|she|he)"
    r"(?: (?!(?:tell|told|say|says|said|you|ye|yous|them|they)\b)[\w']+){0,4} asks? f[ou]r\b",
    re.IGNORECASE,
)
# "Id rather not give my name": what is refused is no name.
KEEPS_IT = re.compile(
    r"\b(?:rather|prefer|sooner)(?: to)? (?:not|no|stay|remain|keep)\b|\banonymous\b"
    r"|\b(?:not|no|don'?t|dinnae|won'?t|wouldn'?t) (?:\w+ ){0,3}"
    r"(?:give|giving|giein|say|saying|share|sharing|tell|telling)\b",
    re.IGNORECASE,
)
ANSWER_OPENING = re.compile(
    r"^(?:اسمي|мене звати|меня зовут|me llamo|mi nombre es|mam na imię|nazywam się|jestem|mi chiamo"
    r"|je m'appelle|meu nome é|chamo-me|mă numesc|benim adım|adım|tên tôi là|magacaygu waa"
    r"|hi|hello|hiya|aye|yes|yeah|ok|okay|sure|eh|um|just|only|simply|tis|well|oh|say|call me"
    r"|cry me|this is|it'?s me|it'?s|it is i\b|it is|that'?s|that is|a'?m|i'?m|i am|tell (?:them"
    r"|her|him) to"
    rf"|{WHOSE} (?:full |first )?name(?:'?s| is)?\??|name(?:'?s| is)?"
    r"|(?:you|ye|they|she|everybody|folk|people|a'body) (?:can |cin |aw |all )?"
    r"(?:just )?(?:say|calls? me|cry me|cries me|ask for|asks for)"
    rf"|asks? f[ou]r me|asks? f[ou]r|mines? is|(?:for |fur )?(?:my|ma) {RELATIVE}(?:'s name is)?"
    r"|f[ou]r (?:my|ma)|f[ou]r|jist|say it'?s f[ou]r|say|(?:you "
    r"|ye )?(?:can )?put (?:me )?down(?: as)?"
    r"|(?:change|make) it(?: tae| to)?)"
    r"(?!['’])(?:\b|(?<=\?))[\s,:.-]*",
    re.IGNORECASE,
)
# What follows a name in one breath ends it: "Shug here", "Ann, ring after 2", "Jo on 0770…".
NAME_ENDS = re.compile(
    r"\s*(?:[,;!?\n(/]|(?<=\w\w)\.(?!\w)(?<!Mr\.)(?<!Mrs\.)(?<!Dr\.)(?<!Md\.)(?<!Ms\.)"
    r"| - | an (?:ma|a|ye)\b| on \d| \d|'s (?:fine|ok|it|ma|my|me)\b"
    r"| (?:i|im|i'm|am|a'm|and|but|here|btw|x+|please|pls|plz|thanks|thank|ta|hen|pal|fae|from|ma"
    r"|my"
    r"|is|are|wi|fine|will do|'ll do|ring|phone|call|efter|after|before|any ?time|whenever"
    r"|mornings?"
    r"|afternoons?|evenings?|no|not|her|his|their|cos|because|at|or|they|she|he|it'?s|its|with|fur"
    r"|for"
    r"|that'?s|thats|who|she'?s|he'?s|again|okay|ok)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_NAME = 40
NO_NAMES = Path(__file__).resolve().parent.parent / "data" / "answers" / "no_names.txt"


@lru_cache
def _no_names():
    lines = NO_NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and line[0] != "#")


# "Laidlaw. Bruce Laidlaw"
SURNAME_FIRST = re.compile(rf"({NAME_WORD})[.,] ({NAME_WORD} \1)\W*$", re.IGNORECASE)


def read_name(text, *, was_asked):
    """The patient's name where they say it, or where it was asked for; else None."""
    if was_asked and (KEEPS_IT.search(text) or _asks_something(text)):
        return None
    if found := SAYS_NAME.search(OWN_ASKING.sub(" ", text)):
        said = found.group(1)
        longest = 4 if was_asked else 2
        name = _as_name(_own_name_of(said, text), longest=longest)
        if name:
            return name
    if not was_asked:
        found = SAYS_NAME_IN_PASSING.search(text)
        name = _as_name(found.group(1) or found.group(2), longest=3) if found else None
        return name and _in_full(name, text)
    said = re.sub(r"\s+", " ", _starred(text)).strip()
    if twice := SURNAME_FIRST.match(said):
        said = twice[2]
    while (rest := ANSWER_OPENING.sub("", said, count=1).strip()) != said:
        said = rest
    return _as_name(said, longest=5) or _at_the_end(said)


def _asks_something(text):
    """ "Will it be a man or a woman that phones" is no name; "Will Johnstone" is one."""
    rest, asked = split_question(text)
    return not rest and len(asked.split()) > LONGEST_ASKED_AS_NAME


LONGEST_ASKED_AS_NAME = 4  # words: "Will O'Neill"


def _at_the_end(said):
    """ "dont have one lol, its Callum": the name that a longer answer comes to."""
    found = re.search(r"\b(?:[Ii]t'?s|[Nn]ames?) ((?:[A-Z][\w'’-]+ ?){1,3})$", said)
    return _as_name(found.group(1), longest=3) if found else None


def _in_full(name, text):
    """ "its Shug by the way, Shug McGlinchey": the first name with what follows it elsewhere."""
    longer = re.search(rf"\b{re.escape(name)} ([A-Z][\w'’-]+)", text)
    return f"{name} {longer.group(1)}" if longer and " " not in name else name


def _starred(text):
    """ "Gilian Tosh *Gillian": the word with the star stands in the place of the one like it."""
    main, star, better = text.partition("*")
    better = re.match(rf"\s*({NAME_WORD})", better)
    if not (star and better and main.strip()):
        return text.strip("* ")
    words = main.split()
    like = max(words, key=lambda word: SequenceMatcher(None, word, better.group(1)).ratio())
    return main.replace(like, better.group(1))


def _own_name_of(said, text):
    """ "names no Shug its Hugh": what is not the name is passed over."""
    denied = re.match(r"(?:no|not|wrong)\b", said, re.IGNORECASE)
    instead = re.search(rf"\bit'?s ((?:{NAME_WORD}\s*){{1,3}})", text, re.IGNORECASE)
    return instead.group(1) if denied and instead else said


def read_corrected_name(text, name, *, is_fresh=False):
    """The name that a text puts in the place of `name`: "its Hughie no Shug"; else None.

    is_fresh: the name was said just before, so that "*Jeanette" can be no other correction.
    """
    if not name:
        return None
    starred = re.fullmatch(rf"\s*\*\s*({NAME_WORD}(?: {NAME_WORD})?)\W*", text)
    if is_fresh and starred and find_place(starred.group(1)) is None:
        return _as_name(starred.group(1), longest=2)
    old = re.escape(name.split()[0])
    for pattern in (
        rf"({NAME_WORD}(?: {NAME_WORD})?),? (?:no|not|nae) {old}\b",
        rf"\b(?:no|not|nae) {old}\b[ ,.]*(?:it'?s |but )?({NAME_WORD}(?: {NAME_WORD})?)",
        rf"\b{old}\b(?:'s)? (?:is |was )?(?:wrong|spelt wrong)[ ,.]*(?:it'?s )?({NAME_WORD})",
    ):
        if found := re.search(pattern, text, re.IGNORECASE):
            said = found.group(1)
            while (rest := ANSWER_OPENING.sub("", said, count=1).strip()) != said:
                said = rest
            better = _as_name(said, longest=2)
            # "its Rab no Mrs Docherty": the whole of it was wrong.
            is_whole = name.casefold() in text.casefold()
            return better if is_whole else _with_the_rest_of(name, better)
    # "no its siobhan" after "Siobahn": so like it that it must be the same name.
    likely = re.search(rf"\b(?:it'?s|spelt|spelled) ({NAME_WORD})", text, re.IGNORECASE)
    if likely and likely.group(1).casefold() != old.casefold():
        alike = SequenceMatcher(None, likely.group(1).casefold(), name.split()[0].casefold())
        if alike.ratio() >= ALIKE:
            return _with_the_rest_of(name, _as_name(likely.group(1), longest=1))
    return None


def _with_the_rest_of(name, better):
    """ "its Jim not Jom" after "Jom Rafferty" is Jim Rafferty."""
    rest = name.split()[1:]
    return " ".join([better, *rest]) if better and rest and " " not in better else better


ALIKE = 0.6  # of 1, as difflib measures it


def _as_name(said, *, longest):
    """Cut what follows the name; None where what is left cannot be one."""
    said = re.sub(
        r"\b(?:family name|surname|last name|second name)\b(?: is)?", "", said, flags=re.I
    )
    said = NAME_ENDS.sub("", " ".join(said.split())).strip(" ,!-")
    said = said if re.fullmatch(rf".*(?:{TITLE}|{INITIAL})", said) else said.strip(".")
    words = said.split()
    if not words or len(words) > longest or len(said) > LONGEST_NAME:
        return None
    if read_contact_times(said) or read_language(said):
        return None  # "any time" and "arabic" are no names
    if words[0].casefold() in _no_names() or re.search(r"\d", said):
        return None
    if not re.fullmatch(rf"{NAME_WORD}(?:\s+{NAME_WORD})*", said):
        return None
    return " ".join(map(_capitalised, words))


def _capitalised(word):
    """As people write names; a capital inside is their own doing: McTavish, al-Masri."""
    if "." in word or (any(c.isupper() for c in word) and not (word.isupper() and len(word) > 2)):
        return word
    return word.capitalize() if "-" not in word else "-".join(map(_capitalised, word.split("-")))
