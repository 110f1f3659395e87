"""Forty random walks: what must hold in every conversation, and how they go as a whole.

The long one is a benchmark: python -m benchmarks.random_walk 500
"""

import pytest
from asgiref.sync import sync_to_async

from tests.conversations.random_walk import report, walk

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WALKS = 40
COMPLETED_AT_LEAST = 0.95
ALL_HOLDS_AT_LEAST = 0.95


async def test_random_walks_end_well(agent, patient, capsys):
    walks = [await walk(agent, patient.contact_number, seed) for seed in range(1, WALKS + 1)]
    figures = await sync_to_async(report)(walks)
    with capsys.disabled():
        print(f"\n{figures}")
    transcripts = "\n\n".join(f"{w.transcript}\n{w.wrong}" for w in walks if w.wrong)
    assert figures["completed, of those who want a call"] >= COMPLETED_AT_LEAST, transcripts
    assert figures["conversations in which all holds"] >= ALL_HOLDS_AT_LEAST, transcripts
    assert not any("danger" in why for w in walks for why in w.wrong), transcripts
