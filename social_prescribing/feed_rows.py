"""What other directories tell of a support, read into one shape: ALISS v4, Open Referral, CSV.

Each reader takes what the feed gives, in its exact shape, and yields a FeedRow for
each service or a BrokenRow that says what is wrong with it. Nothing is guessed: a
service with no need of ours, no place and no way to reach it is broken.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.gazetteer import known_areas
from social_prescribing.needs import NEEDS
from social_prescribing.phone_numbers import PhoneNumber, show
from social_prescribing.places import find_place

TAXONOMIES = Path(__file__).resolve().parent.parent / "data" / "supports" / "taxonomies.csv"
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_LINE = 40, 70, 90
COUNCILS = {  # codes of the National Records of Scotland
    "S12000045": "East Dunbartonshire", "S12000011": "East Renfrewshire",
    "S12000046": "Glasgow City", "S12000049": "Glasgow City", "S12000018": "Inverclyde",
    "S12000050": "North Lanarkshire", "S12000044": "North Lanarkshire",
    "S12000038": "Renfrewshire", "S12000029": "South Lanarkshire",
    "S12000039": "West Dunbartonshire",
}  # fmt: skip
# The two health boards, and their codes before and after 2019, that reach into our area.
GREATER_GLASGOW = (
    "Glasgow City", "East Dunbartonshire", "East Renfrewshire", "Inverclyde", "Renfrewshire",
    "West Dunbartonshire",
)  # fmt: skip
LANARKSHIRE = ("North Lanarkshire", "South Lanarkshire")
HEALTH_BOARDS = {
    "S08000021": GREATER_GLASGOW, "S08000031": GREATER_GLASGOW,
    "S08000023": LANARKSHIRE, "S08000032": LANARKSHIRE,
}  # fmt: skip
COUNTRIES = {"XS": "Scotland", "XB": "the UK", "S92000003": "Scotland", "K02000001": "the UK"}
# Types of phone in Open Referral, and one that some feeds write, which nobody can talk on.
NOT_FOR_TALKING = {"text", "sms", "fax", "pager", "video", "textphone"}
SHORT_NUMBERS = {"999", "111", "101", "105", "116 123", "0800 1111"}


class BrokenFeedRow(ValueError):
    """What is wrong with one service of a feed."""


@dataclass(frozen=True)
class FeedRow:
    """One service, in our terms. Empty where the feed says nothing."""

    feed_id: str
    name: str
    organisation: str
    description: str
    needs: tuple
    phone: str = ""
    url: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    areas: tuple = ()
    national: str = ""  # "Scotland" or "the UK" where it serves all of it
    hours: str = ""
    languages: str = ""
    cost: str = ""
    min_age: int | None = None
    max_age: int | None = None
    reviewed_on: date | None = None  # by whoever keeps the feed, how is not said
    assured_on: date | None = None  # checked, by the standard's own word
    is_closed: bool = False
    source_url: str = ""


@dataclass(frozen=True)
class BrokenRow:
    """One service that cannot be taken over, and why."""

    feed_id: str
    problem: str


def read_rows(records, read):
    """Yield a FeedRow or BrokenRow for each record."""
    for record in records:
        feed_id = str(record.get("id") or "") if isinstance(record, dict) else ""
        try:
            yield read(record)
        except BrokenFeedRow as problem:
            yield BrokenRow(feed_id or "no id", str(problem))
        except KeyError as missing:
            yield BrokenRow(feed_id or "no id", f"{missing} is missing")
        except (TypeError, AttributeError, ValueError) as problem:
            yield BrokenRow(feed_id or "no id", f"not in the feed's shape: {problem}")


def read_aliss(record):
    """A service of ALISS's v4 API (`data` of `v4/services`, `v4/import`)."""
    location = next(iter(record.get("locations") or []), {})
    areas, national = _areas(record.get("service_areas") or [])
    latitude, longitude = location.get("latitude"), location.get("longitude")
    return _checked(
        feed_id=_text(record["id"]),
        name=record["name"],
        organisation=(record.get("organisation") or {}).get("name") or record["name"],
        description=record.get("summary") or record.get("description") or "",
        needs=_needs(category["slug"] for category in record.get("categories") or []),
        phone=record.get("phone"),
        url=record.get("url") or record.get("aliss_url"),
        email=record.get("email"),
        address=_join(location.get("street_address"), location.get("locality")),
        postcode=location.get("postal_code"),
        latitude=latitude,
        longitude=longitude,
        areas=areas or _area_of(location.get("postal_code")),
        national=national,
        reviewed_on=_day(record.get("last_reviewed") or record.get("last_updated")),
        source_url=record.get("permalink") or record.get("aliss_url") or "",
    )


