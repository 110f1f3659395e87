"""CSV with a preview: every bad row and why; all rows or none."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.html import escape, format_html
from import_export.admin import ImportMixin
from import_export.formats.base_formats import CSV
from import_export.resources import Diff, ModelResource

from desk.administration.base import note_administered
from desk.permissions import may_administer

NOT_READ = "This is not a CSV file in UTF-8. In Excel choose “CSV UTF-8” when you save it."
CHANGED_MEANWHILE = "Nothing was imported: something changed since the preview. Look again below."


class PlainDiff(Diff):
    """What a row would change, marked without colours in the markup: our pages allow none."""

    def as_html(self):
        return [_change(before, after) for before, after in zip(self.left, self.right, strict=True)]


def _change(before, after):
    if str(before) == str(after):
        return escape(after)
    struck = format_html("<del>{}</del> ", before) if before else ""
    return format_html("{}<ins>{}</ins>", struck, after)


class RowResource(ModelResource):
    """Rows of one noun. A row that cannot be read says why, in its own column."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = False
        use_transactions = True

    # Column by column, for the page: (name in the file, what it is).
    columns = ()

    @classmethod
    def get_diff_class(cls):
        return PlainDiff

    def refuse(self, wrong):
        """Refuse a row for these reasons, {column: why}; each is said once.

        One cell of a file may fill two columns of ours, and is then wrong in both.
        """
        if wrong:
            once = {why: column for column, why in reversed(wrong.items())}
            raise ValidationError({column: why for why, column in reversed(once.items())})


class CsvImport(ImportMixin):
    """The import pages of one noun."""

    formats = [CSV]
    import_template_name = "admin/desk_import.html"
    import_export_change_list_template = "admin/desk_change_list.html"

    def has_import_permission(self, request):
        return may_administer(request.user)

    def get_import_data_kwargs(self, **kwargs):
        """All or nothing, also where a row turned bad between the preview and the import."""
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def get_import_context_data(self, **kwargs):
        resource = self.get_import_resource_classes(kwargs.get("request"))[0]
        return super().get_import_context_data(**kwargs) | {"columns": resource.columns}

    def add_data_read_fail_error_to_form(self, form, error):
        form.add_error("import_file", NOT_READ)

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, CHANGED_MEANWHILE)
            context = self.admin_site.each_context(request) | {
                "title": "Import",
                "opts": self.model._meta,
                "result": result,
                "form": self.get_import_form_class(request)(
                    self.get_import_formats(), self.get_import_resource_classes(request)
                ),
            }
            return TemplateResponse(request, [self.import_template_name], context, status=422)
        for row in result:
            if row.instance is not None and row.import_type in ("new", "update"):
                note_administered(request, row.instance, f"Imported: {row.import_type}")
        return super().process_result(result, request)

    def add_success_message(self, result, request):
        totals = result.totals
        messages.success(
            request,
            f"Imported: {totals['new']} new, {totals['update']} changed. "
            f"{totals['skip']} passed over.",
        )
