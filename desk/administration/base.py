"""What every page of the administration shares: who may, and what stands in the audit log."""

from django.contrib.admin import ModelAdmin, StackedInline
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import CheckboxSelectMultiple

from desk.permissions import may_administer
from desk.records import Note, note
from social_prescribing.audit_log import Action


class Permissions:
    """Administrators may, whatever Django's own table of permissions says."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without Django's small signs that change another noun in a window of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for sign in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{sign}_related", False)
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Boxes to tick: they work by keyboard, by thumb and without a script."""
        return super().formfield_for_manytomany(
            db_field, request, **{"widget": CheckboxSelectMultiple, **kwargs}
        )

    def has_module_permission(self, request):
        return may_administer(request.user)

    def has_view_permission(self, request, obj=None):
        return may_administer(request.user)

    def has_add_permission(self, request, obj=None):
        return may_administer(request.user)

    def has_change_permission(self, request, obj=None):
        return may_administer(request.user)

    def has_delete_permission(self, request, obj=None):
        return may_administer(request.user)


class Rows(Permissions, StackedInline):
    """What hangs on a noun, on its page. A script adds empty rows there.

    Without one a link on the page asks for `?empty_rows`, which shows one of each kind.
    """

    def get_extra(self, request, obj=None, **kwargs):
        return int("empty_rows" in request.GET)


class AdministrationPage(Permissions, ModelAdmin):
    """One noun. Each change is in the audit log as well as in Django's own history."""

    change_form_template = "admin/desk_change_form.html"
    list_per_page = 50
    view_on_site = False
    # Deleting many rows at once is nobody's wish here.
    actions = None

    def changelist_view(self, request, extra_context=None):
        title = self.opts.verbose_name_plural.capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def log_addition(self, request, obj, message):
        note_administered(request, obj, "Added")
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        changed = obj._meta.verbose_name
        note_administered(request, obj, f"Changed: {_fields_in(message) or changed}")
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            note_administered(request, obj, "Deleted")
        return super().log_deletions(request, queryset)


def note_administered(request, obj, what):
    """Have the audit log say what an administrator did to a row."""
    reference = f"{obj._meta.verbose_name} {obj}"[:40]
    note(request, Note(Action.ADMINISTER, reference=reference, details=what[:200]))


def _fields_in(message):
    """The names of the fields that Django's own message says were changed."""
    if not isinstance(message, list):
        return str(message)
    parts = (part.get("changed") or part.get("added") or {} for part in message)
    return ", ".join(
        name for part in parts for name in part.get("fields", [part.get("object", "")])
    )
