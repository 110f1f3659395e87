"""The days of link workers as a column of a CSV file: "40001 Mo Tu; 40002 Th"."""

from desk.administration.practice_codes import codes_in
from social_prescribing.day_words import WEEKDAYS

LETTERS = 2  # of a day that tell it from the others


def read_days(cell, practices):
    """`(the cell as days_to_cell writes it, why it cannot be read or "")`.

    practices: the cell of practice codes, of which each code here must be one.
    """
    codes, parts = set(codes_in(practices)), {}
    for part in filter(None, map(str.strip, str(cell or "").split(";"))):
        code, *days = part.replace(",", " ").split()
        if code not in codes:
            return cell, f"{code} is none of the practices of this row."
        unknown = [day for day in days if _weekday(day) is None]
        if unknown or not days:
            return cell, f"“{part}” names no days. Write a code and days: 40001 Mo Tu."
        parts[code] = sorted({_weekday(day) for day in days}, key=WEEKDAYS.index)
    return _as_cell(parts), ""


def days_to_cell(worker):
    """The days of a link worker at each practice where they are not there every day."""
    rows = worker.days_at_practices.exclude(days=[]).select_related("practice")
    return _as_cell({row.practice.code: row.days for row in rows})


def keep_days(worker, cell):
    """Write the days of a cell that read_days gave."""
    told = dict(part.split(" ", 1) for part in cell.split("; ") if part)
    for row in worker.days_at_practices.select_related("practice"):
        row.days = [_weekday(day) for day in told.get(row.practice.code, "").split()]
        row.save(update_fields=["days"])


def _as_cell(days_by_code):
    return "; ".join(
        f"{code} {' '.join(day[:LETTERS].capitalize() for day in days)}"
        for code, days in sorted(days_by_code.items())
    )


def _weekday(word):
    start = word.casefold()[:LETTERS]
    return next((day for day in WEEKDAYS if len(start) == LETTERS and day.startswith(start)), None)
