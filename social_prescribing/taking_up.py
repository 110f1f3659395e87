"""Taking up: whether a text takes up the call that was offered, or refused, before.

"See that call a said naw tae, could a get it efter all" and "go on then, I'll take the call"
do. "Is the call I was promised still on?" only asks, "I'm no wanting the call efter aw" calls
it off, and "could I get the call later, if I change my mind?" leaves it for another day.
"""

import re

FLAGS = re.IGNORECASE
THE = r"(?:the|that|tht|this|a|my|ma|your|yer|ur|yous)"
# "That wee phone call", "the callback", "a call": never a call of somebody else's.
THE_CALL = (
    rf"{THE} (?:wee |link ?worker'?s? )?(?:(?:tele)?(?:phone|fone) ?)?(?:call(?:back)?|ring)\b"
    r"(?! (?:centre|center|cent|handler))"
)
WORKER = r"(?:link ?worker|worker|lady|wumman|woman|lassie|person)\b"
THE_WORKER = rf"{THE} {WORKER}"
OF_OTHERS = re.compile(
    rf"\b{THE_CALL} (?:from|fae|frae|aff|off)\b(?! (?:you|ye|yous|u|(?:a|the|your|yer) {WORKER}))",
    FLAGS,
)
ONE = r"(?:i|a|ah|we)"
CAN = (
    rf"(?:(?:can|cn|cin|kin|could|cud|cid|may|might) {ONE}"
    rf"|{ONE} ?(?:'?d|'?ll|wd|wud|would|wid|will|think (?:i'?d|i'?ll|a'?d|a'?ll))|ill|al|id|ad)"
)
DO = rf"{ONE}(?: think {ONE})?(?: do| dae)?"
SOFTENS = (
    r"(?:(?:still|please|pls|plz|quite|really|just|jist|maybe|mibbe|actually|now|noo|kinda|rather"
    r"|like tae|like to|want tae|want to) )*"
)
TAKES = (
    rf"(?:{CAN} {SOFTENS}(?:get|have|hav|hae|take|tak|go for|ask for|go ahead wi(?:th)?"
    r"|(?:take|tak) (?:you|ye|yous|u) up on|say (?:yes|aye) (?:to|tae|2)|like|love|appreciate)"
    rf"|{DO} {SOFTENS}(?:want|need|fancy|accept))"
)
BOOKS = (
    r"(?:book|gi(?:v?e)?'?s?|get|put)(?: (?:me|us|ma))?(?: (?:in|doon|down))?(?: (?:for|fur|4))?"
)
AFTER_ALL = r"(?:after|efter|afta) (?:all|aw|a')(?![\w']| (?:that|this|these|the|my|ma)\b)"
# With these the call itself is named as what is wanted.
TAKES_CALL = re.compile(
    rf"\b{TAKES} {THE_CALL}"
    rf"|\b{BOOKS} {THE_CALL}"
    rf"|(?<!said )(?<!telt )\b(?:yes|aye|yeah|ok|okay) (?:please )?(?:to|tae|2|for) {THE_CALL}"
    r"|\b(?:should|shd|shid|shud)(?:'?ve| have| hae| of| a|a)? (?:said|taken|took|tae?n) "
    rf"(?:(?:yes|aye) )?(?:(?:to|tae|2) )?{THE_CALL}"
    r"|\btoo late (?:for|to|tae|2) (?:(?:get|have|take|ask for|say (?:yes|aye) (?:to|tae)) )?"
    rf"{THE_CALL}"
    rf"|\b{THE_CALL} (?:would|wid|wud|might|wd) (?:be|help)\b"
    rf"|\b{CAN} {SOFTENS}(?:speak|talk|blether|chat) (?:to|tae|wi|with) {THE_WORKER}"
    rf"|\b(?:ring|phone|fone|call) (?:me|us)\b[^.!?]{{0,12}}\b{AFTER_ALL}",
    FLAGS,
)
# "That call you offered, I'd like it now": named first, and then it is "it", or a plain yes.
SPOKEN_OF = re.compile(rf"\b{THE_CALL}", FLAGS)
TAKES_IT = re.compile(
    rf"\b{TAKES} (?:it|wan|one)\b|\b{BOOKS} (?:it|wan|one)\b"
    r"|\btoo late to (?:say|get|have|ask)\b"
    r"|[,.] ?(?:yes|aye|yeah)\b(?: (?:please|pls|plz|then|go on))*\W*$",
    FLAGS,
)
SAID_NO = re.compile(
    r"\b(?:said|telt|told|says|turned|knocked)(?: (?:you|ye|yous))? (?:no|naw|nah|doon|down|back)\b"
    r"(?: thanks| ta)?(?: (?:to|tae|2))?|\b(?:didn'?t|didnae|did not) (?:want|take)\b",
    FLAGS,
)
NOT_WANTED = re.compile(
    r"\b(?:don'?t|dont|dnt|dinnae|dinny|do not|didn'?t|didnae|wouldn'?t|widnae|won'?t|willnae"
    r"|can'?t|cannae|never|no longer)"
    r"(?: (?:really|even|ever|think|know|ken|sure|if|that|i|a|ah|i'?d|we|still|be|have))* "
    r"(?:want\w*|like|need\w*|take|takin\w*|get\w*|call\w*|phone|ring\w*|the|that|any)\b"
    rf"|\b(?:no|nae|not) (?:want\w*|need\w*|takin\w*|for|after|call|{THE_CALL})"
    r"|\b(?:no|not) (?:really |that )?sure\b",
    FLAGS,
)
# For another day, or for no day at all.
NOT_NOW = re.compile(
    rf"\blater\b|\banother (?:time|day)\b|\bif {ONE} (?:change|need|want|dae|do)\b"
    r"|\b(?:cancel\w*|stopped)\b",
    FLAGS,
)


def takes_up_call(text):
    """Whether a text takes up the call that was offered before."""
    said = SAID_NO.sub(" ", text)
    if NOT_WANTED.search(said) or NOT_NOW.search(said) or OF_OTHERS.search(said):
        return False
    takes_it = SPOKEN_OF.search(said) and TAKES_IT.search(said)
    return bool(TAKES_CALL.search(said) or takes_it)
