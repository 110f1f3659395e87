"""The bots under test: real processes on one database, killed and started again."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
# Rasa brings TensorFlow along, on two busy cores.
UP_WITHIN_SECONDS = 180


class BotProcess:
    """One `python -m bot serve`."""

    def __init__(self, environment, log):
        self.environment, self.log = environment, log
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bot", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pid(self):
        return self._process.pid

    def wait_until_up(self):
        deadline = time.monotonic() + UP_WITHIN_SECONDS
        while not self.is_up():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"A bot did not come up; see {self.log.name}")
            time.sleep(0.5)

    def is_up(self):
        try:
            urllib.request.urlopen(f"{self.url}/webhooks/twilio/", timeout=5).close()
            return True
        except OSError:
            return False

    def kill(self):
        """Stop it at once, in the middle of whatever it does."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()


class Killer(threading.Thread):
    """Kills one bot now and then and starts it again, and breaks the database's connections."""

    def __init__(self, bot, *, times, pause, break_database=None):
        super().__init__(daemon=True)
        self.bot, self.times, self.pause = bot, times, pause
        self.break_database = break_database
        self.disturbed = []  # (from, until), in time.monotonic()

    def run(self):
        for number in range(self.times):
            time.sleep(self.pause)
            began = time.monotonic()
            print(f"  killing a bot, {number + 1} of {self.times}", flush=True)
            self.bot.kill()
            if self.break_database and number == 0:
                self.break_database()
            self.bot.start()
            self.bot.wait_until_up()
            self.disturbed.append((began, time.monotonic()))


@contextmanager
def a_database(address):
    """A database of the soak's own on a PostgreSQL server, dropped afterwards: its address."""
    name = f"blether_soak_{os.getpid()}"
    server = urlsplit(address)._replace(path="/postgres").geturl()
    _run_on(server, f"CREATE DATABASE {name}")
    try:
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
    finally:
        _run_on(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def break_connections(address):
    """Have PostgreSQL end every connection to the database, as a restart does."""
    print("  breaking every connection to the database", flush=True)
    server = urlsplit(address)._replace(path="/postgres").geturl()
    name = urlsplit(address).path.lstrip("/")
    _run_on(
        server,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )


def restart_postgresql(command):
    """Restart the server itself, for example with `pg_ctlcluster 15 main restart -m fast`."""
    print(f"  restarting PostgreSQL: {command}", flush=True)
    subprocess.run(command, shell=True, check=True)


def _run_on(server, statement):
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
