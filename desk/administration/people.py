"""People who can sign in, what they are on the desk, the themes they work for, their absences."""

from axes.utils import reset
from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from desk.administration.base import AdministrationPage, Rows, note_administered
from desk.administration.days_column import days_to_cell, keep_days, read_days
from desk.administration.fields import NeedsField, settable
from desk.administration.imports import CsvImport, RowResource
from desk.administration.practice_codes import PracticesByCode, why_not_practices
from desk.administration.practices import ProviderByName
from desk.invitations import invitation_path, send_invitation
from desk.second_factor import has_second_factor, remove_second_factor
from social_prescribing.link_workers import Absence, LinkWorker, Theme
from social_prescribing.practices import Practice
from social_prescribing.staff import Person, Role, StaffRole

CLOSED_ONESELF = "You cannot close your own account: ask another administrator."


class PersonForm(forms.ModelForm):
    email = forms.EmailField(help_text="They sign in with it")
    first_name = forms.CharField(max_length=60)
    last_name = forms.CharField(max_length=60, required=False)
    is_active = forms.BooleanField(
        label="Can sign in",
        required=False,
        initial=True,
        help_text="Take this away when somebody leaves. Their work stays in the history.",
    )

    class Meta:
        model = Person
        fields = ("email", "first_name", "last_name", "is_active")

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if Person.objects.filter(username=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Somebody has an account with this email already.")
        return email


class LinkWorkerForm(forms.ModelForm):
    practices = forms.ModelMultipleChoiceField(
        Practice.objects,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Their days at each are on the practice’s own page",
    )
    name = forms.CharField(
        max_length=60,
        required=False,
        help_text="As patients hear it: “This is Sam”. Left empty, the name above",
    )

    class Meta:
        model = LinkWorker
        fields = settable(LinkWorker)

    def save(self, commit=True):
        self.instance.name = self.instance.name or self.instance.user.get_full_name()
        return super().save(commit)


class LinkWorkerInline(Rows):
    """Makes this person a link worker; with a theme, a thematic one."""

    model = LinkWorker
    form = LinkWorkerForm
    max_num = 1
    verbose_name_plural = "Link worker"


class StaffRoleForm(forms.ModelForm):
    class Meta:
        model = StaffRole
        fields = ("role", "provider", "practices")

    def clean(self):
        given = super().clean()
        role, provider = given.get("role"), given.get("provider")
        if role == Role.PROVIDER_LEAD and provider is None:
            self.add_error("provider", "Choose the provider that this person leads.")
        if role == Role.PRACTICE_STAFF and not given.get("practices"):
            self.add_error("practices", "Choose the practice that this person works at.")
        if role != Role.PROVIDER_LEAD:
            given["provider"] = None
        return given


class StaffRoleInline(Rows):
    model = StaffRole
    form = StaffRoleForm
    verbose_name = "role"
    verbose_name_plural = "Other roles: practice staff, leads, administrators"


@admin.register(Person)
class PersonPage(AdministrationPage):
    """Nobody is deleted: an account is closed, and its history stays."""

    form = PersonForm
    inlines = [LinkWorkerInline, StaffRoleInline]
    change_form_template = "admin/desk_person.html"
    list_display = ("__str__", "email", "roles", "second_factor", "last_login", "can_sign_in")
    list_filter = ("is_active", "staff_roles__role")
    search_fields = ("first_name", "last_name", "email")

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.username = obj.email
        if not change:
            obj.set_unusable_password()
        if obj.pk == request.user.pk and not obj.is_active:
            obj.is_active = True
            messages.error(request, CLOSED_ONESELF)
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """Whoever was just added is invited next."""
        self.invite(request, obj)
        return redirect("admin:social_prescribing_person_change", obj.pk)

    def response_change(self, request, obj):
        for name, step in self.steps.items():
            if name in request.POST:
                step(self, request, obj)
                return redirect(request.path)
        return super().response_change(request, obj)

    def invite(self, request, person):
        """Send a link to choose a password, and show it, for who sends it another way."""
        link = request.build_absolute_uri(invitation_path(person))
        note_administered(request, person, "Invited")
        sent = f"An email went to {person.email}. " if send_invitation(person, link) else ""
        messages.success(request, f"{sent}The link to choose a password, good for 3 days: {link}")

    def reset_second_factor(self, request, person):
        """For somebody who lost their phone."""
        remove_second_factor(person)
        note_administered(request, person, "Second factor reset")
        messages.success(request, f"{person} sets up a second factor at the next sign-in.")

    def unlock(self, request, person):
        """Somebody mistyped their password five times and cannot wait."""
        reset(username=person.username)
        note_administered(request, person, "Unlocked")
        messages.success(request, f"{person} can sign in again.")

    steps = {"_invite": invite, "_reset_second_factor": reset_second_factor, "_unlock": unlock}

    @admin.display(description="roles")
    def roles(self, person):
        given = [role.get_role_display() for role in person.staff_roles.all()]
        worker = getattr(person, "link_worker", None)
        if worker is not None:
            given.insert(0, f"Link worker, {worker.theme}" if worker.theme else "Link worker")
        return ", ".join(given) or "none yet"

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, person):
        return has_second_factor(person)

    @admin.display(description="can sign in", boolean=True, ordering="is_active")
    def can_sign_in(self, person):
        return person.is_active

    def get_queryset(self, request):
        people = super().get_queryset(request).select_related("link_worker__theme")
        return people.prefetch_related("staff_roles")


