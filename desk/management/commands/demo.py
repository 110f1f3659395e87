"""`python -m desk demo load|remove`: the made-up programme that everyone can try."""

from django.core.management.base import BaseCommand

from desk.demo_programme import load_demo, remove_demo


class Command(BaseCommand):
    help = "Load or remove the demo programme: made-up practices, link workers and patients."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=("load", "remove"))

    def handle(self, *, what, **options):
        if what == "load":
            load_demo()
            self.stdout.write("The demo programme is loaded.")
            return
        for link_worker in remove_demo():
            self.stdout.write(
                f"{link_worker.name} stays, unable to sign in: "
                "they stand in the history of callbacks outside the demo."
            )
        self.stdout.write("The demo programme is removed.")
