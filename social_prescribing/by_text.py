"""By text: whether somebody wants the link worker to text them, and not to ring.

"Am deaf, text me dont phone" and "rather you texted" do. "Text me the number", "text me
before you ring" and "text or phone, I don't mind" ask for something else.
"""

import re

FLAGS = re.IGNORECASE
TEXT = r"(?:text|txt|message|msg|whatsapp)(?:ed|in|ing|s)?"
RING = r"(?:ring|rings|ringing|ringin|phone|phoned|phonin|phoning|call|calls|calling|callin)"
# What is texted, or beside what: then the text is no answer to how to be reached.
ONLY_A_THING = (
    r"(?! (?:me |us |him |her )?(?:the|a|an|any|some|more|that|this|it|them|those|these|their|his"
    r"|ma|my|details|info\w*|numbers?|address\w*|when|before|afore|if|first|after|efter|where|how|what|whit|about|aboot"
    r"|to|tae|later|you|ye|yous|back wi|back with)\b)"
)
WANTS_TEXTS = re.compile(
    rf"\b{TEXT}(?: (?:me|us|him|her|please|only|and|but|message|messages))*[ ,.]+"
    rf"(?:instead\b|rather than (?:a )?{RING}|(?:don'?t|dont|dnt|dinnae|do not|no|not|never|nae) "
    rf"(?:to |tae |a |any )?{RING}\b)"
    rf"|\b(?:only|just|jist) (?:by )?(?:text|txt)(?: me| us)?\b{ONLY_A_THING}"
    rf"|\b(?:by|via|through) (?:text|txt|whatsapp)\b"
    rf"|\b(?:rather|prefer|sooner|better|want|like|need)\b(?: \w+){{0,3}} "
    rf"{TEXT}(?: me| us)?\b{ONLY_A_THING}"
    rf"|\b(?:can|could|cin|kin|will|would|wid|gonnae|please|pls|plz|kindly|so|but) "
    rf"(?:(?:you|ye|yous|u|they|she|he|somebody|someone|just|please) )*"
    rf"(?:text|txt|message|msg|whatsapp)(?: (?:me|us|him|her))?\b{ONLY_A_THING}"
    rf"|\btext (?:only|instead)\b"
    rf"|\btext(?:s|in|ing)? (?:is|are|wid be|would be|suits)(?: me)? (?:\w+ )?"
    rf"(?:better|best|easier)\b",
    FLAGS,
)
# "I'm deaf, text me": who cannot hear a call says with any word of texts how to be reached.
CANNOT_HEAR = re.compile(
    r"\bdeaf\b|\bhard of hearing\b|\b(?:can'?t|cannae|canny|cannot|can not|unable to|don'?t|dinnae)"
    r" (?:\w+ ){0,2}hear\b",
    FLAGS,
)
TEXT_ME = re.compile(
    rf"\b(?:text|txt) (?:me|us)\b{ONLY_A_THING}|\bfor (?:a )?(?:texts?|txts?)\b", FLAGS
)
# "Dont text, ring": taken out first; and with one of these a call is fine as well.
NO_TEXTS = re.compile(
    rf"\b(?:don'?t|dont|dinnae|do not|never|no|nae|not|instead of|rather than|stop) "
    rf"(?:a |be |to |tae |want |you |ye )*{TEXT}\b",
    FLAGS,
)
EITHER = re.compile(
    rf"\b(?:or|and) (?:a |give me a |gie me a )?{RING}\b|\b{RING}(?: me)? or {TEXT}\b"
    r"|\b(?:info\w*|numbers?|details|address|list)\b.{0,15}\bby text\b",
    FLAGS,
)


def wants_texts(text):
    """Whether a text asks to be texted and not rung."""
    said = NO_TEXTS.sub(" ", text)
    is_wish = WANTS_TEXTS.search(said) or (CANNOT_HEAR.search(said) and TEXT_ME.search(said))
    return bool(is_wish) and not EITHER.search(said)
