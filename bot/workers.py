"""Worker threads of a bot process: they do at once what they are woken for, and sweep for the rest.

The sweep finds what no wake-up told of: texts stored by a process that died,
texts that the desk or the clock put into the outbox, tries that are due again.
"""

import heapq
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bot.database import with_connection

logger = logging.getLogger(__name__)


class Workers:
    """Runs `work(key)` for each key it is woken for, never twice at once for one key.

    Args:
        work: called with the key; returns the seconds after which it wants to be
            called again with it, or None where it is done.
        sweep: called now and then; returns keys to be woken for.
    """

    def __init__(self, name, *, work, sweep, every, threads):
        self._name, self._work, self._sweep, self._every = name, work, sweep, every
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._changed = threading.Condition()
        self._busy, self._again, self._later = set(), set(), []
        self._is_running = False

    def start(self):
        """Begin to sweep; what was left from before is found at once."""
        self._is_running = True
        self._clock = threading.Thread(target=self._run_clock, name=self._name, daemon=True)
        self._clock.start()

    def stop(self):
        """Finish what is being worked on, and begin nothing more."""
        with self._changed:
            self._is_running = False
            self._changed.notify()
        self._pool.shutdown(wait=True)

    def wake(self, key, *, after=0.0):
        """Have this key worked on, at once or after some seconds."""
        with self._changed:
            if not self._is_running:
                return  # the sweep of another process, or of the next start, finds it
            if after > 0:
                heapq.heappush(self._later, (time.monotonic() + after, key))
                self._changed.notify()
            elif key in self._busy:
                self._again.add(key)
            else:
                self._busy.add(key)
                self._pool.submit(self._run, key)

    def _run(self, key):
        again = None
        try:
            again = with_connection(self._work, key)
        except Exception:
            logger.exception("%s could not work on %s; the next sweep tries again", self._name, key)
        with self._changed:
            self._busy.discard(key)
            woken = key in self._again
            self._again.discard(key)
        if woken or again is not None:
            self.wake(key, after=0 if woken else again)

    def _run_clock(self):
        next_sweep = 0.0
        while self._is_running:
            if time.monotonic() >= next_sweep:
                self._wake_swept()
                next_sweep = time.monotonic() + self._every
            for key in self._due():
                self.wake(key)
            with self._changed:
                until = min([next_sweep, *(when for when, _ in self._later[:1])])
                self._changed.wait(max(0.0, until - time.monotonic()))

    def _wake_swept(self):
        try:
            for key in with_connection(self._sweep):
                self.wake(key)
        except Exception:
            # A database that is away for a moment must not end the sweeping.
            logger.exception("%s could not sweep; it tries again", self._name)

    def _due(self):
        due = []
        with self._changed:
            while self._later and self._later[0][0] <= time.monotonic():
                due.append(heapq.heappop(self._later)[1])
        return due
