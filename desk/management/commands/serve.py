"""`python -m desk serve`: the desk alone, for a supervisor to run."""

import waitress
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

# A link worker's page is done in milliseconds; threads only wait for the database.
THREADS = 8


class Command(BaseCommand):
    help = "Serve the desk."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host, port, **options):
        waitress.serve(get_wsgi_application(), host=host, port=port, threads=THREADS)
