"""`python -m desk callbacks [--json]`: the callbacks, in the order in which they are worked."""

import json

from django.core.management.base import BaseCommand

from desk.callbacks_export import export_callbacks
from social_prescribing.audit_log import note_export_by_command

COLUMNS = ("reference", "status", "due_by", "safety", "name", "needs", "practice", "link_worker")
LONGEST_CELL = 32


class Command(BaseCommand):
    help = "List the callbacks: open ones in queue order, then closed ones, newest first."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="a JSON list instead of a table")

    def handle(self, **options):
        callbacks = export_callbacks()
        note_export_by_command(callback["reference"] for callback in callbacks)
        if options["json"]:
            self.stdout.write(json.dumps(callbacks, indent=2, ensure_ascii=False))
            return
        rows = [COLUMNS, *([_cell(callback[name]) for name in COLUMNS] for callback in callbacks)]
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def _cell(value):
    text = ", ".join(value) if isinstance(value, list) else value or "-"
    return " ".join(text.split())[:LONGEST_CELL]
