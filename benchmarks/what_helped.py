"""What the answers to "did you get there?" bring, and what they cost.

    python -m benchmarks.what_helped [seeds]

Gives each support of the directory a chance of its own that a patient gets there, lets
patients with the questions of data/supports/cases.yml answer by it, and measures how
many get to what is named first, and the precision by the same cases, as answers come in.
Once more with chances that are all the same: then every preference is noise.
"""

import random
import sys
from datetime import timedelta
from statistics import mean

from benchmarks.desk_database import desk_database

ANSWERS = (0, 200, 500, 1_000, 2_000)
USUAL = 0.6


def main(seeds):
    with desk_database(None):
        from social_prescribing.directory_file import load_supports

        load_supports()
        for title, differ in (("supports differ", True), ("supports are all alike", False)):
            rows = [_play(random.Random(seed), differ) for seed in range(seeds)]
            print(f"{title}\n  answers  first one reached  precision at 3")
            for number, answers in enumerate(ANSWERS):
                reached, precision = (mean(row[number][i] for row in rows) for i in (0, 1))
                print(f"  {answers:7,}  {reached:17.3f}  {precision:14.3f}")


def _play(chance, differ):
    from desk.supports_evaluation import mean_precision, read_cases
    from social_prescribing.conversations import Channel, find_or_start_conversation
    from social_prescribing.directory import note_changes
    from social_prescribing.signposting import Signposting
    from social_prescribing.supports import Support

    Signposting.objects.all().delete()
    note_changes()
    ids = Support.objects.values_list("id", flat=True).order_by("id")
    truly = {id: chance.betavariate(3, 2) if differ else USUAL for id in ids}
    patient = find_or_start_conversation(channel=Channel.REST, address="made-up")
    cases, figures, given = read_cases(), [], 0
    for wanted in ANSWERS:
        while given < wanted:
            batch = _answer(chance.sample(cases, 50), chance, truly, patient)
            Signposting.objects.bulk_create(batch)
            note_changes()
            given += len(batch)
        named = _named(cases)
        firsts = [answer.ids[0] for answer in named if answer.ids]
        figures.append((mean(truly[id] for id in firsts), mean_precision(named)))
    return figures


def _named(cases):
    from desk.supports_evaluation import answer_cases

    return answer_cases(cases, unchecked_too=True)


def _answer(cases, chance, truly, patient):
    """Signpostings, answered; of long ago, so that fairness has no part in it."""
    from social_prescribing.signposting import Signposting

    return [
        Signposting(
            conversation=patient,
            support_id=answer.ids[0],
            named_at=answer.case.at - timedelta(days=60),
            went_there="yes" if chance.random() < truly[answer.ids[0]] else "no",
        )
        for answer in _named(cases)
        if answer.ids
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
