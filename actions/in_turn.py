"""Actions run within a turn of the bot: in its thread, its transaction, and on its conversation.

Rasa calls every action as if it waited for a network. Ours only ask the database, so the
turn drives them without an event loop (bot/turn.py): none is made for every text, and no
thread is changed for every question to the database.
"""

import asyncio
from contextvars import ContextVar

from asgiref.sync import sync_to_async

# The Conversation that this thread is answering and has locked: no action fetches it anew.
being_answered = ContextVar("being_answered", default=None)


async def in_turn(function, *arguments):
    """Call a function that uses the database: at once in a turn.

    Beside the event loop where there is one, as in `rasa shell`.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return function(*arguments)
    return await sync_to_async(function)(*arguments)
