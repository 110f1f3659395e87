"""The texts that stand in the database, and waiting until they stand as they should."""

import time

from social_prescribing.conversations import Direction, Message


def until(holds, *, seconds=10):
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.02)


def inbound():
    return Message.objects.filter(direction=Direction.INBOUND)


def outbound():
    return Message.objects.filter(direction=Direction.OUTBOUND)


def states():
    """How each text of ours stands."""
    return list(outbound().values_list("state", flat=True))
