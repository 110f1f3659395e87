"""`python -m desk export_supports --shape …`: the directory for other programs."""

import csv
import json

from django.core.management import BaseCommand

from social_prescribing.open_referral import as_page, as_service, id_of
from social_prescribing.supports import Support

COLUMNS = (
    "id", "name", "organisation", "description", "needs", "phone", "url", "email", "address",
    "postcode", "latitude", "longitude", "areas", "hours", "languages", "cost", "min_age",
    "max_age", "checked_on",
)  # fmt: skip


class Command(BaseCommand):
    help = "Write the listed supports as Open Referral UK JSON (one page) or as CSV."

    def add_arguments(self, parser):
        parser.add_argument("--shape", choices=("open_referral", "csv"), default="open_referral")

    def handle(self, *, shape, **options):
        listed = Support.objects.filter(listed=True, closed_on=None)
        supports = list(listed.prefetch_related("need_rows", "areas", "changes"))
        if shape == "csv":
            writer = csv.writer(self.stdout)
            writer.writerow(COLUMNS)
            writer.writerows(_row(support) for support in supports)
            return
        contents = [as_service(support) for support in supports]
        page = as_page(contents, page=1, per_page=max(len(contents), 1), count=len(contents))
        json.dump(page, self.stdout, indent=1)


def _row(support):
    areas = [row.area for row in support.areas.all()]
    if support.reach == "national":
        areas = ["Scotland" if support.area_served == "Scotland" else "UK"]
    special = {
        "id": id_of("service", support.id),
        "needs": ";".join(support.needs),
        "areas": ";".join(areas),
        "checked_on": support.confirmed_on or "",
    }
    return [special.get(c, getattr(support, c, "") if c not in special else "") for c in COLUMNS]
