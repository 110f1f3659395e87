"""Moves: what a text wants done, beside what it answers.

The bot's model tells most of them. Those read here are plain in their words, and
matter too much to be missed: deleting what is held, a call that never came, a
support that is shut, a joke taken back, which answer is to be put right.
"""

import re

from social_prescribing.answers import CORRECTS

FLAGS = re.IGNORECASE
CLAUSES = re.compile(r"[.!?\n]+|\band\b|\bbut\b")
SHORT = 9  # words; a longer text with "delete" or "shut" in it tells a story

DELETE = re.compile(
    r"\b(?:delete|erase|wipe|bin|get rid o[f']?|remove|scrub)\b.{0,40}"
    r"\b(?:it|that|this|me|my|ma|everything|all|a'?thing|data|details|messages|texts|info\w*"
    r"|record|stuff)\b"
    r"|\bforget (?:all about )?me\b|\bright to (?:be forgotten|erasure)\b",
    FLAGS,
)
MY_DATA = re.compile(
    r"\bwh?[ai]t\b.{0,25}\b(?:know|got|hold|held|keep|have|saved?|stored?|written)\b"
    r".{0,15}\b(?:about|aboot|on|for) (?:me|us)\b"
    r"|\b(?:see|show me|copy of|send me) (?:all )?(?:my|ma) (?:data|details|information|info"
    r"|messages)\b"
    r"|\bmy data\b|\bsubject access\b",
    FLAGS,
)
NEVER_RANG = re.compile(
    r"\b(?:never|nobody|naebody|no ?one|no yin|hasn'?t|hasnae|has not|havent|haven'?t|havenae"
    r"|havnae|hivnae|huvnae|huvny|hisnae|yet to"
    r"|didn'?t"
    r"|didnae|still no(?:t)?|no|not?|nae)\b.{0,25}"
    r"\b(?:phoned?|rang|rung|ring|called?|heard|hear|calls?|receiv\w+|word|got (?:a|ma"
    r"|my) (?:call|phone))\b"
    r"|\b(?:missed|where'?s|whaur'?s) (?:my|ma|the|that) call\b|\bstill waiting\b"
    r"|\bwaiting (?:on|for) (?:the |ma |my |that |a )?(?:call|phone|ring)",
    FLAGS,
)
SAID_THEY_WOULD = re.compile(
    r"\bsaid (?:she|he|they|you|ye|yous)(?:'d| would| wid|'ll| will) (?:ring|phone|call)\b.{0,12}"
    r"\b(?:didn'?t|didnae|never|hasn'?t|hasnae)\b",
    FLAGS,
)
SHUT = re.compile(
    r"\b(?:shut|closed|closing|boarded up|locked(?: up)?|away noo|packed in|disconnected"
    r"|no longer (?:there|going|on|open|running|exists?)"
    r"|(?:doesn'?t|does not|disnae|doesny|doesnae) exist"
    r"|(?:not|no|isn'?t|isnae|wisnae|wasn'?t) (?:there|open)"
    r"|(?:has|have|they|it|'s|'ve|yve) moved|moved away|stopped (?:running|doing)"
    r"|number (?:is |was |'s )?(?:dead|deid|wrong|no|disnae|doesn'?t|not|cut|goes nowhere)"
    r"|number'?s (?:dead|deid|wrong|no|not)|(?:dead|deid|wrong) number|line(?: i|')?s (?:dead|deid)"
    r"|(?:no|nae) answer(?:ing)?|(?:no ?body|naebody|no ?one) (?:answers?|answered|picks? up))\b",
    FLAGS,
)
# Somebody asks for the hours, is shut in, tells us to be quiet, or of a place we never named.
NOT_THE_SUPPORT = re.compile(
    r"\?\s*$|^\W*(?:is|are|wis|when|whit|what) |\bshut (?:up|in|yer|your|yir)\b"
    r"|\b(?:shuts?|closes?|closed|closing) (?:at|on|early|for lunch|for the day)\b"
    r"|\b(?:my|ma|our|oor) \w+ (?:\w+ )?(?:shut|closed|moved)\b",
    FLAGS,
)
NEARER = re.compile(
    r"\b(?:near(?:er|est)?|closer|closest|too far|far away|two buses|walking distance|local)\b",
    FLAGS,
)
TAKEN_BACK = re.compile(
    r"\b(?:jok(?:e|es|ing|in)|kidding|kiddin|jk|j/k|messing|messin|mucking|muckin|wasn'?t serious"
    r"|not serious|no serious|no being serious|didn'?t mean (?:it|that)|didnae mean (?:it|that)"
    r"|didny mean|don'?t mean it|havin(?:g)? a laugh|carry on|on the wind up|windin(?:g)? (?:you"
    r"|ye)"
    r"|just (?:angry|raging|being dramatic)|take (?:it|that) back|forget (?:i|a) said)\b",
    FLAGS,
)
# Who has had enough of the questions, rather than of one of them.
LEAVES = re.compile(
    r"\b(?:cancel|calls?|callback|ring|phone|forget (?:it|aboot|about)|never ?mind|nevermind|stop"
    r"|questions?|asking|changed my mind|changed ma mind|enough|too much|fed up|scrap"
    r"|bother(?:ed)?)\b",
    FLAGS,
)
# "Forget the gas bill", "it's no that", "naw, it's ma housin": the need was another one.
SETS_ASIDE = re.compile(
    r"\b(?:forget|never ?mind|scrap|ignore) (?:about |aboot )?(?:the|that|this|ma|my|all|aw|what"
    r"|whit)\b(?! (?:call|phone|ring))"
    r"|\b(?:it|that|this)(?:'?s| is| wis| was) (?:no|not|nae)\b(?! (?:safe|ok|okay|right|worth))"
    r"|^\W*(?:no|naw|nah|nope)\W+(?:actually |really )?(?:it'?s|it is)\b"
    r"|\b(?:no|not) (?:really )?(?:about|aboot) (?:the|that|ma|my)\b",
    FLAGS,
)

