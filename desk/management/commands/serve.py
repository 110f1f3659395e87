"""`python -m desk serve`: the desk alone, for a supervisor to run."""

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand

from desk.application import the_application

# A link worker's page is done in milliseconds; threads only wait for the database.
THREADS = 8


class Command(BaseCommand):
    help = "Serve the desk."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host, port, **options):
        behind = behind_proxy(settings.PROXY)
        waitress.serve(the_application(), host=host, port=port, threads=THREADS, **behind)


def behind_proxy(address):
    """What a reverse proxy at this address says of the browser is believed; nobody else is.

    Without it every browser has the proxy's address, in the audit log and where
    wrong passwords are counted.
    """
    if not address:
        return {}
    told = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
    return {
        "trusted_proxy": address,
        "trusted_proxy_headers": told,
        "clear_untrusted_proxy_headers": True,
    }
