"""Calling off: whether a text wants the call no more, whatever reason it gives.

Of a queued call, "dinnae bother ringin, ma pal's sortin it" calls it off. "Cancel Tuesday,
ring Friday" and "dinnae ring before 10" change it, "can I cancel later?" only asks, and "I've
nae phone" tells of something else. While it is still being asked for, "naw leave it, am no
ready" gives it up. The trained intent tells the rest.
"""

import re

from social_prescribing.answers import NO_CALL, OWN_CALLS, RING_ME, SOMEBODY_ELSE
from social_prescribing.by_text import wants_texts
from social_prescribing.contact_times import read_contact_times
from social_prescribing.moves import leaves
from social_prescribing.questions import is_question
from social_prescribing.yes_and_no import opens_with_yes_no

FLAGS = re.IGNORECASE
# With these words, or those of leaving, the trained intent is believed.
MAY_CALL_OFF = re.compile(
    r"\b(?:sort(?:ed|it|in|ing)?|fixed|mended|done|settled|need\w*|requir\w*|list|ring\w*|rang|rung"
    r"|phon\w*|telephon\w*|call\w*|worker|lady|wumman|withdraw|off|aff)\b",
    FLAGS,
)
LONGEST = 25  # words; in a longer story somebody else's calls may be meant

RINGS = r"(?:ring(?:in|ing)?|(?:tele)?phon(?:e|in|ing)|call(?:in|ing)?|rung|(?:tele)?phoned|called)"
THE_CALL = (
    r"(?:(?:about|aboot|for|wi|with|of|on|the|that|this|a|ma|my|your|yer|ur|his|her|any|whole|other"
    r"|it|out|oot|me|us|appointment|tomorrow'?s|[a-z]+day'?s|phone|telephone) )*"
    r"(?:(?:ring|(?:tele)?phon|call)(?:in|ing)|calls?|callback|link ?worker|request|whole thing"
    r"|thing)\b"
)
# "Cancel that call", "scrub the phonin", "call the whole thing off", "take me off the list".
CALLS_OFF = re.compile(
    r"\b(?:cancel|kill|scrap|scratch|scrub|withdraw|bin|forget|drop|leave|stop|stand|call off"
    r"|out of"
    rf"|oot ae|pull the plug|never ?mind|knock) {THE_CALL}"
    r"|\bstand (?:the |that )?(?:lady|woman|wumman|lassie|worker|link worker|her|him"
    r"|them) (?:down|doon)\b"
    r"|\bcall (?:it|this|that|(?:the|that|this) [a-z]+(?: [a-z]+)?) off\b"
    r"|\b(?:take|tak|get|remove) (?:me|us|(?:my|ma|his|her) name|him|her) (?:off|aff|from)"
    r"(?=\W*$|,| (?:(?:the|your|yer|ur|that) )*(?:list|queue|calls?|callbacks?)\b)"
    r"|\bcancel (?:it|that|this|everything|what i (?:booked|asked))\b(?! (?:day|bit|time|one|wan))"
    r"|^\W*(?:(?:please|pls|just|sorry|hi) )*cancel(?: it| please| pls)*(?=\W*$|[,.])"
    r"|\b(?:can|could) (?:just )?cancel\W*$",
    FLAGS,
)
DO_NOT = (
    r"(?:don'?t|dont|dnt|dinnae|dinny|do not|doesn'?t|disnae|should not|shouldn'?t|needn'?t|neednae"
    r"|not to|no tae)"
)
NO_NEED = (
    r"(?:never|no|nae|not|won'?t|wont|will not|willnae|shan'?t|shall not|no longer|nae longer"
    rf"|rather not|no'?ll|{DO_NOT})"
)
FILLS = (
    r"(?:(?:need|needing|needin|want|bother|be|tae|to|a|2|4|for|fur|of|about|aboot|with|wi|any"
    r"|the|that|this|your"
    r"|ur|yer|you|yous|ye|u|them|her|him|they|she|he|it|somebody|someone|anyone|services|phone) )*"
)
# "Nae need tae ring", "no longer require the services of the link worker", "call no needed".
NOT_NEEDED = re.compile(
    rf"\b{NO_NEED} (?:need|needing|needin|require|want|bother|worry|trouble|mind|be|tae|2"
    rf"|to) {FILLS}"
    rf"(?:{RINGS}|calls?|callback|link ?worker)\b"
    rf"|\b{DO_NOT} (?:please )?(?:ring|phone|call|telephone)\b"
    r"|\bnot needing (?:rung|phoned|called|the call)\b"
    r"|\b(?:no|nae) (?:phone )?calls?(?: please| noo| now| thanks| needed| required)+(?=\W*(?:,|$))"
    r"|[,.] ?(?:no|nae) calls?\W*$"
    r"|\b(?:calls?|callback|worker)(?:'?s| is| are|'ll| will)? ?(?:isn'?t|isnt|not|no|nae"
    r"|no longer)"
    r"(?: be)? (?:needed|required|necessary|wanted)\b",
    FLAGS,
)
# The call stands all the same: another time or number is meant, or only how it is made.
STANDS = re.compile(
    r"\bstill (?:want|need|like|lookin\w*|wid|would|after)\b"
    r"|\bbut (?:still |please |can you |could you |do |yous can )?(?:ring|phone|call)\b"
    r"|\b(?:ring|phone|call|text) (?:me|us|him|her|ma|my|this|the|it)?\b.{0,20}\b(?:instead"
    r"|later)\b"
    r"|\b(?:ring|phone|call|use|try) (?:this|my|ma|the other|the new)\b"
    r"|\bwithout(?: me)? (?:ken|know)\w*|\b(?:told|asked)(?: \w+){1,3} (?:no|not) (?:to|tae)\b"
    r"|\b(?:instead|rather than|move|shift|change it|make it|postpone|rearrange|another (?:day"
    r"|time))\b"
    r"|\bvoice ?mail|\banswer ?phone|\bif (?:i|a|ah|we|am|i'm|it)\b|\binterpreter\b",
    FLAGS,
)
# "The lad next door is going to show me instead" names who helps in the place of the call.
HELPS_INSTEAD = re.compile(
    r"\b(?:is|are|'s|was|will|'ll|he|she|they) (?:\w+ ){0,8}instead\b", FLAGS
)
# Not "I've sorted everything": that may be a farewell.
OTHER_HELP = re.compile(
    r"\binstead\b|\b(?:show|help|helping|daein|dain|doing) (?:me|us|it)\b", FLAGS
)
ASKS_TO = re.compile(
    r"\b(?:can|could|cin|kin|wid|would|will|gonnae) (?:you|ye|yous|youse|u|i|a|we|somebody)\b",
    FLAGS,
)
NOW = re.compile(r"\W*\b(?:now|noo|again|after all|efter aw|any ?more|for now|back)\b", FLAGS)
ONLY_SO = re.compile(
    r"(?:[ ,]*(?:me|us|him|her|please|pls|back))*[ ,]*(?:too|twice|on|oan|at|if|when|while|until"
    r"|till?|before|afore|after|efter|unless|straight|right away|from|withoot|without|the|anybody"
    r"|anyone|people|(?:ma|my|her|his) (?:mum|ma|maw|work|house|mobile|man|wife|husband))\b",
    FLAGS,
)

