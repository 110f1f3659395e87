"""Supports in the field's own standard: Open Referral UK, which is a profile of HSDS 3.0.

One Support is one `service` with its `organization`, at most one `location`, its
`phones`, `schedules`, `service_areas` and `languages`, and a taxonomy term for
each need. Ids are made from ours and stay the same in every installation.
https://docs.openreferral.org/en/3.0/ and, for what we compared with it,
docs/decisions/2026-11-29-open-referral.md
"""

import re
import uuid

from django.utils import timezone

from social_prescribing.needs import in_patient_words, name_of
from social_prescribing.supports import CIRCUMSTANCES, WayIn

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/openreferral/specification#blether")
TAXONOMY = "Blether needs"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
RULE = re.compile(
    r"(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*) (?P<spans>\d\d:\d\d-\d\d:\d\d(?:,\S+)*)"
)
HOW_TO_GET_IN = {
    WayIn.OPEN: "Ring, text, write or walk in.",
    WayIn.RING_FIRST: "Get in touch before you go.",
    WayIn.REFERRAL: "A professional usually refers; get in touch first.",
    WayIn.ONLINE: "Online only.",
}


def id_of(kind, *names):
    """The UUID of one record, for example `id_of("service", "cruse-scotland")`."""
    return str(uuid.uuid5(NAMESPACE, "/".join((kind, *map(str, names)))))


def as_service(support):
    """A support as an HSDS 3.0 `service`, ready for JSON. Holds nothing of any patient."""
    service_id = id_of("service", support.id)
    service = {
        "id": service_id,
        "organization_id": id_of("organization", support.organisation),
        "name": support.name,
        "description": support.description,
        "url": support.url,
        "email": support.email,
        "status": _status(support),
        "application_process": HOW_TO_GET_IN[support.way_in],
        "fees_description": support.cost,
        "eligibility_description": _eligibility(support),
        "minimum_age": support.min_age,
        "maximum_age": support.max_age,
        "assured_date": support.confirmed_on and support.confirmed_on.isoformat(),
        "alert": " ".join(_alerts(support)),
        "last_modified": f"{_last_modified(support).isoformat()}T00:00:00Z",
        "organization": _organization(support),
        "phones": list(_phones(support, service_id)),
        "schedules": list(_schedules(support, service_id)),
        "service_areas": list(_areas(support, service_id)),
        "languages": list(_languages(support, service_id)),
        "service_at_locations": list(_locations(support, service_id)),
        "attributes": list(_attributes(support, service_id)),
    }
    return {name: value for name, value in service.items() if value not in (None, "", [])}


def as_term(need_id):
    """A need as an HSDS taxonomy term."""
    return {
        "id": id_of("taxonomy_term", need_id),
        "code": need_id,
        "name": name_of(need_id),
        "description": f"Help with {in_patient_words([need_id])}",
        "taxonomy": TAXONOMY,
    }


def as_page(contents, *, page, per_page, count):
    """One page of services or terms, in the standard's page object."""
    pages = max(1, -(-count // per_page))
    return {
        "total_items": count,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _status(support):
    if support.closed_on:
        return "defunct"
    return "active" if support.listed else "inactive"


def _alerts(support):
    if not support.confirmed_on:
        yield "Nobody has checked this by phone yet."
    if support.wait_weeks:
        yield f"There is a wait of about {support.wait_weeks} weeks."


def _last_modified(support):
    """The day that somebody checked it, or that something about it became different."""
    noticed = (change.noticed_on for change in support.changes.all())
    return max(support.last_checked_on, support.checked_on, *noticed)


def _eligibility(support):
    groups = (" and ".join(CIRCUMSTANCES[who] for who in group) for group in support.for_whom)
    return "; or ".join(groups)


def _organization(support):
    name = support.organisation
    return {"id": id_of("organization", name), "name": name, "description": name}


def _phones(support, service_id):
    for kind, number in (("voice", support.phone), ("text", support.text_number)):
        if number:
            phone_id = id_of("phone", support.id, kind)
            yield {"id": phone_id, "service_id": service_id, "number": number, "type": kind}


def _schedules(support, service_id):
    """Weekly schedules of opening hours; what is no plain week stands in words alone."""
    for number, (days, opens, closes) in enumerate(_weekly(support.hours)):
        yield {
            "id": id_of("schedule", support.id, number),
            "service_id": service_id,
            "freq": "WEEKLY",
            "byday": days,
            "opens_at": opens + _clock_offset(),
            "closes_at": closes + _clock_offset(),
            "notes": "Times are those on the clock in Glasgow, summer and winter.",
            "description": support.hours,
        }


def _clock_offset():
    """How far the clocks in Glasgow are from UTC today: "+00:00" or "+01:00"."""
    return timezone.localtime().isoformat()[-6:]


def _weekly(hours):
    if hours == "24/7":
        yield ",".join(day.upper() for day in DAYS), "00:00", "23:59"
    for rule in RULE.finditer(hours):
        for span in rule["spans"].split(","):
            opens, _, closes = span.partition("-")
            yield _byday(rule["days"]), opens, closes.replace("24:00", "23:59").rstrip(";")


def _byday(text):
    days = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        days += DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
    return ",".join(day.upper() for day in days)


def _areas(support, service_id):
    names = [row.area for row in support.areas.all()] or [support.area_served]
    for name in names:
        area_id = id_of("service_area", support.id, name)
        yield {"id": area_id, "service_id": service_id, "name": name}


def _languages(support, service_id):
    for name in filter(None, map(str.strip, support.languages.split(";"))):
        language_id = id_of("language", support.id, name)
        yield {"id": language_id, "service_id": service_id, "name": name}


def _locations(support, service_id):
    if support.latitude is None and not support.address:
        return
    location_id = id_of("location", support.id)
    location = {
        "id": location_id,
        "location_type": "physical",
        "name": support.name,
        "latitude": support.latitude,
        "longitude": support.longitude,
        "addresses": list(_addresses(support, location_id)),
    }
    yield {
        "id": id_of("service_at_location", support.id),
        "service_id": service_id,
        "location_id": location_id,
        "location": {name: value for name, value in location.items() if value not in (None, [])},
    }


def _addresses(support, location_id):
    if support.address:
        street, _, city = support.address.rpartition(", ")
        yield {
            "id": id_of("address", support.id),
            "location_id": location_id,
            "address_1": street or support.address,
            "city": city if street else "Glasgow",
            "state_province": "Scotland",
            "postal_code": support.postcode,
            "country": "GB",
            "address_type": "physical",
        }


def _attributes(support, service_id):
    for need_id in support.needs:
        yield {
            "id": id_of("attribute", support.id, need_id),
            "link_id": service_id,
            "link_entity": "service",
            "taxonomy_term_id": id_of("taxonomy_term", need_id),
            "taxonomy_term": as_term(need_id),
        }
