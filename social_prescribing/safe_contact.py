"""Safe contact: what a patient said about who else may read or answer their phone.

Whoever says that it is not safe to ring is taken at their word everywhere after: no
voicemail, no call outside the times they gave, and no text by rule that says who we
are or what it is about. They may choose a code word, by which they know that it is us.
"""

import re

from django.utils import timezone

from social_prescribing.contact_times import is_good_time
from social_prescribing.working_time import is_waking_time
from social_prescribing.yes_and_no import opens_with_yes_no

LONGEST_CODE_WORD = 30

# "code word is bluebell", "use the word bluebell", "say bluebell so i know its you".
NAMES_CODE_WORD = re.compile(
    r"\b(?:code|secret|safe|pass) ?word(?: is| will be| can be|'s|s| ?[:=-]| to use is)?\s+"
    r"[\"'“‘]?(?P<after>[a-z][a-z'-]*(?: [a-z'-]+)?)[\"'”’]?"
    r"|\b(?:use|say|mention)(?: the)? (?:word |code )?[\"'“‘]?(?P<said>[a-z][a-z'-]*)[\"'”’]?"
    r"(?: as (?:the|a|ma|my) (?:code|pass) ?word|,? so (?:that )?(?:i|a|ah|we)(?:'ll| will)? know)"
    r"|[\"'“‘]?(?P<before>[a-z][a-z'-]*)[\"'”’]? (?:is|can be|will be|as) (?:the|my|ma|a|our) "
    r"(?:code|secret|safe|pass) ?word",
    re.IGNORECASE,
)
# Who else may be near the phone, beside whoever is plainly meant by "he" or "they".
SOMEBODY = (
    r"(?:he|she|they|(?:ma|my|the|her|his) (?:\w+ )?(?:man|husband|wife|partner|boyfriend|bf"
    r"|girlfriend|gf|ex|mum|maw|mother|dad|da|father|parents?|family|in[- ]laws|boys|son"
    r"|daughter|brother|sister|flatmates?))(?:'?s)?"
)
LISTENS = re.compile(
    rf"\b{SOMEBODY}\b[^.!?]{{0,25}}\b(?:hears?|listens?|checks?|reads?|looks?|sees?|watch(?:es)?"
    r"|goes? through|picks? up|takes?|finds?|answers?)\b",
    re.IGNORECASE,
)
# "When he's at his work": the call has to wait until somebody is out of the way.
OUT_OF_THE_WAY = re.compile(
    rf"\b(?:when|while|once|till|until|before|afore|after|efter|if|unless)\b[^.!?]{{0,8}}"
    rf"\b{SOMEBODY}\b[^.!?]{{0,15}}\b(?:out|away|work|gone|leaves?|in|home|hame|hoose|house|back"
    r"|asleep|there|near|about|aboot)\b",
    re.IGNORECASE,
)
# A partner in a telling: whether they are kind is not for us to know.
PARTNER = re.compile(
    r"\b(?:ma|my|the) (?:\w+ )?(?:man|husband|wife|partner|boyfriend|bf|girlfriend|gf|ex)\b",
    re.IGNORECASE,
)
PHONE = re.compile(r"\b(?:phone|fone|mobile|texts?|messages?|msgs?|calls?)\b", re.IGNORECASE)
# "No one else uses it", "nobody but me", "I live alone": nobody else can pick up.
NOBODY_ELSE = re.compile(
    r"\b(?:no|never) (?:one|yin|body|man|wan) (?:else|but me|other)\b|\b(?:nobody|naebody|no1"
    r"|none) "
    r"(?:else|but me|other|hears?|listens?|checks?|reads?|uses?|touches|goes|sees?|looks?)\b"
    r"|\b(?:live|bide|bides|stay|stays|am|i'?m|hame) (?:alone|on my own|on ma own|by myself"
    r"|masel|hissel"
    r"|hersel|by masel|on his own|on her own)\b|\bonly i (?:use|know|have|answer)\b"
    r"|\b(?:nobody|naebody|no ?one) \w+(?: \w+){0,3} (?:but|except|bar) me\b|\b(?:just|only) me\b"
    r"|\bkeep (?:it|ma phone|my phone) (?:on|wi|with) me\b"
    r"|\bnever (?:had )?(?:a |any )?(?:problem|trouble|bother)\b",
    re.IGNORECASE,
)
# "My mum can answer it, she knows", "he knows am daein this": who may pick up is in the know.
IN_THE_KNOW = re.compile(
    r"\b(?:can|may|is allowed to) (?:answer|lift|pick)\b.*\b(?:knows?|kens?)\b"
    r"|\b(?:he|she|they|(?:ma|my) \w+) (?:knows?|kens?)(?: all)? (?:i'?m|am|a'?m|about|aboot)\b",
    re.IGNORECASE,
)
# "No, it's fine" is no "no" to "is it safe?".
FINE_AFTER_ALL = re.compile(
    r"^\W*(?:no|naw),? (?:it|that)(?:'?s| is) (?:fine|ok|okay|safe|grand)\b", re.IGNORECASE
)
UNSAFE = re.compile(
    r"\b(?:not|no|isn'?t|isnae|isny|never|hardly) (?:really |very |that )?safe\b|\bunsafe\b",
    re.IGNORECASE,
)
# "Aye it's safe", "safe to ring": of the phone. "I am safe" is of the patient.
SAFE_TO_RING = re.compile(
    r"\b(?:it|that|phone|number|mobile)(?:'?s| is) (?:quite |perfectly |totally |very |all )?safe\b"
    r"|\b(?:and|an|n|&|aye|yes|yeah)[ ,]+safe (?:to|tae) (?:ring|phone|call|text)\b",
    re.IGNORECASE,
)
# "Is it safe?", "hope it's safe" and "mostly it's safe" say no such thing.
DOUBTS_SAFE = re.compile(
    r"\?|\b(?:is|are|how|hope|sure|check|whether|wonder|know|ken|think|mind|maybe|mostly|usually"
    r"|sometimes|till?|until|before|afore)\b(?=.*\bsafe\b)",
    re.IGNORECASE,
)
# Words that stand beside "code word" and are none.
NO_CODE_WORDS = set(
    """
    a an the is it for no not none please yes aye naw what whats how why i we you can could would
    if so that this to and or would thanks thank ta cheers sorry either neither needed then do
    don't dont need thing idea sounds
    """.split()  # noqa: SIM905
)


