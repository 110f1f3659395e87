"""Many link workers claim from one queue at once: nothing is held twice, nothing is left."""

import os
import subprocess
import sys
import threading
from collections import Counter

import pytest
from django.db import connections

from social_prescribing.callback_moves import claim_callback
from social_prescribing.callbacks import Callback, CallbackEvent, Status, callbacks_for, queue_order
from social_prescribing.errors import AlreadyClaimed
from tests.factories import a_callback, a_link_worker, a_practice

CLAIMANTS, WAITING = 30, 60


class Claimant(threading.Thread):
    """Claims the first callback of the queue again and again until the queue is empty."""

    def __init__(self, link_worker, start_together):
        super().__init__()
        self.link_worker, self.start_together = link_worker, start_together
        self.claimed, self.beaten, self.failure = [], 0, None

    def run(self):
        try:
            self.start_together.wait(timeout=30)
            while callback := self._first_waiting():
                self._claim(callback)
        except Exception as failure:
            self.failure = failure
        finally:
            connections.close_all()

    def _first_waiting(self):
        return queue_order(callbacks_for(self.link_worker).filter(status=Status.WAITING)).first()

    def _claim(self, callback):
        try:
            claim_callback(callback, link_worker=self.link_worker)
            self.claimed.append(callback.pk)
        except AlreadyClaimed:
            self.beaten += 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_thirty_claimants_empty_one_queue_without_a_double():
    practice = a_practice()
    for number in range(WAITING):
        a_callback(practice=practice, name=f"Patient {number}")
    start_together = threading.Barrier(CLAIMANTS)
    claimants = [Claimant(a_link_worker(practice), start_together) for _ in range(CLAIMANTS)]
    for claimant in claimants:
        claimant.start()
    for claimant in claimants:
        claimant.join(timeout=120)

    assert [claimant.failure for claimant in claimants if claimant.failure] == []
    held = Counter(pk for claimant in claimants for pk in claimant.claimed)
    assert set(held) == set(Callback.objects.values_list("pk", flat=True))
    assert set(held.values()) == {1}
    for claimant in claimants:
        mine = Callback.objects.filter(status=Status.CLAIMED, link_worker=claimant.link_worker)
        assert set(mine.values_list("pk", flat=True)) == set(claimant.claimed)
    assert CallbackEvent.objects.filter(status=Status.CLAIMED).count() == WAITING


@pytest.mark.slow
@pytest.mark.postgresql
def test_the_same_in_postgresql():
    """The very test above, run by a process of its own whose database is PostgreSQL."""
    server = os.environ["TEST_DATABASE_URL"].rsplit("/", 1)[0]
    # Django makes `test_claims_…` for the run and drops it afterwards.
    environment = os.environ | {"DATABASE_URL": f"{server}/claims_{os.getpid()}"}
    pytest_here = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command = [*pytest_here, "-m", "not postgresql", __file__]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout
