"""`python -m desk draw_statuses`: draw the life of a callback from its table."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from social_prescribing.callbacks import NEXT, AttemptResult, Outcome, Status

DRAWING = Path(__file__).resolve().parents[3] / "docs" / "callback_statuses.md"


class Command(BaseCommand):
    help = "Draw docs/callback_statuses.md from the table; --check only compares."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        drawing = draw()
        if not check:
            DRAWING.write_text(drawing)
        elif DRAWING.read_text() != drawing:
            raise CommandError(f"{DRAWING.name} is not what the table says: run make fix")


def draw():
    """The table of allowed moves as a Mermaid drawing, with every status and outcome named."""
    moves = [
        f"    {before} --> {after}"
        for before in Status
        for after in Status
        if after in NEXT[before]
    ]
    ends = [f"    {status} --> [*]" for status in Status if not NEXT[status]]
    return "\n".join(
        [
            "# The life of a callback",
            "",
            "Drawn by `make fix` from the table in `social_prescribing/callbacks.py`; "
            "`make check` fails when they differ.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {Status.WAITING}",
            *moves,
            *ends,
            "```",
            "",
            "An attempt ends as one of: " + _list(AttemptResult) + ".",
            "",
            "A callback closes with one outcome: " + _list(Outcome) + ".",
            "",
        ]
    )


def _list(choices):
    return ", ".join(choice.label[0].lower() + choice.label[1:] for choice in choices)
