"""Reading what a caller sent, with a clear refusal where it is not what it should be."""

from sanic.exceptions import SanicException
from sanic.response import json


class BadRequest(SanicException):
    """The caller sent something that cannot be read; the text says what."""

    status_code = 400


def read_json(request):
    """The request's body as a dictionary.

    Raises:
        BadRequest: the body is no JSON object.
    """
    try:
        body = request.json
    except SanicException as error:
        raise BadRequest("The body must be JSON") from error
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object")
    return body


def read_query(request):
    """What stands after the question mark, the first of each name."""
    return {name: values[0] for name, values in request.args.items()}


def read_after(request):
    """The id of the message after which messages are asked for, 0 without one.

    Raises:
        BadRequest: it is no such id.
    """
    after = request.args.get("after") or "0"
    if not (after.isascii() and after.isdecimal() and len(after) <= 18):
        raise BadRequest("after must be the id of a message")
    return int(after)


def read_text(body, name, *, default=None, longest=200):
    """One text of the body.

    Raises:
        BadRequest: it is missing (and no default is given), no text, or too long.
    """
    value = body.get(name, default)
    if value is None and default is None:
        raise BadRequest(f"{name} is missing")
    if not isinstance(value, str):
        raise BadRequest(f"{name} must be a text")
    if len(value) > longest:
        raise BadRequest(f"{name} is longer than {longest} characters")
    return value


def refuse(error, status=400):
    """Answer with the reason, as JSON; and with the seconds after which to try again, if any."""
    after = getattr(error, "after", None)
    if after is None:
        return json({"error": str(error)}, status=status)
    # Scripts of another site cannot read Retry-After, so it stands in the body too.
    headers = {"Retry-After": str(after)}
    return json({"error": str(error), "retry_after": after}, status=status, headers=headers)
