"""Yes and no, and this or that, in every way that patients say them."""

import re
from functools import lru_cache
from pathlib import Path

from social_prescribing.needs import in_patient_words

PHRASES = Path(__file__).resolve().parent.parent / "data" / "answers"

EMOJI = {"👍": True, "👌": True, "✅": True, "✔": True, "🙏": True, "👎": False, "❌": False}
OPENINGS = re.compile(
    r"(?:(?:oh|och|ach|ah|well|eh|um|erm|em|hmm+|so|hi|hiya|hello|sorry|but|and|just|then|actually"
    r"|honestly|god|hell|aw|thanks|thank you|ta|hen|pal|in (?:that|which) case|that being so"
    r"|(?:i|a|ah) (?:already |have )?(?:said|telt ye|told you|told ye)"
    r"|under the circumstances)[ ,.!]+)*"
)
# "OK, no thanks" and "aye but leave it": how far into a text a no may still come.
NO_AFTER_ALL_WITHIN = 20
# "No before 10" and "aye but no if ma man's in" set a limit; that no refuses nothing.
LIMIT = re.compile(
    r"\b(?:no|not|nae|never|don't|dont|dinnae)(?= (?:(?:ring|phone|call|me|us|on|a|the|in|at) )*"
    r"(?:before|afore|till|til|until|after|efter|between|if|when|while|unless|during|too|first"
    r"|(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:days?)?\b|tomorrow|the morra|morra"
    r"|mornings?|afternoons?|evenings?|nights?|week ?ends?|weekdays?)\b)"
)
# "Nae bother" and "no harm in it" are kind ways of saying yes.
NO_IN_YES = re.compile(
    r"\b(?:no|nae|not a|no a) (?:bother|problems?|probs?|prob|worries|harm|objections?"
    r"|mistakes?"
    r"|changes?|complaints?|need (?:to|tae) change)\b(?! with)"
)
# "In that case, yes" and "since it's free, go ahead": the answer stands after its reason.
REASON_FIRST = re.compile(
    r"^(?:well |och |then )?(?:if|since|seeing|as long as|so long as|as|given|because|cos|now"
    r"|after|when|once|having said"
    r" that|just)\b[^,;]*?(?:[,;]\s*(?:then )?|\bthen )"
)
# "It costs me to listen so no", "will they tell my mum tho... aye ok": or it comes last.
ANSWER_LAST = re.compile(
    r"(?:[,.;?!]|\bso|\bbut|\bthen) ?(?P<said>yes|yeah|aye|no|naw|nah)"
    r"(?: (?:please|pls|thanks|thank you|ta|hen|pal|ok|okay|then|fine|go on|go ahead))*$"
)
# "I would rather you did not": a wish for the contrary, however politely it begins.
RATHER_NOT = re.compile(
    r"\b(?:rather|sooner|prefer)(?: that| if)?(?: (?:you|ye|yous|they|she|he|it))? "
    r"(?:did not|didn'?t|didnae|didny|do not|don'?t|dinnae|was not|wasn'?t|not|no|nae)\b"
)
# A lone "hmm" is neither, whatever it was taken for; and so is a lone "?".
HESITATES = re.compile(r"^\W*(?:h+m+|u+h*m+|e+r+m*|eh)?\W*$", re.IGNORECASE)
# A figure chooses a quick reply where it is all that is said: "1", not "1 o'clock".
LONE_FIGURE = re.compile(r"^[12]\b(?!$)")

# "That's grand cheers" takes note of what was said; "aye" alone, or "aye please", may want it.
TAKES_NOTE = re.compile(
    r"^(?=.*\b(?:thanks|thank|cheers|ta|ty)\b|(?!.*\b(?:aye|yes|yeah|yep|yup)\b))"
    r"(?:(?:that'?s|that is|ok|okay|k|grand|great|fine|good|brilliant|brill|perfect|lovely|super"
    r"|sound|cheers|thanks|thank you|thankyou|ta|ty|very much|so much|a lot|hen|pal|son|aye|yes"
    r"|yeah|no bother|nae bother|no worries|nae worries|will do|magic|cool|right|then|bye|👍|🙏|👌)"
    r"(?:\W+|$))+$",
    re.IGNORECASE,
)


def takes_note(text):
    """Whether a text only says that it has taken note, and wants nothing."""
    return bool(TAKES_NOTE.match(text.strip()))


def read_yes_no(text, *, intent=""):
    """Read a yes (True), a no (False) or neither (None).

    `intent` is what the bot understood, for texts that begin like neither.
    """
    opening = opens_with_yes_no(text)
    if opening is not None:
        return opening
    if _opens_with("neither", _plain(text)) or HESITATES.match(text):
        return None
    return {"affirm": True, "deny": False, "safe_yes": True, "safe_no": False}.get(intent)


def opens_with_yes_no(text):
    """A yes or a no by the words that a text begins with, or None."""
    said = NO_IN_YES.sub("yes", LIMIT.sub("limit", _plain(text)))
    for emoji, meaning in EMOJI.items():
        if said.startswith(emoji) or (said.endswith(emoji) and len(said) <= len("ta pal") + 2):
            return meaning
    if LONE_FIGURE.search(said):
        return None
    if RATHER_NOT.search(said):
        return False
    opening = _opening(said)
    if opening is None and (reason := REASON_FIRST.match(said)):
        opening = _opening(said[reason.end() :])
    if opening is None and not _opens_with("neither", said) and (last := ANSWER_LAST.search(said)):
        opening = _opening(last["said"])
    return opening


def _opening(said):
    yes, no, neither = (_opens_with(phrases, said) for phrases in ("yes", "no", "neither"))
    after_all = _phrases("no_after_all").search(said[:NO_AFTER_ALL_WITHIN])
    if after_all and after_all[0] not in yes:  # "aye but no" is a no
        return False
    if len(neither) >= max(len(yes), len(no)):
        return None
    return len(yes) > len(no)


def _plain(text):
    return re.sub(r"[’`]", "'", text.casefold()).strip(" .!,\n")


def _opens_with(phrases, said):
    """The longest of the phrases that the text opens with, or an empty text."""
    match = _phrases(phrases).match(said, OPENINGS.match(said).end()) or _phrases(phrases).match(
        said
    )
    return match[0] if match else ""


@lru_cache
def _phrases(name):
    """A pattern of the phrases in one file of data/answers, the longest first."""
    lines = (PHRASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    phrases = sorted((line for line in lines if line and line[0] != "#"), key=len, reverse=True)
    patterns = (re.escape(phrase).replace("'", "'?") for phrase in phrases)  # "dont" is "don't"
    return re.compile(rf"(?:{'|'.join(patterns)})(?!\w)")


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
