"""Form fields of the administration."""

from django import forms

from social_prescribing.day_words import WEEKDAYS
from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.needs import CHOICES
from social_prescribing.phone_numbers import PhoneNumber, show


def settable(model):
    """Names of the fields that an administrator sets; the mark of the demo is none."""
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return [field.name for field in fields if field.editable and field.name != "is_demo"]


class PhoneField(forms.CharField):
    """A telephone number, written as people write it and kept as +44…"""

    def prepare_value(self, value):
        return show(value) if value else value

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return value
        try:
            return PhoneNumber.parse(value).e164
        except InvalidPhoneNumber:
            raise forms.ValidationError("This is not a telephone number.") from None


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Some of the working days of a week, as a list of their names."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **given):
        choices = [(day, day.capitalize()) for day in WEEKDAYS]
        super().__init__(**{"choices": choices, "required": False, **given})


class NeedsField(forms.TypedMultipleChoiceField):
    """Some of the twenty needs, as a list of their ids."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **given):
        super().__init__(**{"choices": CHOICES, **given})
