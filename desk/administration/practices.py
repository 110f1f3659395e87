"""Practices, the contact numbers they share, the providers that serve them, on-call lists."""

from django import forms
from django.contrib import admin
from import_export.fields import Field
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.widgets import ForeignKeyWidget

from desk.administration.base import AdministrationPage
from desk.administration.fields import PhoneField, settable
from desk.administration.imports import CsvImport, RowResource
from desk.administration.practice_codes import PracticesByCode, codes_in, why_not_practices
from desk.administration.practice_parts import DaysInline, OnCallInline
from desk.administration.sites import SiteInline
from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.own_words import greeting, plain_words, why_not_own_words
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.practice_list import column_name, is_in_glasgow, read_practice_row
from social_prescribing.practices import ContactNumber, Practice, Provider
from social_prescribing.sites import Site, main_site


class PracticeForm(forms.ModelForm):
    reception_phone = PhoneField(label="Reception’s telephone")
    rings_from = PhoneField(
        label="Link workers ring from",
        help_text="The number that a patient’s phone shows when a link worker rings",
    )

    class Meta:
        model = Practice
        fields = settable(Practice)
        labels = {
            "name_for_texts": "Name in texts",
            "own_words": "Own words in the greeting",
            "callback_within_days": "We ring within",
            "attempts_allowed": "We try",
            "hours_between_attempts": "Between two tries",
            "text_after_attempts": "Tries on one day",
            "days_to_next_attempt": "Then again after",
            "days_before_closing": "Last text after",
            "forgotten_after_days": "A claim is forgotten after",
            "alert_climbs_after_minutes": "An unseen safety alert climbs after",
        }

    def clean_own_words(self):
        return plain_words(self.cleaned_data["own_words"])

    def clean(self):
        given = super().clean()
        words, name = given.get("own_words"), given.get("name_for_texts")
        if words and name and (why := why_not_own_words(words, name_for_texts=name)):
            self.add_error("own_words", why)
        return given


class ProviderByName(ForeignKeyWidget):
    """A provider by its name, which must be there already."""

    def __init__(self):
        super().__init__(Provider, "name")

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except Provider.DoesNotExist:
            raise ValueError(f"No provider is called “{value}”. Add it first.") from None


class PracticeResource(RowResource):
    """Public Health Scotland's list, or a file with our own columns."""

    provider = Field("provider", "provider", widget=ProviderByName())
    address = Field("surgery__address", "address")
    postcode = Field("surgery__postcode", "postcode")
    hours = Field("surgery__hours", "hours")

    columns = (
        ("PracticeCode", "needed; a practice that is here already is brought up to date"),
        ("GPPracticeName", "needed"),
        ("Postcode", "needed, or Neighbourhood"),
        ("TelephoneNumber", "needed"),
        ("AddressLine1 to 4", "of its surgery; branches are brought in on the page of sites"),
        ("Opening hours", "of its surgery, in OpenStreetMap’s syntax: Mo-Fr 08:30-18:00"),
        ("Own words", "a sentence of its own in the greeting to patients"),
        ("HSCP", "to take Glasgow’s alone out of the list of all Scotland"),
        ("Provider", "whose link workers serve it; or choose one above"),
        ("Name in texts, Neighbourhood, Rings from", "worked out where they are not given"),
    )

    class Meta(RowResource.Meta):
        model = Practice
        import_id_fields = ("code",)
        fields = (
            "code",
            "name",
            "name_for_texts",
            "own_words",
            "provider",
            "neighbourhood",
            "postcode_district",
            "reception_phone",
            "rings_from",
            "address",
            "postcode",
            "hours",
        )

    def get_or_init_instance(self, instance_loader, row):
        practice, is_new = super().get_or_init_instance(instance_loader, row)
        practice.surgery = (None if is_new else main_site(practice)) or Site()
        return practice, is_new

    def after_save_instance(self, instance, row, **kwargs):
        surgery = instance.surgery
        if surgery.address or surgery.postcode or surgery.hours:
            surgery.practice = instance
            surgery.save()

    def before_import(self, dataset, **kwargs):
        dataset.headers = [column_name(header) for header in dataset.headers]
        if "code" not in dataset.headers:
            raise ValueError("The file has no column PracticeCode in its first line.")
        self.known = {practice.code: practice for practice in Practice.objects.all()}
        self.seen = set()

    def before_import_row(self, row, *, provider=None, only_glasgow=False, **kwargs):
        row["is_left_out"] = only_glasgow and not is_in_glasgow(row)
        if row["is_left_out"]:
            return
        known = self.known.get(str(row["code"] or "").strip())
        read, wrong = read_practice_row(row, known=known)
        row.update(read)
        named = str(row.get("provider") or "").strip()
        row["provider"] = named or str((known and known.provider) or provider or "")
        if not row["provider"]:
            wrong["provider"] = "No provider: name one in the file, or choose one below."
        if row["code"] in self.seen:
            wrong["code"] = f"The code {row['code']} stands in the file twice."
        self.seen.add(row["code"])
        self.refuse(wrong)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if row["is_left_out"]:
            return True
        return super().skip_row(instance, original, row, import_validation_errors)


