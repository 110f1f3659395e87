"""The way from the event loop to the database and back."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections

# Storing a text takes a millisecond or two; these threads only wait for the database.
THREADS = ThreadPoolExecutor(4, thread_name_prefix="database")


async def in_database(function, *arguments):
    """Run a function that uses the database, beside the event loop.

    Not `sync_to_async`: its one thread for the whole process would let a text
    that has just come wait for whatever an action does.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(THREADS, with_connection, function, *arguments)


# A connection that worked so lately is not asked again whether it works: under load that was
# a quarter of all that the receiving half asked of the database.
WORKS_FOR_SECONDS = 5
_thread = threading.local()


def with_connection(function, *arguments):
    """Call a function on a connection that is known to work, or worked a moment ago.

    Django looks after connections at the start and end of its own requests; a
    thread of ours must see to it, or one restart of PostgreSQL would break it for good.
    """
    worked_at, _thread.worked_at = getattr(_thread, "worked_at", None), None
    if worked_at is None or time.monotonic() > worked_at + WORKS_FOR_SECONDS:
        close_old_connections()
    result = function(*arguments)
    _thread.worked_at = time.monotonic()
    return result
