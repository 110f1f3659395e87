"""How far supports are from a patient, as the crow flies: for thousands of them at once."""

from functools import lru_cache

import numpy as np

EARTH_KM = 6371


def points_on_globe(latitudes, longitudes):
    """Each pair of degrees as a point on a ball of radius 1; NaN where there is none.

    Reckoned once a support, so that a distance takes no more sines and cosines.
    """
    north = np.radians(np.array(list(latitudes), dtype=float))
    east = np.radians(np.array(list(longitudes), dtype=float))
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def distances(points, near):
    """Kilometres from each of some points to a Place; NaN without one or the other.

    From the straight line through the ball, which is exact for small distances too.
    """
    if near is None or near.latitude is None:
        return np.full(points.shape[1], np.nan)
    through = points - _point(near.latitude, near.longitude)
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.einsum("ij,ij->j", through, through)) / 2)


@lru_cache(maxsize=4096)
def _point(latitude, longitude):
    return points_on_globe([latitude], [longitude])
