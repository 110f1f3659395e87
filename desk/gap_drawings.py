"""The chart and the map of the gaps page, reckoned here and drawn as SVG by the templates.

Nothing is fetched and nothing runs in the browser. The map is of squares, one a postcode
district, roughly where it lies (data/places/district_tiles.csv): we have no shapes of them,
and squares give a small crowded district as much room as a wide empty one.
"""

from dataclasses import dataclass
from functools import cache

from social_prescribing.gap_report import tiles
from social_prescribing.places import find_place

SQUARE = 40  # pixels, where the map is as wide as a phone
BANDS = 4

ROW = 26
NAMES_END, LONGEST_BAR = 158, 150

# The Clyde between the squares: columns and rows from the top left corner.
CLYDE = ((0, 3.4), (1.2, 3.7), (2, 5), (4, 5), (4, 6), (8, 6), (8, 7.4))


@dataclass(frozen=True)
class Square:
    """One district on the map; `band` 0 is hidden, 1 the lightest to BANDS the darkest."""

    district: str
    patients: int | None
    band: int
    in_glasgow: bool
    left: int
    top: int

    @property
    def middle(self):
        return self.left + SQUARE // 2


@dataclass(frozen=True)
class Map:
    """The squares, the river, what each band means, and the same in a sentence."""

    squares: list[Square]
    bands: list[tuple]  # (band, words)
    width: int
    height: int
    clyde: str
    in_words: str


@dataclass(frozen=True)
class Bar:
    """One line of the chart; `width` in pixels."""

    id: str
    name: str
    patients: int
    width: float
    top: int
    is_chosen: bool

    @property
    def middle(self):
        return self.top + ROW // 2

    @property
    def ends(self):
        """Where its figure is written."""
        return NAMES_END + self.width + 6


@dataclass(frozen=True)
class Bars:
    """The chart, and the same in a sentence."""

    bars: list[Bar]
    height: int
    in_words: str


def draw_map(lines):
    """The Map of figures by district (Lines of a GapReport)."""
    shown = {line.id: line.patients for line in lines}
    most = max(filter(None, shown.values()), default=0)
    squares = [
        Square(
            district=tile.district,
            patients=shown.get(tile.district),
            band=_band(shown.get(tile.district), most),
            in_glasgow=_is_in_glasgow(tile.district),
            left=tile.column * SQUARE,
            top=tile.row * SQUARE,
        )
        for tile in tiles()
    ]
    return Map(
        squares=squares,
        bands=list(_bands(squares)),
        width=SQUARE * (1 + max(tile.column for tile in tiles())),
        height=SQUARE * (1 + max(tile.row for tile in tiles())),
        clyde=" ".join(f"{column * SQUARE:g},{row * SQUARE:g}" for column, row in CLYDE),
        in_words=_in_words(lines),
    )


def draw_bars(lines, *, chosen=""):
    """The Bars of figures by need: those that are shown."""
    shown = [line for line in lines if line.patients is not None]
    most = max((line.patients for line in shown), default=1)
    bars = [
        Bar(
            id=line.id,
            name=line.name,
            patients=line.patients,
            width=round(LONGEST_BAR * line.patients / most, 1),
            top=number * ROW,
            is_chosen=line.id == chosen,
        )
        for number, line in enumerate(shown)
    ]
    return Bars(bars=bars, height=ROW * len(bars), in_words=_in_words(lines))


@cache
def _is_in_glasgow(district):
    return find_place(district).in_glasgow


def _band(patients, most):
    return 0 if patients is None else -(-BANDS * patients // most)


def _bands(squares):
    """(band, `5 to 10 patients`) of each band that is on the map, the darkest first."""
    for band in range(BANDS, 0, -1):
        figures = sorted(square.patients for square in squares if square.band == band)
        if figures:
            few, many = figures[0], figures[-1]
            yield band, f"{few}" if few == many else f"{few} to {many}"


def _in_words(lines):
    """`Most: G22 (25), G34 (20), G51 (15). 40 are hidden.`"""
    shown = [line for line in lines if line.patients is not None]
    hidden = len(lines) - len(shown)
    most = ", ".join(f"{line.name} ({line.patients})" for line in shown[:3])
    sentences = [f"Most: {most}." if most else "", f"{hidden} are hidden." if hidden else ""]
    return " ".join(filter(None, sentences))