# Things that a patient may want to change, as they name them.
THINGS = {
    "phone": r"(?:phone ?)?number|mobile|phone",
    "name": r"names?",
    "time": r"times?|day|days|when|hours",
    "voicemail": r"voice ?mail|answer ?phone|message",
    "area": r"area|post ?code|address|place",
    "language": r"language|interpreter",
}
WRONG = (
    r"(?:wr[oa]ng|no right|not right|isn'?t right|isnae right|needs? (?:changed|changing|fixed))"
)
CHANGE = (
    r"(?:change|fix|update|edit|correct|alter|move|swap|switch|different|another|new|wrong"
    r"|no the right)"
)
EXCEPT = r"(?:except|apart fr?om|apart fae|bar|but no[t]?|all but)(?: for)?(?: the| my| ma)?"
WANTS_CHANGED = {
    thing: re.compile(
        rf"^\W*(?:no,? |naw,? |aye,? |just |eh,? |it'?s )?(?:the |my |ma )?(?:{words})\W*$"
        rf"|\b(?:not|no|isn'?t|isnae) (?:my|ma|the right) (?:{words})\b"
        rf"|\b{EXCEPT} (?:{words})\W*$"
        rf"|\b{CHANGE}\b (?:\w+ ){{0,3}}?(?:{words})\b|\b(?:{words})(?:'s)? (?:is |are "
        rf"|was )?{WRONG}",
        FLAGS,
    )
    for thing, words in THINGS.items()
}


def wants_deleted(text):
    """Whether a short text asks for what is held to be deleted."""
    return _is_short(text) and bool(DELETE.search(text))


def asks_what_is_held(text):
    """Whether a text asks what is known of the patient."""
    return bool(MY_DATA.search(text))


def says_never_rang(text):
    """Whether a short text, or a sentence of one, says that the promised call has not come."""
    if SAID_THEY_WOULD.search(text):
        return True
    return any(_is_short(part) and NEVER_RANG.search(part) for part in CLAUSES.split(text))


def says_shut(text):
    """Whether a short text says that a support is not there any more."""
    is_said = bool(SHUT.search(text)) and not NOT_THE_SUPPORT.search(text)
    return _is_short(text) and is_said


def wants_nearer(text):
    """Whether a text asks for a support nearer by."""
    return bool(NEARER.search(text))


def takes_back(text):
    """Whether a text takes back what was said, as a joke or in anger."""
    return bool(TAKEN_BACK.search(text))


def leaves(text):
    """Whether a text is plainly about the call or the questions as a whole."""
    return bool(LEAVES.search(text))


def sets_aside(text):
    """Whether a text says that the need told before is not the one."""
    return bool(SETS_ASIDE.search(text))


def corrects(text):
    """Whether a text puts right what was said before: "*tuesday", "sorry G51 not G15"."""
    return bool(CORRECTS.search(text))


def wants_changed(text):
    """Which answer a text wants changed without saying to what: `time`, or None."""
    if not _is_short(text):
        return None
    return next((thing for thing, said in WANTS_CHANGED.items() if said.search(text)), None)


def makes_exception(text):
    """Whether a yes names what is not right: "yes except the name"."""
    return bool(re.search(rf"\b{EXCEPT} (?:{'|'.join(THINGS.values())})\W*$", text, FLAGS))


def _is_short(text):
    return len(text.split()) <= SHORT
