"""Suggestions a second with 50,000 supports in the directory.

    python -m benchmarks.supports [supports]

Makes up supports about Glasgow in a database of its own, then asks as the
conversation does: a need, a place, a patient's circumstances, now.
"""

import random
import sys
import time
from datetime import date

from benchmarks.desk_database import desk_database

SUPPORTS = 50_000
QUESTIONS = 2_000
SEED = 7


def main(how_many):
    with desk_database(None):
        _make_up(how_many, random.Random(SEED))
        print(_measure(how_many, random.Random(SEED + 1)))


def _make_up(how_many, chance):
    from social_prescribing.needs import NEEDS
    from social_prescribing.supports import Support, SupportArea, SupportNeed

    supports, needs, areas = [], [], []
    for number in range(how_many):
        reach = chance.choices(["local", "city", "national"], [85, 12, 3])[0]
        support = Support(
            id=f"made-up-{number}",
            name=f"Made-up support {number}",
            organisation=f"Charity {number % 9000}",
            description="Made up.",
            kind_of_place=f"club {number % 97}",
            phone="0141 496 0000",
            latitude=55.86 + chance.gauss(0, 0.08),
            longitude=-4.25 + chance.gauss(0, 0.14),
            reach=reach,
            area_served="Glasgow",
            way_in="open",
            hours=chance.choice(["", "Mo-Fr 09:00-17:00", "Tu 10:00-12:00", "24/7"]),
            for_whom=chance.choice([[], [], [], [["women"]], [["carers"]], [["men"]]]),
            min_age=chance.choice([None, None, 16, 50]),
            source_url="https://example.org",
            checked_on=date.today(),
            checked_how="made up",
            confidence="medium",
            confirmed_on=date.today(),
        )
        support.phone = f"0141 {number // 10000:03} {number % 10000:04}"
        supports.append(support)
        for position, need in enumerate(chance.sample(sorted(NEEDS), chance.choice([1, 1, 2]))):
            needs.append(SupportNeed(support=support, need=need, position=position))
        if reach == "city":
            areas.append(SupportArea(support=support, area="Glasgow City"))
    Support.objects.bulk_create(supports, batch_size=2000)
    SupportNeed.objects.bulk_create(needs, batch_size=5000)
    SupportArea.objects.bulk_create(areas, batch_size=5000)


def _measure(how_many, chance):
    from social_prescribing.needs import NEEDS
    from social_prescribing.places import find_place
    from social_prescribing.suggestions import suggest_supports

    places = [find_place(name) for name in ("Govan", "Possil", "G34", "Castlemilk", "Partick")]
    questions = [
        (
            chance.sample(sorted(NEEDS), chance.choice([1, 1, 2])),
            chance.choice(places),
            chance.choice([None, None, 35, 72]),
            chance.choice([set(), {"women"}, {"carers"}]),
        )
        for _ in range(QUESTIONS)
    ]
    started = time.perf_counter()
    for need in NEEDS:
        suggest_supports([need], places[0])
    read_in = time.perf_counter() - started
    took, named, worked = [], 0, time.process_time()
    for needs, place, age, circumstances in questions:
        started = time.perf_counter()
        named += len(suggest_supports(needs, place, age=age, circumstances=circumstances))
        took.append(time.perf_counter() - started)
    worked = time.process_time() - worked
    took.sort()
    return (
        f"{how_many:,} supports, read into memory in {read_in:.1f} s\n"
        f"{QUESTIONS:,} questions: {QUESTIONS / sum(took):,.0f} a second, "
        f"{named / sum(took):,.0f} supports named a second\n"
        f"by the processor's own time, whoever else uses it: {QUESTIONS / worked:,.0f} a second\n"
        f"p50 {1000 * took[len(took) // 2]:.2f} ms, p95 {1000 * took[len(took) * 95 // 100]:.2f} ms"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SUPPORTS)
