"""A count of a few patients is never shown, whoever asks."""

import pytest

from social_prescribing.small_numbers import hide_small, show_count


@pytest.mark.parametrize("count", [0, 1, 4])
def test_below_five_nothing_tells_how_few(count):
    assert hide_small(count) is None
    assert show_count(count) == "fewer than 5"


@pytest.mark.parametrize(("count", "shown"), [(5, "5"), (12, "12"), (1204, "1,204")])
def test_from_five_upwards_the_count_stands(count, shown):
    assert hide_small(count) == count
    assert show_count(count) == shown
