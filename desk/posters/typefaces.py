"""The typefaces of the posters: npm packages with TTF files, under the SIL Open Font License."""

from functools import cache

import typst
from django.conf import settings

PACKAGES = (
    "lexend",
    "noto-nastaliq-urdu",
    "noto-sans-arabic",
    "noto-sans-gurmukhi",
    "noto-sans-sc",
)
# Medium, bold and extra bold: the others of the Chinese typeface alone are 70 MB to look through.
WEIGHTS = ("500Medium", "700Bold", "800ExtraBold")


@cache
def typefaces():
    """The typefaces, found once (typst.Fonts). None of the machine's own: a poster is the same
    wherever it is made."""
    packages = settings.BASE_DIR / "node_modules" / "@expo-google-fonts"
    folders = [packages / package / weight for package in PACKAGES for weight in WEIGHTS]
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[folder for folder in folders if folder.is_dir()],
    )
