"""`python -m desk supports`, as DESIGN.md describes it."""

import argparse
import json

import pytest

from desk.supports_command import add_arguments, run
from social_prescribing.directory_file import load_supports

pytestmark = pytest.mark.django_db
KEYS = ["id", "name", "phone", "url", "distance_km", "open_now", "checked_on", "why"]


@pytest.fixture(autouse=True)
def directory(db):
    load_supports()


def supports(*words):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(words))


def test_json_is_a_list_with_the_agreed_keys(capsys):
    assert supports("--need", "food", "--near", "G51", "--limit", "3", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert 1 <= len(rows) <= 3
    assert [list(row) for row in rows] == [KEYS] * len(rows)
    assert rows[0]["id"] == "foodbank-glasgow-sw"
    assert rows[0]["phone"] == "07437 910115"
    assert rows[0]["distance_km"] < 2
    assert rows[0]["checked_on"] == "2026-11-22"


def test_without_json_a_person_can_read_it(capsys):
    assert supports("--need", "food", "--need", "money", "--near", "ower in govan") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("name")
    assert any("Glasgow SW Foodbank (Govan)" in line and "07437 910115" in line for line in lines)


def test_the_place_is_optional(capsys):
    assert supports("--need", "bereavement", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "cruse-scotland"


def test_nothing_fits_in_words(capsys):
    assert supports("--need", "transport", "--near", "EH6 5AA") == 0
    assert capsys.readouterr().out == "No support fits.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--need", "foood"], "foood"),
        (["--need", "food", "--near", "Atlantis"], "Atlantis"),
        (["--need", "food", "--near", ""], "no place ''"),
        (["--need", "food", "--limit", "0"], "--limit"),
    ],
)
def test_what_does_not_exist_is_refused_on_stderr_with_status_2(words, says, capsys):
    assert supports(*words) == 2
    out, err = capsys.readouterr()
    assert says in err and out == ""
