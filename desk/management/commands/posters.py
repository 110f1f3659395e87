"""`python -m desk posters`: every practice's posters and cards, in every language."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.posters.contents import TO_BE_CHECKED, number_to_text
from desk.posters.drawing import FORMATS, SIZES, Poster
from desk.posters.languages import poster_languages
from social_prescribing.errors import Refusal
from social_prescribing.practices import Practice


class Command(BaseCommand):
    help = "Write posters and cards, as PDF and PNG (300 dots an inch), one folder a practice."

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, default=settings.STATE_DIR / "posters")
        parser.add_argument("--practice", default="", help="a practice code; without it, all")
        parser.add_argument("--language", choices=list(poster_languages()), help="without it, all")
        parser.add_argument("--size", choices=list(SIZES), help="without it, all")

    def handle(self, *, out, practice, language, size, **options):
        languages = [poster_languages()[code] for code in _one_or_all(language, poster_languages())]
        for one in _practices(practice):
            posters = [
                Poster(one, in_language, of_size)
                for in_language in languages
                for of_size in _one_or_all(size, SIZES)
            ]
            self.stdout.write(_write(one, posters, out / one.code))
        if drafts := [one.name for one in languages if one.to_be_checked]:
            self.stdout.write(f"{', '.join(drafts)}: {TO_BE_CHECKED} before they go up.")


def _one_or_all(chosen, offered):
    return [chosen] if chosen else list(offered)


def _practices(code):
    practices = Practice.objects.filter(code=code) if code else Practice.objects.all()
    if code and not practices:
        raise CommandError(f"No practice has the code {code}")
    return practices


def _write(practice, posters, folder):
    """Write one practice's files; returns a sentence of what became of it."""
    try:
        number_to_text(practice)
        folder.mkdir(parents=True, exist_ok=True)
        for poster in posters:
            for form in FORMATS:
                (folder / f"{poster.file_name}.{form}").write_bytes(poster.draw(form))
    except Refusal as refusal:
        return str(refusal)
    return f"{practice}: {len(posters) * len(FORMATS)} files in {folder}"
