"""`/services`: the directory in Open Referral's shape, for anybody."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone

from social_prescribing.open_referral import as_service
from social_prescribing.supports import Support

pytestmark = pytest.mark.django_db

SCHEMA = json.loads(Path(__file__).with_name("hsds_service.schema.json").read_text())


def get(path, status=200, **asked):
    answer = Client().get(path, asked)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_every_service_is_as_hsds_3_0_wants_it(supports):
    page = get("/services", per_page=200)
    assert page["total_items"] == Support.objects.count() == len(page["contents"])
    for service in page["contents"]:
        jsonschema.validate(service, SCHEMA)


def test_the_schema_refuses_what_is_not_hsds(supports):
    service = as_service(Support.objects.get(id="cruse-scotland"))
    for wrong in ({"status": "open"}, {"id": "cruse"}, {"phones": [{"number": "1"}]}, {"shut": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(service | wrong, SCHEMA)


def test_pages_follow_one_another_and_hold_every_service_once(supports):
    pages = [get("/services", page=number, per_page=40) for number in (1, 2, 3)]
    ids = [service["id"] for page in pages for service in page["contents"]]
    assert len(ids) == len(set(ids)) == pages[0]["total_items"]
    assert [page["first_page"] for page in pages] == [True, False, False]
    assert [page["last_page"] for page in pages] == [False, False, True]
    assert get("/services", page=9, per_page=40)["empty"] is True


def test_one_service_by_its_id(supports):
    (cruse,) = get("/services", search="cruse")["contents"]
    assert get(f"/services/{cruse['id']}") == cruse
    assert cruse["assured_date"] == timezone.localdate().isoformat()
    get("/services/00000000-0000-4000-8000-000000000000", status=404)


def test_services_by_need_and_by_place(supports):
    food = get("/services", taxonomy_term_id="food", per_page=200)["contents"]
    assert food and all(
        "food" in [a["taxonomy_term"]["code"] for a in service["attributes"]] for service in food
    )
    near = get("/services", postcode="G51 3TR", proximity=1500)["contents"]
    assert "Glasgow SW Foodbank (Govan)" in [service["name"] for service in near]
    get("/services", status=400, postcode="nowhere")
    get("/services", status=400, page="x")


def test_who_checked_a_support_is_nobodys_business(supports):
    assert "Sam Demo" not in Client().get("/services", {"per_page": 200}).content.decode()


def test_a_closed_support_is_not_served(supports):
    Support.objects.filter(id="cruse-scotland").update(closed_on="2026-11-01")
    assert get("/services", search="cruse")["contents"] == []


def test_nothing_can_be_written(supports):
    assert Client().post("/services", {}).status_code == 405


def test_breathing_space_is_open_in_the_evening(supports):
    schedules = as_service(Support.objects.get(id="breathing-space"))["schedules"]
    tuesday = [s for s in schedules if "TU" in s["byday"].split(",")]
    assert ("18:00Z", "23:59Z") in [(s["opens_at"], s["closes_at"]) for s in tuesday]


def test_what_goes_out_comes_in_again_as_the_same(supports):
    from social_prescribing.directory_import import import_feed
    from social_prescribing.feed_rows import read_open_referral, read_rows

    out = get("/services", per_page=200)["contents"]
    report = import_feed("Ourselves", read_rows(out, read_open_referral), preview=True)
    assert len(report.merged) >= 0.9 * len(out), report.in_words()
    assert report.added == []
