"""Which training texts the encoder is never adapted to: thresholds are chosen on them."""

import zlib

ONE_IN = 7


def is_held_back(text: str) -> bool:
    """Whether this very text (as written, not normalised) is held back.

    It goes by the text alone, so that adding texts moves none from one side to the other.
    """
    return zlib.crc32(text.encode()) % ONE_IN == 0
