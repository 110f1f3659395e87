"""What a link worker writes down about a call."""

from django import forms

from desk.call_script import why_no_voicemail
from social_prescribing.callbacks import AttemptResult, Outcome, attempts_allowed

LONGEST_NOTE = 2000


def _note(label, help_text="", *, required=False):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "ds_input"}),
    )


class AttemptForm(forms.Form):
    """One try at ringing."""

    result = forms.ChoiceField(
        label="What happened when you rang?",
        choices=AttemptResult.choices,
        widget=forms.RadioSelect(attrs={"class": "ds_radio__input"}),
        error_messages={"required": "Say what happened when you rang"},
    )
    note = _note("Note", "For whoever rings next. Only what they need to know.")

    def __init__(self, *args, callback, **kwargs):
        super().__init__(*args, prefix="attempt", **kwargs)
        self.callback = callback
        self.no_voicemail = why_no_voicemail(callback)

    def clean_result(self):
        result = self.cleaned_data["result"]
        if result == AttemptResult.VOICEMAIL_LEFT and self.no_voicemail:
            raise forms.ValidationError(
                f"{self.no_voicemail}. If one was left by mistake, choose “No answer” and say so in the note."
            )
        return result


class CloseForm(forms.Form):
    """The end of a callback."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Outcome.choices,
        widget=forms.RadioSelect(attrs={"class": "ds_radio__input"}),
        error_messages={"required": "Say what came of it"},
    )
    note = _note("Note")

    def __init__(self, *args, callback, **kwargs):
        super().__init__(*args, prefix="close", **kwargs)
        self.callback = callback

    @property
    def attempts_hint(self):
        """How far off "Could not be reached" is."""
        made, allowed = len(self.callback.attempts.all()), attempts_allowed(self.callback)
        if made >= allowed:
            return ""
        return f"{Outcome.UNREACHABLE.label}: only after {allowed} attempts. {attempts_left(self.callback)}"


class ReleaseForm(forms.Form):
    """Back to the queue, with a word for whoever takes it next."""

    note = _note("Why, for whoever takes it next")

    def __init__(self, *args, callback, **kwargs):
        super().__init__(*args, prefix="release", **kwargs)


def attempts_left(callback):
    """`1 made, 2 to go.`"""
    made = len(callback.attempts.all())
    return f"{made} made, {attempts_allowed(callback) - made} to go."
