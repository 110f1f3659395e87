"""`python -m desk corrections`: what triage got wrong, as link workers saw it."""

import json

from django.core.management.base import BaseCommand

from social_prescribing.need_corrections import count_triage_mistakes
from social_prescribing.needs import name_of


class Command(BaseCommand):
    help = "Count the needs that triage missed or found wrongly, by what link workers corrected."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, json: bool, **options):
        mistakes = count_triage_mistakes()
        self.stdout.write(_as_json(mistakes) if json else "\n".join(_lines(mistakes)))


def _as_json(mistakes):
    return json.dumps(
        {
            "callbacks": mistakes.callbacks,
            "corrected": mistakes.corrected,
            "missed": dict(mistakes.missed),
            "found_wrongly": dict(mistakes.found_wrongly),
        }
    )


def _lines(mistakes):
    yield (
        f"Link workers corrected the needs of {mistakes.corrected} callbacks, "
        f"of {mistakes.callbacks} that they rang:"
    )
    for title, counts in (
        ("missed", mistakes.missed),
        ("found where there was none", mistakes.found_wrongly),
    ):
        for need, count in counts.most_common():
            yield f"  {name_of(need)}: {title} {count} times"
