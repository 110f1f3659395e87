"""Supports: local services and activities, and which of them fit what a patient asked for."""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from social_prescribing.errors import InvalidDirectory, InvalidValue
from social_prescribing.needs import CHOICES, NEEDS
from social_prescribing.opening_hours import check_hours, next_opening, open_now
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.places import known_areas

SUPPORTS_CSV = Path(__file__).resolve().parent.parent / "data" / "supports" / "supports.csv"

# What a support may be for, and what a patient's words may say of them. The
# id stands in the file's column `for_whom`, the words finish "for …" in a reason.
CIRCUMSTANCES = {
    "baby_died": "anyone whose baby died",
    "bereaved_by_suicide": "anyone who lost someone to suicide",
    "bereaved_children": "children who are grieving",
    "brain_injury": "people with a brain injury",
    "care_experienced": "people who have been in care",
    "carers": "carers",
    "child_died": "parents whose child died",
    "court_case": "people whose case goes to court",
    "crime": "people who saw or suffered a crime",
    "debt": "people in debt",
    "discrimination": "people treated badly for who they are",
    "drinking": "people who drink",
    "drugs": "people who use drugs",
    "eating_disorder": "people with eating problems",
    "fgm": "girls and women at risk of FGM",
    "gambling": "people who gamble",
    "homeless": "people who are homeless",
    "injecting_drugs": "people who inject drugs",
    "learning_english": "people learning English",
    "lgbt": "LGBT+ people",
    "loan_shark": "people who owe a loan shark",
    "lone_parents": "single parents",
    "low_income": "people with little money",
    "men": "men",
    "migrants": "people new to Scotland",
    "minority_ethnic": "Black and minority ethnic people",
    "miscarriage": "anyone who lost a pregnancy",
    "older_people": "older people",
    "people_seeking_asylum": "people seeking asylum",
    "problem_at_work": "people with trouble at work",
    "refugees": "refugees",
    "serious_mental_health_problem": "people with a serious mental health problem",
    "sexual_violence": "people hurt by sexual violence",
    "sight_loss": "people losing their sight",
    "smoking": "people who smoke",
    "someone_elses_addiction": "families of people with an addiction",
    "stalking": "people who are stalked",
    "veterans": "veterans",
    "women": "women",
    "young_people": "young people",
}

# Asking for this help already says that much of the patient.
SAID_BY_NEED = {
    "carers": {"carers"},
    "homelessness": {"homeless"},
    "youth": {"young_people"},
}
# Asking for this help leaves open which of these the patient is. A support for
# one of them may be named, after those for everyone, until the patient says more.
LEFT_OPEN_BY_NEED = {
    "addiction": {"drinking", "drugs", "gambling", "someone_elses_addiction"},
    "asylum_immigration": {"people_seeking_asylum", "refugees", "migrants"},
    "digital": {"low_income"},
    "domestic_abuse": {"women", "men"},
    "employment_learning": {"problem_at_work"},
    "healthy_living": {"smoking"},
    "legal": {"discrimination", "court_case"},
    "money": {"debt"},
}
GROWN_UP = 18  # years; a patient who says nothing of age is taken for an adult

SHORT_NUMBERS = {"999", "111", "101", "105", "116 123", "0800 1111"}
TEXT_CODE = re.compile(r"[68]\d{4}")
# https://en.wikipedia.org/wiki/GSM_03.38, less what takes two places in a text
GSM_7 = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
LONGEST_LINE = 90  # characters of a text that one support may take

WALKING_KM = 2
BUS_KM = 6
EARTH_KM = 6371

# How much stands between a patient and help; the least of it is suggested first.
# One point is about what another two kilometres on the bus would be.
BOTHER_CITY = 1.5  # somewhere in the city, or by phone within it
BOTHER_SCOTLAND = 3.0
BOTHER_UK = 3.5
BOTHER_SHUT = 2.0
BOTHER_HOURS_UNKNOWN = 0.25
BOTHER_WALK_IN_ONLY = 1.0  # an address, and nothing to ring or text
BOTHER_WEB_ONLY = 2.0
BOTHER_NOT_ITS_MAIN_NEED = 1.0  # for each need that it lists before this one
BOTHER_ASK_FIRST = 0.5  # a referral or a call before anything is given
BOTHER_LEFT_OPEN = 2.5  # for some people, and the patient has not said
BONUS_SAID = 2.0  # for just the people the patient says they are
BONUS_PINNED = 100.0  # named whenever it fits, whatever else does


class Reach(models.TextChoices):
    """How far a support serves. Stored: do not rename a value."""

    LOCAL = "local", "a neighbourhood"
    CITY = "city", "one or more whole council areas"
    NATIONAL = "national", "all of Scotland or the UK"


