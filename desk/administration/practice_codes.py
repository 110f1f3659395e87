"""Practice codes in the cells of CSV files."""

from import_export.widgets import ManyToManyWidget

from social_prescribing.practices import Practice


class PracticesByCode(ManyToManyWidget):
    """Practice codes, parted by spaces, commas or semicolons."""

    def __init__(self):
        super().__init__(Practice, field="code")

    def clean(self, value, row=None, **kwargs):
        return Practice.objects.filter(code__in=codes_in(value))


def why_not_practices(value):
    """Why a cell of practice codes cannot be read, or an empty text.

    Asked before a row is read: who shares what is written last, when the row itself is in.
    """
    codes = set(codes_in(value))
    known = set(Practice.objects.filter(code__in=codes).values_list("code", flat=True))
    missing = ", ".join(sorted(codes - known))
    return f"No practice has the code {missing}." if missing else ""


def codes_in(value):
    return str(value or "").replace(",", " ").replace(";", " ").split()
