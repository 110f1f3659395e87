"""ReportingYear: April to March, as the programme reports, and only its months that are over.

A month that still runs would show, from one day to the next, when one more patient came.
"""

from dataclasses import dataclass
from datetime import date

STARTS_IN = 4  # April


@dataclass(frozen=True)
class ReportingYear:
    """One year's months that are over: `ReportingYear(2026, …)` begins in April 2026.

    last: the first day of the last of them.
    """

    start: int
    last: date

    @property
    def first(self):
        """The first day of the year."""
        return date(self.start, STARTS_IN, 1)

    @property
    def in_words(self):
        """`April 2026 to October 2026`, `April 2026` alone."""
        if self.first == self.last:
            return f"{self.first:%B %Y}"
        return f"{self.first:%B %Y} to {self.last:%B %Y}"


def years_to_report(*, since, today):
    """The years from a day on of which a month is over: the newest first.

    since: a date, or None where there is nothing to report.
    """
    last = month_before(today)
    first = min(_year_of(since), _year_of(last)) if since else _year_of(last)
    return [
        ReportingYear(start, min(last, date(start + 1, STARTS_IN - 1, 1)))
        for start in range(_year_of(last), first - 1, -1)
    ]


def month_before(day):
    """The first day of the month before a day's own."""
    return date(day.year, day.month - 1, 1) if day.month > 1 else date(day.year - 1, 12, 1)


def _year_of(day):
    return day.year if day.month >= STARTS_IN else day.year - 1
