"""The two halves of a bot: one receives and sends, the other answers and may die."""

import os
import signal

import pytest

from tests.service.conftest import wait_until

pytestmark = pytest.mark.slow


def say(service, session, text):
    body = {"session": session, "message_id": text, "text": text}
    return service.post("web/webhook", body)


def texts_got(service, session):
    return service.get(f"web/messages?session={session}&after=0")[1]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc")
def test_a_text_is_stored_while_the_answering_process_is_dead_and_answered_by_the_next(service):
    session = service.post("web/session", {})[1]["session"]
    assert say(service, session, "hello")[1], "it answers"
    before = len(texts_got(service, session))
    (first,) = service.answering_processes()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: service.get("web/")[0] == 503)
    status, _ = say(service, session, "am skint")
    assert status == 200
    wait_until(lambda: len(texts_got(service, session)) > before)
    (second,) = service.answering_processes()
    assert second != first
