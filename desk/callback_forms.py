"""The three forms of a callback's page: record an attempt, close, release."""

from django import forms

from desk.caseload import attempts_left
from desk.names import called
from social_prescribing.callbacks import AttemptResult, Outcome
from social_prescribing.safe_contact import may_leave_voicemail

# A patient cancels by text; a link worker records that as "does not want help now".
OUTCOMES = [Outcome.REACHED, Outcome.REFERRED_ON, Outcome.DECLINED, Outcome.UNREACHABLE]
LONGEST_NOTE = 2000


def _note(label):
    return forms.CharField(
        label=label,
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AttemptForm(forms.Form):
    """One try at ringing. A voicemail can only be recorded where the patient allows one."""

    prefix = "attempt"

    result = forms.ChoiceField(
        label="What happened?",
        choices=AttemptResult,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened when you rang"},
    )
    note = _note("Note about this try (optional)")

    def __init__(self, callback, data=None):
        super().__init__(data)
        self.no_voicemail = no_voicemail_reason(callback)

    def clean_result(self):
        result = self.cleaned_data["result"]
        if result == AttemptResult.VOICEMAIL_LEFT and self.no_voicemail:
            raise forms.ValidationError(self.no_voicemail)
        return result


class CloseForm(forms.Form):
    """End a callback with its outcome."""

    prefix = "close"

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=[(outcome.value, outcome.label) for outcome in OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of the callback"},
    )
    note = _note("Note about the outcome (optional)")

    def __init__(self, callback, data=None):
        super().__init__(data)
        self.attempts_left = attempts_left(callback)


class ReleaseForm(forms.Form):
    """Put a callback back into the queue, with a word to whoever takes it next."""

    prefix = "release"

    note = _note("What should the next link worker know?")

    def __init__(self, callback, data=None):
        super().__init__(data)
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = (
            "Write a few words for whoever takes it next"
        )


def no_voicemail_reason(callback):
    """Why no voicemail may be left, or an empty text where one may."""
    if may_leave_voicemail(callback):
        return ""
    if callback.voicemail_ok:
        return "Leave no voicemail: somebody else may hear it."
    if callback.voicemail_ok is None:
        return f"Leave no voicemail: nobody has asked {called(callback)} whether that is safe."
    return f"Leave no voicemail: {called(callback)} said no."
