"""`python -m desk add_person EMAIL NAME --role administrator`: the first account, from nothing."""

from django.core.management.base import BaseCommand, CommandError

from desk.invitations import invitation_path
from social_prescribing.staff import GIVEN_ROLES, Person, Role, StaffRole


class Command(BaseCommand):
    help = "Add somebody who can sign in, and print the link with which they choose a password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name", help="First and last name")
        whole = (Role.ADMINISTRATOR, Role.PROGRAMME_LEAD)
        parser.add_argument(
            "--role", choices=[role.value for role in whole], default=Role.ADMINISTRATOR.value
        )
        parser.add_argument("--desk", default="http://127.0.0.1:8000", help="The desk's address")

    def handle(self, *, email, name, role, desk, **options):
        email = email.lower()
        if Person.objects.filter(username=email).exists():
            raise CommandError(f"Somebody has an account with {email} already.")
        first_name, _, last_name = name.partition(" ")
        person = Person(username=email, email=email, first_name=first_name, last_name=last_name)
        person.set_unusable_password()
        person.save()
        StaffRole.objects.create(user=person, role=role)
        self.stdout.write(
            f"{name} is {dict(GIVEN_ROLES)[role].lower()}. To choose a password, within 3 days:\n"
            f"    {desk.rstrip('/')}{invitation_path(person)}"
        )
