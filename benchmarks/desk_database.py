"""A database of its own for a benchmark of the desk: SQLite in a temporary folder, or PostgreSQL.

Nothing of a running Blether is touched: an address of PostgreSQL must name a database
that is empty, or that a benchmark made.
"""

import argparse
import os
import tempfile
from contextlib import contextmanager


def arguments(what):
    """The arguments that every benchmark of the desk takes."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument(
        "--database", metavar="URL", help="an empty PostgreSQL database; without it, SQLite"
    )
    return parser


@contextmanager
def desk_database(url):
    """Start Django on the database, with its tables made, and put it away afterwards."""
    with tempfile.TemporaryDirectory() as state:
        os.environ["BLETHER_STATE_DIR"] = state
        os.environ["DJANGO_SETTINGS_MODULE"] = "desk.settings"
        os.environ.pop("DATABASE_URL", None)
        if url:
            os.environ["DATABASE_URL"] = url
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        if url:
            call_command("flush", interactive=False, verbosity=0)
        yield
