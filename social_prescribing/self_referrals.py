"""SelfReferral: what a patient has told us so far, and what to ask next.

Every text is read for everything it holds; a question is only asked for what
is still missing, one at a time, in the order that a patient would expect. The
conversation engine keeps this as slots between texts; the rules stand here.
"""

import re
from copy import deepcopy
from dataclasses import asdict, dataclass, field, fields, replace

from social_prescribing.answers import read_answers
from social_prescribing.callback_requests import CallbackRequest
from social_prescribing.circumstances import CHILD_UNDER
from social_prescribing.contact_times import times_from_slot
from social_prescribing.languages import ENGLISH
from social_prescribing.misreadings import ASK_WHAT_TO_CHANGE, MOST_MISREAD
from social_prescribing.moves import leaves, says_shut, wants_changed, wants_nearer
from social_prescribing.other_languages import ASKED_MORE
from social_prescribing.questions import is_question
from social_prescribing.readings import DANGER_FROM_OTHERS, NEEDS_ASKING, Reading
from social_prescribing.safe_contact import speaks_of_partner

# In these moves the patient asks something of their own.
QUESTIONS = {
    "ask_who_are_you", "ask_robot", "ask_who_sees", "ask_cost", "ask_how_long", "ask_doctor",
    "ask_opening_hours", "ask_where", "ask_prescription", "ask_link_worker", "ask_help",
    "ask_my_data", "ask_more_supports", "ask_why", "not_understood",
}  # fmt: skip
# In these they do something; the text answers nothing.
INTERRUPTIONS = QUESTIONS | {
    "abuse_bot", "start_again", "signal_danger", "sent_nothing", "sent_picture", "stop_asking",
    "cancel_callback", "opt_out", "opt_in", "give_feedback",
}  # fmt: skip

# Moves that would end the questions. After "are you safe?" they are no answer that is safe.
LEAVING = {"stop_asking", "cancel_callback"}

# A no to one of these is no leave-taking: "naw leave it" wants no voicemail, and the call.
YES_OR_NO = {"want_callback", "voicemail", "safe_contact", "confirm", "delete_data"}

__all__ = ["ASK_WHAT_TO_CHANGE", "MOST_MISREAD", "NEEDS_ASKING", "SelfReferral", "interrupts"]


def interrupts(intent, *, asks, text=""):
    """Whether a text is for a rule of its own and does not answer what was asked."""
    if intent not in INTERRUPTIONS or (asks in CHECKS and intent in LEAVING):
        return False
    if intent in LEAVING:
        answers = read_answers(text, asks=asks)
        wants_call_now = answers.want_callback is True and asks != "want_callback"
        refuses_one_thing = asks in MAY_BE_REFUSED and answers.yes is False and not leaves(text)
        return not (wants_call_now or refuses_one_thing)
    if asks and intent in QUESTIONS and not is_question(text):
        return not _answers_plainly(text, asks)
    return True


# "Rather not say" refuses the one thing that was asked, and not every question.
MAY_BE_REFUSED = YES_OR_NO | {"area", "name"}

# Questions of the bot's that must be answered: nothing else may lead away from them.
CHECKS = {"safety_check", "delete_data"}


# Words that make a text of danger whatever else it answers.
WORDS_OF_DANGER = re.compile(
    r"\b(?:kill\w*|die|dying|dead|deid|suicid\w*|end (?:it|my)|hang\w*|overdose\w*|tablets?|pills?"
    r"|knife|blade|stab\w*|cut\w*|blood|bleed\w*|hit|hits|hitting|batter\w*|beat\w*|punch\w*"
    r"|chok\w*|strangl\w*|rape\w*|touch(?:es|ed|ing) me|threat\w*|hurt\w*|harm\w*|jump\w*|bridge"
    r"|can'?t breathe|cannae breathe|chest|faint\w*|collaps\w*|not safe|no safe|unsafe|isnae safe"
    r"|scared|feart|afraid|terrified|help me|goodbye|point|go on|weekend)\b",
    re.IGNORECASE,
)
SAYS_SAFE = re.compile(r"\bsafe\b", re.IGNORECASE)
LONGEST_PLAIN_ANSWER = 12  # words


