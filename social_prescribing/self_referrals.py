"""SelfReferral: what a patient has told us so far, and what to ask next.

Every text is read for everything it holds; a question is only asked for what
is still missing, one at a time, in the order that a patient would expect. The
conversation engine keeps this as slots between texts; the rules stand here.
"""

from dataclasses import asdict, dataclass, field, fields, replace

from social_prescribing.answers import read_answers, read_choice
from social_prescribing.callback_requests import CallbackRequest
from social_prescribing.contact_times import (
    any_time,
    read_contact_times,
    times_from_slot,
    times_to_slot,
)
from social_prescribing.languages import ENGLISH

# A question that could not be read twice is not asked a third time.
MOST_MISREAD = 2
LONGEST_NAME = 80

# In these moves the patient asks or does something; the text answers nothing.
INTERRUPTIONS = {
    "ask_who_are_you", "ask_robot", "ask_who_sees", "ask_cost", "ask_how_long", "ask_doctor",
    "ask_link_worker", "ask_help", "ask_my_data", "delete_data", "ask_more_supports",
    "not_understood", "abuse_bot", "start_again", "signal_danger", "sent_nothing", "sent_picture",
    "stop_asking", "cancel_callback", "opt_out", "opt_in",
}  # fmt: skip

# Moves that would end the questions. After "are you safe?" they are no answer that is safe.
LEAVING = {"stop_asking", "cancel_callback"}

# In place of a count of misread answers: the summary was read, and is not right.
ASK_WHAT_TO_CHANGE = -1

# Texts that open a conversation without saying what is wrong.
SAYS_NOTHING_YET = {
    "greet",
    "thanks",
    "goodbye",
    "affirm",
    "deny",
    "unsure",
    "want_person",
    "go_back",
}

UNSAFE_TO_ASK = {"safe_no", "deny", "unsure"}


