"""Add a person by hand: a walk-in, or somebody the practice asks about, in three fields."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from desk.permissions import MAY_REFER, SEES_PATIENTS, access_of, allowed_for
from desk.records import note_record
from social_prescribing.contact_times import TimePreference, read_contact_times
from social_prescribing.errors import InvalidPhoneNumber, InvalidValue
from social_prescribing.languages import ENGLISH, LANGUAGES, language_name
from social_prescribing.needs import CHOICES
from social_prescribing.practices import Practice
from social_prescribing.staff_referrals import refer_patient

YES_NO_UNKNOWN = [("", "Not asked"), ("yes", "Yes"), ("no", "No")]


def language_choices():
    """English first, the others by name."""
    others = sorted((name, code) for code, (name, _) in LANGUAGES.items() if code != ENGLISH)
    return [(ENGLISH, language_name(ENGLISH)), *((code, name) for name, code in others)]


class StaffReferralForm(forms.Form):
    """Three fields are enough; the rest is there for who knows more."""

    name = forms.CharField(
        label="Name", max_length=80, error_messages={"required": "Write their name"}
    )
    phone = forms.CharField(
        label="Phone number",
        max_length=30,
        error_messages={"required": "Write the number to ring"},
    )
    words = forms.CharField(
        label="What do they want help with? In their own words",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write a few words of what they want help with"},
    )
    practice = forms.ModelChoiceField(
        label="Practice",
        queryset=Practice.objects.none(),
        empty_label="Choose a practice",
        error_messages={"required": "Choose their practice"},
    )
    needs = forms.MultipleChoiceField(label="Needs", choices=CHOICES, required=False)
    time_words = forms.CharField(
        label="When is it good to ring?",
        max_length=200,
        required=False,
        help_text="For example: mornings, not before 10",
    )
    safe = forms.ChoiceField(label="Is it safe to ring?", choices=YES_NO_UNKNOWN, required=False)
    safe_contact = forms.CharField(
        label="Who may pick up, and what to mind", max_length=200, required=False
    )
    voicemail = forms.ChoiceField(
        label="May we leave a voicemail?", choices=YES_NO_UNKNOWN, required=False
    )
    language = forms.ChoiceField(label="Language", choices=language_choices, required=False)
    interpreter = forms.BooleanField(label="Needs an interpreter", required=False)

    def __init__(self, access, data=None):
        practices = access.practices
        super().__init__(data, initial={"language": "en"})
        self.fields["practice"].queryset = practices
        self.only_practice = practices.first() if practices.count() == 1 else None
        if self.only_practice:
            self.fields["practice"].required = False

    @property
    def ticked(self):
        return set(self["needs"].value() or ())

    def clean(self):
        given = super().clean()
        given["practice"] = given.get("practice") or self.only_practice
        return given

    def as_referral(self):
        """What refer_patient takes."""
        given = self.cleaned_data
        times = read_contact_times(given["time_words"]) if given["time_words"] else None
        return {
            **{name: given[name] for name in ("name", "phone", "words", "practice")},
            "needs": given["needs"],
            "language": given["language"] or "en",
            "interpreter": given["interpreter"],
            "is_safe_to_ring": _yes_no(given["safe"]),
            "safe_contact": given["safe_contact"],
            "voicemail_ok": _yes_no(given["voicemail"]),
            "time_words": given["time_words"],
            "days": times.days if times else (),
            "not_before": times.not_before if times else None,
            "not_after": times.not_after if times else None,
            "time_preference": times.preference if times else TimePreference.ANY,
        }


def _yes_no(answer):
    return {"yes": True, "no": False}.get(answer)


@allowed_for(MAY_REFER)
def add_person(request):
    """A GET shows the form, a POST queues the call."""
    access = access_of(request.user)
    form = StaffReferralForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            callback = refer_patient(referred_by=_who(request.user), **form.as_referral())
        except InvalidPhoneNumber:
            form.add_error("phone", "This number cannot be rung. Check it with them.")
        except InvalidValue as error:
            form.add_error(None, str(error))
        else:
            note_record(request, callback)
            messages.success(
                request, f"{callback.name} is in the queue. The reference is {callback.reference}."
            )
            if access.has_any(SEES_PATIENTS):
                return redirect("callback", callback.reference)
            return redirect("add_person")
    status = 422 if form.errors else 200
    return render(request, "desk/add_person.html", {"form": form}, status=status)


def _who(user):
    link_worker = access_of(user).link_worker
    return link_worker.name if link_worker else user.get_full_name() or user.get_username()
