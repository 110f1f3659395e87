"""The directory, and which supports are named for whom."""

import csv
from datetime import datetime

import pytest

from social_prescribing.directory_file import (
    LONGEST_LINE,
    SHORT_NUMBERS,
    SUPPORTS_CSV,
    load_supports,
)
from social_prescribing.errors import InvalidDirectory, InvalidValue
from social_prescribing.needs import NEEDS
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.places import find_place
from social_prescribing.segments import GSM_7
from social_prescribing.suggestions import one_line, suggest_supports
from social_prescribing.supports import Support
from social_prescribing.working_time import GLASGOW

pytestmark = pytest.mark.django_db

ROWS = list(csv.DictReader(SUPPORTS_CSV.open(encoding="utf-8")))
BY_ID = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
TUESDAY = datetime(2026, 11, 24, 11, tzinfo=GLASGOW)
SATURDAY_NIGHT = datetime(2026, 11, 28, 21, tzinfo=GLASGOW)


@pytest.fixture
def directory(supports):
    """Every support, checked today."""


def suggested(needs, near=None, *, at=TUESDAY, **details):
    place = find_place(near) if near else None
    return suggest_supports(needs.split(), place, at=at, **details)


def ids(suggestions):
    return [suggestion.support.id for suggestion in suggestions]


# The file


@BY_ID
def test_a_row_can_be_rung_as_its_source_says(row):
    if row["phone"] and row["phone"] not in SHORT_NUMBERS:
        assert PhoneNumber.parse(row["phone"])
    assert row["phone"] or row["text_number"] or row["url"] or row["address"]


@BY_ID
def test_a_row_says_where_it_came_from_and_that_nobody_rang(row):
    assert row["source_url"].startswith("http")
    assert row["checked_on"] == "2026-11-22"
    assert row["checked_how"] == "from sources, not rung"


@BY_ID
def test_a_row_is_short_and_plain_enough_for_a_text(row):
    assert 0 < len(row["name"]) <= 40 and 0 < len(row["description"]) <= 70
    assert set(row["name"] + row["description"]) <= GSM_7


@BY_ID
def test_a_row_has_needs_that_exist(row):
    assert set(row["needs"].split(";")) <= set(NEEDS)


def test_every_need_has_a_support_for_everyone_in_the_city(directory):
    for need in NEEDS:
        assert suggested(need), need


# Loading


def test_loading_twice_changes_nothing(directory):
    before = list(Support.objects.values())
    assert load_supports() == len(ROWS)
    assert list(Support.objects.values()) == before
    assert Support.objects.get(id="shelter-scotland").needs == ["housing", "homelessness"]


