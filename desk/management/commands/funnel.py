"""`python -m desk funnel`: where self-referrals stop, by the question that was asked last."""

import json
from dataclasses import asdict
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from social_prescribing.conversations import Channel
from social_prescribing.funnel import funnel
from social_prescribing.practices import Practice

COLUMNS = "{:<14} {:>7} {:>12} {:>8} {:>14}"


class Command(BaseCommand):
    help = "Where self-referrals stop, counted by question from the stored messages."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=90, help="how far back (default 90)")
        parser.add_argument("--practice", default="", help="a practice code")
        parser.add_argument("--channel", default="", choices=["", *Channel.values])
        parser.add_argument("--json", action="store_true")

    def handle(self, *, days, practice, channel, json, **options):
        found = funnel(
            since=timezone.now() - timedelta(days=days),
            practice=_practice(practice),
            channel=channel,
        )
        self.stdout.write(_as_json(found) if json else _as_table(found, days))


def _practice(code):
    if not code:
        return None
    try:
        return Practice.objects.get(code=code)
    except Practice.DoesNotExist as error:
        raise CommandError(f"No practice has the code {code}") from error


def _as_json(found):
    return json.dumps(asdict(found) | {"completed": found.completed}, indent=2)


def _as_table(found, days):
    share = "" if found.completed is None else f" ({found.completed:.0%})"
    lines = [
        f"In {days} days: {found.started} self-referrals, {found.wanted} wanted a call, "
        f"{found.queued} of them queued{share}, {found.stopped} left at an open question.",
        "",
        COLUMNS.format("question", "asked", "asked again", "stopped", "answered in"),
    ]
    lines += [
        COLUMNS.format(s.asks, s.asked, s.asked_again, s.stopped, _in_words(s.seconds))
        for s in found.steps
    ]
    return "\n".join(lines)


def _in_words(seconds):
    if seconds is None:
        return "-"
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
