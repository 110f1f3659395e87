"""Answers: what a text answers, whichever question it was sent to.

People answer three questions at once, or one that was not asked. So every
text is read for everything that it may hold. A short answer ("Grace", "2",
"aye") is only read as an answer to the question that stands open.
"""

import re
from dataclasses import dataclass

from social_prescribing.contact_times import ContactTimes, read_contact_times
from social_prescribing.gazetteer import Place
from social_prescribing.languages import read_language
from social_prescribing.names import read_name
from social_prescribing.phone_numbers import (
    PhoneNumber,
    find_phone_number,
    without_phone_numbers,
)
from social_prescribing.places import find_home, find_place
from social_prescribing.questions import is_question
from social_prescribing.taking_up import takes_up_call
from social_prescribing.yes_and_no import opens_with_yes_no, read_yes_no

# In these questions a text is about the call, and a time in it is a time to ring.
ABOUT_THE_CALL = {"want_callback", "name", "phone", "time", "voicemail", "safe_contact", "confirm"}


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
    put_right = read_place_put_right(text, asks=asks)
    yes = None if put_right else read_yes_no(text, intent=intent)
    place = put_right or _read_place(text, asks)
    return Answers(
        yes=yes,
        name=read_name(text, was_asked=asks == "name"),
        place=place,
        area=_read_area(text, asks, place, yes),
        phone=find_phone_number(text),
        times=_read_times(text, asks),
        want_callback=_read_want_callback(text, asks, intent, yes),
        voicemail=_read_voicemail(text, asks, yes),
        language=read_language(text, asks=asks),
    )


# ----------------------------------------------------------------------- area


# "I was in Possil but now Milton"
LIVES_NOW = re.compile(
    r"\b(?:was|wis|used to|yist|moved|from|fae)\b.*\b(?:now|noo)\b(?P<where>.+)$", re.IGNORECASE
)


def _read_place(text, asks):
    """Where the patient is. Unasked, a place that they only go to or come from is none."""
    if now := LIVES_NOW.search(text):
        text = now["where"] if find_place(now["where"]) else text
    if asks in ("area", "confirm"):
        return find_place(text, is_asked_for=asks == "area")
    return find_home(text)


# "Sorry no, Scotstoun", "naw wait, it's G14": a no to the place that was given before.
PUTS_RIGHT = re.compile(
    r"^\W*(?:(?:oh|och|ach|aw|eh|well|aye|sorry|soz|apologies|no|naw|nah|nope|wait|hang on|hold on"
    r"|pal|hen|son|doll|dear|love|mate|m8"
    r"|actually|correction|scrap that|my mistake|(?:i|a|ah) me?ant?(?: to say)?)\b[\s,.!:;-]*)+"
    r"(?:(?:it'?s|its|it is|that'?s|should be|shd be|make (?:it|that)) )?(?P<where>[^,.;!?\n]+)",
    re.IGNORECASE,
)
# "No Drumoyne, we flitted, it's Cardonald noo": what it gives up may be named as well.
HAS_MOVED = re.compile(
    r"\b(?:flitted|(?:i|a|we)(?:'?ve)? (?:just )?moved|moved (?:house|to|tae|oot|out)"
    r"|(?:don'?t|dinnae|no|not) (?:live|stay|bide) there"
    r"|(?:it'?s|in|at) (?:\w+ ){1,3}(?:now|noo))\b",
    re.IGNORECASE,
)
# In these questions a no may be to the place. At "what is your name?" Calton is a name.
NO_TO_THE_PLACE = {"want_callback", "phone", "time", "voicemail", "safe_contact"}


def read_place_put_right(text, *, asks):
    """The place with which a text puts right the one given before, or None."""
    if asks not in NO_TO_THE_PLACE:
        return None
    if PUTS_RIGHT.match(text) and HAS_MOVED.search(text):
        return _read_place(text, asks)
    said = PUTS_RIGHT.match(text)
    if said is None or not (find_place(said["where"]) and only_says_where(said["where"])):
        return None
    return find_place(text)


def _read_area(text, asks, place, yes):
    """The area in words: the place's name, or the answer as given when it was asked for."""
    if place is not None:
        return place.name
    if asks != "area" or yes is not None or is_question(text) or read_contact_times(text):
        return None
    said = re.sub(
        r"^(?:in|at|near|i live in|i stay in|a stay in|ah stay in|am in|i'?m in|fae|from)\s+",
        "",
        text.strip(),
        flags=re.I,
    )
    return said[:80] if 0 < len(said.split()) <= 4 else None


