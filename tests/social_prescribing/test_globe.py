"""Distances as the crow flies, far and near."""

from dataclasses import replace

import numpy as np
import pytest

from social_prescribing.globe import distances, points_on_globe
from social_prescribing.places import find_place

# The middle of George Square, where 55.8612, -4.2502 is.
HERE = replace(find_place("Govan"), latitude=55.8612, longitude=-4.2502)


def km_to(latitude, longitude):
    return distances(points_on_globe([latitude], [longitude]), HERE)[0]


@pytest.mark.parametrize(
    ("latitude", "longitude", "km"),
    [
        (55.9486, -3.1999, 66.2),  # Edinburgh Castle
        (51.5007, -0.1246, 555.0),  # Big Ben
        (55.8612, -4.2502, 0.0),
        (55.8613, -4.2502, 0.0111),  # eleven metres up the road
    ],
)
def test_kilometres_as_the_crow_flies(latitude, longitude, km):
    assert km_to(latitude, longitude) == pytest.approx(km, rel=0.005, abs=1e-9)


def test_there_is_no_distance_without_two_points():
    assert np.isnan(km_to(None, None))
    points = points_on_globe([55.86, None], [-4.25, None])
    assert np.isnan(distances(points, None)).all()
    assert np.isnan(distances(points, replace(HERE, latitude=None))).all()
    assert distances(points_on_globe([], []), HERE).size == 0
