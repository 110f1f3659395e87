"""Other directories taken over: ALISS, Open Referral UK, CSV; twice, broken, deduplicated."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from social_prescribing.directory_import import import_feed
from social_prescribing.feed_rows import read_aliss, read_csv_row, read_open_referral, read_rows
from social_prescribing.places import find_place
from social_prescribing.suggestions import suggest_supports
from social_prescribing.supports import Support

pytestmark = pytest.mark.django_db

LONG_AGO = (date.today() - timedelta(days=30)).isoformat()


def an_aliss_service(number=1, **changes):
    """In the exact shape of ALISS's v4 API, with invented values."""
    service_id = f"00000000-0000-4000-8000-{number:012}"
    return {
        "id": service_id,
        "name": f"Example walking group {number}",
        "slug": f"example-walking-group-{number}",
        "description": "<p>A made-up weekly walk – for everyone.</p>",
        "url": f"https://example.org/walk/{number}",
        "phone": "",
        "email": "walk@example.org",
        "categories": [{"name": "Physical Activity", "slug": "physical-activity"}],
        "service_areas": [{"code": "S12000046", "type": "Local Authority", "name": "Glasgow City"}],
        "organisation": {
            "id": "00000000-0000-4000-8000-999999999999",
            "name": f"Example Org {number}",
            "aliss_url": "https://www.aliss.org/organisations/example-org-0/",
            "permalink": "https://www.aliss.org/organisations/99999999",
            "slug": "example-org-0",
            "is_claimed": False,
        },
        "aliss_url": f"https://www.aliss.org/services/{number}/",
        "permalink": f"https://www.aliss.org/services/{service_id}",
        "last_updated": "2024-01-01T00:00:00Z",
        "locations": [
            {
                "id": "00000000-0000-4000-8000-000000000003",
                "formatted_address": "Example Hall, 1 Example Street, Glasgow, G51 3TR",
                "name": "Example Hall",
                "description": "",
                "region": "Glasgow City",
                "state": "",
                "street_address": "1 Example Street",
                "locality": "Glasgow",
                "postal_code": "G51 3TR",
                "country": "GB",
                "latitude": 55.86,
                "longitude": -4.31,
            }
        ],
    } | changes


def an_open_referral_service(number=1, **changes):
    """A service of HSDS 3.0 with what belongs to it, with invented values."""
    return {
        "id": f"10000000-0000-4000-8000-{number:012}",
        "name": f"Example lunch club {number}",
        "status": "active",
        "description": "A made-up weekly lunch.",
        "url": f"https://example.org/lunch/{number}",
        "assured_date": LONG_AGO,
        "organization": {"id": "x", "name": f"Lunch Org {number}", "description": "A charity."},
        "phones": [{"id": "p", "number": f"0141 3{number // 10000:02}{number % 10000:04}"}],
        "schedules": [
            {
                "id": "s",
                "freq": "WEEKLY",
                "byday": "TU",
                "opens_at": "12:00Z",
                "closes_at": "14:00Z",
            }
        ],
        "service_areas": [{"id": "a", "name": "Glasgow City"}],
        "attributes": [
            {"link_entity": "service", "taxonomy_term": {"code": "loneliness", "name": "Lonely"}}
        ],
        "service_at_locations": [
            {"location": {"location_type": "physical", "latitude": 55.86, "longitude": -4.31}}
        ],
    } | changes


def take(feed, read, records, **options):
    return import_feed(feed, read_rows(records, read), **options)


def test_a_page_of_aliss_lands_in_our_terms():
    take("ALISS", read_aliss, [an_aliss_service()])
    (support,) = Support.objects.all()
    assert support.name == "Example walking group 1"
    assert support.description == "A made-up weekly walk - for everyone."
    assert support.needs == ["healthy_living"]
    assert [row.area for row in support.areas.all()] == ["Glasgow City"]
    assert (support.confirmed_on, support.checked_on) == (None, date(2024, 1, 1))


def a_file_of(tmp_path, content):
    path = tmp_path / "page.json"
    path.write_text(json.dumps(content))
    return str(path)


def test_pages_of_aliss_as_they_come_are_taken_twice_and_change_nothing(tmp_path, capsys):
    page = {
        "meta": {"licence": "https://creativecommons.org/licenses/by/4.0/", "attribution": []},
        "count": 2,
        "next": None,
        "previous": "https://www.aliss.org/api/v4/services/?page=1&postcode=G51+3TR",
        "data": [an_aliss_service(1), an_aliss_service(2)],
    }
    file = a_file_of(tmp_path, page)
    call_command("import_supports", "aliss", file, "--feed", "ALISS")
    assert "2 added" in capsys.readouterr().out
    call_command("import_supports", "aliss", file, "--feed", "ALISS")
    assert "0 added, 0 changed, 0 merged, 2 unchanged, 0 gone" in capsys.readouterr().out