# "I am staying in Townhead the now": where somebody lives, and nothing of how.
WHERE = re.compile(
    r"\b(?:i|i'?m|a'?m|am|a|ah|we|we'?re|live|lives|living|stay|stays|staying|stey|bide|bides"
    r"|biding"
    r"|reside|residing|in|at|near|by|the|ower|over|up|doon|down|fae|from|just|jist|noo|now|of"
    r"|aff|off"
    r"|beside|roon|round|glasgow|sir|madam|hen|yes|aye|please|g\d+\w*)\b",
    re.IGNORECASE,
)
MOST_WORDS_OF_A_PLACE = 2


def only_says_where(text):
    """Whether a text says where somebody lives, in a sentence that tells of nothing else."""
    return len(re.findall(r"\w+", WHERE.sub(" ", text))) <= MOST_WORDS_OF_A_PLACE


# ----------------------------------------------------------------------- times

ABOUT_A_CALL = re.compile(
    r"\b(?:ring|phon|fone|call|bell|buzz|get me|reach me)\w*\b", re.IGNORECASE
)
# A while ago, or for how long: nothing of when to ring.
STORY_OF_TIME = re.compile(
    r"\b(?:since|ago|last|for (?:the )?(?:past|last)|every (?:single )?(?:day|night)"
    r"|all day every)\b",
    re.IGNORECASE,
)


def _read_times(text, asks):
    """When to ring; where it was not asked, only in a text that speaks of a call."""
    if asks == "time":
        return read_contact_times(text)
    if STORY_OF_TIME.search(text):
        return None
    text = NO_CLOCK.sub(" ", without_phone_numbers(text))
    sentences = SENTENCES.split(text)
    of_the_call = [part for part in sentences if ABOUT_A_CALL.search(part)]
    corrects = asks not in ("", "need") and CORRECTS.search(text)  # before, nothing stands yet
    if (asks in ABOUT_THE_CALL or corrects) and not of_the_call:
        return read_contact_times(text)
    if not of_the_call:
        return None
    return _read_times_of_the_call(" ".join(of_the_call)) or _read_offered(sentences)


def _read_times_of_the_call(sentence):
    """In a story only the words about a call, or those after them, say when to ring."""
    clauses = re.split(r",\s*", sentence)
    first = next(i for i, clause in enumerate(clauses) if ABOUT_A_CALL.search(clause))
    return read_contact_times(", ".join(clauses[first:])) or read_contact_times(sentence)


def _read_offered(sentences):
    """ "I want that call after all. Monday morning would be good": the next few words say when."""
    after = next(at for at, part in enumerate(sentences) if ABOUT_A_CALL.search(part)) + 1
    offered = " ".join(sentences[after : after + 1])
    return read_contact_times(offered) if len(offered.split()) <= LONGEST_OFFER else None


LONGEST_OFFER = 8  # words
SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n")
# "Leave one" is a message, and "my phone" a thing: neither says when to ring.
NO_CLOCK = re.compile(
    r"\bleave (?:me |us |her |him )?(?:one|wan|1|a message|a msg|messages?)\b"
    r"|\bthe day(?:'?s| is) wr[oa]ng\b"
    r"|\b(?:check\w*|looks? (?:at|through)|go(?:es)? through|has|takes?|answers?|picks? up|lifts?) "
    r"(?:all )?(?:ma|my|the|her|his) (?:phone|mobile)\b",
    re.IGNORECASE,
)


# How a text begins that puts right what was said before: "*tuesday", "sorry, G51 not G15".
CORRECTS = re.compile(
    r"^\s*\*|^(?:(?:wait|hang on|hold on|no|naw|oh|och|eh)\W+)*(?:a|ah) me?ant?\b"
    r"|\b(?:sorry|actually|i me?a?nt?|i said|no wait|naw wait|scrap that|correction|instead"
    r"|make (?:it|that)|change (?:it|that|ma|my|the)|chang(?:e|ed|ing)|wrong|typo|no that|rather"
    r"|(?:it'?s|its) no[t]? \w+ (?:it'?s|its)|should be|shd be|better if)\b|\bnot? \w+$"
    r"|, ?no[t]? \w+",
    re.IGNORECASE,
)


# -------------------------------------------------------------------- callback

