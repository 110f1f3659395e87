"""LivePart: a part of a page that keeps itself up to date by polling.

The browser says which version it shows; where nothing changed the answer is
empty, so that focus, scroll and selection stay as they are. Without JavaScript
the part is simply as fresh as the page.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.http import HttpResponse
from django.template.loader import render_to_string


@dataclass(frozen=True)
class LivePart:
    """One part: the id of its element, where it is fetched, how often, and what it shows."""

    id: str
    address: str
    every: str
    template: str
    shows: dict
    title: str = ""  # of the browser's tab, where the part changes it

    @cached_property
    def html(self):
        return render_to_string(self.template, self.shows)

    @cached_property
    def version(self):
        return sha256(f"{self.title}{self.html}".encode()).hexdigest()[:16]


def is_poll(request):
    """A live part asks, not a person opening the page."""
    return "HX-Request" in request.headers


def answer_poll(request, part):
    """The part anew, or nothing where the browser shows this version already."""
    if request.GET.get("seen") == part.version:
        return HttpResponse(status=204)
    return HttpResponse(render_to_string("desk/parts/live_answer.html", {"part": part}))
