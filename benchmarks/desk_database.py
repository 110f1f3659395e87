"""A database of its own for a benchmark of the desk: SQLite in a temporary folder, or PostgreSQL.

Nothing of a running Blether is touched: on a PostgreSQL server a database of a new name is
made, and dropped afterwards.
"""

import argparse
import os
import tempfile
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg


def arguments(what):
    """The arguments that every benchmark of the desk takes."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument(
        "--server", metavar="URL", help="any database of a PostgreSQL server; without it, SQLite"
    )
    return parser


@contextmanager
def desk_database(server):
    """Start Django on a new database, with its tables made, and put it away afterwards."""
    with tempfile.TemporaryDirectory() as state, _new_database(server) as url:
        os.environ["BLETHER_STATE_DIR"] = state
        os.environ["DJANGO_SETTINGS_MODULE"] = "desk.settings"
        os.environ.pop("DATABASE_URL", None)
        if url:
            os.environ["DATABASE_URL"] = url
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield


@contextmanager
def _new_database(server):
    """The address of a new database on the server; None without one."""
    if not server:
        yield None
        return
    name = f"blether_benchmark_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
