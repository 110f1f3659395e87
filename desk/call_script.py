"""What to say on the phone, so that nobody but the patient learns who rings and why."""

from dataclasses import dataclass

from social_prescribing.needs import in_patient_words


@dataclass(frozen=True)
class CallScript:
    """One call, in the order that it goes."""

    callback: object
    link_worker: object

    @property
    def caller(self):
        return self.link_worker.first_name

    @property
    def first_words(self):
        """Says neither who rings nor from where: somebody else may have picked up."""
        return f"Hello, is that {self.callback.name}?" if self.callback.name else "Hello, who is that?"

    @property
    def once_it_is_them(self):
        practice = self.callback.practice
        come_from = f"a link worker from {practice.name}" if practice else "a link worker"
        return f"This is {self.caller}, {come_from}. You asked us to ring. Can you talk just now?"

    @property
    def about(self):
        needs = in_patient_words(self.callback.need_ids[:2])
        return f"You told us about {needs}. Tell me what would help." if needs else ""

    @property
    def to_somebody_else(self):
        return "Sorry to bother you, I will try another time."

    @property
    def voicemail(self):
        """What may be left on the voicemail, or nothing."""
        if not self.callback.voicemail_ok:
            return ""
        name = self.callback.name or "there"
        practice = self.callback.practice
        number = f" on {practice.shown_rings_from}" if practice else ""
        return f"Hello {name}, it's {self.caller}. I will try again, or ring me back{number}."


def why_no_voicemail(callback):
    """The reason that no voicemail may be left, or an empty text where one may."""
    if callback.voicemail_ok:
        return ""
    who = callback.name or "The patient"
    if callback.voicemail_ok is None:
        return f"{who} was not asked whether a voicemail is all right, so leave none"
    return f"{who} said no to voicemail, so leave none"