class WayIn(models.TextChoices):
    """What someone must do before they are helped. Stored: do not rename a value."""

    OPEN = "open", "ring, text, write or walk in"
    RING_FIRST = "ring_first", "ring before you go"
    REFERRAL = "referral", "a professional must refer"
    ONLINE = "online", "online only"


class Confidence(models.TextChoices):
    """How good the source was that was read. Stored: do not rename a value."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Support(models.Model):
    """A local service or activity, as `data/supports/supports.csv` describes it.

    What each column means and where it came from: data/supports/README.md.
    """

    id = models.SlugField(primary_key=True, max_length=64)
    name = models.CharField(max_length=40)
    organisation = models.CharField(max_length=120)
    description = models.CharField(max_length=70)
    kind_of_place = models.CharField(max_length=40)

    phone = models.CharField(max_length=20, blank=True)
    text_number = models.CharField(max_length=20, blank=True)
    url = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    reach = models.CharField(max_length=8, choices=Reach.choices)
    area_served = models.CharField(max_length=160)
    way_in = models.CharField(max_length=10, choices=WayIn.choices)
    crisis = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    only_when_open = models.BooleanField(default=False)
    hours = models.CharField(max_length=200, blank=True)
    languages = models.CharField(max_length=80, blank=True)
    cost = models.CharField(max_length=60, blank=True)

    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    for_whom = models.JSONField(default=list, blank=True)  # [["women", "minority_ethnic"], …]

    source_url = models.CharField(max_length=300)
    source_seen = models.CharField(max_length=10, blank=True)
    checked_on = models.DateField()
    checked_how = models.CharField(max_length=60)
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    listed = models.BooleanField(default=True)  # no longer in the file: kept, never suggested

    class Meta:
        app_label = "social_prescribing"
        ordering = ["id"]

    def __str__(self):
        return self.name

    @property
    def needs(self):
        """Ids of the needs it meets, the one it is there for above all first."""
        return [row.need for row in self.need_rows.all()]


class SupportNeed(models.Model):
    """A need that a support meets; position 0 is what it is there for above all."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="need_rows")
    need = models.CharField(max_length=20, choices=CHOICES)
    position = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "social_prescribing"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["support", "need"], name="support_need_once"),
        ]
        indexes = [models.Index(fields=["need", "support"], name="supports_by_need")]

    def __str__(self):
        return self.need


class SupportArea(models.Model):
    """A whole area that a support serves: a council ("Glasgow City") or a district ("G45")."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="areas")
    area = models.CharField(max_length=32)

    class Meta:
        app_label = "social_prescribing"
        constraints = [
            models.UniqueConstraint(fields=["support", "area"], name="support_area_once"),
        ]
        indexes = [models.Index(fields=["area", "support"], name="supports_by_area")]

    def __str__(self):
        return self.area


@dataclass(frozen=True)
class Suggestion:
    """A support that fits, and why.

    distance_km: as the crow flies from the place asked about; None when either
        has no point on the map.
    open_now: None when it cannot be known.
    why: plain English for staff and patients, "Food bank, 0.8 km from Govan, open now".
    """

    support: Support
    distance_km: float | None
    open_now: bool | None
    why: str


def suggest_supports(
    needs, near=None, *, limit=3, at=None, age=None, circumstances=frozenset(), exclude=()
):
    """Choose the supports that fit best, best first, at most `limit` of them.

    needs: ids in the order that matters to the patient; each gets one support
        before any gets two.
    near: a Place, or None for somewhere in Glasgow.
    at: an aware datetime, now when None.
    age: in years, None when the patient has not said.
    circumstances: ids of CIRCUMSTANCES that the patient's words say.
    exclude: ids of supports not to name again.

    The same question at the same time gets the same answer. Crisis lines are
    never in it: bot and desk name those themselves, whatever else was asked.

    Raises:
        InvalidValue: a need or circumstance that does not exist.
    """
    asked = _Asked(
        needs=tuple(dict.fromkeys(needs)),
        near=near,
        at=at or timezone.now(),
        age=age,
        said=frozenset(circumstances),
    )
    _check_words(asked)
    fits = [_Fit.of(support, asked) for support in _candidates(asked, exclude)]
    return [fit.suggestion(asked) for fit in _share_out(list(filter(None, fits)), asked, limit)]


def one_line(suggestion):
    """Name a support in a text: its name and the shortest way to reach it.

    GSM-7 and at most 90 characters, which load_supports makes sure of.
    """
    return _line_of(suggestion.support)


def _line_of(support):
    ways = (
        support.phone,
        support.text_number and f"text {support.text_number}",
        re.sub(r"^https?://|/$", "", support.url),
        support.address,
    )
    return f"{support.name}: {next(filter(None, ways), '')}"


@dataclass(frozen=True)
class _Asked:
    """What was asked, in one piece."""

    needs: tuple
    near: object
    at: datetime
    age: int | None
    said: frozenset

    @property
    def sure_of(self):
        """Circumstances that the patient's words or their needs say."""
        return self.said.union(*(SAID_BY_NEED.get(need, ()) for need in self.needs))

    @property
    def left_open(self):
        """Circumstances that may be so, as the patient has named no other of their kind."""
        kinds = (LEFT_OPEN_BY_NEED.get(need, set()) for need in self.needs)
        return set().union(*(kind for kind in kinds if not kind & self.said))

    @property
    def areas(self):
        return {"Glasgow City"} if self.near is None else self.near.areas


