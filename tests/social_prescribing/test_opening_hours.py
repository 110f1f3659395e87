"""Opening hours, on Glasgow's clock."""

from datetime import datetime, timezone

import pytest

from social_prescribing.opening_hours import check_hours, next_opening, open_now
from social_prescribing.working_time import GLASGOW

OFFICE = "Mo-Th 08:45-16:45; Fr 08:45-15:55"
EVENINGS = "Mo 00:00-06:00,18:00-24:00; Tu-Fr 00:00-02:00,18:00-24:00; Sa-Su 00:00-24:00"


def glasgow(day, hour, minute=0, month=11, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=GLASGOW)


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        (OFFICE, glasgow(24, 8, 44), False),  # a Tuesday
        (OFFICE, glasgow(24, 8, 45), True),
        (OFFICE, glasgow(27, 15, 56), False),  # Fridays shut earlier
        (OFFICE, glasgow(28, 12), False),
        (EVENINGS, glasgow(24, 1), True),  # past midnight
        (EVENINGS, glasgow(24, 2, 30), False),
        (EVENINGS, glasgow(28, 3), True),  # the weekend is open throughout
        ("24/7", glasgow(24, 3), True),
        ("", glasgow(24, 12), None),
    ],
)
def test_open_now(hours, at, expected):
    assert open_now(hours, at) is expected


@pytest.mark.parametrize(
    ("day", "month", "year"), [(25, 12, 2026), (1, 1, 2027), (4, 1, 2027), (30, 11, 2026)]
)
def test_a_bank_holiday_leaves_weekday_hours_unknown(day, month, year):
    assert open_now("Mo-Su 09:00-17:00", glasgow(day, 12, month=month, year=year)) is None


def test_what_never_shuts_is_open_on_a_bank_holiday():
    assert open_now("24/7", glasgow(25, 12, month=12)) is True


def test_summer_time_counts():
    at = datetime(2026, 7, 14, 8, 30, tzinfo=timezone.utc)  # half past nine in Glasgow
    assert open_now("Mo-Fr 09:00-17:00", at) is True


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        open_now(OFFICE, datetime(2026, 11, 24, 12))


def test_next_opening():
    assert next_opening(OFFICE, glasgow(24, 7)) == glasgow(24, 8, 45)
    assert next_opening(OFFICE, glasgow(24, 12)) is None
    assert next_opening("", glasgow(24, 12)) is None
    assert next_opening("24/7", glasgow(24, 12)) is None


def test_next_opening_promises_nothing_on_a_bank_holiday():
    # From the Friday, past the weekend and past Monday, St Andrew's Day.
    assert next_opening(OFFICE, glasgow(27, 18)) == glasgow(1, 8, 45, month=12)


def test_next_opening_of_a_place_that_never_opens():
    assert next_opening("off", glasgow(24, 12)) is None


def test_hours_past_midnight_must_be_given_day_by_day():
    with pytest.raises(ValueError, match="past midnight"):
        check_hours("Mo-Th 18:00-02:00")


@pytest.mark.parametrize("hours", ["9 to 5", "Mo-Fr 09:00-", "Funday 09:00-17:00"])
def test_hours_that_cannot_be_read(hours):
    with pytest.raises(ValueError, match="OpenStreetMap"):
        check_hours(hours)
