"""A year of made-up gaps, so that the gaps page of the demo programme shows what it can show."""

from random import Random
from uuid import UUID

from django.utils import timezone

from social_prescribing.gaps import Gap, Kind, Why
from social_prescribing.practices import Practice
from social_prescribing.reporting_years import month_before

PATIENTS, MONTHS, SEED = 1200, 13, 7

# Where each practice's patients live, the most of them first.
DISTRICTS = {
    "DEMO1": ("G22", "G22", "G21", "G20", "G23"),
    "DEMO2": ("G51", "G51", "G52", "G53"),
    "DEMO3": ("G15", "G15", "G13"),
    "DEMO4": ("G34", "G34", "G33", "G33", "G69"),
    "DEMO5": ("G45", "G45", "G44", ""),
    "DEMO6": ("G5", "G42", "G41", ""),
}
# How often, the need, how it was left open, why, what was asked for, and the needs beside it.
ASKS = (
    (14, "transport", Kind.UNMET, Why.NONE, ("hospital_lift",), ("disability",)),
    (9, "transport", Kind.UNMET, Why.OTHERS, ("bus_pass", "fares"), ("money",)),
    (6, "transport", Kind.HINDERED, Why.FAR, (), ("loneliness",)),
    (10, "bereavement", Kind.HINDERED, Why.FULL, ("grief_counselling",), ("loneliness",)),
    (7, "bereavement", Kind.UNMET, Why.FAR, ("grief_counselling",), ("mental_wellbeing",)),
    (11, "youth", Kind.UNMET, Why.NONE, ("youth_club",), ("mental_wellbeing",)),
    (5, "youth", Kind.UNMET, Why.FULL, ("bullying", "school"), ("mental_wellbeing",)),
    (9, "asylum_immigration", Kind.HINDERED, Why.ENGLISH, ("home_office",), ("homelessness",)),
    (6, "asylum_immigration", Kind.UNMET, Why.FULL, ("asylum_lawyer",), ("legal",)),
    (7, "employment_learning", Kind.UNMET, Why.FULL, ("english_classes",), ()),
    (9, "carers", Kind.UNMET, Why.FULL, ("respite",), ("disability",)),
    (5, "carers", Kind.NOT_REACHED, Why.FAR, ("respite",), ()),
    (8, "digital", Kind.UNMET, Why.FAR, ("show_me", "device"), ("money",)),
    (8, "housing", Kind.NOT_REACHED, Why.FULL, ("repairs", "damp"), ("money",)),
    (5, "food", Kind.NOT_REACHED, Why.SHUT, ("food_parcel",), ("energy", "money")),
    (4, "energy", Kind.UNMET, Why.SHUT, ("meter",), ("money",)),
    (6, "family", Kind.UNMET, Why.NONE, ("holiday_activities", "childcare"), ()),
    (4, "loneliness", Kind.NOT_REACHED, Why.UNSAID, ("group",), ("bereavement",)),
    (2, "legal", Kind.UNMET, Why.UNCHECKED, ("solicitor",), ()),
    (5, "mental_wellbeing", Kind.NOT_AGREED, Why.FULL, (), ("loneliness",)),
    (5, "money", Kind.NOT_AGREED, Why.UNSAID, (), ("energy",)),
    (1, "addiction", Kind.HINDERED, Why.FULL, ("drink",), ()),
)


def load_demo_gaps():
    """Load the year unless it is there."""
    if Gap.objects.filter(is_demo=True, conversation=None).exists():
        return
    chance, practices = Random(SEED), Practice.objects.in_bulk(list(DISTRICTS), field_name="code")
    Gap.objects.bulk_create(_gap(chance, practices) for _ in range(PATIENTS))


def _gap(chance, practices):
    code = chance.choice(list(DISTRICTS))
    _, need, kind, why, things, beside = chance.choices(ASKS, [often for often, *_ in ASKS])[0]
    return Gap(
        need=need,
        kind=kind,
        why=why,
        district=chance.choice(DISTRICTS[code]),
        practice=practices[code],
        month=_month(chance.randrange(MONTHS)),
        beside=[other for other in beside if chance.random() < 0.6],
        things=[thing for thing in things if chance.random() < 0.7],
        asker=UUID(int=chance.getrandbits(128), version=4),
        is_demo=True,
    )


def _month(ago):
    month = timezone.localdate().replace(day=1)
    for _ in range(ago):
        month = month_before(month)
    return month
