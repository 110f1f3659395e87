"""`python -m desk supports`: see desk/supports_command.py."""

import sys

from django.core.management.base import BaseCommand

from desk import supports_command


class Command(BaseCommand):
    help = "Which supports Blether would name for a need and a place, and why."

    def add_arguments(self, parser):
        supports_command.add_arguments(parser)

    def handle(self, **options):
        sys.exit(supports_command.run(_Options(options)))


class _Options:
    """Django hands options as a dictionary; the command reads them as attributes."""

    def __init__(self, options):
        self.__dict__.update(options)
