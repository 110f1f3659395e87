"""Web chat: how many texts a minute, whose count it is, and the scripts that a site loads."""

from types import SimpleNamespace

import pytest
import requests
from django.core.cache import cache

from bot.channels.limits import Limit, TooMany, address_of
from bot.channels.web_chat import WebChat
from bot.widget import FOLDER
from social_prescribing.conversations import Message


@pytest.fixture(autouse=True)
def nobody_is_counted_yet():
    cache.clear()


@pytest.fixture
def bot(start_bot, settings):
    settings.WEB_CHAT_LIMITS = {
        "texts": {"session": 3, "address": 5},
        "sessions": {"address": 2},
        "fetches": {"session": 3, "address": 100},
    }
    started = start_bot(WebChat())
    started.answer()
    return started


def text(bot, session, number):
    body = {"session": session, "message_id": str(number), "text": "hiya"}
    return bot.post("/webhooks/web/webhook", json=body)


def test_a_session_that_sends_too_much_is_told_so_plainly_and_nothing_is_stored(bot):
    for number in range(3):
        assert text(bot, "one", number).status_code == 200
    refused = text(bot, "one", 3)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert refused.json()["retry_after"] == 60
    assert "Ring 999" in refused.json()["error"]
    assert Message.objects.filter(direction="in").count() == 3
    assert text(bot, "two", 0).status_code == 200, "another patient is not kept waiting"


def test_fetching_too_often_is_refused_too(bot):
    session = bot.post("/webhooks/web/session", json={}).json()["session"]
    address = f"{bot.url}/webhooks/web/messages?session={session}"
    assert [requests.get(address).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_a_network_address_has_its_share_however_many_sessions_it_opens(bot, settings):
    bot.app.config.PROXIES_COUNT = 1
    behind = {"X-Forwarded-For": "203.0.113.7"}
    opened = [
        bot.post("/webhooks/web/session", json={}, headers=behind).status_code for _ in range(3)
    ]
    assert opened == [200, 200, 429]
    other = {"X-Forwarded-For": "203.0.113.8"}
    assert bot.post("/webhooks/web/session", json={}, headers=other).status_code == 200


def test_an_address_that_a_caller_makes_up_is_not_believed(bot):
    bot.app.config.PROXIES_COUNT = 1
    # Our proxy adds the true one at the end.
    opened = [
        bot.post(
            "/webhooks/web/session",
            json={},
            headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"},
        ).status_code
        for number in range(3)
    ]
    assert opened == [200, 200, 429]


def test_this_machine_and_a_proxy_that_nobody_told_us_of_are_not_counted_as_one_patient():
    for here in ("127.0.0.1", "::1"):
        assert address_of(SimpleNamespace(remote_addr="", ip=here)) is None
    assert address_of(SimpleNamespace(remote_addr="", ip="203.0.113.7")) == "203.0.113.7"
    Limit("anybody", most=0).count(None)


def test_a_count_ends_by_itself(monkeypatch):
    limit = Limit("short", most=1, seconds=1)
    limit.count("me")
    with pytest.raises(TooMany):
        limit.count("me")
    now = cache._expire_info  # the local cache keeps when each count ends
    monkeypatch.setitem(now, cache.make_key("limit:short:me"), 0)
    limit.count("me")


def test_the_scripts_are_served_as_they_are_and_load_from_nowhere_else(bot):
    for path in FOLDER.glob("*.js"):
        response = requests.get(f"{bot.url}/webhooks/web/{path.name}")
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("text/javascript")
        assert response.text == path.read_text()
        code = "\n".join(line for line in response.text.splitlines() if "//" not in line)
        for risky in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "localStorage"):
            assert risky not in code, (path.name, risky)
