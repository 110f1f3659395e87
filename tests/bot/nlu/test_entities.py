import pytest

from bot.nlu.entities import find_entities


def marked(text):
    return [(entity["entity"], entity["value"]) for entity in find_entities(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I live at G51 3TR", [("postcode", "G51 3TR")]),
        ("g4o 2qa", [("postcode", "g4o 2qa")]),  # an o for the nought
        ("g22", [("district", "g22")]),
        ("ower in Possil", [("neighbourhood", "Possil")]),
        ("07700 900123", [("phone", "07700 900123")]),
        ("+44 7700 900 123", [("phone", "+44 7700 900 123")]),
        ("0141 496 0000 efter 2pm", [("phone", "0141 496 0000"), ("time", "efter 2pm")]),
        ("no before ten", [("time", "no before ten")]),
        ("efter the school run", [("time", "efter the school run")]),
        ("any day but Wednesday", [("day", "any day"), ("day", "Wednesday")]),
        ("half past nine on thurs", [("time", "half past nine"), ("day", "thurs")]),
    ],
)
def test_spans_are_marked(text, found):
    assert marked(text) == found


def test_a_postcode_beside_a_phone_number_stays_a_postcode():
    assert marked("07700900123 G42 8YB") == [("phone", "07700900123"), ("postcode", "G42 8YB")]


@pytest.mark.parametrize("text", ["", "😀", "its 12%", "3 days ago", "01/02/2024", "QQ123456C"])
def test_numbers_that_are_nothing_of_ours_are_left_alone(text):
    assert marked(text) == []


def test_a_span_stands_where_it_says():
    text = "am in govan, ring tuesday"
    for entity in find_entities(text):
        assert text[entity["start"] : entity["end"]] == entity["value"]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("writing for my mum she cannot use a phone", "mum"),
        ("on behalf of ma wee brother", "brother"),
        ("its aboot oor neebor, she's no eatin", "neebor"),
        ("My elderly father needs a ramp", "father"),
        ("ma maw cannae get oot", "maw"),
        ("a patient of mine has no food", "patient"),
        ("Support worker here. My client has had a PIP refusal", "client"),
        ("My neighbour Mr Singh cannot read his letters", "neighbour"),
        ("my neighbour dave plays his music all night", None),
        ("My brother just sent me a text saying goodbye", "brother"),
        ("ma pal posted goodbye tae everybody the night", "pal"),
        ("got a text, my son says he'll kill himself", "son"),
        ("ma wife says i should say goodbye to the drink", None),
        ("my dad hits me", None),
        ("i hide when my dad needs money", None),
        ("am skint", None),
        ("my friends are all away", None),
    ],
)
def test_whom_a_text_is_for_is_marked(text, whom):
    found = [value for label, value in marked(text) if label == "on_behalf_of"]
    assert found == ([whom] if whom else [])
