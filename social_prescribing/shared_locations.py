"""A location that a patient's phone shared, and the place that is nearest to it."""

import math
import re

from social_prescribing.gazetteer import gazetteer

LOCATION = re.compile(r"geo:(?P<latitude>-?[\d.]+),(?P<longitude>-?[\d.]+)")
# Further away than this it is no place of ours.
NEAR_KM = 5
KM_A_DEGREE = 111.2


def location_link(latitude, longitude):
    """A shared location as a link (RFC 5870), as it is kept with a message."""
    return f"geo:{float(latitude):.5f},{float(longitude):.5f}"


def place_at(links):
    """The Place nearest to the first location among links, or None where none is near."""
    for link in links:
        if found := LOCATION.fullmatch(link):
            return _nearest(float(found["latitude"]), float(found["longitude"]))
    return None


def _nearest(latitude, longitude):
    def km_away(place):
        north = place.latitude - latitude
        east = (place.longitude - longitude) * math.cos(math.radians(latitude))
        return math.hypot(north, east) * KM_A_DEGREE

    # In the order of the file: several neighbourhoods may share the middle of their district.
    named = dict.fromkeys(name.place for name in gazetteer().names.values())
    places = [place for place in named if place.kind == "neighbourhood"]
    nearest = min(places, key=km_away)
    return nearest if km_away(nearest) <= NEAR_KM else None
