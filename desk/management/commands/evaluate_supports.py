"""`python -m desk evaluate_supports`: how good the suggestions are, by the cases."""

from django.core.management import BaseCommand, call_command
from django.db import transaction

from desk.supports_evaluation import answer_cases, read_cases, report
from social_prescribing.directory_file import load_supports


class Command(BaseCommand):
    help = "Hold what Blether names against data/supports/cases.yml; changes nothing."

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            load_supports()
            text = report(answer_cases(read_cases(), unchecked_too=True))
            transaction.set_rollback(True)
        self.stdout.write(text)
