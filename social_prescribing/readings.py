"""Reading: what one text changes in a self-referral.

People answer three questions at once, or another question, or put right what they
said before. So each text is read for everything that it holds; what was answered
already only changes where the text says so.
"""

import re

from social_prescribing.agreements import is_given_up, take_agreement
from social_prescribing.answers import ABOUT_A_CALL, CORRECTS, read_answers, read_place_put_right
from social_prescribing.circumstances import read_age
from social_prescribing.contact_times import any_time, merge_times, times_to_slot
from social_prescribing.languages import ENGLISH, wants_interpreter
from social_prescribing.misreadings import count_misread
from social_prescribing.moves import wants_deleted
from social_prescribing.names import read_corrected_name
from social_prescribing.other_languages import (
    ASKED_MORE,
    read_in_language,
    refuses_interpreter,
)
from social_prescribing.questions import split_question
from social_prescribing.safe_contact import tells_of_listener
from social_prescribing.time_words import says_any_time
from social_prescribing.told_needs import ABOUT_THE_CALL, keep_words, take_needs
from social_prescribing.whom_it_is_for import is_for
from social_prescribing.yes_and_no import opens_with_yes_no

# The kinds of danger that a text may hint at, while the question about it stands open.
NEEDS_ASKING = {
    "suicide_self_harm", "medical_emergency", "abuse_danger", "child_protection", "harm_to_others",
}  # fmt: skip

DANGER_FROM_OTHERS = {"abuse_danger", "child_protection"}
# "Yes but I took some" is no clear yes to "are you safe?".
HEDGED = re.compile(r"\b(?:but|except|although|though)\b(?!.*\bsafe\b)", re.IGNORECASE)
# "Is it free? I cant pay for anything" says why it is asked, and no "no".
EXPLAINS = re.compile(
    r"^\W*(?:cos |because )?(?:i|a|ah|we) (?:can'?t|cannae|canny|cannot|have(?:n'?t| no)"
    r"|hav(?:nae|ny)|don'?t|dinnae|am no|do not)\b",
    re.IGNORECASE,
)
UNSAFE_TO_ASK = {"safe_no", "deny", "unsure"}
# The fields that a text may put right, and what else has to be forgotten with them.
FIELDS_OF = {
    "need": ("need", "needs", "words", "need_options"),
    "area": ("area", "district"),
    "want_callback": ("want_callback",),
    "practice": ("practice",),
    "name": ("name",),
    "phone": ("phone",),
    "time": ("time",),
    "voicemail": ("voicemail",),
    "safe_contact": ("safe_contact", "is_safe"),
    "confirm": ("confirm",),
    "language": (),
}
# What the link worker reads of a queued callback, so that a change of it is told.
TOLD = (
    "name", "phone", "time", "voicemail", "area", "language", "safe_contact", "is_safe",
    "on_behalf_of", "by_text",
)  # fmt: skip


