"""Posters: choose practice, language and size, see it, take it as PDF or PNG."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from desk.permissions import (
    SEES_FIGURES,
    access_of,
    allowed_for,
    check_may_print_for,
    practices_printed_by,
)
from desk.posters.contents import NoContactNumber
from desk.posters.drawing import FORMATS, ON_SCREEN, SIZES, Poster
from desk.posters.languages import poster_languages
from social_prescribing.errors import Refusal
from social_prescribing.practices import Practice

MIME_TYPES = {"pdf": "application/pdf", "png": "image/png"}


@allowed_for(SEES_FIGURES)
@require_safe
def show_posters(request):
    """The choice, and the picture of what is chosen; at first the English A4 of one practice."""
    practices = list(practices_printed_by(access_of(request.user)))
    by_code = {practice.code: practice for practice in practices}
    practice = by_code.get(request.GET.get("practice")) or next(iter(practices), None)
    language = _chosen(poster_languages(), request.GET.get("language"))
    size = _chosen({key: (key, size) for key, size in SIZES.items()}, request.GET.get("size"))
    shown = {
        "practices": [(one.code, one.name) for one in practices],
        "languages": [(one.code, one.name) for one in poster_languages().values()],
        "sizes": [(key, one.name) for key, one in SIZES.items()],
        "practice": practice,
        "language": language,
        "size": size[0],
        "paper": size[1],
    }
    if practice is not None:
        shown |= _drawn(Poster(practice, language, size[0]))
    return render(request, "desk/posters.html", shown)


def _chosen(offered, key):
    """What is offered under this key, else the first."""
    return offered.get(key) or next(iter(offered.values()))


def _drawn(poster):
    """The poster, or why there is none."""
    try:
        return {"poster": poster, "contents": poster.contents}
    except NoContactNumber as refusal:
        return {"refusal": str(refusal)}


@allowed_for(SEES_FIGURES)
@require_safe
def send_poster(request, code, language, size, form):
    """The file; with `?screen` a smaller picture to look at."""
    practice = get_object_or_404(Practice, code=code)
    check_may_print_for(access_of(request.user), practice)
    if language not in poster_languages() or size not in SIZES or form not in FORMATS:
        raise Http404
    poster = Poster(practice, poster_languages()[language], size)
    try:
        if "screen" in request.GET:
            picture = poster.draw("png", dots_an_inch=ON_SCREEN)
            return HttpResponse(picture, content_type=MIME_TYPES["png"])
        return _as_download(poster.draw(form), f"{poster.file_name}.{form}", MIME_TYPES[form])
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")


def _as_download(file, name, mime_type):
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type=mime_type, headers=disposition)
