"""The trained model, loaded once, and a patient's phone for each test."""

import asyncio
from itertools import count

import pytest
import rasa.core.agent

from bot import answer
from bot.training import MODEL
from social_prescribing.conversations import Channel
from tests.conversations.player import Player
from tests.factories import a_contact_number, a_practice, checked_supports

_phone = count(900_100)


@pytest.fixture(scope="session")
def agent():
    """The model that `make train` wrote, with the actions in the same process."""
    answer.trust_our_own_actions()
    loaded = asyncio.run(
        rasa.core.agent.load_agent(model_path=str(MODEL), endpoints=answer.endpoints())
    )
    assert loaded.is_ready(), "There is no trained model: run make train"
    return loaded


@pytest.fixture
def practice(transactional_db):
    return a_practice(
        name="Possil Practice",
        name_for_texts="Possil Practice",
        reception_phone="+441414960100",
        rings_from="+441414960101",
    )


@pytest.fixture
def patient(agent, practice, supports_committed):
    """A patient who texts the practice's contact number."""
    number = a_contact_number(practice, e164=f"+44141496{next(_phone) % 10000:04}")
    return Player(agent=agent, address=f"+447700{next(_phone)}", contact_number=number)


@pytest.fixture
def web_patient(agent, practice, supports_committed):
    """A patient on the web chat, whose number is not known."""
    return Player(
        agent=agent, address=f"web-{next(_phone)}", contact_number=None, channel=Channel.WEB
    )


@pytest.fixture
def supports_committed(transactional_db):
    """The directory of supports, where other threads see it too."""
    checked_supports()