def test_the_page_of_one_service_of_aliss_is_read_too(tmp_path):
    file = a_file_of(tmp_path, {"meta": {}, "data": an_aliss_service()})
    call_command("import_supports", "aliss", file, "--part")
    assert Support.objects.get().name == "Example walking group 1"


@pytest.mark.parametrize(
    ("code", "name", "kind", "council"),
    [
        ("S12000049", "Glasgow City", "Local Authority", "Glasgow City"),
        ("S08000031", "Greater Glasgow and Clyde", "Health Board", "Glasgow City"),
        ("S08000021", "Greater Glasgow and Clyde", "Health Board", "Inverclyde"),
        ("S08000023", "Lanarkshire", "Health Board", "North Lanarkshire"),
        (
            "S37000029",
            "West Dunbartonshire",
            "Integration Authority (HSCP)",
            "West Dunbartonshire",
        ),
    ],
)
def test_aliss_says_where_by_council_health_board_or_partnership(code, name, kind, council):
    area = {"code": code, "type": kind, "name": name}
    take("ALISS", read_aliss, [an_aliss_service(service_areas=[area], locations=[])])
    assert council in [row.area for row in Support.objects.get().areas.all()]


def test_what_the_feed_assured_counts_as_checked_and_is_suggested():
    take("Example", read_open_referral, [an_open_referral_service()])
    (named,) = suggest_supports(["loneliness"], find_place("Govan"))
    assert named.support.name == "Example lunch club 1"
    assert named.support.hours == "Tu 12:00-14:00"


@pytest.mark.parametrize(
    "where",
    [
        {"phones": [{"number": "07700 900123", "type": "text"}, {"number": "0141 496 0000"}]},
        {"contacts": [{"name": "Reception"}, {"phones": [{"number": "0141 496 0000"}]}]},
        {"organization": {"name": "Lunch", "phones": [{"number": "0141 496 0000"}]}},
        {"service_at_locations": [{"phones": [{"number": "0141 496 0000", "type": "voice"}]}]},
    ],
)
def test_the_number_to_talk_on_is_found_wherever_the_feed_keeps_it(where):
    take("Example", read_open_referral, [an_open_referral_service(**{"phones": []} | where)])
    assert Support.objects.get().phone == "0141 496 0000"


def test_five_thousand_services_twice_and_the_second_time_nothing_changes():
    feed = [an_open_referral_service(number) for number in range(5000)]
    done = []
    first = take("Example", read_open_referral, feed, progress=done.append)
    assert (len(first.added), first.broken, done[-1]) == (5000, [], 5000)
    second = take("Example", read_open_referral, feed)
    assert not second.changes_anything
    assert second.unchanged == Support.objects.count() == 5000


def test_what_changed_in_the_feed_changes_and_is_named():
    take("Example", read_open_referral, [an_open_referral_service()])
    report = take(
        "Example", read_open_referral, [an_open_referral_service(description="On Fridays now.")]
    )
    assert report.changed == [("Example lunch club 1", ["description"])]
    assert Support.objects.get().description == "On Fridays now."


def test_a_preview_says_the_same_and_changes_nothing():
    report = take("ALISS", read_aliss, [an_aliss_service()], preview=True)
    assert report.added == ["Example walking group 1"]
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"phone": "0141 12"}, "no telephone number"),
        ({"categories": [{"slug": "astrology", "name": "Astrology"}]}, "no need of ours"),
        ({"service_areas": [], "locations": []}, "neither an area nor a point"),
        ({"name": None}, "no name"),
        ({"description": "x", "name": ...}, "'name' is missing"),
        ({"locations": "Glasgow"}, "not in the feed's shape"),
        ({"url": "not an address", "phone": ""}, "no web address"),
    ],
)
def test_a_broken_row_is_reported_and_the_rest_lands(changes, problem):
    row = {name: v for name, v in an_aliss_service(1, **changes).items() if v is not ...}
    report = take("ALISS", read_aliss, [row, an_aliss_service(2)])
    (broken,) = report.broken
    assert problem in broken.problem
    assert report.added == ["Example walking group 2"]


def test_the_same_service_from_two_feeds_is_one_support_with_two_sources():
    take("Example", read_open_referral, [an_open_referral_service()])
    twin = an_aliss_service(
        name="Example Lunch Club",
        phone="0141 300 0001",
        categories=[{"slug": "social-group", "name": "Social Group"}],
        locations=[],
    )
    report = take("ALISS", read_aliss, [twin])
    assert report.merged == ["Example lunch club 1"]
    (support,) = Support.objects.all()
    assert sorted(support.sources.values_list("feed", flat=True)) == ["ALISS", "Example"]
    assert not take("ALISS", read_aliss, [twin]).changes_anything