def interrupts(intent, *, asks):
    """Whether a text is for a rule of its own and answers nothing that was asked."""
    if asks == "safety_check" and intent in LEAVING:
        return False
    return intent in INTERRUPTIONS


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
    misread: int = 0

    @classmethod
    def from_slots(cls, slots):
        """Read the referral back from slot values; unset slots take their defaults."""
        known = {f.name for f in fields(cls)}
        return cls(**{k: v for k, v in slots.items() if k in known and v is not None})

    def to_slots(self):
        """Slot values by name."""
        return asdict(self)

    # ------------------------------------------------------------- reading

    def take(self, text, *, asks, intent, triage, on_behalf_of=None):
        """Read one text into the referral.

        Args:
            text: what the patient wrote.
            asks: the question that stood open, or empty.
            intent: the intent that was understood.
            triage: `{"needs": […], "unsure_between": […], "safety": {…}, "language": …}`.
            on_behalf_of: who the text says it is for ("mum"), if anybody else.
        """
        if interrupts(intent, asks=asks):
            return
        before = self.to_slots()
        answers = read_answers(text, asks=asks, intent=intent)
        self._take_language(triage)
        self.on_behalf_of = on_behalf_of or self.on_behalf_of
        if asks == "safety_check":
            self._take_safety(answers.yes, intent)
        elif triage["safety"]["act"] == "ask" and self.safety_check in (None, "safe"):
            self.safety_check = triage["safety"]["id"]
        self._take_needs(text, asks, intent, triage)
        self._take_contact(text, asks, answers)
        self._take_agreement(text, asks, answers)
        if self.is_in_another_language:
            self._take_in_another_language(text, asks, answers)
        if self.to_slots() | {"misread": None} != before | {"misread": None}:
            self.misread = 0
        elif asks == "confirm" and answers.yes is False:
            self.misread = ASK_WHAT_TO_CHANGE
        elif asks and asks == self.next_question():
            self._misread(asks, text)

    def notice_danger(self, text, triage):
        """A text says danger: keep it, and its needs, and ask nothing that can wait."""
        self.safety = triage["safety"]["id"]
        self.safety_check = "unsafe"
        self.words = [*self.words, text] if text not in self.words else self.words
        self.needs = list(dict.fromkeys([*self.needs, *(n["id"] for n in triage["needs"])]))
        self._take_language(triage)

    def _take_safety(self, yes, intent):
        """Only a clear yes is safe; anything else calls a person in."""
        is_safe = intent not in UNSAFE_TO_ASK and (yes is True or intent == "safe_yes")
        if is_safe:
            self.safety_check = "safe"
        else:
            self.safety, self.safety_check = self.safety_check, "unsafe"

    def _take_needs(self, text, asks, intent, triage):
        found = [need["id"] for need in triage["needs"]]
        tells = intent in ("tell_need", "hint_danger") and bool(found)
        if tells and self.is_declined:
            self.needs, self.words = [], []
            self.supports_offered = self.is_declined = False
        opens = asks in ("", "need") and intent not in SAYS_NOTHING_YET
        if asks == "need" and self.need_options:
            self._take_choice(text, found)
            return
        if opens and triage["unsure_between"] and not self.needs:
            self.need_options = triage["unsure_between"]
            self.words = [*self.words, text]
            return
        if tells or (opens and found):
            self.needs = list(dict.fromkeys([*self.needs, *found]))
            self.need = True
        if tells or opens:
            self.words = [*self.words, text] if text not in self.words else self.words

    def _take_language(self, triage):
        """What is written shows the language, but for English: that may be the second one.

        Who tells of a need in English can be asked in English, after a greeting in Urdu.
        """
        if triage["language"] != ENGLISH:
            self.language = self.written_in = triage["language"]
        elif triage["needs"]:
            self.written_in = ENGLISH

    def _take_in_another_language(self, text, asks, answers):
        """Few questions: the rest is for the interpreter's call. Whatever is said is kept."""
        self.need = True
        if text not in self.words:
            self.words = [*self.words, text]
        if asks == "name" and answers.yes is False:
            self.want_callback = False
        elif asks == "name":
            self.want_callback = self.confirm = True
            self.name = self.name or text.strip()[:LONGEST_NAME]
            said = answers.times or read_contact_times(text)
            self.time = times_to_slot(said) if said else any_time(text)

    def _take_choice(self, text, found):
        """The answer to "is it more about this or that?"; what it is not, is asked no more."""
        options, self.need_options = self.need_options, []
        chosen = read_choice(text, options)
        if not chosen:
            chosen = found or (options if chosen is None else [])
        self.words = [*self.words, text]
        self.needs = list(dict.fromkeys(chosen))
        self.need = True if chosen else None

    def _take_contact(self, text, asks, answers):
        may_change = asks in ("area", "confirm")
        if answers.area and (self.area is None or may_change):
            self.area = answers.area
            self.district = answers.place.district if answers.place else None
        elif asks == "area" and answers.yes is not None and self.area is None:
            self.area = ""  # they would rather not say
        self.name = answers.name or self.name
        self.language = answers.language or self.language
        if answers.phone:
            self.phone = answers.phone.e164
        if answers.times:
            self.time = times_to_slot(answers.times)

    def _take_agreement(self, text, asks, answers):
        if answers.want_callback is not None and asks != "confirm":
            self.want_callback = answers.want_callback
        elif self.is_declined and answers.yes and not asks:
            self.want_callback = True  # they changed their mind
        if self.want_callback:
            self.is_declined = False
        if answers.voicemail is not None:
            self.voicemail = answers.voicemail
        if asks == "safe_contact":
            self._take_safe_contact(text, answers)
        if asks == "confirm" and answers.yes is not None:
            self.confirm = answers.yes or None

    def _take_safe_contact(self, text, answers):
        if self.is_safe is False:
            self.safe_contact = text[:200]
        elif answers.yes is not None:
            self.is_safe = answers.yes
            says_how = answers.times is not None or answers.phone is not None
            self.safe_contact = text[:200] if answers.yes or says_how else None

    def _misread(self, asks, text):
        """Count an answer that could not be read; after two, go on without it."""
        self.misread = max(self.misread, 0) + 1
        if self.misread < MOST_MISREAD:
            return
        self.misread = 0
        if asks == "need":
            self.need, self.words = True, [*self.words, text]
        elif asks == "area":
            self.area = ""
        elif asks == "name":
            self.name = text.strip()[:LONGEST_NAME]
        elif asks == "time":
            self.time = any_time(text)
        elif asks == "voicemail":
            self.voicemail = False
        elif asks == "safe_contact":
            self.is_safe, self.safe_contact = False, text[:200]
        elif asks == "confirm":
            self.confirm = True  # a link worker reads it, and asks on the phone
        elif asks in ("want_callback", "phone", "practice"):
            self.misread = MOST_MISREAD

    # -------------------------------------------------------------- asking

    def next_question(self):
        """What to ask now, as `asks` names it, or None when nothing is missing."""
        return next(self._missing(), None)

    def _missing(self):
        if self.safety_check in NEEDS_ASKING:
            yield "safety_check"
        if self.is_stuck:
            return
        if self.is_in_another_language:
            yield from self._missing_for_interpreter()
            return
        if not self.need and not self.safety:
            yield "need"
        if self.area is None and not self.safety:
            yield "area"
        if self.want_callback is None:
            yield "want_callback"
        if not self.want_callback:
            return
        if self.practice is None:
            yield "practice"
        if self.name is None:
            yield "name"
        if self.phone is None:
            yield "phone"
        if not self.safety:
            # Somebody in danger is rung as soon as can be; nothing else is asked.
            if self.time is None:
                yield "time"
            if self.voicemail is None:
                yield "voicemail"
        if self.safe_contact is None:
            yield "safe_contact"
        if self.confirm is None:
            yield "confirm"

    def _missing_for_interpreter(self):
        if self.want_callback is False:
            return
        if self.practice is None:
            yield "practice"
        if self.name is None or not self.want_callback:
            yield "name"
        if self.phone is None:
            yield "phone"

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
        return self.language != ENGLISH

    @property
    def is_agreed(self):
        """The patient wants the call and has confirmed the summary."""
        return bool(self.want_callback and self.confirm)

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
            language=self.language,
            interpreter=self.wants_interpreter,
            on_behalf_of=self.on_behalf_of or "",
            practice=practice,
            **times,
        )

    def after_declining(self):
        """What stays known when no call is wanted: all that was told, for a change of mind."""
        return replace(self, want_callback=None, confirm=None, misread=0, is_declined=True)

    def after_closing(self):
        """What stays known for the next need of the same patient."""
        kept = ["area", "district", "practice", "name", "phone", "language", "written_in"]
        if self.is_in_another_language:
            kept += ["want_callback", "confirm"]  # whatever comes now joins the call
        return SelfReferral(**{name: getattr(self, name) for name in kept})


# The kinds of danger that a text may hint at, while the question about it stands open.
NEEDS_ASKING = {
    "suicide_self_harm", "medical_emergency", "abuse_danger", "child_protection", "harm_to_others",
}  # fmt: skip
