"""Which training texts the encoder is not adapted to, and which of the others the heads learn."""

import json
import zlib
from pathlib import Path

ONE_IN = 7


def is_held_back(text: str) -> bool:
    """Whether this very text (as written, not normalised) is held back.

    It goes by the text alone, so that adding texts moves none from one side to the other.
    """
    return zlib.crc32(text.encode()) % ONE_IN == 0


def is_one_in(how_many: int, text: str) -> bool:
    """Whether a text that is not held back is among those chosen of every so many.

    By the text alone, as above, and independent of what is held back.
    """
    return zlib.crc32(text.encode()) // ONE_IN % how_many == 0


def adapted_writers(adapter: Path) -> frozenset[str]:
    """The writers whose texts the adapter was learnt from, by the record beside it.

    A text by anybody else is new to the encoder. Without an adapter there are none.
    """
    record = adapter.with_suffix(".json")
    if not adapter.is_file():
        return frozenset()
    return frozenset(json.loads(record.read_text(encoding="utf-8"))["writers"])
