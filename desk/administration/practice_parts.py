"""What hangs on a practice, on its own page: its link workers' days, who is on call."""

from django import forms

from desk.administration.base import Rows
from desk.administration.fields import PhoneField, WeekdaysField
from social_prescribing.link_workers import DaysAtPractice
from social_prescribing.on_call import OnCallContact


class DaysForm(forms.ModelForm):
    days = WeekdaysField(help_text="None ticked: every working day")

    class Meta:
        model = DaysAtPractice
        fields = ("link_worker", "days")


class DaysInline(Rows):
    """Who works here, and on which days."""

    model = DaysAtPractice
    form = DaysForm
    verbose_name = "link worker"
    verbose_name_plural = "Link workers and their days"


class OnCallForm(forms.ModelForm):
    phone = PhoneField(required=False, label="Mobile")

    class Meta:
        model = OnCallContact
        fields = ("name", "email", "phone", "when")

    def clean(self):
        given = super().clean()
        if not (given.get("email") or given.get("phone") or self.errors):
            self.add_error("email", "Give an email address or a mobile, or nobody can be told.")
        return given


class OnCallInline(Rows):
    """Who is told when nobody looks at a safety alert."""

    model = OnCallContact
    form = OnCallForm
    verbose_name = "person on call"
    verbose_name_plural = "On call, when nobody looks at a safety alert"
