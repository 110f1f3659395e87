"""The way from the event loop to the database and back."""

import asyncio
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


def with_connection(function, *arguments):
    """Call a function on a connection that is known to work.

    Django looks after connections at the start and end of its own requests; a
    thread of ours must see to it, or one restart of PostgreSQL would break it for good.
    """
    close_old_connections()
    return function(*arguments)
