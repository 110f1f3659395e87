import pytest

from bot.nlu.intents import ConversationMoves
from tests.bot.nlu.conftest import a_message

NOTHING = {
    "needs": [],
    "safety": {"id": "none", "confidence": 1.0, "act": "none"},
    "language": "en",
}
A_NEED = {**NOTHING, "needs": [{"id": "housing", "confidence": 0.6}]}


def danger(act):
    return {**NOTHING, "safety": {"id": "suicide_self_harm", "confidence": 0.8, "act": act}}


def intent_of(component, text, triage):
    message = a_message(text)
    message.set("triage", triage)
    return component.process([message])[0].get("intent")["name"]


@pytest.mark.parametrize(
    ("text", "triage", "intent"),
    [
        ("hello", NOTHING, "greet"),
        ("aye", NOTHING, "affirm"),
        ("aye", A_NEED, "affirm"),  # a short answer, whatever need it may resemble
        ("the rent", A_NEED, "tell_need"),
        ("nice day", NOTHING, "chat"),
        ("aye", danger("alarm"), "signal_danger"),  # danger breaks in at any move
        ("the rent", danger("ask"), "hint_danger"),
    ],
)
def test_the_intent_follows_from_move_and_triage(trained, text, triage, intent):
    assert intent_of(trained(ConversationMoves), text, triage) == intent


def test_a_doubtful_move_with_a_need_tells_of_the_need(trained):
    component = trained(ConversationMoves, sure=1.0)
    assert intent_of(component, "aye", A_NEED) == "tell_need"
    assert intent_of(component, "aye", NOTHING) == "affirm"


def test_no_intent_is_ranked_twice(trained):
    message = a_message("the rent")
    message.set("triage", danger("alarm"))
    [message] = trained(ConversationMoves).process([message])
    names = [intent["name"] for intent in message.get("intent_ranking")]
    assert names[0] == "signal_danger"
    assert len(names) == len(set(names))


def test_another_language_tells_of_something_whatever_its_words_look_like(trained):
    message = a_message("aye")
    message.set("triage", {**NOTHING, "language": "pl"})
    assert trained(ConversationMoves).process([message])[0].get("intent")["name"] == "tell_need"