class ThemeById(ForeignKeyWidget):
    """A theme by its short word."""

    def __init__(self):
        super().__init__(Theme, "id")

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(str(value or "").strip().lower() or None, row, **kwargs)
        except Theme.DoesNotExist:
            known = ", ".join(Theme.objects.values_list("id", flat=True))
            raise ValueError(f"No theme is called “{value}”. There are: {known}.") from None


class LinkWorkerResource(RowResource):
    """Link workers, and the accounts with which they sign in."""

    email = Field("user", "email", widget=ForeignKeyWidget(Person, "username"))
    provider = Field("provider", "provider", widget=ProviderByName())
    practices = Field("practices", "practices", widget=PracticesByCode(), m2m_add=False)
    theme = Field("theme", "theme", widget=ThemeById())
    days = Field("days_told", "days")

    columns = (
        ("email", "needed: they sign in with it"),
        ("name", "needed, as patients hear it: Sam Reid"),
        ("provider", "needed: the provider’s name as it stands here"),
        ("practices", "codes of their practices, parted by spaces"),
        ("days", "at which practice on which days, where not on all: 40001 Mo Tu; 40002 Th"),
        ("theme", "for a thematic link worker, for example asylum"),
    )

    class Meta(RowResource.Meta):
        model = LinkWorker
        import_id_fields = ("email",)
        fields = ("email", "name", "provider", "practices", "theme", "days")

    def get_or_init_instance(self, instance_loader, row):
        worker, is_new = super().get_or_init_instance(instance_loader, row)
        worker.days_told = "" if is_new else days_to_cell(worker)
        return worker, is_new

    def save_m2m(self, instance, row, **kwargs):
        super().save_m2m(instance, row, **kwargs)
        if "days" in row:
            keep_days(instance, row["days"])

    def before_import_row(self, row, **kwargs):
        email = str(row.get("email") or "").strip().lower()
        wrong = {} if _is_email(email) else {"email": f"“{email}” is not an email address."}
        if not str(row.get("name") or "").strip():
            wrong["name"] = "No name."
        if not str(row.get("provider") or "").strip():
            wrong["provider"] = "No provider."
        if why := why_not_practices(row.get("practices")):
            wrong["practices"] = why
        if "days" in row:
            row["days"], wrong_days = read_days(row["days"], row.get("practices"))
            wrong |= {"days": wrong_days} if wrong_days else {}
        self.refuse(wrong)
        row["email"] = email
        _account_for(email, str(row["name"]).strip())


def _is_email(text):
    try:
        forms.EmailField().clean(text)
    except forms.ValidationError:
        return False
    return True


def _account_for(email, name):
    """The account of this email, made where there is none; who has none yet is then invited."""
    first_name, _, last_name = name.partition(" ")
    names = {"email": email, "first_name": first_name, "last_name": last_name}
    person, is_new = Person.objects.get_or_create(username=email, defaults=names)
    if is_new:
        person.set_unusable_password()
        person.save()


@admin.register(LinkWorker)
class LinkWorkerPage(CsvImport, AdministrationPage):
    """The list to import into and to look through; each is changed on their person's page."""

    resource_classes = [LinkWorkerResource]
    list_display = ("name", "provider", "theme", "practice_names", "capacity")
    list_filter = ("provider", "theme")
    search_fields = ("name", "user__email", "practices__name")
    exclude = ("is_demo",)
    readonly_fields = ("user",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_import_permission(self, request):
        return self.has_change_permission(request)

    def get_queryset(self, request):
        workers = super().get_queryset(request).select_related("provider", "theme")
        return workers.prefetch_related("practices")

    @admin.display(description="practices")
    def practice_names(self, worker):
        return ", ".join(map(str, worker.practices.all())) or "–"


class ThemeForm(forms.ModelForm):
    needs = NeedsField(
        help_text="A callback with one of these needs is in this theme’s queue as well"
    )

    class Meta:
        model = Theme
        fields = ("name", "id", "needs")
        labels = {"id": "Short word"}


@admin.register(Theme)
class ThemePage(AdministrationPage):
    form = ThemeForm
    list_display = ("name", "id", "link_worker_names")

    def get_readonly_fields(self, request, obj=None):
        return ("id",) if obj else ()

    @admin.display(description="link workers")
    def link_worker_names(self, theme):
        return ", ".join(map(str, theme.link_workers.all())) or "none yet"


@admin.register(Absence)
class AbsencePage(AdministrationPage):
    list_display = ("link_worker", "first_day", "last_day", "covered_by")
    list_filter = ("link_worker__provider",)
    date_hierarchy = "first_day"
