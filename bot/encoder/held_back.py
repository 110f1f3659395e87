"""Which training texts the encoder is not adapted to, and which share of texts a text is in.

All of it goes by the text alone (as written, not normalised), so that adding texts moves
none of the others from one side to the other.
"""

import json
import zlib
from pathlib import Path

ONE_IN = 7
# A figure far from the others' divisors: what is dealt out by it has nothing to do with them.
APART = 997


def is_held_back(text: str) -> bool:
    """Whether this very text is held back."""
    return zlib.crc32(text.encode()) % ONE_IN == 0


def is_one_in(how_many: int, text: str) -> bool:
    """Whether a text is among those chosen of every so many, held back or not."""
    return zlib.crc32(text.encode()) // ONE_IN % how_many == 0


def dealt_to(folds: int, text: str) -> int:
    """Which of so many folds a text is dealt to, whatever else it is chosen for."""
    return zlib.crc32(text.encode()) // APART % folds


def adapted_writers(adapter: Path) -> frozenset[str]:
    """The writers whose texts the adapter was learnt from, by the record beside it.

    A text by anybody else is new to the encoder. Without an adapter there are none.
    """
    record = adapter.with_suffix(".json")
    if not adapter.is_file():
        return frozenset()
    return frozenset(json.loads(record.read_text(encoding="utf-8"))["writers"])
