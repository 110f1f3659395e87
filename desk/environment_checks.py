"""What the value of a setting may look like.

Each check takes a value and says what is wrong with it and how to mend that, or None.
"""

import re
from urllib.parse import urlsplit

THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def address(*schemes, bare=False):
    """A check: an address of one of these schemes; `bare` without anything after the host."""

    def wrong(value):
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname:
            return f"“{value}” is no address. Write it whole: {schemes[-1]}://name.example"
        if bare and (parts.path.strip("/") or parts.query):
            return f"“{value}” has more than a host. Leave off what comes after {parts.hostname}."
        return None

    return wrong


def public_address(value):
    """A check: https, as Twilio and Telegram want it, but for trials on this machine."""
    if urlsplit(value).scheme == "http" and urlsplit(value).hostname not in THIS_MACHINE:
        return "It must begin with https://, or Telegram refuses it and texts travel in the open."
    return address("http", "https")(value)


def stand_in_address(value):
    """A check: only a stand-in for tests on this machine, never a stranger's server."""
    if urlsplit(value).hostname not in THIS_MACHINE:
        return "It may only name a stand-in on this machine. Leave it out for the real provider."
    return address("http", "https")(value)


def addresses(value):
    """A check: addresses with commas between."""
    found = (address("http", "https", bare=True)(one.strip()) for one in value.split(",") if one)
    return next(filter(None, found), None)


def database(value):
    """A check: a database that we know how to use."""
    scheme = value.partition(":")[0]
    if scheme in ("postgres", "postgresql", "sqlite"):
        return None
    return (
        f"“{scheme}” is no database of ours. Write postgres://name:password@host:5432/blether, "
        "or leave it out for SQLite."
    )


def number(least, most):
    """A check: a whole number between two."""

    def wrong(value):
        if value.isdecimal() and least <= int(value) <= most:
            return None
        return f"“{value}” is no whole number from {least} to {most}."

    return wrong


def one_of(*values):
    """A check: one of some words."""

    def wrong(value):
        return None if value in values else f"“{value}” is none of: {', '.join(values)}."

    return wrong


def quiet_seconds(value):
    """A check: `sms=0.5,telegram=1`."""
    for pair in filter(None, value.split(",")):
        if not re.fullmatch(r"\s*[a-z_]+=\d+(\.\d+)?\s*", pair):
            return f"“{pair}” is not written as channel=seconds, for example sms=0.5,telegram=1."
    return None


def shape(pattern, text):
    """A check: matches a pattern; `text` says what it looks like. The value is never shown."""

    def wrong(value):
        return (
            None if re.fullmatch(pattern, value) else f"It should look like {text}. Copy it anew."
        )

    return wrong
