"""The very files: scanned, read as a screen reader does, and held to their page."""

import json

import pytest
import typst
import zxingcpp
from PIL import Image

from desk.posters.contents import TO_BE_CHECKED
from desk.posters.drawing import SIZES, TEMPLATES, CannotBeSet, Poster
from desk.posters.languages import CODES, poster_languages
from desk.posters.typefaces import typefaces
from tests.desk.posters.pdf import Pdf

pytestmark = pytest.mark.django_db

SMS = "sms:+447700900101?&body=POSSIL"
EVERY_LANGUAGE = pytest.mark.parametrize("code", CODES)
EVERY_SIZE = pytest.mark.parametrize("size", SIZES)
CODES_ON_IT = {"a4": 1, "cards": 4, "card": 1}
# Most printers leave 4.2 mm of the paper white.
UNPRINTABLE = 4.5


@pytest.fixture
def with_the_longest_words(practice, settings):
    """As long as a practice's name, keyword, promise and addresses can plausibly be."""
    practice.name = (
        "The Cathcart, Muirend and Netherlee Family Medical Partnership "
        "(Doctors MacKenzie, Ó Súilleabháin)"
    )
    practice.keyword = "CASTLEMILKWESTVIEW22"
    practice.callback_within_days = 15
    practice.web_chat_page = "https://www.glasgownorthwesthealthcentre.scot.nhs.uk/link-workers"
    settings.TELEGRAM_NAME = "glasgow_link_workers_blether_bot"
    assert len(practice.name) <= practice._meta.get_field("name").max_length
    return practice


def a_poster(practice, code, size):
    return Poster(practice, poster_languages()[code], size)


def scanned(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def as_picture(png, tmp_path):
    (tmp_path / "poster.png").write_bytes(png)
    return Image.open(tmp_path / "poster.png").convert("RGB")


@pytest.mark.parametrize(
    ("code", "size"), [*((code, "a4") for code in CODES), ("en", "card"), ("ur", "cards")]
)
def test_the_code_on_the_png_scans_to_the_very_link(code, size, practice, tmp_path):
    picture = as_picture(a_poster(practice, code, size).draw("png"), tmp_path)
    assert scanned(picture) == [SMS] * CODES_ON_IT[size]


@EVERY_SIZE
def test_the_code_on_the_pdf_scans_to_the_very_link(size, practice):
    pdf = Pdf(a_poster(practice, "en", size).draw("pdf"))
    assert scanned(pdf.picture(200)) == [SMS] * CODES_ON_IT[size]


def test_the_other_ways_scan_too(practice, settings, tmp_path):
    settings.TELEGRAM_NAME = "possil_blether_bot"
    practice.web_chat_page = "https://www.possil.example/chat"
    picture = as_picture(a_poster(practice, "ar", "a4").draw("png"), tmp_path)
    assert sorted(scanned(picture)) == [
        "https://t.me/possil_blether_bot?start=49123",
        "https://www.possil.example/chat",
        SMS,
    ]


def test_the_png_is_as_large_as_the_paper_at_300_dots_an_inch(practice, tmp_path):
    picture = as_picture(a_poster(practice, "en", "a4").draw("png"), tmp_path)
    assert picture.size == (2480, 3508)


@EVERY_SIZE
@EVERY_LANGUAGE
def test_the_pdf_can_be_read_aloud(code, size, practice):
    pdf = Pdf(a_poster(practice, code, size).draw("pdf"))
    assert pdf.is_tagged
    assert pdf.language.split("-")[0] == code
    assert pdf.title == f"{' '.join(poster_languages()[code].headline)} Possil Practice"
    tags = list(pdf.tags)
    assert next(tag.kind for tag in tags if tag.kind.startswith("H")) == "H1"
    # On a sheet of four cards it is said once.
    (picture,) = [tag for tag in tags if tag.kind == "Figure"]
    assert "07700 900101" in picture.alt and "POSSIL" in picture.alt
    assert all(said in pdf.text for said in ("07700", "900101", "POSSIL", "999", "111"))


def test_the_text_is_text(practice):
    text = " ".join(Pdf(a_poster(practice, "en", "a4").draw("pdf")).text.split())
    for said in ("Need a hand?", "Possil Practice", "9am to 5pm", "costs nothing", "Do not text"):
        assert said in text


def test_that_it_is_a_draft_is_said_to_who_prints_it_and_not_on_the_paper(practice):
    poster = a_poster(practice, "pl", "a4")
    pdf = Pdf(poster.draw("pdf"))
    assert poster.file_name == "49123-polish-a4-draft"
    assert pdf.keywords == TO_BE_CHECKED
    assert "draft" not in pdf.text
    assert a_poster(practice, "en", "a4").file_name == "49123-english-a4"


@EVERY_SIZE
@EVERY_LANGUAGE
def test_the_longest_words_fit_on_one_page(code, size, with_the_longest_words):
    poster = a_poster(with_the_longest_words, code, size)
    assert too_long(poster) == []
    pdf = Pdf(poster.draw("pdf"))
    assert pdf.pages == 1
    assert pdf.size == (SIZES[size].width, SIZES[size].height)
    left, top, right, bottom = pdf.written_on
    assert left >= UNPRINTABLE and top >= UNPRINTABLE
    assert right <= SIZES[size].width - UNPRINTABLE
    assert bottom <= SIZES[size].height - UNPRINTABLE


def test_a_letter_that_no_typeface_has_is_refused(practice):
    """So the tests above tell that none is missing."""
    practice.name = "Practice \N{DEVANAGARI LETTER A}"
    with pytest.raises(CannotBeSet, match="cannot be printed here"):
        a_poster(practice, "en", "a4").draw("pdf")


def test_words_that_do_not_fit_are_found(practice):
    practice.name = "A practice " * 40
    assert too_long(a_poster(practice, "en", "card")) != []


def too_long(poster):
    """What would have to be smaller than people can read: the template marks it."""
    given = given_to_typst(poster)
    return json.loads(typst.query(selector="<too_long>", field="value", **given))


def given_to_typst(poster):
    return {
        "input": str(TEMPLATES / SIZES[poster.size].template),
        "root": str(TEMPLATES),
        "font_paths": typefaces(),
        "ignore_system_fonts": True,
        "sys_inputs": {"poster": json.dumps(poster.contents)},
    }
