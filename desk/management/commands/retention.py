"""`python -m desk retention`: remove what has been kept for its time, or say what would go."""

from django.core.management.base import BaseCommand

from social_prescribing.retention import KEPT, count_past_their_time, remove_past_their_time


class Command(BaseCommand):
    help = "Remove what is past its time, and say what is kept how long; --dry-run removes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *, dry_run, **options):
        counts = count_past_their_time() if dry_run else remove_past_their_time()
        done = "would go" if dry_run else "removed"
        for kept in KEPT:
            self.stdout.write(f"{kept.what}: {counts[kept.what]} {done}")
            self.stdout.write(f"  kept for {kept.time.days} days from {kept.since}. {kept.why}")
