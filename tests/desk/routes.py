"""Every address of the desk, found by walking its URLs, so that a test forgets none."""

from django.urls import URLPattern, get_resolver, reverse

# Something to fill each part of an address with.
GIVEN = {
    "reference": "BL-XXXXX",
    "code": "49123",
    "language": "en",
    "size": "a4",
    "form": "png",
    "number": 1,
    "support_id": "samaritans",
    "service_id": "00000000-0000-4000-8000-000000000000",
    "uidb64": "MQ",
    "token": "set-password",
    "object_id": "1",
    "app_label": "social_prescribing",
    "content_type_id": 1,
    "id": "1",
    "url": "nowhere",
}


def every_route(given=lambda route: GIVEN, *, patterns=None, namespace=""):
    """(name, path) of every route, for example ("queue", "/"), ("admin:index", "/administration/").

    given: of a route's name, what to fill the parts of its address with. Routes of the
    administration without a name catch what fits no other.
    """
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(pattern, URLPattern):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            inside = {"patterns": pattern.url_patterns, "namespace": namespace + inner}
            yield from every_route(given, **inside)
        elif pattern.name:
            name = namespace + pattern.name
            fill = given(name)
            yield name, reverse(name, kwargs={key: fill[key] for key in names_in(pattern)})


def names_in(pattern):
    """What an address must be filled with: its converters, or a regular expression's groups."""
    regex = getattr(pattern.pattern, "regex", None)
    return pattern.pattern.converters or (regex.groupindex if regex else ())
