"""Where a patient is, from however they wrote it."""

import csv

import pytest

from social_prescribing.gazetteer import PLACES
from social_prescribing.places import find_home, find_place, find_places, says_near_practice

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
        ("shettelston rd", "Shettleston Road"),  # a letter short
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
        ("g5l 3tr", "G51"),  # the letter l
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
        if not row["latitude"]:
            assert row["district"] == "", row["name"]  # too far, or the whole city
            continue
        assert 55 < place.latitude < 58 and -6 < place.longitude < -2, row["name"]
        if district:
            assert abs(place.latitude - district.latitude) < 0.05, row["name"]
            assert abs(place.longitude - district.longitude) < 0.08, row["name"]


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("yokar", "Yoker"),
        ("Ibroks", "Ibrox"),
        ("govn", "Govan"),
        ("pollikshelds", "Pollokshields"),
        ("shetllestin", "Shettleston"),
        ("in castlemik", "Castlemilk"),
        ("cardonnel", "Cardonald"),
        ("knightswud pal", "Knightswood"),
        ("ruchasie", "Ruchazie"),
        ("kingspark", "King's Park"),
        ("22", "G22"),
        ("g 51", "G51"),
        ("g513", "G51"),
        ("G33ish", "G33"),
        ("gee fifty one", "G51"),
        ("g forty two", "G42"),
        ("g 4 2 8 y z", "G42"),
        ("duke st", "Duke Street"),
        ("near asda govan", "Govan"),
        ("wee bit past the forge", "Parkhead Forge"),
        ("just glasgow", "Glasgow"),
        ("Glesga", "Glasgow"),
    ],
)
def test_where_a_place_was_asked_for_less_of_a_name_will_do(answer, name):
    assert find_place(answer, is_asked_for=True).name == name


@pytest.mark.parametrize(
    "answer",
    [
        "no", "dunno", "rather no say", "none of your business", "home", "in the house", "at work",
        "near the shops", "nae fixed abode", "temporary flat", "in a hotel", "maybe", "skip",
        "just outside glasgow", "my mums", "on the street", "possible", "not anywhere", "private",
        "why do you need that", "the hostel", "green light", "with my sister",
    ],
)  # fmt: skip
def test_an_answer_that_names_no_place_is_taken_for_none(answer):
    assert find_place(answer, is_asked_for=True) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i stay in possil and cannae get to the royal", "Possilpark"),
        ("near the Forge", "Parkhead Forge"),
        ("ma maw in Castlemilk needs her heatin fixed", "Castlemilk"),
        ("skint in g22", "G22"),
        ("im in a hotel in erskine", "Erskine"),
        ("Possil. nae money", "Possilpark"),
        ("sleepin in ma motor at hogganfield loch", "Hogganfield"),
    ],
)
def test_home_is_where_a_text_says_the_patient_is(text, name):
    assert find_home(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "chemo at the Beatson",
        "cannae get tae the queen liz fur half eight theres nae bus",
        "ma job in Hillington",
        "hes at uni in dundee",
        "moved from Aberdeen",
        "my brother in Bearsden says hes no good with that",
        "a pal fae Partick told me aboot yous",
        "i go to the forge every day",
        "the lassie in london",
    ],
)
def test_a_place_that_others_are_in_or_people_go_to_is_not_home(text):
    assert find_home(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("near the practice", True),
        ("roon the corner fae the surgery", True),
        ("same area as the doctors", True),
        ("just beside yous", True),
        ("near the shops", False),
        ("I need a doctor", False),
    ],
)
def test_near_the_practice_is_a_place_too(text, said):
    assert says_near_practice(text) is said


@pytest.mark.parametrize(
    "text",
    [
        "what do i need to bring to the food bank",
        "cant get out for shopping",
        "its like fifty people on an island",
        "I have settled the bill",
        "is there a shuttle bus",
        "scored from the halfway line",
        "our patricks back on it",
        "got to Calton Hill",
        "in fort augustus",
        "I cannae keep catchin her",
        "the green light",
        "any shops",
    ],
)
def test_words_that_texts_of_others_turned_up_are_no_places(text):
    assert find_place(text) is None
