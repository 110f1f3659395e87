"""Gaps: which needs no support met, where, and what stood in the way; as a page and as CSV."""

import csv
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.gap_drawings import draw_bars, draw_map
from desk.permissions import READS_GAPS, access_of, allowed_for, practices_with_figures
from social_prescribing.gap_report import first_gap, gap_report
from social_prescribing.gaps import Kind
from social_prescribing.needs import CHOICES, NEEDS, name_of
from social_prescribing.reporting_years import ReportingYear, years_to_report
from social_prescribing.small_numbers import FEWEST_SHOWN

HIDDEN = "hidden"
COLUMNS = (
    "Period", "Need", "List", "Name", "How it was left open", "Patients, to the nearest 5",
)  # fmt: skip
# A spreadsheet takes a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Listing(NamedTuple):
    """Lines of the report as the page shows them: a table, and the names of what is hidden."""

    shown: list
    hidden: list

    @classmethod
    def of(cls, lines):
        return cls(
            [line for line in lines if line.patients is not None],
            [line for line in lines if line.patients is None],
        )


@dataclass(frozen=True)
class GapFilters:
    """What the address asks for; what does not exist is as good as nothing."""

    year: ReportingYear
    need: str

    @property
    def query(self):
        """As part of an address: `year=2026&need=food`."""
        return urlencode({"year": self.year.start, "need": self.need})


@allowed_for(READS_GAPS)
@require_safe
def show_gaps(request):
    years, filters, report = _asked(request)
    context = {
        "report": report,
        "filters": filters,
        "fewest": FEWEST_SHOWN,
        "about": name_of(filters.need) if filters.need else "",
        "years": [(str(year.start), year.in_words) for year in years],
        "year": str(filters.year.start),
        "all_needs": CHOICES,
        "needs": Listing.of(report.needs),
        "districts": Listing.of(report.districts),
        "practices": Listing.of(report.practices),
        "bars": draw_bars(report.needs, chosen=report.need),
        "map": draw_map(report.districts),
        "kinds": list(Kind),
    }
    return render(request, "desk/gaps.html", context)


@allowed_for(READS_GAPS)
@require_safe
def download_gaps(request):
    """What the page shows for the same address, figure by figure, as CSV."""
    _, filters, report = _asked(request)
    name = f"gaps-{filters.year.start}{'-' + filters.need if filters.need else ''}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8-sig",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    begins = report.year.in_words, name_of(report.need) if report.need else "All needs"
    writer.writerows([*begins, *row] for row in _rows(report))
    return response


def _asked(request):
    """(years to choose from, the GapFilters, the GapReport) that an address asks for."""
    access, given = access_of(request.user), request.GET
    years = years_to_report(since=first_gap(is_demo=access.is_demo), today=timezone.localdate())
    filters = GapFilters(
        year=next((year for year in years if str(year.start) == given.get("year")), years[0]),
        need=given.get("need") if given.get("need") in NEEDS else "",
    )
    report = gap_report(
        filters.year,
        is_demo=access.is_demo,
        need=filters.need,
        practices=set(practices_with_figures(access).values_list("pk", flat=True)),
    )
    return years, filters, report


def _rows(report):
    """(list, name, how it was left open, patients) of every figure, in the order of the page."""
    yield "All", "Patients with a need that no support met", "", _as_figure(report.patients)
    lists = (
        ("By need, all needs", report.needs),
        ("By postcode district", report.districts),
        ("By practice", report.practices),
        ("What they asked for", report.things),
        ("Asked for together", report.beside),
    )
    for title, lines in lists:
        for line in lines:
            yield title, _as_text(line.name), "", _as_figure(line.patients)
    for barrier in report.barriers:
        for kind, patients in barrier.patients.items():
            yield "What stood in the way", barrier.name, kind.label, _as_figure(patients)


def _as_figure(patients):
    return HIDDEN if patients is None else patients


def _as_text(name):
    return f"'{name}" if name.startswith(FORMULA) else name
