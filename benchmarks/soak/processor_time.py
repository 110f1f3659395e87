"""What a text costs: the processor time of each part while the patients text."""

import os
import time
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class ProcessorTime:
    """The processor time used since this was made, by part.

    Where there is no /proc (outside Linux) it knows of none.

    Args:
        bots: BotProcess each; a bot's receiving half is its process, its answering half a child.
    """

    def __init__(self, bots):
        self._receiving = {bot.pid for bot in bots}
        self._began, self._before = time.monotonic(), self._by_process()

    def print(self, *, texts):
        """Print milliseconds a text, and processors in use, for each part."""
        took = time.monotonic() - self._began
        used = {}
        for pid, (part, seconds) in self._by_process().items():
            _, before = self._before.get(pid, (part, 0.0))
            used[part] = used.get(part, 0.0) + seconds - before
        for part, seconds in sorted(used.items()):
            each, at_once = 1000 * seconds / texts, seconds / took
            print(f"{part:24}{each:6.1f} ms a text, {at_once:5.2f} processors")

    def _by_process(self):
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue  # it ended
            name, _, rest = stat.partition("(")[2].rpartition(")")
            fields = rest.split()
            pid, parent = int(folder.name), int(fields[1])
            seconds = (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND
            found[pid] = self._part(pid, parent, name), seconds
        return found

    def _part(self, pid, parent, name):
        if pid in self._receiving:
            return "receiving and sending"
        if parent in self._receiving:
            return "answering"
        if pid == os.getpid():
            return "patients and stand-in"
        return {"postgres": "PostgreSQL", "redis-server": "Redis"}.get(name, "anything else")
