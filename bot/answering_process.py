"""The answering half of the bot, in a process of its own, as the receiving half sees it.

Understanding a text takes a processor for a while, and Python lets one thread
at it at a time: in one process, storing the next text would wait for it.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress

logger = logging.getLogger(__name__)

# Longer than any turn; a supervisor is usually less patient, and nothing is lost then either.
STOPS_WITHIN_SECONDS = 20
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1, 60


class AnsweringProcess:
    """Runs `python -m bot answer`, and starts it again where it dies.

    The same shape as Answering. Its lines are a courtesy that saves time: a
    wake-up that is lost is made good by the other side's sweep.
    """

    def __init__(self):
        self.is_ready = False
        self._process, self._is_stopping = None, threading.Event()

    def start(self, on_answer):
        """Begin to load the model; `is_ready` once it answers."""
        self._on_answer = on_answer
        self._keeper = threading.Thread(target=self._keep_running, name="answering", daemon=True)
        self._keeper.start()

    def stop(self):
        """Let it finish the turn under way."""
        self._is_stopping.set()
        if self._process is None:
            return
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._keeper.join(STOPS_WITHIN_SECONDS)

    def wake(self, conversation_id):
        """A text of this conversation was stored. Never waits."""
        if self._process is None:
            return
        # Closed, broken or full: it is starting, and sweeps when it has.
        with suppress(OSError, ValueError):
            os.write(self._process.stdin.fileno(), b"%d\n" % conversation_id)

    def _keep_running(self):
        pause = FIRST_PAUSE_SECONDS
        while not self._is_stopping.is_set():
            self._run_once()
            pause = FIRST_PAUSE_SECONDS if self.is_ready else pause * 2
            self.is_ready = False
            if not self._is_stopping.is_set():
                logger.error("The answering process ended; it is started again")
                self._is_stopping.wait(min(pause, LONGEST_PAUSE_SECONDS))

    def _run_once(self):
        self._process = subprocess.Popen(
            [sys.executable, *_warning_options(), "-m", "bot", "answer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        os.set_blocking(self._process.stdin.fileno(), False)
        for line in self._process.stdout:
            self._take(json.loads(line))
        self._process.wait()

    def _take(self, told):
        if told == "ready":
            self.is_ready = True
        else:
            self._on_answer(*told)


def _warning_options():
    return [f"-W{option}" for option in sys.warnoptions]
