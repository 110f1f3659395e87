"""Where a patient is, from however they wrote it."""

import csv
import time

import pytest

from social_prescribing.places import PLACES, find_place, find_places

NAMES = [row["name"] for row in csv.DictReader((PLACES / "places.csv").open(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ower in Possil", "Possilpark"),
        ("am fae Posso like", "Possilpark"),
        ("near the Forge", "Parkhead Forge"),
        ("up the drum", "Drumchapel"),
        ("The Drum", "Drumchapel"),
        ("drumchaple", "Drumchapel"),
        ("a stay in castlemulk", "Castlemilk"),
        ("castle milk", "Castlemilk"),
        ("i live in the milk", "Castlemilk"),
        ("toonheid", "Townhead"),
        ("EASTERHOOSE", "Easterhouse"),
        ("Govanhill pal", "Govanhill"),  # not Govan
        ("the gorbals", "Gorbals"),
        ("beside silverburn", "Silverburn"),
        ("just oot the royal", "Glasgow Royal Infirmary"),
        ("roon fae the barras", "The Barras"),
        ("at the queen elizabeth", "Queen Elizabeth University Hospital"),
        ("Buchanan Galleries", "Buchanan Galleries"),
        ("king\u2019s park", "King's Park"),
        ("kings park", "King's Park"),
        ("shetleston rd", "Shettleston"),  # a letter short
        ("springbrun", "Springburn"),  # two letters swapped
        ("maryhil", "Maryhill"),
        ("ruglen", "Rutherglen"),
        ("staying in patrick the now", "Partick"),
        ("milngavie / mulguy", "Milngavie"),
        ("govan... the cross end", "Govan"),
        ("📍 dennistoun 🙏", "Dennistoun"),
        ("the town centre", "City Centre"),
        ("Paisley Road West", "Paisley Road West"),  # in Glasgow, unlike Paisley
        ("cumbernauld", "Cumbernauld"),
    ],
)
def test_a_name_in_a_patients_words(text, name):
    assert find_place(text).name == name


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("g22", "G22"),
        ("G 22", "G22"),
        ("gee 51", "G51"),
        ("G51 3TR", "G51"),
        ("g513tr", "G51"),
        ("ma postcode is g20 8th", "G20"),
        ("G2O 8TH", "G20"),  # the letter O
        ("g4o 3bb", "G40"),
        ("G5", "G5"),
        ("g 5", "G5"),
        ("in g 5", "G5"),
        ("ML3", "ML3"),
        ("PA2 7BS", "PA2"),
        ("EH6 5AA", "EH6"),
    ],
)
def test_a_postcode_or_district(text, district):
    assert find_place(text).district == district


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙏🙏🙏",
        "the royal mail lost it",
        "up at the royal family's do",
        "I need to get out to a park",
        "going up the hill",
        "they govern us badly",
        "he plays the drum",
        "nae milk for the wean",
        "need the milk and bread",
        "ma son patrick is no well",
        "Mrs Hamilton said to text",
        "dr johnstone",
        "what a battlefield",
        "pa died 5 years ago",
        "ma pa 5 year deid",
        "g2g ttyl",
        "4g or 5g",
        "see ye at G99",
        "take 5 ml 3 times",
        "queen elizabeth died",
        "it was going downhill fast",
        "my cardinal sin",
        "Mr Anderson",
        "parsley and carton of eggs",
        "the force be with you",
        "a global problem",
        "haud the fort",
        "I walked to the bridge on my lunch",
        "I came to Glasgow for my studies",
        "Partick Thistle will be the death of me",
        "oot by the Erskine Bridge",
        "I'm in a bad way, can you ring me",
    ],
)
def test_ordinary_english_is_no_place(text):
    assert find_place(text) is None


def test_where_someone_stays_comes_before_where_others_are():
    text = "ma maw is in Govan and ma da's in G15 but a stay in Possil"
    assert [place.name for place in find_places(text)] == ["Possilpark", "G15", "Govan"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("no Pollok, Pollokshaws", "Pollokshaws"),
        ("not G5, G52", "G52"),
        ("I'm not in Govan anymore I'm in Ibrox", "Ibrox"),
        ("I stay in Drumchapel no Drumoyne", "Drumchapel"),
    ],
)
def test_where_someone_is_not_comes_last(text, name):
    assert find_place(text).name == name


def test_glasgow_comes_before_where_someone_came_from():
    assert find_place("came fae Aberdeen, noo in Govan").name == "Govan"


def test_the_longest_name_wins():
    assert [place.name for place in find_places("mount vernon")] == ["Mount Vernon"]
    assert [place.name for place in find_places("tollcross park")] == ["Tollcross Park"]
    assert [place.name for place in find_places("north kelvinside")] == ["North Kelvinside"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("govan", True),
        ("yoker", True),
        ("baillieston", True),
        ("G33", True),  # partly North Lanarkshire
        ("braehead", False),  # a G51 postcode, in Renfrewshire
        ("paisley", False),
        ("bearsden", False),
        ("clydebank", False),
        ("rutherglen", False),
        ("ML1", False),
        ("EH6 5AA", False),
        ("in Edinburgh", False),
    ],
)
def test_outside_glasgow_is_known(text, inside):
    assert find_place(text).in_glasgow is inside


def test_a_district_we_know_nothing_of_has_no_point():
    place = find_place("EH6 5AA")
    assert (place.latitude, place.longitude, place.councils) == (None, None, ())


@pytest.mark.parametrize("name", NAMES)
def test_every_place_is_found_by_its_own_name(name):
    # The area that a callback stores is a place's name, read back later.
    assert find_place(name).name == name


def test_every_place_lies_in_scotland_and_near_its_district():
    for row in csv.DictReader((PLACES / "places.csv").open(encoding="utf-8")):
        place, district = find_place(row["name"]), find_place(row["district"])
        assert 55 < place.latitude < 58 and -6 < place.longitude < -2, row["name"]
        if district:
            assert abs(place.latitude - district.latitude) < 0.05, row["name"]
            assert abs(place.longitude - district.longitude) < 0.08, row["name"]


def test_finding_a_place_takes_less_than_a_millisecond():
    text = "hi am in a bad way ower in possil nae money for the leccy can somebody ring me"
    find_place(text)
    started = time.perf_counter()
    for _ in range(100):
        find_place(text)
    assert (time.perf_counter() - started) / 100 < 0.001
