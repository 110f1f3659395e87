"""The directory of supports, read from its CSV file: all of it or nothing."""

import csv
import re
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from social_prescribing.errors import InvalidDirectory
from social_prescribing.gazetteer import known_areas
from social_prescribing.needs import NEEDS
from social_prescribing.opening_hours import check_hours
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.segments import outside_gsm_7
from social_prescribing.suggestions import line_of
from social_prescribing.support_changes import changes_since, note_added, note_changed, told_of
from social_prescribing.supports import CIRCUMSTANCES, Reach, Support, SupportArea, SupportNeed

SUPPORTS_CSV = Path(__file__).resolve().parent.parent / "data" / "supports" / "supports.csv"

SHORT_NUMBERS = {"999", "111", "101", "105", "116 123", "0800 1111"}
TEXT_CODE = re.compile(r"[68]\d{4}")
LONGEST_LINE = 90  # characters of a text that one support may take


@transaction.atomic
def load_supports(path=SUPPORTS_CSV):
    """Bring the directory in line with a CSV file; return how many supports it lists.

    Loading the same file again changes nothing. A support that is no longer in
    the file stays, for what was said of it, but is never suggested again.

    Raises:
        InvalidDirectory: a row cannot be read; names line and column, and
            leaves the directory as it was.
    """
    rows = list(_read_rows(Path(path)))
    supports = [support for support, _, _ in rows]
    columns = [column for column in READERS if column not in ("id", "needs", "serves")]
    _keep_corrections(supports)
    # What another directory told of is that one's to take away.
    ours = Support.objects.filter(sources=None)
    gone = ours.filter(listed=True).exclude(id__in=[support.id for support in supports])
    note_changed([(support, ["listed"]) for support in gone])
    gone.update(listed=False)
    known = {
        support.id: told_of(support, [*columns, "listed"])
        for support in Support.objects.filter(id__in=[support.id for support in supports])
    }
    Support.objects.bulk_create(
        supports, update_conflicts=True, unique_fields=["id"], update_fields=[*columns, "listed"]
    )
    SupportNeed.objects.filter(support__in=supports).delete()
    SupportNeed.objects.bulk_create(
        SupportNeed(support=support, need=need, position=position)
        for support, needs, _ in rows
        for position, need in enumerate(needs)
    )
    SupportArea.objects.filter(support__in=supports).delete()
    SupportArea.objects.bulk_create(
        SupportArea(support=support, area=area) for support, _, areas in rows for area in areas
    )
    note_added([support for support in supports if support.id not in known])
    note_changed([(s, changes_since(known[s.id], s)) for s in supports if s.id in known])
    return len(supports)


def _keep_corrections(supports):
    """What somebody put right by hand stands, whatever the file says."""
    by_id = {support.id: support for support in supports}
    for known in Support.objects.filter(id__in=by_id).exclude(corrected=[]):
        for column in known.corrected:
            setattr(by_id[known.id], column, getattr(known, column))


def _read_rows(path):
    """Yield (Support, need ids, areas) for each row of the file."""
    seen = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        _check_header(path, reader.fieldnames or [])
        for row in reader:
            where = f"{path.name} line {reader.line_num} ({row['id'] or 'no id'})"
            values = {column: _read_cell(where, column, row[column]) for column in READERS}
            if values["id"] in seen:
                raise InvalidDirectory(f"{where}, column id: used twice")
            seen.add(values["id"])
            yield _checked(where, values)


def _check_header(path, columns):
    wrong = set(READERS) ^ set(columns)
    if wrong:
        raise InvalidDirectory(f"{path.name}: missing or unknown column {', '.join(sorted(wrong))}")


def _read_cell(where, column, text):
    try:
        return READERS[column]((text or "").strip())
    except ValueError as problem:
        raise InvalidDirectory(f"{where}, column {column}: {problem}") from problem


def _checked(where, values):
    needs, areas = values.pop("needs"), values.pop("serves")
    support = Support(**values)
    try:
        support.clean_fields()
    except ValidationError as error:
        column, problems = next(iter(error.message_dict.items()))
        raise InvalidDirectory(f"{where}, column {column}: {problems[0]}") from error
    for column, problem in _contradictions(support, areas):
        raise InvalidDirectory(f"{where}, column {column}: {problem}")
    return support, needs, areas


def _contradictions(support, areas):
    """Yield (column, problem) for what each cell allows and the row does not."""
    if not (support.phone or support.text_number or support.url or support.address):
        yield "phone", "no phone, text number, url or address: nobody could reach it"
    if (support.latitude is None) != (support.longitude is None):
        yield "longitude", "latitude and longitude go together"
    if support.reach == Reach.LOCAL and support.latitude is None and not areas:
        yield "serves", "a local support needs a point on the map or the areas it serves"
    if support.reach == Reach.CITY and not areas:
        yield "serves", "which council areas?"
    if support.min_age and support.max_age and support.min_age > support.max_age:
        yield "max_age", "below min_age"
    line = line_of(support)
    if len(line) > LONGEST_LINE:
        yield "name", f"{line!r} is longer than {LONGEST_LINE} characters"
    if odd := outside_gsm_7(line + support.description):
        yield "name", f"{odd!r} would make a text longer: use plain characters"


def _text(text):
    return text


def _phone(text):
    if text and text not in SHORT_NUMBERS:
        PhoneNumber.parse(text)
    return text


def _text_number(text):
    return text if TEXT_CODE.fullmatch(text) else _phone(text)


def _url(text):
    if text and not re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(/\S*)?", text):
        raise ValueError(f"{text!r} is not a web address")
    return text


def _hours(text):
    if text:
        check_hours(text)
    return text


def _yes_or_no(text):
    if text not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _age(text):
    return int(text) if text else None


def _degrees(text):
    return float(text) if text else None


def _list(text):
    return [part.strip() for part in text.split(";") if part.strip()]


def _needs(text):
    return _known(_list(text), NEEDS) or _refuse("at least one need is wanted")


def _areas(text):
    return _known(_list(text), known_areas())


def _people(text):
    groups = [group.split("+") for group in _list(text)]
    _known([who for group in groups for who in group], CIRCUMSTANCES)
    return groups


def _known(words, allowed):
    for word in words:
        if word not in allowed:
            raise ValueError(f"{word!r} is not known")
    return words


def _refuse(problem):
    raise ValueError(problem)


# Every column of the file and what reads its cells; each raises ValueError.
READERS = {
    "id": _text,
    "name": _text,
    "organisation": _text,
    "description": _text,
    "kind_of_place": _text,
    "needs": _needs,
    "phone": _phone,
    "text_number": _text_number,
    "url": _url,
    "email": _text,
    "address": _text,
    "postcode": _text,
    "latitude": _degrees,
    "longitude": _degrees,
    "reach": _text,
    "area_served": _text,
    "serves": _areas,
    "way_in": _text,
    "crisis": _yes_or_no,
    "pinned": _yes_or_no,
    "only_when_open": _yes_or_no,
    "hours": _hours,
    "languages": _text,
    "cost": _text,
    "min_age": _age,
    "max_age": _age,
    "for_whom": _people,
    "source_url": _text,
    "source_seen": _text,
    "checked_on": date.fromisoformat,
    "checked_how": _text,
    "confidence": _text,
}