# While the questions are asked: "naw ye know whit, leave it", "am no ready", "I said no".
GIVES_UP = re.compile(
    r"\b(?:leave it|forget it|forget (?:about|aboot) it|never ?mind|drop it|scrap (?:it|that)"
    r"|cancel (?:it|that|this)|(?:doesn'?t|disnae|dis nae) matter)\b"
    r"(?! (?:till?|until|to|tae|wi|with|on|oan|at|for|fur|open|blank|out|oot|empty|as|like|was|day"
    r"|time|one|wan|the|that|about|aboot)\b)"
    r"|\b(?:a'?m|i'?m|ah'?m|i am) (?:just |jist )?(?:no|not|nae) (?:really |just |quite )?"
    r"(?:ready|up for (?:it|this)|bother(?:ed|ing|in)|interested|want(?:ing|in) (?:it|this))\b"
    r"|\bchanged (?:my|ma) mind\b(?! (?:about|aboot|on) (?:the |ma |my )?(?:time|day|name|number))"
    r"|\b(?:i|a|ah) (?:already |have )?(?:said|telt ye|told (?:you|ye)) (?:no|naw)\b"
    r"(?! (?:to|tae|before|afore|after|efter|on)\b)",
    FLAGS,
)


def gives_up(text):
    """Whether a text, in the middle of the questions, wants no call and no more of them."""
    is_wanted = RING_ME.search(text) and not NO_CALL.search(text)
    goes_on = is_wanted or wants_texts(text) or is_question(text) or opens_with_yes_no(text)
    return bool(GIVES_UP.search(text)) and not goes_on


def calls_off(text):
    """Whether a text calls off the call that was asked for."""
    asks = is_question(text) and not ASKS_TO.search(text)
    is_long = len(text.split()) > LONGEST
    if asks or is_long or wants_texts(text) or STANDS.search(HELPS_INSTEAD.sub(" ", text)):
        return False
    if CALLS_OFF.search(text):
        return True
    refusal = NOT_NEEDED.search(OWN_CALLS.sub(" ", text))
    return bool(refusal) and not SOMEBODY_ELSE.search(text) and not _is_limited(refusal)


def calls_off_for_other_help(text):
    """Whether a text calls the call off and says who, or what, helps in its place."""
    return calls_off(text) and bool(OTHER_HELP.search(text))


def may_call_off(text):
    """Whether a text has a word in it by which a call could be called off."""
    return leaves(text) or bool(MAY_CALL_OFF.search(text))


def _is_limited(refusal):
    """ "Dinnae phone oan a Sunday": what follows leaves other times and other phones open."""
    after = NOW.sub("", refusal.string[refusal.end() :])
    return bool(ONLY_SO.match(after)) or read_contact_times(after) is not None
