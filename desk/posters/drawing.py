"""Sets a practice's poster or card as PDF and as PNG, both by Typst from the same template."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import typst

from desk.posters.contents import poster_contents
from desk.posters.languages import PosterLanguage
from desk.posters.typefaces import typefaces
from social_prescribing.errors import Refusal
from social_prescribing.practices import Practice

TEMPLATES = Path(__file__).resolve().parent
PRINTED, ON_SCREEN = 300, 96  # dots an inch
FORMATS = ("pdf", "png")


@dataclass(frozen=True)
class Size:
    """A paper: its template, what it is called, how large it is (mm)."""

    template: str
    name: str
    about: str
    width: int
    height: int


# A6 rather than a business card: all of it in letters of 9 points and more, a QR code that
# scans, and two straight cuts through a sheet of A4 with nothing left over.
SIZES = {
    "a4": Size("a4.typ", "Poster, A4", "for a wall or a door", 210, 297),
    "cards": Size(
        "sheet.typ", "Four cards on A4", "two straight cuts make four A6 cards", 210, 297
    ),
    "card": Size("a6.typ", "One card, A6", "for a screen, or paper of that size", 105, 148),
}


class CannotBeSet(Refusal):
    """A practice whose words have a letter or sign that no typeface of ours has."""


@dataclass(frozen=True)
class Poster:
    """One practice, one language, one size."""

    practice: Practice
    language: PosterLanguage
    size: str

    @property
    def file_name(self):
        """`DEMO1-polish-a4-draft`, without an ending: "draft" is for who prints it."""
        draft = "-draft" if self.language.to_be_checked else ""
        return f"{self.practice.code}-{self.language.name.lower()}-{self.size}{draft}"

    @cached_property
    def contents(self):
        """What it says: see poster_contents, which may raise NoContactNumber."""
        return poster_contents(self.practice, self.language)

    def draw(self, form, *, dots_an_inch=PRINTED):
        """The file (bytes); form is `pdf` or `png`.

        Raises:
            NoContactNumber: the practice has no number to text.
            CannotBeSet: a letter of the practice's is in no typeface.
        """
        contents = json.dumps(self.contents)
        try:
            return typst.compile(
                str(TEMPLATES / SIZES[self.size].template),
                root=str(TEMPLATES),
                font_paths=typefaces(),
                ignore_system_fonts=True,
                format=form,
                ppi=dots_an_inch,
                sys_inputs={"poster": contents},
                # Checked as it is written: a document without title, language or a picture's
                # words for who cannot see it is refused, and so is a letter that is missing.
                pdf_standards=["ua-1"] if form == "pdf" else [],
            )
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            raise CannotBeSet(
                f"The name, keyword or address of {self.practice} has a letter or sign that "
                "cannot be printed here, such as an emoji. Take it out under Administration, "
                "Practices."
            ) from error
