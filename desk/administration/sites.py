"""Sites of practices: on the practice's own page, and as a list to look through and bring in."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from desk.administration.base import AdministrationPage, Rows
from desk.administration.imports import CsvImport, RowResource
from desk.administration.practice_codes import why_not_practices
from social_prescribing.practice_list import read_postcode
from social_prescribing.practices import Practice
from social_prescribing.sites import Site
from social_prescribing.spoken_hours import hours_in_words


class SiteForm(forms.ModelForm):
    class Meta:
        model = Site
        fields = ("is_branch", "name", "address", "postcode", "neighbourhood", "hours")
        labels = {"is_branch": "This is a branch, not the main surgery"}

    def clean_postcode(self):
        written = self.cleaned_data["postcode"]
        if written and not read_postcode(written):
            raise forms.ValidationError("This is not a postcode.")
        return read_postcode(written)

    def clean(self):
        given = super().clean()
        if given.get("is_branch") and not given.get("name"):
            self.add_error("name", "Give the branch the name that patients call it by.")
        return given


class SiteFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.is_valid() and form.has_changed()]
        kept += [
            {"is_branch": form.instance.is_branch}
            for form in self.initial_forms
            if form.is_valid() and not form.has_changed()
        ]
        surgeries = [one for one in kept if not one.get("DELETE") and not one["is_branch"]]
        if len(surgeries) > 1:
            raise forms.ValidationError(
                "A practice has one main surgery: tick the others as branches."
            )


class SiteInline(Rows):
    """Its surgery and its branches."""

    model = Site
    form = SiteForm
    formset = SiteFormSet
    fields = (*SiteForm.Meta.fields, "hours_as_read")
    readonly_fields = ("hours_as_read",)
    verbose_name = "site"
    verbose_name_plural = "Sites and opening hours"

    @admin.display(description="As a patient reads them")
    def hours_as_read(self, site):
        """What is saved; what is being written shows once it is."""
        return "; ".join(hours_in_words(site.hours, timezone.localdate())) or "–"


class SiteResource(RowResource):
    """Branches of practices, and their surgeries' hours."""

    practice = Field("practice", "practice", widget=ForeignKeyWidget(Practice, "code"))

    columns = (
        ("practice", "needed: the practice’s code"),
        ("name", "what patients call a branch; left empty, it is the main surgery"),
        ("address, postcode, neighbourhood", "where it is"),
        ("hours", "in OpenStreetMap’s syntax: Mo-Fr 08:30-18:00; We 08:30-13:00"),
    )

    class Meta(RowResource.Meta):
        model = Site
        import_id_fields = ("practice", "name")
        fields = ("practice", "name", "is_branch", "address", "postcode", "neighbourhood", "hours")

    def before_import_row(self, row, **kwargs):
        why = why_not_practices(row.get("practice")) or ("" if row.get("practice") else "No code.")
        wrong = {"practice": why} if why else {}
        row["name"] = " ".join(str(row.get("name") or "").split())
        row["is_branch"] = bool(row["name"])
        if written := str(row.get("postcode") or "").strip():
            row["postcode"] = read_postcode(written)
            if not row["postcode"]:
                wrong["postcode"] = f"“{written}” is not a postcode."
        self.refuse(wrong)


@admin.register(Site)
class SitePage(CsvImport, AdministrationPage):
    form = SiteForm
    resource_classes = [SiteResource]
    list_display = ("__str__", "practice", "is_branch", "address", "postcode", "hours")
    list_filter = ("is_branch",)
    search_fields = ("name", "practice__name", "address", "postcode")

    def has_add_permission(self, request):
        """Each is added and changed on its practice's page."""
        return False
