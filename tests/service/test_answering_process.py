"""The two halves of a bot: one receives and sends, the other answers and may die."""

import os
import signal
import subprocess
import time

import pytest

from tests.service.conftest import running_service

pytestmark = pytest.mark.slow


def answering_processes(service):
    """Process ids of `python -m bot answer` that belong to this service."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout
    answering = (line.split()[0] for line in listed.splitlines() if line.endswith("-m bot answer"))
    state = f"BLETHER_STATE_DIR={service.environment['BLETHER_STATE_DIR']}"
    return [int(pid) for pid in answering if state in _environment_of(pid)]


def _environment_of(pid):
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return file.read().decode(errors="replace").split("\0")
    except OSError:
        return []


def wait_until(holds, *, seconds=90):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.2)


def say(service, session, text):
    body = {"session": session, "message_id": text, "text": text}
    return service.post("web/webhook", body)


def texts_got(service, session):
    return service.get(f"web/messages?session={session}&after=0")[1]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc")
def test_a_text_is_stored_while_the_answering_process_is_dead_and_answered_by_the_next(tmp_path):
    with running_service(tmp_path) as service:
        session = service.post("web/session", {})[1]["session"]
        assert say(service, session, "hello")[1], "it answers"
        before = len(texts_got(service, session))
        (first,) = answering_processes(service)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: service.get("web/")[0] == 503)
        status, _ = say(service, session, "am skint")
        assert status == 200
        wait_until(lambda: len(texts_got(service, session)) > before)
        (second,) = answering_processes(service)
        assert second != first
    wait_until(lambda: not answering_processes(service), seconds=20)