RING = r"(?:ring|phone|fone|call|bell|buzz)"
RING_ME = re.compile(
    rf"\b{RING}\s*(?:me|us|ma|my|him|her|them)\b|\b(?:ring|phone|call) ?back\b"
    rf"|\bgi(?:ve|e|e'?s|'s|s)?\s*(?:me|us|him|her|a)?\s*(?:a\s*)?(?:wee\s*)?{RING}\b"
    r"|\b(?:can|could|want|like|need|get|wid like)\b.{0,20}\b(?:speak|talk|blether)\s*(?:to|tae|wi"
    r"|with)\s*"
    r"(?:some|sum|a person|a human|a real|a link|the link|any)"
    r"|\b(?:speak|talk|blether)\s*(?:to|tae|wi|with)\s*(?:a person|a human|a real|a link|the link)"
    r"|\b(?:can|could|gonnae|will) (?:some(?:one|body)|any(?:one|body)|they|she|he|you|yous|ye) "
    rf"(?:please |pls |plz )?{RING}\b"
    rf"|\ba (?:wee )?(?:phone ?)?(?:ring|call|phone call) (?:would|wid|wd|please|back)"
    r"|\b(?:want|like|need|see) (?:a|the) (?:link ?worker|call)\b"
    r"|\b(?:can|could|cin|kin|may) (?:i|a|ah|we) (?:still |please )*(?:get|have) "
    r"(?:a|the|that|my|ma) (?:wee )?(?:phone ?)?call\b",
    re.IGNORECASE,
)
# Who has not rung is somebody else: "the council never phone me back".
SOMEBODY_ELSE = re.compile(
    rf"\b(?:they|he|she|nobody|naebody|council|office|dwp|landlord|housing|factor|family|weans|kids"
    rf"|son|daughter|work|doctors?|\w+s)\b[^.,!?]{{0,20}}"
    rf"\b(?:don'?t|dont|never|dinnae|won'?t|wont|doesn'?t|disnae|willnae|will no) (?:even )?{RING}",
    re.IGNORECASE,
)
SELF_HELP = re.compile(
    rf"\b(?:i'?ll|i will|a'?ll|ah'?ll|i can|i'?d rather) (?:just )?{RING}\w* (?:them|it|the|that"
    rf"|him|her|reception)"
    r"|\b(?:i'?ll|i will|a'?ll|al|ah'?ll) try (?:them|it|that|these) (?:\w+ )?(?:first|masel"
    r"|myself|mysel)\b",
    re.IGNORECASE,
)
NO_CALL = re.compile(
    r"\b(?:don'?t|dont|dnt|dinnae|dinny|do not|never|no|nae|not|without|needn'?t|neednae)\s+"
    r"(?:want |wantin |wanting |need |needin |needing |bother |trouble |be |any |anybody |anyone "
    r"|somebody |someone |folk |a |you |yous |ye |to |the |tae |for |them |her |him "
    r"|he |she |that |this |ma |my |with |wi )*"
    r"(?:ring(?:in|ing)?|(?:tele)?phone|calls?|phonin|phoning|telephoning|callin|calling"
    r"|phone ?calls?|callback)\b"
    r"|\b(?:won'?t|will not|willnae|shan'?t|shall not|no longer|nae longer|not|no|no'?ll) "
    r"(?:be )?(?:need\w*|requir\w*) (?:\w+ ){0,4}"
    r"(?:ring(?:in|ing)?|rung|(?:tele)?phoned?|calls?|called|callback|link ?worker)\b"
    r"|\b(?:just|only) (?:the |for |wanted |want |looking for |some |a |after )*"
    r"(?:info|information|details|numbers?|text|address)\b"
    r"|\b(?:don'?t|dont|dinnae|dinny|do not) (?:really )?(?:want|wanna|feel like) (?:to |tae )?"
    r"(?:talk|talking|speak|speaking) (?:to|tae|wi|with) (?:any\w+|naebody|nobody|folk|people)\b"
    r"|\bchanged (?:my|ma) mind (?:about|aboot|on) (?:the |that |a |this )?(?:call|phone|ring)"
    r"|\b(?:info|information) only\b"
    r"|\bonly (?:by )?text\b|\btext only\b|\btext (?:me|us) instead\b"
    r"|\brather (?:you )?text(?:ed)?\b",
    re.IGNORECASE,
)
CHANGES_MIND = re.compile(r"\bchanged (?:my|ma) mind\b", re.IGNORECASE)
# "A dinnae phone folk" tells what somebody does, "that's no the call" of another one, and "no
# the phone has heard it wrong" of a dictated name.
OWN_CALLS = re.compile(
    r"\b(?:i|a|ah|we) (?:just |really )?(?:don'?t|dont|dinnae|never) (?:ever )?(?:ring|phone"
    r"|call)\b"
    r"|\b(?:never|not?) (?:\w+ ){0,2}(?:got|had|heard|gets?) (?:a |ma |my |the "
    r"|any )?(?:phone )?call"
    r"|\b(?:(?:i|a|ah|we|he|she|they)'?(?:ve|s)|has|have|got|wi|with) (?:got )?(?:nae|no)"
    r" (?:\w+ )?(?:tele)?phone\b(?! calls?)"
    r"|\bno,? (?:the|ma|my) phone (?:has |'s )?(?:heard|wrote|written|changed|put|spelt|got)\b",
    re.IGNORECASE,
)