def test_two_services_on_one_number_stay_two():
    services = [
        an_open_referral_service(1),
        an_open_referral_service(2, name="Debt advice", phones=[{"number": "0141 300 0001"}]),
    ]
    take("Example", read_open_referral, services)
    assert Support.objects.count() == 2


def test_what_was_checked_and_corrected_by_hand_survives():
    take("Example", read_open_referral, [an_open_referral_service()])
    today = date.today()
    Support.objects.update(
        phone="0141 300 0999", corrected=["phone"], confirmed_on=today, confirmed_by="Sam"
    )
    take("Example", read_open_referral, [an_open_referral_service(description="New words.")])
    support = Support.objects.get()
    assert (support.phone, support.confirmed_on, support.confirmed_by) == (
        "0141 300 0999", today, "Sam",
    )  # fmt: skip
    assert support.description == "New words."


def test_what_a_feed_no_longer_tells_of_is_kept_but_never_suggested():
    take("Example", read_open_referral, [an_open_referral_service(n) for n in (1, 2)])
    report = take("Example", read_open_referral, [an_open_referral_service(2)])
    assert report.gone == ["Example lunch club 1"]
    assert not Support.objects.get(name="Example lunch club 1").listed
    again = take("Example", read_open_referral, [an_open_referral_service(n) for n in (1, 2)])
    assert again.changed == [("Example lunch club 1", ["listed"])]


def test_a_feed_that_looks_cut_off_takes_nothing_away():
    feed = [an_open_referral_service(number) for number in range(60)]
    take("Example", read_open_referral, feed)
    report = take("Example", read_open_referral, [{"error": "bad gateway"}])
    assert (report.gone, report.missing) == ([], 60)
    assert "it looks cut off" in report.in_words()
    assert Support.objects.filter(listed=True).count() == 60
    assert len(take("Example", read_open_referral, feed[10:]).gone) == 10
    assert len(take("Example", read_open_referral, feed[50:], may_lose_most=True).gone) == 40


def test_what_one_feed_drops_and_another_still_tells_of_stays():
    take("Example", read_open_referral, [an_open_referral_service()])
    twin = an_open_referral_service(id="20000000-0000-4000-8000-000000000001")
    take("Twin", read_open_referral, [twin])
    assert not take("Example", read_open_referral, []).gone
    report = take("Twin", read_open_referral, [twin | {"description": "Theirs alone."}])
    assert report.changed == [("Example lunch club 1", ["description"])]
    assert Support.objects.get().listed
    assert take("Twin", read_open_referral, []).gone == ["Example lunch club 1"]


def test_what_the_second_feed_drops_leaves_the_first_its_word():
    take("Example", read_open_referral, [an_open_referral_service()])
    twin = an_open_referral_service(id="20000000-0000-4000-8000-000000000001")
    take("Twin", read_open_referral, [twin])
    assert not take("Twin", read_open_referral, []).gone
    assert take("Example", read_open_referral, []).gone == ["Example lunch club 1"]


def test_the_shipped_directory_is_left_alone_by_other_feeds(supports):
    before = Support.objects.count()
    take("Example", read_open_referral, [an_open_referral_service()])
    take("Example", read_open_referral, [])
    assert Support.objects.filter(listed=True).count() == before


def test_a_charitys_csv():
    row = {
        "id": "1", "name": "Example pantry", "needs": "food;money", "phone": "0141 300 0003",
        "areas": "Glasgow City", "checked_on": LONG_AGO,
    }  # fmt: skip
    take("A charity", read_csv_row, [row])
    assert Support.objects.get().needs == ["food", "money"]


def test_the_command_reads_lines_and_reports_the_broken_one(tmp_path, capsys):
    lines = [json.dumps(an_open_referral_service(1)), "{oops", json.dumps("nonsense")]
    feed = tmp_path / "feed.ndjson"
    feed.write_text("\n".join(lines))
    call_command("import_supports", "open_referral", str(feed), "--feed", "Example")
    said = capsys.readouterr().out
    assert "1 added" in said and "2 broken" in said and "not in the feed's shape" in said


def test_the_command_reads_a_cell_that_runs_over_two_lines(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text(
        "id,name,needs,phone,areas,description\n"
        '1,Pantry,food,0141 300 0003,Glasgow City,"Cheap food\nfor all"\n'
    )
    call_command("import_supports", "csv", str(feed))
    assert Support.objects.get().description == "Cheap food for all"
