"""Things: what patients ask for within a need, by a list of our own.

A year's gaps say more with "a lift to hospital" than with "transport" alone. Patients'
words may hold names, streets and stories, so none of them is kept for that: only which
lines of `data/supports/things.csv` they speak of.
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).resolve().parent.parent / "data" / "supports" / "things.csv"


@dataclass(frozen=True)
class Thing:
    """One thing asked for: what staff read, the need it belongs to, and how people say it."""

    id: str
    need: str
    name: str
    pattern: re.Pattern


def read_things(words, needs):
    """Which things of some needs the words speak of: {need id: [ids]}, empty ones left out."""
    said = words.casefold().replace("\u2019", "'")
    found = {}
    for thing in things().values():
        if thing.need in needs and thing.pattern.search(said):
            found.setdefault(thing.need, []).append(thing.id)
    return found


@lru_cache
def things():
    """Every Thing by its id, in the order of the list."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Thing(row["id"], row["need"], row["name"], re.compile(row["words"]))
            for row in csv.DictReader(file)
        }
