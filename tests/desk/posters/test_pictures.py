"""Three demo practices' posters, as docs/posters.md shows them (`make screenshots`)."""

import pytest

from desk.posters.drawing import SIZES, Poster
from desk.posters.languages import poster_languages
from social_prescribing.practices import Practice

pytestmark = pytest.mark.django_db

SHOWN = (
    ("DEMO1", "en", "a4"),
    ("DEMO2", "ur", "a4"),
    # Two practices share its number.
    ("DEMO5", "sco", "a4"),
    ("DEMO1", "pl", "card"),
    ("DEMO5", "ar", "cards"),
)
WIDE = 620  # pixels


@pytest.mark.parametrize(("practice", "language", "size"), SHOWN)
def test_a_picture_of_a_poster(demo, practice, language, size, settings, screenshots):
    settings.TELEGRAM_NAME = "blether_demo_bot" if practice == "DEMO1" else ""
    poster = Poster(Practice.objects.get(code=practice), poster_languages()[language], size)
    picture = poster.draw("png", dots_an_inch=WIDE / SIZES[size].width * 25.4)
    assert picture
    if screenshots:
        (screenshots / "posters").mkdir(exist_ok=True)
        (screenshots / "posters" / f"{poster.file_name}.png").write_bytes(picture)