class Reading:
    """One text on its way into a referral. See SelfReferral.take for the arguments."""

    def __init__(self, referral, text, asks, intent, triage, on_behalf_of=None):
        self.referral = referral
        self.text, self.asks, self.intent, self.triage = text, asks, intent, triage
        self.on_behalf_of = on_behalf_of
        self.tells = False  # it tells of a need
        self.other_need = False  # the text puts another need in the place of the one told before
        self.puts_place_right = read_place_put_right(text, asks=asks) is not None
        self.corrects = (
            bool(CORRECTS.search(text)) or intent == "correct_answer" or self.puts_place_right
        )

    def take(self):
        """Read the text for all that it holds, and count it as misread where that is nothing."""
        referral = self.referral
        before = referral.to_slots()
        referral.changed = []
        if self._takes_deletion() or self._goes_back():
            return
        self.answers = read_answers(self.text, asks=self._asks_as_read(), intent=self._reads_as())
        self._take_person()
        self.answers = read_in_language(
            self.answers,
            self.text,
            language=referral.language,
            asks=self.asks,
            tells=bool(self.triage["needs"]),
        )
        self._take_safety()
        take_needs(self)
        if not is_given_up(self):  # "och forget it" is no name, and no place
            self._take_area()
            self._take_contact()
        take_agreement(self)
        if tells_of_listener(self.text, is_about_call=self.asks in ABOUT_THE_CALL):
            referral.others_listen = True
        if referral.is_in_another_language:
            self._take_in_another_language()
        self._note_changes(before)
        count_misread(self, before)

    def take_in_passing(self):
        """Read only what is plainly said beside the patient's own question or words of danger."""
        rest, asked = split_question(self.text)
        asks = self.asks if asked and rest and not EXPLAINS.match(rest) else ""
        self.text, self.asks = (rest, asks) if asked else (self.text, "")
        before = self.referral.to_slots()
        self.answers = read_answers(self.text, asks=asks)
        if self.intent == "signal_danger":
            self._take_person()
        self._take_contact()
        if self.intent in ("stop_asking", "cancel_callback", "start_again", "abuse_bot"):
            return
        self._take_area()
        if asks:
            self.answers = read_answers(self.text, asks=asks)
            take_agreement(self, opening=opens_with_yes_no(self.text))
            self._note_answered(before)
        self._note_changes(before)

    def take_beside_danger(self):
        """Read what a text of danger holds besides; all that answers, where something was asked."""
        if not self.asks:
            self.take_in_passing()
            return
        before = self.referral.to_slots()
        self.answers = read_answers(self.text, asks=self.asks)
        self._take_person()
        self._take_area()
        self._take_contact()
        take_agreement(self)
        self._note_changes(before)
        count_misread(self, before)

    def _asks_as_read(self):
        """After the queue a text is read as one about the summary, unless it tells a need."""
        speaks_of_call = self.corrects or self.intent in ("give_time", "give_phone", "give_name")
        return (
            "confirm" if self.referral.is_queued and not self.asks and speaks_of_call else self.asks
        )

    def _reads_as(self):
        """ "sorry, Govan no Partick" is no "no" to the question, whatever it was taken for."""
        if self.puts_place_right or (self.corrects and opens_with_yes_no(self.text) is None):
            return "correct_answer"
        return self.intent

    # ------------------------------------------------------------- moves

    def _takes_deletion(self):
        referral = self.referral
        if self.asks == "delete_data" and referral.deletion == "asked":
            agreed = read_answers(self.text, asks="confirm", intent=self.intent).yes is True
            referral.deletion = "agreed" if agreed or wants_deleted(self.text) else "kept"
            return True
        is_plain = self.triage["safety"]["act"] != "alarm" and wants_deleted(self.text)
        if self.intent == "delete_data" or is_plain:
            referral.deletion = "asked"
            return True
        return False

    def _goes_back(self):
        if self.intent != "go_back":
            return False
        referral = self.referral
        if referral.answered:
            self.forget(referral.answered.pop())
        return True

    def forget(self, question):
        referral = self.referral
        for name in FIELDS_OF[question]:
            setattr(referral, name, [] if isinstance(getattr(referral, name), list) else None)
        if question == "phone":
            referral.wants_other_phone = True
        if question == "language":
            referral.wants_language = True
        referral.misread = 0

    # ------------------------------------------------------------- who and what

    def _take_person(self):
        referral = self.referral
        self._take_written_in()
        if self.answers.language:
            referral.language, referral.wants_language = self.answers.language, False
        elif referral.no_interpreter:
            referral.wants_language = False
        elif wants_interpreter(self.text) and referral.language == ENGLISH:
            referral.wants_language = True
        elif self.asks == "language":
            referral.wants_language = False
            referral.words = [*referral.words, self.text]
        if is_for(self.on_behalf_of, self.text, triage=self.triage):
            referral.on_behalf_of = self.on_behalf_of or referral.on_behalf_of
        if referral.age is None and not self.on_behalf_of and self.asks not in ("time", "phone"):
            referral.age = read_age(self.text)

    def _take_written_in(self):
        """The language to ask in. Who needs no interpreter is asked in English from then on."""
        referral, written_in = self.referral, self.triage["language"]
        if written_in != ENGLISH and self.asks and referral.is_in_another_language:
            # A short answer in Ukrainian may look Russian; who began in one goes on in it.
            written_in = referral.written_in
        if written_in != ENGLISH:
            referral.language = written_in
        if refuses_interpreter(self.text, language=referral.language):
            referral.no_interpreter = True
        elif wants_interpreter(self.text):
            referral.no_interpreter = False
        if referral.no_interpreter:
            referral.written_in = ENGLISH
        elif written_in != ENGLISH:
            referral.written_in = written_in
        elif self.triage["needs"]:
            # Who tells of a need in English can be asked in English, after a greeting in Urdu.
            referral.written_in = ENGLISH

    def _take_safety(self):
        """Only a clear yes is safe; anything else calls a person in."""
        referral, safety = self.referral, self.triage["safety"]
        if self.asks == "safety_check" and referral.safety_check in NEEDS_ASKING:
            is_safe = (
                self.intent not in UNSAFE_TO_ASK
                and not HEDGED.search(self.text)
                and (self.answers.yes is True or self.intent == "safe_yes")
            )
            if is_safe:
                referral.safety_check = "safe"
            else:
                referral.safety, referral.safety_check = referral.safety_check, "unsafe"
                referral.is_danger_new = True
                referral.take_up_again()
        elif self._hints(safety) and referral.safety_check in (None, "safe"):
            referral.safety_check = safety["id"]
            referral.others_listen |= safety["id"] in DANGER_FROM_OTHERS

    def _hints(self, safety):
        """Whether to ask about danger. "Before ma husband gets hame at 4" only says when to ring:

        where a text plainly gives the time, number or name that was asked for, a faint
        hint is passed over. An alarm never is.
        """
        answers = self.answers
        given = {"time": answers.times, "phone": answers.phone, "name": answers.name}
        by_rule = self.triage.get("by_rule", False)
        is_faint = (
            safety.get("confidence", 1) < FAINT and bool(given.get(self.asks)) and not by_rule
        )
        return safety["act"] == "ask" and not is_faint

    # ------------------------------------------------------------- where, who, when

    def _take_area(self):
        referral, answers = self.referral, self.answers
        may_change = self.corrects or self.asks in ("area", "confirm")
        if answers.area and (referral.area is None or may_change):
            moved = referral.area not in (None, answers.area)
            referral.area = answers.area
            referral.district = answers.place.district if answers.place else None
            if moved and self.asks == "want_callback":
                referral.supports_offered = False  # others are nearer to the right place
        elif self.asks == "area" and referral.area is None:
            refuses = answers.yes is not None or self.intent in ("unsure", "deny")
            if refuses and not self.other_need:
                referral.area = ""  # they would rather not say, or cannot

    def _take_contact(self):
        referral, answers = self.referral, self.answers
        may_rename = referral.name is None or self.corrects or self.asks in ("name", "confirm")
        if answers.name and (may_rename or self.intent == "give_name"):
            referral.name = answers.name
        is_fresh = referral.answered[-1:] == ["name"]
        if corrected := read_corrected_name(self.text, referral.name, is_fresh=is_fresh):
            referral.name = corrected
        elif (
            self.asks == "name" and not (answers.name or is_given_up(self)) and answers.yes is False
        ):
            referral.name = ""  # nobody has to give a name
        speaks_of_call = self.asks in ABOUT_THE_CALL or SPEAKS_OF_NUMBER.search(self.text)
        if answers.phone and (speaks_of_call or referral.phone is None):
            referral.phone, referral.wants_other_phone = answers.phone.e164, False
        self._take_times()

    def _take_times(self):
        referral, said = self.referral, self.answers.times
        # "Naw, ma boy paid the gas the day": in a telling only a call has its time.
        is_story = self.asks == "want_callback" and self.tells
        if said is None or (is_story and not ABOUT_A_CALL.search(self.text)):
            return
        is_asked = self.asks == "time" or (self.asks == "confirm" and self.corrects)
        if not said.is_any or is_asked or says_any_time(self.text):
            if referral.time is None:
                referral.time = times_to_slot(said)
            elif not said.is_any or is_asked or self.corrects:
                referral.time = merge_times(referral.time, said)

    # ------------------------------------------------------------- another language

    def _take_in_another_language(self):
        """Few questions, each asked once: the rest is for the call. Whatever is said is kept."""
        referral = self.referral
        referral.need = True
        keep_words(self)
        if self.answers.want_callback is False:
            referral.want_callback = False
            return
        if self.asks == "name":
            if self.answers.yes is False:
                referral.want_callback = False
                return
            referral.want_callback = referral.confirm = True
            if referral.written_in not in ASKED_MORE and referral.time is None:
                referral.time = any_time(self.text)
        elif self.asks == "area" and referral.area is None:
            referral.area = ""
        elif self.asks == "time" and referral.time is None:
            referral.time = any_time(self.text)
        elif self.asks == "voicemail" and referral.voicemail is None:
            referral.voicemail = False

    # ------------------------------------------------------------- what came of it

    def _note_changes(self, before):
        referral = self.referral
        now = referral.to_slots()
        referral.changed = [name for name in TOLD if now[name] != before[name]]
        self._note_answered(before)

    def _note_answered(self, before):
        referral = self.referral
        is_answered = self.asks in FIELDS_OF and referral.next_question() != self.asks
        if is_answered and referral.answered[-1:] != [self.asks]:
            referral.answered = [*referral.answered, self.asks]


FAINT = 0.35  # how likely danger is, by the model


SPEAKS_OF_NUMBER = re.compile(
    r"\b(?:ring\w*|phon\w*|fone|call\w*|numbers?|nu?mbe?r|mobile|landline|text|num|mob|tel"
    r"|it'?s|its|hers|her|his|inste?a?d|contact|reach|use|try|(?:get|catch) (?:a ?hold of )?(?:me"
    r"|us|him|her|them))\b|^\W*[\d +()-]+\W*$",
    re.IGNORECASE,
)
