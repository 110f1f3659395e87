"""The forms of a callback's page: what happened on the phone, what was agreed, who goes on."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from desk.caseload import attempts_left
from desk.names import called
from social_prescribing.agreed_supports import supports_to_offer
from social_prescribing.callbacks import AttemptResult, NextStep, Outcome
from social_prescribing.link_workers import LinkWorker
from social_prescribing.needs import CHOICES
from social_prescribing.patient_texts import warning_before_text
from social_prescribing.promises import how_to_reach
from social_prescribing.safe_contact import may_leave_voicemail
from social_prescribing.segments import LONGEST_TEXT
from social_prescribing.supports import Support
from social_prescribing.working_time import GLASGOW

# A patient cancels by text; a link worker records that as "does not want help now".
OUTCOMES = [Outcome.REACHED, Outcome.REFERRED_ON, Outcome.DECLINED, Outcome.UNREACHABLE]
LONGEST_NOTE = 2000
# Minutes from the text to the call, each a tap.
RING_IN = (5, 10, 30)


def _note(label, *, required=""):
    """A note; `required` is what is said where it is left out."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_NOTE,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": required} if required else {},
    )


class AttemptForm(forms.Form):
    """One try at ringing. A voicemail can only be recorded where the patient allows one."""

    prefix = "attempt"

    result = forms.ChoiceField(
        label="What happened?",
        choices=AttemptResult,
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
    """End a callback with its outcome, what was agreed, and what the patient is told."""

    prefix = "close"

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=[(outcome.value, outcome.label) for outcome in OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of the callback"},
    )
    supports = forms.ModelMultipleChoiceField(
        label="Supports you agreed on", queryset=Support.objects.all(), required=False
    )
    follow_up_on = forms.DateField(required=False, widget=forms.DateInput())
    note = _note("Note about the outcome (optional)")
    tells = forms.BooleanField(label="Text them what was agreed", required=False)

    def __init__(self, callback, data=None):
        super().__init__(data)
        again = how_to_reach(callback).capitalize()
        self.fields["follow_up_on"].label = f"{again} again on (optional)"
        self.attempts_left = attempts_left(callback)
        self.offers = supports_to_offer(callback) if callback.is_open else []
        self.ticked = set(data.getlist("close-supports")) if data is not None else set()
        self.is_unsafe = bool(warning_before_text(callback))
        if data is None:
            suggested = {NextStep.FINISH: "reached", NextStep.CLOSE: "unreachable"}
            self.initial = {
                "outcome": suggested.get(callback.next_step, ""),
                "tells": not self.is_unsafe,
            }

    def clean_follow_up_on(self):
        day = self.cleaned_data["follow_up_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError("Choose a day after today")
        return day


class ReleaseForm(forms.Form):
    """Put a callback back into the queue, with a word to whoever takes it next."""

    prefix = "release"

    note = _note(
        "What should the next link worker know?",
        required="Write a few words for whoever takes it next",
    )

    def __init__(self, callback, data=None):
        super().__init__(data)


class HandOverForm(forms.Form):
    """Give a callback to a colleague, with a word about it."""

    prefix = "hand-over"

    to = forms.ModelChoiceField(
        label="Hand over to",
        queryset=LinkWorker.objects.none(),
        empty_label="Choose a link worker",
        error_messages={"required": "Choose who takes it on"},
    )
    note = _note("What should they know?", required="Write a few words for whoever takes it on")

    def __init__(self, callback, data=None):
        super().__init__(data)
        self.fields["to"].queryset = colleagues_for(callback)


class NeedsForm(forms.Form):
    """What the patient really needs, the main need first."""

    prefix = "needs"

    needs = forms.MultipleChoiceField(
        label="Needs", choices=CHOICES, error_messages={"required": "Choose at least one need"}
    )
    main = forms.ChoiceField(label="Main need", choices=[("", "The first one"), *CHOICES])

    def __init__(self, callback, data=None):
        super().__init__(data)
        self.fields["main"].required = False
        found = callback.need_ids
        if data is None:
            self.initial = {"needs": found, "main": found[0] if found else ""}

    @property
    def ticked(self):
        return set(self["needs"].value() or ())

    def clean(self):
        given = super().clean()
        main, needs = given.pop("main", ""), given.get("needs", [])
        if main and needs:
            given["needs"] = [main, *(need for need in needs if need != main)]
        return given


class NoteForm(forms.Form):
    """A line for the history."""

    prefix = "note"

    note = _note("Note", required="Write the note first")

    def __init__(self, callback, data=None):
        super().__init__(data)


class TextForm(forms.Form):
    """A text to the patient, by hand."""

    prefix = "text"

    text = forms.CharField(
        label="Text to the patient",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write something first"},
    )
    warning_read = forms.BooleanField(
        label="I have read this, and it is all right to text", required=False
    )

    def __init__(self, callback, data=None, *, text=""):
        super().__init__(data, initial={"text": text})


class RingingForm(forms.Form):
    """When the call comes: in so many minutes, or at a time today."""

    prefix = "ringing"

    minutes = forms.IntegerField(min_value=1, max_value=240, required=False)
    at = forms.TimeField(label="At a time today", required=False)
    warning_read = forms.BooleanField(
        label="I have read this, and it is all right to text", required=False
    )

    def __init__(self, callback, data=None):
        super().__init__(data)

    def clean(self):
        given = super().clean()
        given["when"] = self._when(given.pop("minutes", None), given.pop("at", None))
        return given

    def _when(self, minutes, at):
        now = timezone.now()
        if at is not None:
            when = datetime.combine(now.astimezone(GLASGOW).date(), at, GLASGOW)
            if when <= now:
                raise forms.ValidationError("Choose a time that is still to come today")
            return when
        if minutes is None and not self.errors:
            raise forms.ValidationError("Choose when you will ring")
        return now + timedelta(minutes=minutes or 0)


def colleagues_for(callback):
    """Link workers who may take a callback on: of its practice, or of the same provider."""
    workers = LinkWorker.objects.filter(user__is_active=True).exclude(pk=callback.link_worker_id)
    if callback.practice is None:
        return workers
    of_practice = workers.filter(practices=callback.practice)
    of_provider = workers.filter(provider=callback.practice.provider_id)
    return (of_practice | of_provider).distinct().order_by("name")


def no_voicemail_reason(callback):
    """Why no voicemail may be left, or an empty text where one may."""
    if may_leave_voicemail(callback):
        return ""
    if callback.voicemail_ok:
        return "Leave no voicemail: somebody else may hear it."
    if callback.voicemail_ok is None:
        return f"Leave no voicemail: nobody has asked {called(callback)} whether that is safe."
    return f"Leave no voicemail: {called(callback)} said no."