def note_safe_contact(conversation, *, is_safe):
    """Keep whether the phone at this conversation is the patient's alone to read."""
    if conversation.is_safe_to_text != is_safe:
        conversation.is_safe_to_text = is_safe
        conversation.save(update_fields=["is_safe_to_text"])


def keep_safe_contact(conversation, text, *, before, referral):
    """Keep what one text said of safe contact. A code word may be chosen at any time.

    Args:
        before: whether it was safe to ring before this text (None: not asked yet).
        referral: the SelfReferral after it. Where another number than this phone's is the
            safe one, this phone is not.
    """
    keep_code_word(conversation, text)
    if before is None and referral.is_safe is not None:
        is_this_phone = referral.phone in (None, "", conversation.known_phone)
        is_this_phone = is_this_phone or not conversation.known_phone
        note_safe_contact(conversation, is_safe=referral.is_safe and is_this_phone)


def read_code_word(text):
    """The code word that a text chooses, or None: "code word is bluebell" gives "bluebell"."""
    for found in NAMES_CODE_WORD.finditer(text):
        word = next(filter(None, found.groupdict().values()))
        kept = [part for part in word.casefold().split() if part not in NO_CODE_WORDS]
        if kept and word.casefold().split()[0] not in NO_CODE_WORDS:
            return " ".join(kept)[:LONGEST_CODE_WORD]
    return None


def tells_of_listener(text, *, is_about_call):
    """Whether a text says that somebody else hears, reads or must not notice.

    is_about_call: it answers a question about the call; elsewhere only what it says of a
    phone counts, for a story has many people in it.
    """
    if OUT_OF_THE_WAY.search(text) and is_about_call:
        return True
    return bool(LISTENS.search(text)) and (is_about_call or bool(PHONE.search(text)))


def read_who_picks_up(text):
    """Whether the words say that it is safe (True) or not (False), whoever opens how; or None.

    "No, my man can pick up, he knows" opens with a no, which nothing he knows makes a yes.
    """
    if says_unsafe(text):
        return False
    if NOBODY_ELSE.search(text) or FINE_AFTER_ALL.search(text):
        return True
    if IN_THE_KNOW.search(text) and opens_with_yes_no(text) is not False:
        return True
    return False if tells_of_listener(text, is_about_call=True) else None


def speaks_of_partner(text):
    """Whether a text speaks of a partner or an ex."""
    return bool(PARTNER.search(text))


def says_unsafe(text):
    """Whether a text says that a call or text is not safe."""
    return bool(UNSAFE.search(text))


def says_safe_to_ring(text):
    """Whether a text says, unasked and without any doubt, that a call or text is safe."""
    said = SAFE_TO_RING.search(text)
    rest = SAFE_TO_RING.sub("safe", text)
    return bool(said) and not (says_unsafe(text) or DOUBTS_SAFE.search(rest))


def keep_code_word(conversation, text):
    """Keep the code word that a text chooses, if it does. Returns it, or None."""
    word = read_code_word(text)
    if word:
        conversation.code_word = word
        conversation.save(update_fields=["code_word"])
    return word


def is_private(callback):
    """Whether nothing telling may reach anybody else: the phone or the call is not safe."""
    return callback.is_safe_to_ring is False or callback.conversation.is_safe_to_text is False


def may_leave_voicemail(callback):
    """Only where the patient said yes to one, and nobody else may hear it."""
    return bool(callback.voicemail_ok) and not is_private(callback)


def may_ring(callback, now=None):
    """Whether this moment is one at which the patient may be rung.

    Where it is not safe to ring, the times they gave are a limit; else they are a wish, and
    only early and late hours are barred.
    """
    now = now or timezone.now()
    return is_waking_time(now) and (not is_private(callback) or is_good_time(callback, now))


def may_text_unasked(conversation, now=None):
    """Whether a text that answers nothing may go out by rule now.

    Not early or late, not after STOP, not between the texts of a person who writes, and
    never to a phone that somebody else may read.
    """
    now = now or timezone.now()
    until = conversation.person_writes_until
    return (
        is_waking_time(now)
        and conversation.opted_out_at is None
        and conversation.is_safe_to_text is not False
        and (until is None or until <= now)
    )
