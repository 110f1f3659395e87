"""`python -m desk clock`: does what is due, as it falls due."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from social_prescribing.due import DUE_RULES, run_due_rules

LOOKS_EVERY_SECONDS = 5


class Command(BaseCommand):
    help = "Run the rules that go by the clock, until stopped; --once runs each a single time."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true")

    def handle(self, *, once, **options):
        if once:
            for what, done in run_due_rules().items():
                self.stdout.write(f"{what}: {done if done is not None else 'looked'}")
            return
        keep_time(DUE_RULES)


def keep_time(rules, *, clock=time.monotonic, wait=None):
    """Run each rule when its turn comes, for ever. Several clocks side by side do no harm."""
    next_turn = {rule.what: clock() for rule in rules}
    while True:
        turn = [rule for rule in rules if next_turn[rule.what] <= clock()]
        run_due_rules(turn)
        for rule in turn:
            next_turn[rule.what] = clock() + rule.every.total_seconds()
        (wait or _wait)(LOOKS_EVERY_SECONDS)


def _wait(seconds):
    time.sleep(seconds)
    # A database that was restarted meanwhile is asked anew.
    close_old_connections()
