"""The whole service as people run it: bot and desk in processes of their own, demo loaded."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
# Rasa imports TensorFlow at start, on two cores that are busy with other tests.
UP_WITHIN_SECONDS = 300
ANSWERS = "-m bot answer"


@dataclass
class Service:
    """Where bot and desk listen, and how to ask them things."""

    bot: str
    desk: str
    environment: dict
    log: Path

    def post(self, path, body):
        """POST JSON to the bot; returns (status, answer)."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.bot}/webhooks/{path}", data, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def get(self, path):
        """GET from the bot; returns (status, answer)."""
        try:
            with urllib.request.urlopen(f"{self.bot}/webhooks/{path}", timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def command(self, *arguments, stdin=None, module="desk"):
        """Run a command of ours beside the service; returns the finished process."""
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def callbacks(self):
        """The callbacks export."""
        return json.loads(self.command("callbacks", "--json").stdout)

    def answering_processes(self):
        """Process ids of its `python -m bot answer`; none where there is no /proc to look in."""
        listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout
        answering = [line.split()[0] for line in listed.splitlines() if line.endswith(ANSWERS)]
        state = f"BLETHER_STATE_DIR={self.environment['BLETHER_STATE_DIR']}"
        return [int(pid) for pid in answering if state in _environment_of(pid)]


def _environment_of(pid):
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return file.read().decode(errors="replace").split("\0")
    except OSError:
        return []


def wait_until(holds, *, seconds=90):
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """Bot and desk on SQLite, started once, with the demo programme; stopped at the end."""
    with running_service(tmp_path_factory.mktemp("state")) as running:
        yield running


@pytest.fixture
def service_on_postgresql(tmp_path):
    """The same on PostgreSQL and Redis, in a database of its own that is dropped afterwards."""
    address = urlsplit(os.environ["TEST_DATABASE_URL"])
    name = f"blether_{os.getpid()}"
    with psycopg.connect(address.geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            environment = {
                "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
                "REDIS_URL": os.environ["TEST_REDIS_URL"],
            }
            with running_service(tmp_path, environment) as running:
                yield running
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_service(state, more_environment=None):
    """Start bot and desk as `make run` does, and stop them as Ctrl-C does: none is left behind."""
    bot_port, desk_port = free_port(), free_port()
    desk = f"http://127.0.0.1:{desk_port}"
    bot = f"http://127.0.0.1:{bot_port}"
    environment = {
        **os.environ,
        "BLETHER_STATE_DIR": str(state),
        "DJANGO_SETTINGS_MODULE": "desk.settings",
        **(more_environment or {}),
    }
    running = Service(bot, desk, environment, state / "log")
    log = running.log.open("w")
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "ignore", "-m", "desk", "run"),
            *("--desk-port", str(desk_port), "--bot-port", str(bot_port)),
        ],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_until_up(process, (f"{bot}/webhooks/web/", f"{desk}/try/"), log.name)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    wait_until(lambda: not running.answering_processes(), seconds=20)


def _wait_until_up(process, addresses, log):
    deadline = time.monotonic() + UP_WITHIN_SECONDS
    for address in addresses:
        while True:
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, Path(log).read_text()[-3000:]
                assert time.monotonic() < deadline, Path(log).read_text()[-3000:]
                time.sleep(0.5)