# Who has had enough of being asked, and wants to be rung with what is known.
HURRIES = re.compile(
    r"\b(?:too many|enough|nae mair|no more|stop)\b.{0,12}\b(?:questions?|asking|texts?)\b"
    r"|\bjust (?:get|have|ask|gonnae|please)?.{0,25}\b(?:ring|phone|call)\b",
    re.IGNORECASE,
)


def hurries(text):
    """Whether a text asks for a call at once, and for no more questions."""
    return bool(HURRIES.search(text) and RING_ME.search(text) and not NO_CALL.search(text))


def refuses_call(text):
    """Whether a text says that no call is wanted. "Don't ring before 10" sets a limit only."""
    if SELF_HELP.search(text):
        return True
    if not NO_CALL.search(OWN_CALLS.sub(" ", text)) or SOMEBODY_ELSE.search(text):
        return False
    return not LIMITED_CALL.search(text)


# What follows "don't ring" and leaves other times, numbers or ways open.
LIMITED_CALL = re.compile(
    r"\b(?:ring\w*|phon\w*|calls?|calling|callback)(?: (?:me|us|him|her|back|please|at|on|in|the|a"
    r"|this|that|ma|my"
    r"|over|during|first))* (?:before|afore|b4|after|efter|till|til|until|between|if|when|while"
    r"|unless|too|thing"
    r"|(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:days?)?|weekends?|tomorrow|morra|today"
    r"|night|nights"
    r"|mornings?|afternoons?|evenings?|early|late|number|mobile|landline|house|work|wan|one|phone"
    r"|\d+)\b",
    re.IGNORECASE,
)


# "I don't want the DWP knowing" refuses no call.
NOT_TO_BE_KNOWN = re.compile(
    r"\b(?:don'?t|do not|dinnae|dinny|wouldn'?t|never) want (?:[\w']+ ){1,5}?(?:to |tae |2 )?"
    r"(?:know\w*|see\w*|hear\w*|find\w*|told|read\w*)\b",
    re.IGNORECASE,
)


def _read_want_callback(text, asks, intent, yes):
    if asks == "want_callback" and opens_with_yes_no(text) and not CHANGES_MIND.search(text):
        return True  # "yes but text not phone": in which way is for the link worker to read
    if find_phone_number(text) and LIMITED_CALL.search(text):
        return True  # "dont phone this one, phone my sister's 07700 900573"
    if takes_up_call(text):
        return True  # "a said naw tae the call, could a get it efter all"
    if NOT_TO_BE_KNOWN.search(text) and not NO_CALL.search(text):
        return yes if asks == "want_callback" and intent != "want_no_call" else None
    if refuses_call(text) or (intent == "want_no_call" and not LIMITED_CALL.search(text)):
        return False
    if SOMEBODY_ELSE.search(text):
        return yes if asks == "want_callback" else None
    if (RING_ME.search(text) and not NO_CALL.search(text)) or intent == "want_person":
        return True
    return yes if asks == "want_callback" else None


# ------------------------------------------------------------------- voicemail

VOICEMAIL = re.compile(
    r"\b(?:voice ?mails?|answer ?phone|answering machine"
    r"|leave (?:\w+ ){0,3}(?:messages?|msg)|leave (?:me |us |him |her |it )?(?:one|wan))\b",
    re.IGNORECASE,
)
NO_WORD = re.compile(
    r"\b(?:no|not|nae|naw|don'?t|dont|dinnae|never|without|rather|nope|havn'?t|haven'?t)\b",
    re.IGNORECASE,
)
# "Leave a message but dont say what its about": the no is about what is said, not whether.
WHAT_IS_SAID = re.compile(
    r"\b(?:but|just|as long as|so long as|if|and)\b.*\b(?:say|mention|about|who)\b.*$",
    re.IGNORECASE,
)


# "It's full", "ma maw checks them": no voicemail is of use, or safe, where one was asked about.
NO_USE = re.compile(
    r"\b(?:full|(?:doesn'?t|disnae|doesnae|does not|not|no|never)(?: been)? (?:work\w*|set up)"
    r"|broken|how to"
    r"|checks? (?:them|it)|listens? (?:to|tae) (?:them|it)|hears? (?:them|it)|keep (?:ringing"
    r"|trying))\b",
    re.IGNORECASE,
)
ASKS_ABOUT = re.compile(r"^\W*(?:what|whit|how|why|whats|what's)\b", re.IGNORECASE)


def _read_voicemail(text, asks, yes):
    if ASKS_ABOUT.search(text):
        return None
    # "Nae wages till friday. leave a message": only the sentence that speaks of it says no.
    of_it = next((part for part in SENTENCES.split(text) if VOICEMAIL.search(part)), "")
    whether = WHAT_IS_SAID.sub("", of_it)
    if VOICEMAIL.search(whether):
        return not NO_WORD.search(whether)
    if asks == "voicemail":
        return False if yes is None and NO_USE.search(text) else yes
    return None