def only_answers(text, *, asks, triage):
    """Whether the model sees danger in a text that only answers who may pick up, or when.

    "Quite safe. If Jim lifts it just ask for me" is no danger. Where any word of danger
    stands in the text, or a rule found the danger, it is believed whatever it answers.
    """
    if triage.get("by_rule") or asks not in (
        "safe_contact",
        "voicemail",
        "time",
        "phone",
        "confirm",
        "name",
    ):
        return False
    is_short = len(text.split()) <= LONGEST_PLAIN_ANSWER
    if triage["safety"]["act"] == "none" or not is_short or WORDS_OF_DANGER.search(text):
        return False
    says_safe = asks == "safe_contact" and bool(SAYS_SAFE.search(text))
    return says_safe or _answers_plainly(text, asks)


def _answers_plainly(text, asks):
    """Whether a text holds an answer to the question, whatever else it was taken for."""
    if says_shut(text) or wants_nearer(text):
        return False
    answers = read_answers(text, asks=asks)
    return {
        "want_callback": answers.yes is not None or answers.want_callback is not None,
        "voicemail": answers.voicemail is not None,
        "safe_contact": answers.yes is not None,
        "confirm": answers.yes is not None or bool(wants_changed(text)),
        "name": answers.name is not None and len(text.split()) <= LONGEST_PLAIN_NAME,
        "phone": answers.phone is not None,
        "time": answers.times is not None,
        "area": answers.place is not None,
        "language": answers.language is not None,
    }.get(asks, False)


LONGEST_PLAIN_NAME = 7  # words: "hiya, ma name is Fatima Noor"

# Asked of a call that stands in the queue already: whoever falls silent here is rung all the same.
ASKED_OF_A_QUEUED_CALL = {"voicemail", "confirm"}
# Needs in which it may matter who picks up; and those in which a partner is the one cared for.
NEEDS_AT_HOME = {"domestic_abuse", "family", "youth"}
FOR_A_PARTNER = {"carers", "bereavement"}


