"""The page where posters are chosen and taken, and the command that writes all of them."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from social_prescribing.staff import Role
from tests.factories import (
    a_link_worker,
    a_practice,
    a_staff_member,
    a_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reception(practice, signed_in):
    return signed_in(a_staff_member(Role.PRACTICE_STAFF, practice))


def page_of(client, **chosen):
    return client.get(reverse("posters"), chosen).content.decode()


def test_the_english_poster_is_there_at_once(reception):
    page = page_of(reception)
    assert "/posters/49123/en/a4.png?screen" in page
    assert "/posters/49123/en/a4.pdf" in page
    assert "07700 900101" in page and "POSSIL" in page
    assert "to be checked" not in page


def test_language_and_size_are_chosen(reception):
    page = page_of(reception, language="ur", size="cards")
    assert "/posters/49123/ur/cards.pdf" in page
    assert "Urdu: drafted, to be checked by a speaker" in page


def test_what_is_not_offered_is_passed_over(reception):
    page = page_of(reception, practice="NONE", language="xx", size="a0")
    assert "/posters/49123/en/a4.pdf" in page


def test_reception_cannot_choose_another_practice(reception):
    other = a_practice(name="Govan Practice")
    assert "Govan Practice" not in page_of(reception, practice=other.code)


@pytest.mark.parametrize("who", ["programme_lead", "thematic"])
def test_whose_work_is_everywhere_chooses_among_all(who, practice, signed_in):
    thematic, lead = a_link_worker(theme=a_theme()), a_staff_member(Role.PROGRAMME_LEAD)
    page = page_of(signed_in(thematic if who == "thematic" else lead))
    assert "Possil Practice" in page


def test_a_practice_without_a_number_is_told_so(practice, reception):
    practice.contact_numbers.all().delete()
    page = page_of(reception)
    assert "Possil Practice has no contact number yet" in page
    assert ".pdf" not in page


def test_who_works_for_no_practice_is_told_so(signed_in):
    page = page_of(signed_in(a_staff_member(Role.PRACTICE_STAFF)))
    assert "You work for no practice yet" in page


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [("pdf", "application/pdf", b"%PDF"), ("png", "image/png", b"\x89PNG")],
)
def test_the_files(form, kind, begins, reception):
    answer = reception.get(reverse("poster", args=["49123", "pl", "a4", form]))
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="49123-polish-a4-draft.{form}"'
    assert answer.content.startswith(begins)


@pytest.mark.parametrize(
    "address",
    ["49123/xx/a4.pdf", "49123/en/a0.pdf", "49123/en/a4.svg", "NONE/en/a4.pdf"],
)
def test_what_there_is_not(address, reception):
    assert reception.get(f"/posters/{address}").status_code == 404


def test_no_file_without_a_number(practice, reception):
    practice.contact_numbers.all().delete()
    answer = reception.get(reverse("poster", args=["49123", "en", "a4", "pdf"]))
    assert answer.status_code == 409 and b"no contact number yet" in answer.content


def run(**options):
    said = io.StringIO()
    call_command("posters", stdout=said, **options)
    return said.getvalue()


def test_the_command_writes_one_folder_a_practice(practice, tmp_path):
    a_practice(name="Govan Practice", code="52184")
    said = run(out=tmp_path, size="card")
    files = {file.name for file in (tmp_path / "49123").iterdir()}
    assert len(files) == 7 * 2
    assert {"49123-english-card.pdf", "49123-scots-card.png"} <= files
    assert not (tmp_path / "52184").exists()
    assert "Govan Practice has no contact number yet" in said
    assert "Polish, Urdu, Punjabi, Chinese, Arabic: drafted, to be checked by a speaker" in said


def test_the_command_for_one_language(practice, tmp_path):
    said = run(out=tmp_path, practice="49123", language="sco", size="a4")
    assert len(list((tmp_path / "49123").iterdir())) == 2
    assert "drafted" not in said


def test_the_command_knows_no_such_practice(tmp_path):
    with pytest.raises(CommandError, match="No practice has the code NONE"):
        run(out=tmp_path, practice="NONE")


def test_a_letter_that_cannot_be_printed_is_said_and_not_an_error(reception, practice):
    practice.name_for_texts = practice.name = "Possil \N{DOG FACE} Practice"
    practice.save()
    answer = reception.get("/posters/49123/en/a4.pdf")
    assert answer.status_code == 409
    assert "cannot be printed here, such as an emoji" in answer.content.decode()
