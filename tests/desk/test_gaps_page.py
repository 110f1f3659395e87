"""The gaps page and its CSV: who reads what, and that both show the same."""

import csv
import re
from html import unescape

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse

from desk.demo_gaps import PATIENTS
from desk.demo_programme import load_demo, remove_demo
from desk.gap_drawings import draw_map
from social_prescribing.gap_report import Line, tiles
from social_prescribing.gaps import Gap, Kind, Why
from social_prescribing.staff import Role
from tests.factories import a_practice, a_provider, a_staff_member, some_gaps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-26 10:00+00:00", tick=False):
        yield


@pytest.fixture
def programme_lead(signed_in):
    return signed_in(a_staff_member(Role.PROGRAMME_LEAD))


def page(client, query=""):
    return client.get(reverse("gaps") + query).content.decode()


def rows(client, query=""):
    content = client.get(reverse("gaps_csv") + query).content.decode("utf-8-sig")
    return list(csv.DictReader(content.splitlines()))


def tables(html):
    """(caption or first heading, name, figures…) of each line of each table."""
    for table in re.findall(r"<table.*?</table>", html, re.S):
        for row in re.findall(r"<tr.*?</tr>", table, re.S):
            cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
            yield tuple(unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells)


def test_the_csv_holds_exactly_the_figures_of_the_page(programme_lead):
    practice = a_practice(name="Possil Practice")
    some_gaps(34, practice=practice, things=["hospital_lift"], beside=["money"])
    some_gaps(12, "youth", "G51", why=Why.FULL)
    some_gaps(9, "legal", "G51", kind=Kind.HINDERED, why=Why.ENGLISH)
    some_gaps(3, "food", "G15")
    for query in ("", "?need=transport", "?need=food"):
        html, found = page(programme_lead, query), rows(programme_lead, query)
        in_tables = [cell for row in tables(html) for cell in row[1:] if cell.isdigit()]
        in_csv = [
            row["Patients, to the nearest 5"]
            for row in found
            if row["List"] != "All" and row["Patients, to the nearest 5"] != "hidden"
        ]
        assert sorted(in_tables) == sorted(in_csv)
        hidden = [
            row["Name"]
            for row in found
            if row["List"] != "All" and row["Patients, to the nearest 5"] == "hidden"
        ]
        assert all(name in unescape(html) for name in hidden)


def test_a_need_in_the_address_narrows_the_districts(programme_lead):
    some_gaps(20, "transport", "G22")
    some_gaps(10, "youth", "G51")
    (here,) = [r for r in rows(programme_lead, "?need=youth") if r["Name"] == "G51"]
    assert (here["Need"], here["Patients, to the nearest 5"]) == ("Young people", "10")
    (there,) = [r for r in rows(programme_lead, "?need=youth") if r["Name"] == "G22"]
    assert there["Patients, to the nearest 5"] == "hidden"


def test_a_year_in_the_address(programme_lead):
    some_gaps(20, month="2025-12-01")
    assert "Nothing to show" in page(programme_lead)
    assert "About <strong>20 patients</strong>" in page(programme_lead, "?year=2025")


@pytest.mark.parametrize("query", ["?year=1999", "?year=x&need=nothing", "?need='; drop"])
def test_an_address_that_asks_for_what_is_not_there_is_as_good_as_none(query, programme_lead):
    some_gaps(20)
    assert "About <strong>20 patients</strong>" in page(programme_lead, query)


def test_a_provider_lead_reads_their_own_practices_by_name_and_no_others(signed_in):
    ours, theirs = a_practice(name="Ours"), a_practice(name="Theirs", provider=a_provider("Other"))
    some_gaps(20, practice=ours)
    some_gaps(20, practice=theirs)
    lead = signed_in(a_staff_member(Role.PROVIDER_LEAD, provider=ours.provider))
    assert "Ours" in page(lead) and "Theirs" not in page(lead)
    assert {row["Name"] for row in rows(lead) if row["List"] == "By practice"} == {"Ours"}


def test_without_any_gap_the_page_says_so(programme_lead):
    html = page(programme_lead)
    assert "Nothing to show" in html and "<table" not in html


def test_a_practice_whose_name_is_a_formula_is_a_name_in_a_spreadsheet(programme_lead):
    some_gaps(20, practice=a_practice(name="=cmd()"))
    assert "'=cmd()" in {row["Name"] for row in rows(programme_lead)}


def test_the_map_tells_each_figure_in_words_too():
    lines = [Line(t.district, t.district, 25 if t.district == "G22" else None) for t in tiles()]
    drawn = draw_map(lines)
    assert drawn.in_words == f"Most: G22 (25). {len(tiles()) - 1} are hidden."
    assert {square.band for square in drawn.squares if square.district != "G22"} == {0}


def test_nothing_of_it_needs_a_style_or_a_script_in_the_page(programme_lead):
    some_gaps(20)
    main = page(programme_lead).split("<main")[1]
    assert "<svg" in main
    assert "style=" not in main and "<script" not in main and "<style" not in main


def test_the_demo_programme_has_gaps_to_look_at_and_takes_them_along(signed_in):
    load_demo()
    load_demo()
    assert Gap.objects.filter(is_demo=True).count() == PATIENTS
    demo_lead = signed_in(get_user_model().objects.get(username="programme@demo.example"))
    assert "About <strong>" in page(demo_lead)
    remove_demo()
    assert not Gap.objects.exists()


def test_the_demo_programme_is_not_in_the_programmes_figures(programme_lead):
    load_demo()
    some_gaps(20)
    assert "About <strong>20 patients</strong>" in page(programme_lead)