def read_open_referral(record):
    """A `service` of an Open Referral UK or HSDS 3.0 feed, with what belongs to it inside."""
    at = next(iter(record.get("service_at_locations") or []), {})
    location = at.get("location") or {}
    address = next(iter(location.get("addresses") or location.get("physical_addresses") or []), {})
    areas, national = _areas(record.get("service_areas") or [])
    terms = [attribute.get("taxonomy_term") or {} for attribute in record.get("attributes") or []]
    return _checked(
        feed_id=_text(record["id"]),
        name=record["name"],
        organisation=(record.get("organization") or {}).get("name") or record["name"],
        description=record.get("description") or "",
        needs=_needs(name for t in terms for name in (t.get("code"), t.get("name")) if name),
        phone=next(filter(None, map(_to_talk_on, _owners_of_phones(record, at, location))), ""),
        url=record.get("url"),
        email=record.get("email"),
        address=_join(address.get("address_1"), address.get("city")),
        postcode=address.get("postal_code"),
        latitude=location.get("latitude"),
        longitude=location.get("longitude"),
        areas=areas or _area_of(address.get("postal_code")),
        national=national,
        hours=_hours(record.get("schedules") or at.get("schedules") or []),
        languages=";".join(
            _text(language.get("name")) for language in record.get("languages") or []
        ),
        cost=_text(record.get("fees_description"))[:60],
        min_age=_age(record.get("minimum_age")),
        max_age=_age(record.get("maximum_age")),
        reviewed_on=_day(record.get("last_modified")),
        assured_on=_day(record.get("assured_date")),
        is_closed=record.get("status", "active") != "active",
        source_url=record.get("url") or "",
    )


def read_csv_row(record):
    """A row of a charity's CSV, or of our own export.

    Columns: id, name, organisation, description, needs, phone, url, email, address, postcode,
    latitude, longitude, areas, hours, languages, cost, min_age, max_age, checked_on; `;` between
    needs and areas. Only id, name and needs are wanted of all.
    """
    areas, national = _areas([{"name": name} for name in _list(record.get("areas"))])
    return _checked(
        feed_id=_text(record["id"]),
        name=record["name"],
        organisation=record.get("organisation") or record["name"],
        description=record.get("description") or "",
        needs=_needs(_list(record["needs"])),
        phone=record.get("phone"),
        url=record.get("url"),
        email=record.get("email"),
        address=record.get("address"),
        postcode=record.get("postcode"),
        latitude=_degrees(record.get("latitude")),
        longitude=_degrees(record.get("longitude")),
        areas=areas or _area_of(record.get("postcode")),
        national=national,
        hours=_text(record.get("hours")),
        languages=_text(record.get("languages")),
        cost=_text(record.get("cost"))[:60],
        min_age=_age(record.get("min_age")),
        max_age=_age(record.get("max_age")),
        assured_on=_day(record.get("checked_on")),
        source_url=record.get("url") or "",
    )


def _checked(*, feed_id, name, organisation, description, needs, phone, url, email, **others):
    phone, url = _phone(phone), _url(url)
    name = _fit(name, LONGEST_NAME)
    row = FeedRow(
        feed_id=feed_id or _refuse("no id"),
        name=name or _refuse("no name"),
        organisation=_fit(organisation, 120),
        description=_fit(description, LONGEST_DESCRIPTION) or name,
        needs=needs or _refuse("no need of ours among its categories"),
        phone=phone,
        url=url,
        email=_text(email)[:120],
        **others | {name: _fit(others.get(name), longest) for name, longest in TEXTS.items()},
    )
    if not (row.phone or row.url or row.address):
        _refuse("no telephone number, web address or street address")
    if not (row.areas or row.national or row.latitude is not None):
        _refuse("neither an area nor a point on the map that we know")
    if row.assured_on and row.assured_on > date.today():
        _refuse(f"checked on {row.assured_on}, which is yet to come")
    if len(f"{row.name}: {row.phone or row.url or row.address}") > LONGEST_LINE:
        _refuse("its web address is too long for a text, and there is no telephone number")
    return row


