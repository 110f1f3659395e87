"""When it is good to ring, as patients of many voices say it: `times_to_ring.tsv`."""

from datetime import datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest

from social_prescribing.contact_times import hours_that_suit, read_contact_times
from social_prescribing.working_time import GLASGOW

MONDAY = datetime(2026, 11, 23, 10, tzinfo=GLASGOW)
ROWS = [
    line.split("\t")
    for line in Path(__file__)
    .with_name("times_to_ring.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_reader_notes_what_a_receptionist_would(row):
    text, days, start, end = (*row, "", "", "")[:4]
    assert _read(text) == (days, start, end)


def _read(text):
    times = read_contact_times(text, now=MONDAY)
    if times is None:
        return ("none", "", "")
    start, end = map(_in_figures, _hours(times))
    days = " ".join(day[:3] for day in times.days)
    return (days or ("" if start or end else "any"), start, end)


def _hours(times):
    return hours_that_suit(
        SimpleNamespace(
            time_preference=times.preference,
            not_before=times.not_before,
            not_after=times.not_after,
        )
    )


def _in_figures(moment):
    return "" if moment in (time.min, time.max) else moment.isoformat("minutes")