@dataclass
class SelfReferral:
    """One self-referral while it is being gathered.

    Each field is a slot of the conversation and plain enough to be stored as JSON.
    """

    need: bool | None = None
    needs: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    safety: str | None = None
    safety_check: str | None = None  # the kind hinted at; then "safe" or "unsafe"
    area: str | None = None
    district: str | None = None
    want_callback: bool | None = None
    practice: str | None = None  # practice code
    name: str | None = None
    phone: str | None = None  # E.164
    time: dict | None = None
    voicemail: bool | None = None
    is_safe: bool | None = None
    safe_contact: str | None = None
    confirm: bool | None = None
    on_behalf_of: str | None = None
    language: str = ENGLISH
    written_in: str = ENGLISH  # asked for in plain English, an interpreter needs no other texts
    need_options: list[str] = field(default_factory=list)  # "is it more this or that?"
    supports_offered: bool = False
    is_declined: bool = False  # no call was wanted; a later yes may still change that
    is_called_off: bool = False  # given up while it was asked for: nothing more is asked
    by_text: bool = False  # to be texted, not rung
    is_queued: bool = False  # the callback stands in the queue; what comes now changes it
    is_queued_new: bool = False  # the patient was not yet told that it does
    others_listen: bool = False  # somebody else hears, reads or checks this phone
    changed: list[str] = field(default_factory=list)  # by the latest text
    new_needs: list[str] = field(default_factory=list)  # told since the callback was queued
    answered: list[str] = field(default_factory=list)  # questions, for "go back"
    age: int | None = None
    is_hurried: bool = False  # "stop asking, just ring me"
    wants_other_phone: bool = False  # the number that the channel gives is not the one
    no_interpreter: bool = False  # another language is theirs, and English is fine
    wants_language: bool = False  # an interpreter was asked for, and no language named
    is_danger_new: bool = False  # the patient was not yet told when a person looks
    deletion: str | None = None  # "asked"; then "agreed" or "kept"
    abused: int = 0  # how often the bot was sworn at
    misread: int = 0

    @classmethod
    def from_slots(cls, slots):
        """Read the referral back from slot values; unset slots take their defaults.

        It shares nothing with the slots: what changes in it is found by comparing the two.
        """
        known = {f.name for f in fields(cls)}
        return cls(**{k: deepcopy(v) for k, v in slots.items() if k in known and v is not None})

    def to_slots(self):
        """Slot values by name."""
        return asdict(self)

    # ------------------------------------------------------------- reading

    def take(self, text, *, asks, intent, triage, on_behalf_of=None):
        """Read one text into the referral; see Reading for what is taken from where.

        Args:
            text: what the patient wrote.
            asks: the question that stood open, or empty.
            intent: the intent that was understood.
            triage: `{"needs": […], "unsure_between": […], "safety": {…}, "language": …}`.
            on_behalf_of: who the text says it is for ("mum"), if anybody else.
        """
        if not interrupts(intent, asks=asks, text=text):
            Reading(self, text, asks, intent, triage, on_behalf_of).take()

    def take_in_passing(self, text, *, asks, intent, triage):
        """Read what stands beside a question of the patient's own: "Shug. is it free?"."""
        Reading(self, text, asks, intent, triage).take_in_passing()

    def notice_danger(self, text, triage, *, asks="", on_behalf_of=None):
        """A text says danger: keep it, and its needs, and ask nothing that can wait.

        Whoever is in danger already answers what was asked since: "aye afore a dae somethin".
        """
        answers = asks if self.safety else ""
        self.take_up_again()
        self.safety = triage["safety"]["id"]
        self.safety_check = "unsafe"
        self.is_danger_new = True
        self.words = [*self.words, text] if text not in self.words else self.words
        self.needs = list(dict.fromkeys([*self.needs, *(n["id"] for n in triage["needs"])]))
        Reading(self, text, answers, "signal_danger", triage, on_behalf_of).take_beside_danger()

    def take_up_again(self):
        """Danger was told: whoever had called it all off is asked once more."""
        if self.is_called_off:
            self.is_called_off, self.want_callback = False, None

    # -------------------------------------------------------------- asking

    def next_question(self):
        """What to ask now, as `asks` names it, or None when nothing is missing."""
        return next(self._missing(), None)

    def _missing(self):
        if self.deletion == "asked":
            yield "delete_data"
        if self.deletion == "agreed":
            return
        if self.safety_check in NEEDS_ASKING:
            yield "safety_check"
        if self.is_stuck or self.is_called_off:
            return
        if self.is_in_another_language:
            yield from self._missing_for_interpreter()
            return
        # Who is in danger, or in a hurry, is not asked for what can wait.
        can_wait = not self.safety and not self.is_hurried
        if not self.need and can_wait:
            yield "need"
        if self.area is None and can_wait and not self.is_queued:
            yield "area"
        if self.want_callback is None:
            yield "want_callback"
        if not self.want_callback:
            return
        if self.wants_language:
            yield "language"
        if self.practice is None:
            yield "practice"
        if self.name is None and not self.is_hurried:
            yield "name"
        if self.phone is None:
            yield "phone"
        if self.time is None and can_wait:
            yield "time"
        if self.safe_contact is None and not self.is_hurried and self.phone and self.may_be_unsafe:
            yield "safe_contact"
        if self.confirm is None and not self.is_hurried:
            if self.voicemail is None and self.is_rung and self.is_safe is not False:
                yield "voicemail"
            yield "confirm"

    def _missing_for_interpreter(self):
        if self.want_callback is False:
            return
        if self.practice is None:
            yield "practice"
        if self.name is None or not self.want_callback:
            yield "name"
        more = self.written_in in ASKED_MORE and not self.safety
        if self.area is None and more and not self.is_queued:
            yield "area"
        if self.phone is None:
            yield "phone"
        if self.time is None and more:
            yield "time"
        if self.voicemail is None and more:
            yield "voicemail"

    @property
    def may_be_unsafe(self):
        """It may matter who picks up: fear, family, a child, somebody else's phone."""
        return bool(
            self.is_safe is False
            or self.safety in DANGER_FROM_OTHERS
            or self.others_listen
            or self.is_child
            or self.on_behalf_of
            or NEEDS_AT_HOME.intersection(self.needs)
            or (any(map(speaks_of_partner, self.words)) and not FOR_A_PARTNER & set(self.needs))
        )

    @property
    def is_rung(self):
        """A call can be made, and is what the patient wants."""
        return bool(self.phone) and not self.by_text

    @property
    def is_ready(self):
        """All is known that a link worker needs to ring; what is still asked can follow."""
        return bool(self.want_callback) and self.next_question() in ASKED_OF_A_QUEUED_CALL

    @property
    def is_in_another_language(self):
        """The patient writes in another language; what is asked and told is in it too."""
        return self.written_in != ENGLISH

    @property
    def supports_are_due(self):
        """A need and a place are known, and no support was named yet."""
        return bool(
            self.needs and self.area is not None and not self.safety and not self.supports_offered
        )

    @property
    def is_stuck(self):
        """Neither of us could make the other out: a person is the way on."""
        return self.misread >= MOST_MISREAD

    @property
    def wants_interpreter(self):
        """The patient writes in, or asks for, another language than English."""
        return self.language != ENGLISH and not self.no_interpreter

    @property
    def is_agreed(self):
        """The patient wants the call and has confirmed the summary."""
        return bool(self.want_callback and (self.confirm or self.is_hurried))

    @property
    def is_child(self):
        """The patient says that they are under sixteen."""
        return self.age is not None and self.age < CHILD_UNDER

    # ------------------------------------------------------------- handing on

    def to_request(self, practice=None):
        """The CallbackRequest that this referral asks for."""
        times = times_from_slot(self.time)
        return CallbackRequest(
            needs=tuple(self.needs),
            words="\n".join(self.words),
            name=self.name or "",
            phone=self.phone or "",
            area=self.area or "",
            safety=self.safety or "",
            is_urgent=bool(self.safety),
            voicemail_ok=self.voicemail,
            safe_contact=self.safe_contact or "",
            is_safe_to_ring=self.is_safe,
            by_text=self.by_text,
            language=self.language,
            interpreter=self.wants_interpreter,
            on_behalf_of=self.on_behalf_of or "",
            age=self.age,
            practice=practice,
            **times,
        )

    def after_declining(self):
        """What stays known when no call is wanted: all that was told, for a change of mind."""
        return replace(
            self, want_callback=None, confirm=None, misread=0, is_declined=True, is_queued=False,
            is_called_off=False,
        )  # fmt: skip

    def after_queueing(self):
        """What stays known once the callback is queued: all of it, for changes by text."""
        return replace(
            self, is_queued=True, confirm=True, is_hurried=False, misread=0, is_danger_new=False,
            is_queued_new=False, changed=[], new_needs=[], words=[], answered=[], need_options=[],
        )  # fmt: skip

    def after_cancelling(self, words):
        """What stays known once a queued call is cancelled; `words` are those it was asked with."""
        return replace(self.after_declining(), words=[*words.splitlines(), *self.words])

    def after_closing(self):
        """What stays known for the next need of the same patient."""
        kept = ["area", "district", "practice", "name", "phone", "language", "written_in", "age",
                "no_interpreter", "by_text",
                "abused", "is_safe", "safe_contact", "voicemail", "others_listen"]  # fmt: skip
        if self.is_in_another_language:
            kept += ["want_callback", "confirm", "time"]  # whatever comes now joins the call
        if not self.is_safe:
            kept.remove("safe_contact")  # asked again each time, where it was not plainly safe
        return SelfReferral(**{name: getattr(self, name) for name in kept})
