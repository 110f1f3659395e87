"""A count of a few patients is never shown, whoever asks."""

from collections import defaultdict
from itertools import product

import pytest

from social_prescribing.small_numbers import hide_parts, hide_small, round_count, show_count


@pytest.mark.parametrize("count", [0, 1, 4])
def test_below_five_nothing_tells_how_few(count):
    assert hide_small(count) is None
    assert show_count(count) == "fewer than 5"


@pytest.mark.parametrize(("count", "shown"), [(5, "5"), (12, "12"), (1204, "1,204")])
def test_from_five_upwards_the_count_stands(count, shown):
    assert hide_small(count) == count
    assert show_count(count) == shown


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (1204, 1205)]
)
def test_a_rounded_count_is_within_two_of_the_true_one(count, shown):
    assert round_count(count) == shown


def test_a_single_small_part_takes_the_smallest_other_with_it():
    assert hide_parts({"a": 20, "b": 7, "c": 3}) == {"a": 20, "b": None, "c": None}
    assert hide_parts({"a": 20, "b": 7, "c": 3, "d": 3}) == {"a": 20, "b": 5, "c": None, "d": None}


def test_what_is_in_no_named_part_is_hidden_too():
    assert hide_parts({"a": 20, "b": 7}, unlisted=2) == {"a": 20, "b": None}
    assert hide_parts({"a": 20, "b": 7}, unlisted=9) == {"a": 20, "b": 5}


@pytest.mark.parametrize(
    ("parts", "most"), [(2, 40), (3, 20), pytest.param(4, 14, marks=pytest.mark.slow)]
)
def test_no_hidden_part_can_be_told_from_all_else_and_the_whole(parts, most):
    """Every list that there can be: whatever is shown, each hidden part may be several numbers."""
    lists_that_look = defaultdict(list)
    for counts in product(range(most + 1), repeat=parts):
        shown = hide_parts(dict(enumerate(counts)))
        lists_that_look[round_count(sum(counts)), tuple(shown.values())].append(counts)
    for (_, shown), alike in lists_that_look.items():
        for part in range(parts):
            may_be = {counts[part] for counts in alike}
            if shown[part] is None and may_be != {0}:
                assert len(may_be) > 1, (shown, alike)
