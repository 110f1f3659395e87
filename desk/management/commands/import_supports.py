"""`python -m desk import_supports FEED FILE…`: take another directory's supports over."""

import csv
import io
import json
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from social_prescribing.directory_import import import_feed
from social_prescribing.feed_rows import read_aliss, read_csv_row, read_open_referral, read_rows

READERS = {"aliss": read_aliss, "open_referral": read_open_referral, "csv": read_csv_row}
EVERY = 500  # rows between two words of progress


class Command(BaseCommand):
    help = (
        "Take the supports of another directory over, from its saved pages: ALISS (v4), "
        "Open Referral UK (JSON pages or a line each) or CSV."
    )

    def add_arguments(self, parser):
        parser.add_argument("shape", choices=READERS)
        parser.add_argument("files", nargs="+", type=Path, help="in order; all pages of the feed")
        parser.add_argument("--feed", help="its name, for example ALISS (default: the shape)")
        parser.add_argument("--preview", action="store_true", help="say what would change")
        parser.add_argument(
            "--part", action="store_true", help="not the whole feed: what is missing is not gone"
        )
        parser.add_argument(
            "--gone", action="store_true", help="what is missing is gone, however much it is"
        )

    def handle(self, *, shape, files, feed, preview, part, gone, **options):
        try:
            records = [record for path in files for record in _records(shape, path)]
        except (OSError, ValueError) as problem:
            raise CommandError(f"not readable: {problem}") from problem
        self.stderr.write(f"{len(records)} services read")
        report = import_feed(
            feed or shape,
            read_rows(records, READERS[shape]),
            preview=preview,
            is_whole=not part,
            may_lose_most=gone,
            progress=self._say,
        )
        self.stdout.write(report.in_words() + ("\nNothing was changed." if preview else ""))

    def _say(self, done):
        if done % EVERY == 0:
            self.stderr.write(f"{done} done")


def _records(shape, path):
    """The services in one file: a page of the feed, a list, or one service a line."""
    text = path.read_text(encoding="utf-8-sig")
    if shape == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    try:
        page = json.loads(text)
    except json.JSONDecodeError:
        return [_line(line) for line in text.splitlines() if line.strip()]
    if isinstance(page, dict):
        page = page.get("data" if shape == "aliss" else "contents", [page])
    # ALISS's page of one service has that service as its data.
    return [page] if isinstance(page, dict) else page


def _line(text):
    """One service; a line that is no JSON goes on as it is, to be reported with its neighbours."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