def a_file(tmp_path, *, leave_out=(), **changes):
    """The real file, with cells of its first row changed and rows left out."""
    path = tmp_path / "supports.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ROWS[0].keys())
        writer.writeheader()
        kept = [row for row in ROWS if row["id"] not in leave_out]
        writer.writerows([{**kept[0], **changes}, *kept[1:]])
    return path


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("needs", "foood"),
        ("needs", ""),
        ("phone", "0141"),
        ("phone", "nine nine nine"),
        ("text_number", "12"),
        ("url", "www.example.org"),
        ("hours", "9 to 5"),
        ("hours", "Mo-Fr 18:00-02:00"),
        ("reach", "galaxy"),
        ("serves", "Atlantis"),
        ("way_in", "window"),
        ("crisis", "maybe"),
        ("for_whom", "martians"),
        ("min_age", "old"),
        ("latitude", "north"),
        ("checked_on", "yesterday"),
        ("name", "A name that is far too long for any text message"),
        ("name", "Café “Ålesund”"),
        ("id", "samaritans"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_half_loaded(directory, tmp_path, column, value):
    path = a_file(tmp_path, leave_out={"gemap"}, **{column: value})
    with pytest.raises(InvalidDirectory, match=rf"supports\.csv line \d+ .*column {column}"):
        load_supports(path)
    assert Support.objects.get(id="gemap").listed
    assert Support.objects.count() == len(ROWS)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"phone": "", "text_number": "", "url": "", "address": ""}, "phone"),
        ({"reach": "city", "serves": ""}, "serves"),
        ({"reach": "local", "serves": "", "latitude": "", "longitude": ""}, "serves"),
        ({"latitude": "55.8", "longitude": ""}, "longitude"),
        ({"min_age": "50", "max_age": "18"}, "max_age"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(tmp_path, changes, column):
    with pytest.raises(InvalidDirectory, match=rf"line 2 \(emergency-999\), column {column}"):
        load_supports(a_file(tmp_path, **changes))


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "supports.csv"
    path.write_text("id,name\n", encoding="utf-8")
    with pytest.raises(InvalidDirectory, match="phone"):
        load_supports(path)


def test_a_support_that_left_the_file_is_kept_but_never_suggested(directory, tmp_path):
    load_supports(a_file(tmp_path, leave_out={"cruse-scotland"}))
    assert not Support.objects.get(id="cruse-scotland").listed
    assert "cruse-scotland" not in ids(suggested("bereavement"))


# Suggesting


@pytest.mark.parametrize(
    ("needs", "near", "details", "must", "must_not"),
    [
        # near before far, and one branch of a food bank is enough
        ("food", "govan", {}, ["foodbank-glasgow-sw"], ["foodbank-glasgow-sw-ibrox"]),
        ("food", "ibrox", {}, ["foodbank-glasgow-sw-ibrox"], ["foodbank-glasgow-sw"]),
        ("food", "easterhouse", {}, ["foodbank-glasgow-ne-easterhouse"], ["foodbank-glasgow-sw"]),
        ("food", "up the drum", {}, ["foodbank-glasgow-nw"], ["foodbank-glasgow-se"]),
        ("food", "govanhill", {}, ["foodbank-glasgow-se", "afecc-foodbank"], []),
        # somewhere in the city: no food bank at its far end
        ("food", None, {}, ["scottish-welfare-fund-glasgow"], ["storehouse-anniesland"]),
        # a help line where nothing is near
        ("food", "EH6 5AA", {}, ["money-talk-team"], ["scottish-welfare-fund-glasgow"]),
        ("housing", "EH6 5AA", {}, ["shelter-scotland"], ["legal-services-agency"]),
        # a line for Scotland is no help elsewhere
        ("housing", "London", {}, [], ["shelter-scotland"]),
        ("legal", "London", {"circumstances": {"crime"}}, [], ["police-101"]),
        ("bereavement", "Manchester", {}, ["marie-curie"], ["cruse-scotland", "breathing-space"]),
        ("bereavement", "Edinburgh", {}, ["cruse-scotland"], []),
        ("carers", "clydebank", {}, ["carers-west-dunbartonshire"], ["glasgow-carers-request"]),
        ("carers", "govan", {}, ["carers-uk"], ["carers-west-dunbartonshire"]),
        # money, and whom each money support is for
        ("money", "easterhouse", {}, ["gemap"], ["castlemilk-law-centre"]),
        ("money", "govan", {}, ["money-talk-team"], ["gemap", "stepchange", "gamcare"]),
        ("money", "govan", {"circumstances": {"debt"}}, ["stepchange"], []),
        (
            "money",
            "govan",
            {"circumstances": {"loan_shark"}},
            ["scottish-illegal-money-lending-unit"],
            ["stepchange-"],
        ),
        ("legal", "castlemilk", {}, ["castlemilk-law-centre"], ["police-101"]),
        ("legal", "govan", {"circumstances": {"crime"}}, ["police-101"], []),
        ("energy", "govan", {}, ["home-energy-scotland"], ["gas-emergency", "power-cut-105"]),
        # homelessness by day and by night
        (
            "homelessness",
            "govan",
            {},
            ["gcc-homelessness-office-hours"],
            ["gcc-homelessness-out-of-hours"],
        ),
        (
            "homelessness",
            "govan",
            {"at": SATURDAY_NIGHT},
            ["gcc-homelessness-out-of-hours"],
            ["gcc-homelessness-office-hours"],
        ),
        (
            "homelessness asylum_immigration",
            "govan",
            {"circumstances": {"refugees"}},
            ["asylum-refugee-health-social-care"],
            ["migrant-help"],
        ),
        ("homelessness", "govan", {}, [], ["asylum-refugee-health-social-care"]),
        # mental wellbeing is not an emergency
        (
            "mental_wellbeing",
            "govan",
            {},
            ["breathing-space"],
            ["emergency-999", "nhs24-111", "samaritans", "shout", "flourish-house"],
        ),
        # domestic abuse: the line for everyone first, then by what was said
        (
            "domestic_abuse",
            "govan",
            {},
            ["sdafmh", "glasgow-womens-aid"],
            ["hemat-gryffe", "galop", "emergency-999", "police-101"],
        ),
        (
            "domestic_abuse",
            "castlemilk",
            {"circumstances": {"women"}},
            ["sdafmh", "daisy-project"],
            ["mens-advice-line"],
        ),
        (
            "domestic_abuse",
            "govan",
            {"circumstances": {"men"}},
            ["sdafmh", "mens-advice-line"],
            ["glasgow-womens-aid", "daisy-project"],
        ),
        (
            "domestic_abuse",
            "clydebank",
            {"circumstances": {"women"}},
            ["clydebank-womens-aid"],
            ["glasgow-womens-aid"],
        ),
        ("mental_wellbeing", "govan", {"circumstances": {"women"}}, [], ["amina-helpline"]),
        # losses of one kind
        ("bereavement", "govan", {}, ["cruse-scotland"], ["sands", "uksobs", "miscarriage-uk"]),
        ("bereavement", "govan", {"circumstances": {"baby_died"}}, ["sands"], ["uksobs"]),
        # age
        ("loneliness", "govan", {"age": 72}, ["silver-line"], []),
        ("loneliness", "govan", {"age": 30}, [], ["silver-line", "age-scotland"]),
        ("youth", "govan", {"age": 16}, ["childline"], ["who-cares-scotland"]),
        ("youth", "govan", {"age": 22}, ["glasgow-youth-health-service"], ["childline"]),
        ("family", "govan", {}, ["children-first"], ["childline", "one-parent-families-scotland"]),
        (
            "family",
            "govan",
            {"circumstances": {"lone_parents"}},
            ["one-parent-families-scotland"],
            [],
        ),
        # addiction: what was said rules the others out
        (
            "addiction",
            "govan",
            {"circumstances": {"gambling"}},
            ["gamcare"],
            ["drinkline-scotland"],
        ),
        ("addiction", "govan", {}, ["drinkline-scotland"], ["the-thistle", "glasgow-city-mission"]),
        # the rest
        ("digital", "govan", {}, ["glasgow-libraries"], ["simon-community-access-hub"]),
        ("digital homelessness", "govan", {}, ["simon-community-access-hub"], []),
        ("transport", "govan", {}, ["mybus"], ["young-scot-card"]),
        (
            "employment_learning",
            "govan",
            {},
            ["skills-development-scotland"],
            ["glasgow-esol-forum"],
        ),
        ("asylum_immigration", "govan", {}, ["govan-community-project"], ["glasgow-esol-forum"]),
        ("disability", "govan", {}, ["health-social-care-connect"], ["headway-glasgow"]),
        ("healthy_living", "govan", {"circumstances": {"smoking"}}, ["quit-your-way"], []),
    ],
)
def test_who_is_named_for_whom(directory, needs, near, details, must, must_not):
    named = ids(suggested(needs, near, **details))
    assert set(must) <= set(named)
    assert not set(must_not) & set(named)


def test_each_need_gets_one_before_any_gets_two(directory):
    named = suggested("food bereavement carers", "govan")
    mains = [suggestion.support.needs for suggestion in named]
    for need in ("food", "bereavement", "carers"):
        assert any(need in needs for needs in mains)


def test_the_first_need_comes_first(directory):
    assert ids(suggested("bereavement food", "govan"))[0] == "cruse-scotland"
    assert ids(suggested("food bereavement", "govan"))[0] == "foodbank-glasgow-sw"


def test_a_need_met_in_passing_still_gets_its_own_when_there_is_room(directory):
    # The Scottish Welfare Fund meets both, but a hungry patient needs food tonight.
    assert "foodbank-glasgow-sw" in ids(suggested("money food", "govan", limit=2))


def test_never_the_same_three_for_everything(directory):
    answers = {need: tuple(ids(suggested(need, "govan"))) for need in NEEDS}
    assert len(set(answers.values())) == len(NEEDS)


def test_crisis_lines_are_left_to_the_safety_rules(directory):
    for need in NEEDS:
        for at in (TUESDAY, SATURDAY_NIGHT):
            assert not any(s.support.crisis for s in suggested(need, "govan", at=at, limit=50)), (
                need
            )


def test_the_abuse_helpline_comes_first_whatever_else_fits(directory):
    for said in ({"women"}, {"men"}, {"women", "minority_ethnic"}, {"lgbt"}, set()):
        named = suggested("domestic_abuse", "castlemilk", circumstances=said)
        assert named[0].support.id == "sdafmh"


def test_open_is_preferred_over_shut(directory):
    by_day = ids(suggested("money", "govan"))
    by_night = ids(suggested("money", "govan", at=SATURDAY_NIGHT))
    assert by_day[0] == "scottish-welfare-fund-glasgow"
    assert by_night[0] != "scottish-welfare-fund-glasgow"


def test_the_same_question_gets_the_same_answer(directory):
    assert ids(suggested("food money", "govan")) == ids(suggested("food money", "govan"))


def test_what_was_named_already_is_not_named_again(directory):
    first = ids(suggested("money", "govan"))
    assert not set(first) & set(ids(suggested("money", "govan", exclude=first)))


def test_a_support_nobody_can_reach_is_never_suggested(directory):
    Support.objects.filter(id="cruse-scotland").update(phone="", url="")
    assert "cruse-scotland" not in ids(suggested("bereavement"))


def test_limit(directory):
    assert len(suggested("money", "govan", limit=1)) == 1
    assert suggested("", "govan") == []


@pytest.mark.parametrize("word", ["foood", "Food"])
def test_a_need_that_does_not_exist_is_refused(directory, word):
    with pytest.raises(InvalidValue, match=word):
        suggested(word)


def test_a_circumstance_that_does_not_exist_is_refused(directory):
    with pytest.raises(InvalidValue, match="martians"):
        suggested("money", circumstances={"martians"})


def test_why_in_plain_english(directory):
    why = {s.support.id: s.why for s in suggested("food money", "govan", limit=4)}
    assert why["foodbank-glasgow-sw"] == (
        "Food bank, 1.1 km from Govan, you may need to be referred, so get in touch first"
    )
    assert why["scottish-welfare-fund-glasgow"] == "Council service, for Glasgow, open now"
    night = suggested("carers", "govan", at=SATURDAY_NIGHT)
    assert any(s.why.endswith("shut now, opens Tuesday at 08:45") for s in night)


def test_distance_and_hours_are_unknown_rather_than_guessed(directory):
    (cruse, *_) = suggested("bereavement", "govan")
    assert (cruse.distance_km, cruse.open_now) == (None, None)


def test_one_line_fits_a_text(directory):
    for need in NEEDS:
        for suggestion in suggested(need, "govan", limit=50):
            line = one_line(suggestion)
            assert len(line) <= LONGEST_LINE and set(line) <= GSM_7
    (govan, *_) = suggested("food", "govan")
    assert one_line(govan) == "Glasgow SW Foodbank (Govan): 07437 910115"