TEXTS = {"address": 160, "postcode": 8}


def _refuse(problem):
    raise BrokenFeedRow(problem)


def _text(value):
    return "" if value is None else str(value).strip()


def _fit(value, longest):
    """Plain characters of a text message, no more than `longest`, cut between words."""
    text = re.sub(r"<[^>]*>", " ", _text(value)).translate(str.maketrans("‘’“”–—…", "''\"\"--."))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = " ".join(re.sub(r"[\^{}\\\[\]~|`]", " ", text).split())
    if len(text) <= longest:
        return text
    return text[: longest + 1].rsplit(" ", 1)[0].rstrip(" ,;:-")[:longest]


def _phone(value):
    number = _text(value)
    if not number or number in SHORT_NUMBERS:
        return number
    try:
        return show(PhoneNumber.parse(number).e164)
    except InvalidPhoneNumber as error:
        raise BrokenFeedRow(f"{number!r} is no telephone number") from error


def _url(value):
    url = _text(value)
    if not url:
        return ""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in url:
        _refuse(f"{url!r} is no web address")
    return parts.geturl()[:200]


def _owners_of_phones(record, at, location):
    """Whatever of a service may have phones, the service's own first."""
    organization = record.get("organization") or {}
    return record, *(record.get("contacts") or []), at, location, organization


def _to_talk_on(owner):
    """The first number to talk on; empty where there is none."""
    phones = owner.get("phones") or []
    return next((p["number"] for p in phones if p.get("type") not in NOT_FOR_TALKING), "")


def _needs(terms):
    """Our needs that a feed's categories mean, in their order; each once."""
    known = (_terms().get(_plain(term)) for term in terms)
    return tuple(dict.fromkeys(need for need in known if need))


@lru_cache
def _terms():
    """Categories of other directories by plain name, and the need that each means."""
    with TAXONOMIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {_plain(row["term"]): row["need"] for row in rows}
    return named | {_plain(need): need for need in NEEDS}


def _plain(term):
    return re.sub(r"[^a-z0-9]+", "-", _text(term).casefold()).strip("-")


def _areas(areas):
    """(council areas, "Scotland" or "the UK" or empty) of a feed's service areas."""
    councils, national = [], ""
    for area in areas:
        code, name = _text(area.get("code")), _text(area.get("name"))
        if code in COUNTRIES or name in ("Scotland", "United Kingdom", "the UK", "UK"):
            national = COUNTRIES.get(code) or ("Scotland" if name == "Scotland" else "the UK")
        elif code in COUNCILS or name in known_areas():
            councils.append(COUNCILS.get(code, name))
        else:
            councils += HEALTH_BOARDS.get(code, ())
    return tuple(dict.fromkeys(councils)), national


def _area_of(postcode):
    """The council area of a postcode, where the feed says no more."""
    place = find_place(_text(postcode)) if _text(postcode) else None
    return place.councils[:1] if place else ()


DAYS = {"MO": "Mo", "TU": "Tu", "WE": "We", "TH": "Th", "FR": "Fr", "SA": "Sa", "SU": "Su"}


def _hours(schedules):
    """Plain weekly schedules in OpenStreetMap's syntax; empty where they are anything else."""
    rules = []
    for schedule in schedules:
        days = [day.strip() for day in _text(schedule.get("byday")).split(",")]
        opens, closes = (_text(schedule.get(at))[:5] for at in ("opens_at", "closes_at"))
        weekly = schedule.get("freq") == "WEEKLY" and int(schedule.get("interval") or 1) == 1
        if not weekly or not set(days) <= set(DAYS) or not opens < closes:
            return ""
        rules.append(f"{','.join(DAYS[day] for day in days)} {opens}-{closes}")
    return "; ".join(rules)[:200]


def _join(*parts):
    return ", ".join(filter(None, map(_text, parts)))


def _list(value):
    return [part.strip() for part in _text(value).split(";") if part.strip()]


def _degrees(value):
    return float(value) if _text(value) else None


def _age(value):
    return int(float(value)) if _text(value) else None


def _day(value):
    return date.fromisoformat(_text(value)[:10]) if _text(value) else None
