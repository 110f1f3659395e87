"""Support feedback: a week after supports were named, did the patient get there?

Asked only of who agreed to be asked, once, about the support that was named first. The
answer stands against the support, so that the next patient is sent where others arrived.
"""

import re
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from social_prescribing.answers import read_answers
from social_prescribing.consent import Consent, Purpose, record_consent
from social_prescribing.conversations import Message, open_question
from social_prescribing.directory import note_change
from social_prescribing.gaps import Why
from social_prescribing.outbox import send_text
from social_prescribing.safe_contact import may_text_unasked
from social_prescribing.signposting import WentThere
from social_prescribing.words import buttons_of, wording
from social_prescribing.yes_and_no import read_yes_no

ASKED_AFTER = timedelta(days=7)
# A clock that stood still for a week is no reason to ask after a month.
ASKED_WITHIN = timedelta(days=14)
LONGEST_NAME = 45

ASKS = "feedback"

FLAGS = re.IGNORECASE
NOT_YET = re.compile(
    r"^\W*3\b|\b(?:no|not|naw|nah|nope|nut)[ ,]*yet\b|\byet\W*$"
    r"|\bno(?:t)? had (?:a |the )?(?:chance|time)"
    r"|\bhav(?:e ?n'?t|nae|ny|nt) (?:had|been|got|managed)"
    r"|\b(?:going|gaun|goin|gonnae|gonna|planning|meaning|hoping) (?:to|tae|there|the|on|this|next|"
    r"tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|\b(?:soon|tomorrow|the morra|next week)\b|\bwill (?:go|do)\b",
    FLAGS,
)
DID_NOT = re.compile(
    r"^\W*2\b|\b(?:shut|closed|moved|away|gone|full|turned (?:me |us )?away|waiting list|too far|"
    r"no answer|naebody|nobody|never (?:went|got|made)|gave up|wrong (?:number|place|address))\b"
    r"|\b(?:could|can|did|was|would)(?:n'?t|nae|ny|nt| not| no)\b|\bno use\b|\bwaste\b",
    FLAGS,
)
DID = re.compile(
    r"^\W*1\b|\b(?:went|been|got (?:there|it|sorted|a|some)|made it|they (?:helped|were|wur))\b",
    FLAGS,
)
WHY_NOT = {
    Why.SHUT: re.compile(r"\b(?:shut|closed|moved|wrong (?:number|place|address)|gone)\b", FLAGS),
    Why.FULL: re.compile(
        r"\b(?:full|fully booked|nae (?:room|spaces?|places?)|no (?:room|spaces?|places?)|turned "
        r"(?:me |us |him |her )?away|wait(?:ing)? ?lists?|weeks? (?:to )?wait|wait(?:ing)? (?:of )?"
        r"(?:\w+ )?(?:weeks|months))\b",
        FLAGS,
    ),
    Why.FAR: re.compile(
        r"\b(?:too far|far away|miles away|(?:no|nae) bus(?:es)?|two buses|cannae get there"
        r"|can'?t get there|can not get there|couldn'?t get there)\b",
        FLAGS,
    ),
    Why.ENGLISH: re.compile(
        r"\b(?:interpreter|translat\w+|only english|english only|my language|not speak"
        r"|nobody (?:speaks?|spoke)|(?:didn'?t|could ?n'?t|not|no) understand)\b",
        FLAGS,
    ),
    Why.OTHERS: re.compile(
        r"\b(?:only for|just for|no(?:t)? (?:entitled|eligible)|too (?:old|young)|wisnae for"
        r"|wasn'?t for|not for (?:me|us|men|women))\b",
        FLAGS,
    ),
}


def read_went_there(text):
    """What a text answers to "did you get there?": a WentThere, or None where it is unclear."""
    if NOT_YET.search(text):
        return WentThere.NOT_YET
    if DID_NOT.search(text):
        return WentThere.NO
    if DID.search(text):
        return WentThere.YES
    return {True: WentThere.YES, False: WentThere.NO, None: None}[read_yes_no(text)]


def may_be_asked(conversation):
    """Whether to offer this patient the question: supports were named, and a text reaches them."""
    return (
        bool(conversation.known_phone)
        and conversation.is_safe_to_text is not False
        and conversation.signpostings.filter(asked_at=None).exists()
    )


def agree_to_feedback(conversation, *, answer):
    """The patient said yes to being asked. Returns the Consent, with the wording they saw."""
    asked = conversation.messages.filter(asks=ASKS).last()
    return record_consent(
        conversation,
        purpose=Purpose.FEEDBACK,
        wording=asked.text if asked else "",
        answer=answer,
    )


def ask_how_it_went():
    """Ask those who agreed to it a week ago. Returns how many were asked."""
    return sum(map(_ask, agreements_due()))


def agreements_due():
    """Agreements of a week ago whose question has not been asked."""
    now = timezone.now()
    asked = Message.objects.filter(
        conversation=OuterRef("conversation"), key__startswith=f"{ASKS}:"
    ).filter(written_at__gte=OuterRef("given_at"))
    return Consent.objects.filter(
        ~Exists(asked),
        purpose=Purpose.FEEDBACK,
        given_at__lte=now - ASKED_AFTER,
        given_at__gt=now - ASKED_WITHIN,
    ).select_related("conversation")


@transaction.atomic
def _ask(consent):
    conversation = consent.conversation
    signposting = conversation.signpostings.filter(asked_at=None).select_related("support").first()
    is_busy = open_question(conversation) not in ("", ASKS)
    if signposting is None or is_busy or not may_text_unasked(conversation):
        return 0
    sent = send_text(
        conversation,
        wording("utter_ask_feedback__went", support=signposting.support.name[:LONGEST_NAME]),
        asks=ASKS,
        options=buttons_of("utter_ask_feedback__went"),
        key=f"{ASKS}:{consent.pk}",
    )
    if sent is None:
        return 0
    signposting.asked_at = timezone.now()
    signposting.save(update_fields=["asked_at"])
    return 1


def question_again(conversation):
    """`(text, quick replies)`: the question that stands open, in a few words, once more."""
    signposting = asked_about(conversation)
    if signposting is None:
        return wording("utter_ask_feedback__again"), buttons_of("utter_ask_feedback__again")
    asks = "utter_ask_feedback__went_again"
    return wording(asks, support=signposting.support.name[:LONGEST_NAME]), buttons_of(asks)


def asked_about(conversation):
    """The Signposting that the patient was asked about and has not answered, or None."""
    return (
        conversation.signpostings.filter(went_there="")
        .exclude(asked_at=None)
        .select_related("support")
        .last()
    )


def record_went_there(signposting, text):
    """Keep what the patient answered. Returns the WentThere, or None where it is unclear."""
    went = read_went_there(text)
    if went is not None:
        signposting.went_there = went
        signposting.answered_at = timezone.now()
        signposting.save(update_fields=["went_there", "answered_at"])
        note_change(signposting.support_id)
    return went


def read_why_not(text):
    """What stood in the way of a patient who did not get there: a Why, Why.UNSAID in doubt."""
    return next((why for why, pattern in WHY_NOT.items() if pattern.search(text)), Why.UNSAID)


def answers_feedback(conversation, text):
    """Whether a text answers the open question about feedback, whichever of the two it is.

    Whoever asks for a call in it is given that instead.
    """
    if read_answers(text).want_callback:
        return False
    if asked_about(conversation):
        return read_went_there(text) is not None
    return read_yes_no(text) is not None
