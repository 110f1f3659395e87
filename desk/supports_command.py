"""`python -m desk supports`: which supports Blether would name, and why."""

import json
import sys
from dataclasses import dataclass

from social_prescribing.errors import InvalidValue
from social_prescribing.gazetteer import Place
from social_prescribing.needs import NEEDS
from social_prescribing.places import find_place
from social_prescribing.suggestions import suggest_supports

WRONG_USE = 2  # the exit status of every command that was asked for what does not exist
COLUMNS = ("name", "phone or address", "km", "open", "checked on", "why")
OPEN_IN_WORDS = {True: "yes", False: "no", None: "?"}


def add_arguments(parser):
    """Tell an argparse parser what the command takes."""
    parser.add_argument(
        "--need", action="append", required=True, metavar="ID", help="may be given several times"
    )
    parser.add_argument("--near", metavar="PLACE", help="a postcode, district, area or landmark")
    parser.add_argument("--limit", type=int, default=3, help="at most this many (default 3)")
    parser.add_argument("--json", action="store_true", help="a JSON list instead of a table")


def run(args):
    """Print the suggestions; return 0, or 2 when a need, a place or the limit is wrong."""
    try:
        asked = _Question.of(args)
    except InvalidValue as error:
        print(f"supports: {error}", file=sys.stderr)
        return WRONG_USE
    suggestions = suggest_supports(asked.needs, asked.near, limit=asked.limit, unchecked_too=True)
    print(_as_json(suggestions) if args.json else _as_table(suggestions))
    return 0


@dataclass(frozen=True)
class _Question:
    needs: tuple
    near: Place | None
    limit: int

    @classmethod
    def of(cls, args):
        for need in args.need:
            if need not in NEEDS:
                raise InvalidValue(f"no need {need!r}; there are {', '.join(NEEDS)}")
        if args.limit < 1:
            raise InvalidValue("--limit must be 1 or more")
        near = find_place(args.near, is_asked_for=True) if args.near is not None else None
        if args.near is not None and near is None:
            raise InvalidValue(f"no place {args.near!r}; try a district such as G51")
        return cls(tuple(args.need), near, args.limit)


def _as_json(suggestions):
    return json.dumps([_row(suggestion) for suggestion in suggestions], indent=2)


def _row(suggestion):
    support = suggestion.support
    return {
        "id": support.id,
        "name": support.name,
        "phone": support.phone or None,
        "url": support.url or None,
        "distance_km": suggestion.distance_km,
        "open_now": suggestion.open_now,
        "checked_on": support.last_checked_on.isoformat(),
        "why": suggestion.why,
    }


def _as_table(suggestions):
    if not suggestions:
        return "No support fits."
    rows = [COLUMNS, *(_cells(suggestion) for suggestion in suggestions)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _cells(suggestion):
    support = suggestion.support
    distance_km = suggestion.distance_km
    return (
        support.name,
        support.phone or support.text_number or support.url or support.address,
        "" if distance_km is None else f"{distance_km:.1f}",
        OPEN_IN_WORDS[suggestion.open_now],
        support.last_checked_on.isoformat(),
        suggestion.why,
    )
