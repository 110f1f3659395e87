"""`python -m desk draw_env`: write .env.example from the table of settings."""

from django.core.management.base import BaseCommand, CommandError

from desk.environment import ROOT
from desk.environment_example import example_file

PATH = ROOT / ".env.example"


class Command(BaseCommand):
    help = "Draw .env.example from desk/environment_table.py; --check only looks whether it is so."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        drawn = example_file()
        if not check:
            PATH.write_text(drawn)
        elif not PATH.exists() or PATH.read_text() != drawn:
            raise CommandError(".env.example is out of date. Run: make fix")