def _check_words(asked):
    for word in (*asked.needs, *asked.said):
        if word not in NEEDS and word not in CIRCUMSTANCES:
            raise InvalidValue(f"{word!r} is neither a need nor a circumstance")


def _candidates(asked, exclude):
    """Supports for one of the needs that serve the place and that can be reached at all."""
    for_a_need = SupportNeed.objects.filter(need__in=asked.needs).values("support")
    return (
        Support.objects.filter(_serving(asked), listed=True, crisis=False, id__in=for_a_need)
        .exclude(phone="", text_number="", url="", address="")
        .exclude(id__in=list(exclude))
        .prefetch_related("need_rows")
    )


def _serving(asked):
    named = SupportArea.objects.filter(area__in=asked.areas).values("support")
    serving = models.Q(reach=Reach.NATIONAL) | models.Q(id__in=named)
    return serving | _within_a_bus_ride(asked.near) if _on_the_map(asked.near) else serving


def _within_a_bus_ride(near):
    """A square about the place, which an index can answer; the circle comes later."""
    north = BUS_KM / 111  # kilometres in a degree of latitude
    east = north / cos(radians(near.latitude))
    return models.Q(
        reach=Reach.LOCAL,
        latitude__range=(near.latitude - north, near.latitude + north),
        longitude__range=(near.longitude - east, near.longitude + east),
    )


@dataclass(frozen=True)
class _Fit:
    """A support that may be suggested, and what stands between it and the patient."""

    support: Support
    distance_km: float | None
    open_now: bool | None
    bother: float

    @classmethod
    def of(cls, support, asked):
        """Weigh a support; None when it must not be suggested."""
        distance_km = _distance_km(asked.near, support)
        is_open = open_now(support.hours, asked.at)
        bother_of_people = _bother_of_people(support, asked)
        too_far = support.reach == Reach.LOCAL and (distance_km or 0) > BUS_KM
        if bother_of_people is None or too_far or (support.only_when_open and not is_open):
            return None
        bother = (
            bother_of_people
            + _bother_of_place(support, distance_km)
            + _bother_of_hours(is_open)
            + _bother_of_contact(support)
            - BONUS_PINNED * support.pinned
        )
        return cls(support, distance_km, is_open, bother)

    def rank(self, need):
        """Sorts the supports for one need, best first; the id makes it the same each time."""
        return (
            self.bother + BOTHER_NOT_ITS_MAIN_NEED * self.support.needs.index(need),
            Confidence.values.index(self.support.confidence),
            self.support.id,
        )

    def suggestion(self, asked):
        return Suggestion(
            support=self.support,
            distance_km=None if self.distance_km is None else round(self.distance_km, 1),
            open_now=self.open_now,
            why=", ".join(filter(None, _reasons(self, asked))),
        )


def _bother_of_people(support, asked):
    """How sure it is that this support is for this patient; None when it is not."""
    by_age = _bother_of_age(support, asked)
    if by_age is None or not support.for_whom:
        return by_age
    groups = [set(group) for group in support.for_whom]
    if any(group <= asked.said for group in groups):
        return by_age - BONUS_SAID
    if any(group <= asked.sure_of for group in groups):
        return by_age
    if any(group <= asked.sure_of | asked.left_open for group in groups):
        return by_age + BOTHER_LEFT_OPEN
    return None


def _bother_of_age(support, asked):
    youngest, oldest = support.min_age or 0, support.max_age or 200
    if asked.age is not None:
        return 0 if youngest <= asked.age <= oldest else None
    young = "young_people" in asked.sure_of
    if oldest < 200:
        return 0 if young else None
    if youngest <= GROWN_UP or "older_people" in asked.said:
        return 0
    return None if young else BOTHER_LEFT_OPEN


