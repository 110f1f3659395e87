"""`/services`: the directory in Open Referral's shape, for anybody."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone

from social_prescribing.open_referral import as_service
from social_prescribing.support_changes import SupportChange, What
from social_prescribing.supports import Support

pytestmark = pytest.mark.django_db

DEFINITIONS = json.loads(Path(__file__).with_name("hsds.schema.json").read_text())["definitions"]
FORMATS = jsonschema.FormatChecker(["uuid", "date", "email"])


@FORMATS.checks("uri")
def is_web_address(value):
    return not isinstance(value, str) or bool(urlsplit(value).hostname)


def validate(record, name):
    """Hold a record against the published schema of that name, and against its list of fields."""
    schema = {"$ref": f"#/definitions/{name}", "definitions": DEFINITIONS}
    jsonschema.Draft7Validator(schema, format_checker=FORMATS).validate(record)
    assert strangers(record, name) == []


def strangers(record, name):
    """Fields that the standard does not know: it lets them in, we do not send them."""
    found = []
    for field, value in record.items():
        known = DEFINITIONS[name]["properties"].get(field)
        if known is None:
            found.append(f"{name}.{field}")
            continue
        within = known.get("items", known).get("$ref", "").rpartition("/")[2]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found += strangers(one, within)
    return found


def get(path, status=200, **asked):
    answer = Client().get(path, asked)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_every_service_is_as_hsds_3_0_wants_it(supports):
    page = get("/services", per_page=200)
    assert page["total_items"] == Support.objects.count() == len(page["contents"])
    validate(page, "page_of_services")


def test_a_service_of_which_everything_is_known_is_as_hsds_3_0_wants_it(supports):
    Support.objects.filter(id="cruse-scotland").update(
        text_number="07700 900123", email="help@example.org", min_age=16, max_age=60, wait_weeks=6,
        address="1 High St, Glasgow", postcode="G1 1AA", latitude=55.86, longitude=-4.25,
        languages="en;interpreters", cost="Free", for_whom=[["bereaved_by_suicide"]],
        hours="Mo-Fr 09:00-17:00; Sa 10:00-12:00,13:00-15:00", confirmed_on=None,
    )  # fmt: skip
    (cruse,) = get("/services", search="cruse")["contents"]
    validate(cruse, "service")
    assert {phone["type"] for phone in cruse["phones"]} == {"voice", "text"}
    assert len(cruse["schedules"]) == 3
    assert "Nobody has checked this" in cruse["alert"] and "6 weeks" in cruse["alert"]


def test_the_taxonomy_terms_are_as_hsds_3_0_wants_them(db):
    page = get("/taxonomy_terms", per_page=15)
    validate(page, "page_of_terms")
    assert (page["total_items"], page["total_pages"], page["size"]) == (20, 2, 15)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "open"},
        {"id": "cruse"},
        {"name": None},
        {"url": "cruse"},
        {"minimum_age": "16"},
        {"assured_date": "28/11/2026"},
        {"last_modified": "2026-11-28"},
        {"phones": [{"number": "1"}]},
        {"schedules": [{"id": "00000000-0000-4000-8000-000000000000", "freq": "DAILY"}]},
        {"organization": {"id": "00000000-0000-4000-8000-000000000000", "name": "Cruse"}},
    ],
)
def test_the_schema_refuses_what_is_not_hsds(supports, wrong):
    service = as_service(Support.objects.get(id="cruse-scotland"))
    with pytest.raises(jsonschema.ValidationError):
        validate(service | wrong, "service")


def test_a_field_that_the_standard_does_not_know_is_found(supports):
    service = as_service(Support.objects.get(id="cruse-scotland"))
    service["organization"]["shut"] = 1
    assert strangers(service | {"shut": 1}, "service") == ["organization.shut", "service.shut"]


def test_a_page_of_anybodys_may_read_it(supports):
    assert Client().get("/services")["Access-Control-Allow-Origin"] == "*"


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
    get("/services", status=400, modified_after="yesterday")


def test_services_modified_on_a_day_or_after_it(supports):
    SupportChange.objects.all().delete()
    Support.objects.update(confirmed_on="2026-01-10", checked_on="2026-01-10")
    assert get("/services", modified_after="2026-01-10T09:00:00Z")["total_items"] > 100
    assert get("/services", modified_after="2026-01-11")["empty"] is True
    cruse = Support.objects.get(id="cruse-scotland")
    cruse.changes.create(what=What.WAITING, noticed_on="2026-01-12")
    (service,) = get("/services", modified_after="2026-01-11")["contents"]
    assert service["last_modified"] == "2026-01-12T00:00:00Z"


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
    assert ("18:00", "23:59") in [(s["opens_at"][:5], s["closes_at"][:5]) for s in tuesday]


@pytest.mark.parametrize(("day", "offset"), [("2026-01-15", "+00:00"), ("2026-07-15", "+01:00")])
def test_times_are_those_on_the_clock_in_glasgow(supports, time_machine, day, offset):
    time_machine.move_to(f"{day}T12:00:00+00:00")
    schedules = as_service(Support.objects.get(id="breathing-space"))["schedules"]
    assert {s["opens_at"][5:] for s in schedules} == {offset}


def test_what_goes_out_comes_in_again_as_the_same(supports):
    from social_prescribing.directory_import import import_feed
    from social_prescribing.feed_rows import read_open_referral, read_rows

    out = get("/services", per_page=200)["contents"]
    report = import_feed("Ourselves", read_rows(out, read_open_referral), preview=True)
    assert len(report.merged) >= 0.9 * len(out), report.in_words()
    assert report.added == []