class PracticeImportForm(ImportForm):
    provider = forms.ModelChoiceField(
        Provider.objects,
        required=False,
        label="Provider",
        help_text="For new practices whose row names none",
    )
    only_glasgow = forms.BooleanField(
        required=False,
        initial=True,
        label="Only Glasgow City’s, where the file says which partnership a practice is in",
    )
    field_order = ("resource", "import_file", "provider", "only_glasgow", "format")


class PracticeConfirmForm(ConfirmImportForm):
    provider = forms.ModelChoiceField(Provider.objects, required=False, widget=forms.HiddenInput)
    only_glasgow = forms.BooleanField(required=False, widget=forms.HiddenInput)


@admin.register(Practice)
class PracticePage(CsvImport, AdministrationPage):
    form = PracticeForm
    resource_classes = [PracticeResource]
    import_form_class = PracticeImportForm
    confirm_form_class = PracticeConfirmForm
    inlines = [SiteInline, DaysInline, OnCallInline]
    readonly_fields = ("first_text",)
    list_display = ("name", "code", "provider", "neighbourhood", "numbers", "link_worker_names")
    list_filter = ("provider",)
    search_fields = ("name", "code", "neighbourhood", "postcode_district")
    fieldsets = (
        ("The practice", {"fields": ("name", "code", "provider")}),
        ("Where it is", {"fields": ("neighbourhood", "postcode_district")}),
        (
            "To patients",
            {
                "fields": (
                    "name_for_texts",
                    "own_words",
                    "first_text",
                    "other_names",
                    "keyword",
                    "web_chat_page",
                    "reception_phone",
                    "rings_from",
                )
            },
        ),
    )

    def has_delete_permission(self, request, obj=None):
        """Not where patients texted it: their conversations would belong to nobody."""
        is_used = obj is not None and obj.conversation_set.exists()
        return not is_used and super().has_delete_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        """What we promise, and how we try, is whatever else a practice can set."""
        named = {name for _, group in self.fieldsets for name in group["fields"]}
        rest = tuple(name for name in PracticeForm.base_fields if name not in named)
        return (*self.fieldsets, ("What we promise, and how we try", {"fields": rest}))

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("provider")
            .prefetch_related("contact_numbers", "link_workers")
        )

    @admin.display(description="A patient’s first text")
    def first_text(self, practice):
        """As it goes out now; what is being written shows once it is saved."""
        return greeting(practice.name_for_texts, practice.own_words) if practice.pk else "–"

    @admin.display(description="contact numbers")
    def numbers(self, practice):
        return ", ".join(map(str, practice.contact_numbers.all())) or "none yet"

    @admin.display(description="link workers")
    def link_worker_names(self, practice):
        return ", ".join(map(str, practice.link_workers.all())) or "none yet"

    def get_import_data_kwargs(self, **kwargs):
        form = kwargs.get("form")
        chosen = {
            "provider": form.cleaned_data["provider"],
            "only_glasgow": form.cleaned_data["only_glasgow"],
        }
        return super().get_import_data_kwargs(**kwargs) | chosen

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if import_form is not None:
            initial["provider"] = import_form.cleaned_data["provider"]
            initial["only_glasgow"] = import_form.cleaned_data["only_glasgow"]
        return initial


class ContactNumberForm(forms.ModelForm):
    e164 = PhoneField(label="Number", help_text="The number that patients text")

    class Meta:
        model = ContactNumber
        fields = settable(ContactNumber)


class ContactNumberResource(RowResource):
    """Numbers and the practices that share them."""

    number = Field("e164", "number")
    practices = Field("practices", "practices", widget=PracticesByCode(), m2m_add=False)

    columns = (
        ("number", "needed: 0141 … or 07… or +44…"),
        ("practices", "codes of the practices that share it, parted by spaces"),
    )

    class Meta(RowResource.Meta):
        model = ContactNumber
        import_id_fields = ("number",)
        fields = ("number", "practices")

    def before_import_row(self, row, **kwargs):
        written, wrong = str(row.get("number") or "").strip(), {}
        try:
            row["number"] = PhoneNumber.parse(written).e164
        except InvalidPhoneNumber:
            wrong["number"] = f"“{written}” is not a telephone number."
        if not codes_in(row.get("practices")):
            wrong["practices"] = "No practice. A number belongs to one or more."
        elif why := why_not_practices(row["practices"]):
            wrong["practices"] = why
        self.refuse(wrong)


@admin.register(ContactNumber)
class ContactNumberPage(CsvImport, AdministrationPage):
    form = ContactNumberForm
    resource_classes = [ContactNumberResource]
    list_display = ("__str__", "shared_by")
    search_fields = ("e164", "practices__name")

    @admin.display(description="practices")
    def shared_by(self, number):
        return ", ".join(map(str, number.practices.all()))


class ProviderResource(RowResource):
    columns = (("name", "needed"),)

    class Meta(RowResource.Meta):
        model = Provider
        import_id_fields = ("name",)
        fields = ("name",)


@admin.register(Provider)
class ProviderPage(CsvImport, AdministrationPage):
    resource_classes = [ProviderResource]
    inlines = [OnCallInline]
    exclude = ("is_demo",)
    list_display = ("name", "practices_served", "link_workers_employed")
    search_fields = ("name",)

    @admin.display(description="practices")
    def practices_served(self, provider):
        return provider.practices.count()

    @admin.display(description="link workers")
    def link_workers_employed(self, provider):
        return provider.link_workers.count()