def _bother_of_place(support, distance_km):
    anywhere = {
        Reach.LOCAL: 0.5,
        Reach.CITY: BOTHER_CITY,
        Reach.NATIONAL: BOTHER_UK if support.area_served == "the UK" else BOTHER_SCOTLAND,
    }[support.reach]
    if distance_km is None:
        return anywhere
    there = distance_km / 4 if distance_km < WALKING_KM else 0.5 + distance_km / 2
    must_go_there = support.reach == Reach.LOCAL or not _can_be_rung(support)
    return there if must_go_there else min(anywhere, there)


def _bother_of_hours(is_open):
    return {True: 0.0, None: BOTHER_HOURS_UNKNOWN, False: BOTHER_SHUT}[is_open]


def _bother_of_contact(support):
    ask_first = support.way_in in (WayIn.RING_FIRST, WayIn.REFERRAL)
    bother = BOTHER_ASK_FIRST if ask_first else 0.0
    if _can_be_rung(support):
        return bother
    return bother + (BOTHER_WALK_IN_ONLY if support.address else BOTHER_WEB_ONLY)


def _can_be_rung(support):
    return bool(support.phone or support.text_number)


def _share_out(fits, asked, limit):
    """Take the best fit for each need in turn, the neediest of the needs first.

    A need that no chosen support meets comes before one that is met in passing,
    and that before one that has a support of its own.
    """
    chosen, turns = [], {need: 0 for need in asked.needs}
    while turns and len(chosen) < limit:
        met = {need for fit in chosen for need in fit.support.needs}
        need = min(turns, key=lambda need: (turns[need], need in met, asked.needs.index(need)))
        left = [f for f in fits if need in f.support.needs and not _already_named(f, chosen)]
        if left:
            chosen.append(min(left, key=lambda fit: fit.rank(need)))
            turns[need] += 1
        else:
            del turns[need]
    return chosen


def _already_named(fit, chosen):
    """Two halls of one food bank, or two names on one number, are one answer to a patient."""
    return any(
        (fit.support.phone and fit.support.phone == other.support.phone)
        or (fit.support.organisation, fit.support.kind_of_place)
        == (other.support.organisation, other.support.kind_of_place)
        for other in chosen
    )


def _reasons(fit, asked):
    support = fit.support
    yield support.kind_of_place[0].upper() + support.kind_of_place[1:]
    if fit.distance_km is None:
        yield f"for {support.area_served}"
    else:
        yield f"{fit.distance_km:.1f} km from {asked.near.name}"
    yield _opening_in_words(support, fit.open_now, asked.at)
    yield _people_in_words(support)
    yield {
        WayIn.RING_FIRST: "get in touch before you go",
        WayIn.REFERRAL: "you may need to be referred, so get in touch first",
        WayIn.ONLINE: "online",
    }.get(support.way_in)


def _opening_in_words(support, is_open, at):
    if is_open is None:
        return None
    if is_open:
        return "open now"
    opening = next_opening(support.hours, at)
    return f"shut now, opens {opening:%A at %H:%M}" if opening else "shut now"


def _people_in_words(support):
    who = []
    for first, *others in support.for_whom:
        also = f" ({', '.join(CIRCUMSTANCES[other] for other in others)})" if others else ""
        who.append(CIRCUMSTANCES[first] + also)
    if support.min_age and support.min_age > GROWN_UP:
        who.append(f"people aged {support.min_age} and over")
    if support.max_age:
        who.append(f"people aged {support.max_age} and under")
    return f"for {_either(who)}" if who else None


def _either(words):
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _on_the_map(place):
    return place is not None and place.latitude is not None


def _distance_km(near, support):
    """Kilometres between a place and a support as the crow flies; None without two points."""
    if not _on_the_map(near) or support.latitude is None:
        return None
    here = radians(near.latitude), radians(near.longitude)
    there = radians(support.latitude), radians(support.longitude)
    # The haversine formula: https://en.wikipedia.org/wiki/Haversine_formula
    half_chord = sin((there[0] - here[0]) / 2) ** 2
    half_chord += cos(here[0]) * cos(there[0]) * sin((there[1] - here[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half_chord))


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
    columns = [field.name for field in Support._meta.concrete_fields if field.name != "id"]
    Support.objects.exclude(id__in=[support.id for support in supports]).update(listed=False)
    Support.objects.bulk_create(
        supports, update_conflicts=True, unique_fields=["id"], update_fields=columns
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
    return len(supports)


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
    line = _line_of(support)
    if len(line) > LONGEST_LINE:
        yield "name", f"{line!r} is longer than {LONGEST_LINE} characters"
    if odd := "".join(sorted(set(line + support.description) - GSM_7)):
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
