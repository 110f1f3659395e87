"""What stands in a PDF, by pdfium: its tags, and where its letters are."""

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True)
class Tag:
    """One element of the structure that a screen reader follows."""

    kind: str
    alt: str


class Pdf:
    """A PDF of one page."""

    def __init__(self, data):
        self.document = pypdfium2.PdfDocument(data)
        self.pages = len(self.document)
        self.page = self.document[0]

    @property
    def title(self):
        return self.document.get_metadata_dict()["Title"]

    @property
    def keywords(self):
        return self.document.get_metadata_dict()["Keywords"]

    @property
    def is_tagged(self):
        return bool(raw.FPDFCatalog_IsTagged(self.document))

    @property
    def language(self):
        return _text(lambda buffer, size: raw.FPDFCatalog_GetLanguage(self.document, buffer, size))

    @property
    def text(self):
        return self.page.get_textpage().get_text_bounded()

    @property
    def tags(self):
        """Every Tag, in reading order."""
        tree = raw.FPDF_StructTree_GetForPage(self.page)
        for place in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _walk(raw.FPDF_StructTree_GetChildAtIndex(tree, place))

    @property
    def size(self):
        """Width and height in mm."""
        return tuple(round(points / POINTS_A_MM) for points in self.page.get_size())

    @property
    def written_on(self):
        """The box around all letters: left, top, right, bottom, in mm from the top left corner."""
        text, (_, high) = self.page.get_textpage(), self.page.get_size()
        boxes = [
            text.get_charbox(place)
            for place in range(text.count_chars())
            if text.get_text_range(place, 1).strip()
        ]
        left, bottom, right, top = zip(*boxes, strict=True)
        points = (min(left), high - max(top), max(right), high - min(bottom))
        return tuple(one / POINTS_A_MM for one in points)

    def picture(self, dots_an_inch):
        return self.page.render(scale=dots_an_inch / 72).to_pil()


def _walk(element):
    yield Tag(
        kind=_text(lambda b, n: raw.FPDF_StructElement_GetType(element, b, n)),
        alt=_text(lambda b, n: raw.FPDF_StructElement_GetAltText(element, b, n)),
    )
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, place):
            yield from _walk(child)


def _text(ask):
    """A text that pdfium writes into a buffer, in UTF-16."""
    size = ask(None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    ask(buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
