"""`python -m desk doctor`: what is ready and what is not, and how to mend it."""

import sys

from django.core.management.base import BaseCommand

from desk.doctor import State, examine

MARKS = {State.READY: "✓", State.OFF: "·", State.WRONG: "✗"}


class Command(BaseCommand):
    help = "Look at settings, database, model and channels; exit code 1 where something is wrong."
    requires_system_checks = []

    def handle(self, **options):
        is_wrong = False
        for finding in examine():
            mark, state = MARKS[finding.state], finding.state.value
            self.stdout.write(f"{mark} {finding.part:<17} {state:<6} {finding.text}")
            self.stdout.flush()
            is_wrong |= finding.state is State.WRONG
        if is_wrong:
            self.stdout.write("\nWhat is marked ✗ is set up and does not work; the rest is fine.")
        sys.exit(1 if is_wrong else 0)
