import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.labels import DANGERS, NEEDS, LabelError, labels_of
from bot.nlu.triage import NothingToLearn, Triage
from bot.nlu.triage_learning import danger_logits
from tests.bot.nlu.conftest import a_message

LAX = {"lookalikes": 0.2, "everyday": 0.2, "needs": 0.2}


def triaged(component, text):
    return component.process([a_message(text)])[0].get("triage")


def test_several_needs_are_found_and_others_are_not(trained):
    triage = triaged(trained(Triage), "food and rent please")
    assert {need["id"] for need in triage["needs"]} == {"food", "housing"}
    confidences = [need["confidence"] for need in triage["needs"]]
    assert confidences == sorted(confidences, reverse=True)


def test_a_text_without_a_need_has_none(trained):
    assert triaged(trained(Triage), "nice day")["needs"] == []


def test_danger_learnt_from_texts_is_noticed(trained):
    safety = triaged(trained(Triage, ask_at_most=LAX, alarm_at_most=LAX), "to die")["safety"]
    assert (safety["id"], safety["act"]) == ("suicide_self_harm", "alarm")


def test_danger_by_rule_is_noticed_whatever_the_model_has_learnt(trained):
    safety = triaged(trained(Triage), "i am going to kill myself")["safety"]
    assert (safety["id"], safety["act"]) == ("suicide_self_harm", "alarm")


@pytest.mark.parametrize("text", ["", "😀", "…"])
def test_a_text_without_a_letter_says_nothing(trained, text):
    triage = triaged(trained(Triage), text)
    assert triage["needs"] == []
    assert triage["safety"] == {"id": "none", "confidence": 1.0, "act": "none"}


def test_ordinary_chat_counts_against_danger():
    columns = np.zeros(len(NEEDS) + 1 + len(DANGERS) + 1)
    columns[len(NEEDS)], columns[-1] = 2.0, -3.0
    assert danger_logits(columns, {"matter_counts": 0.0}) == 2.0
    assert danger_logits(columns, {"matter_counts": 0.5}) == 0.5
    columns[-1] = 50.0
    assert danger_logits(columns, {"matter_counts": 0.5}) == 4.0


@pytest.mark.parametrize(
    "labels, is_matter",
    [
        ({"needs": [], "writer": "everyday5"}, False),
        ({"needs": ["food"], "writer": "everyday5"}, True),
        ({"needs": [], "safety": "abuse_danger", "writer": "everyday"}, True),
        ({"needs": [], "writer": "plain"}, True),
    ],
)
def test_what_any_phone_holds_is_no_matter_for_the_practice(labels, is_matter):
    assert labels_of(a_message("my text", "chat", **labels)).is_matter is is_matter


def test_the_language_guessed_before_is_passed_on(trained):
    message = a_message("rent")
    message.set("language", "pl")
    assert trained(Triage).process([message])[0].get("triage")["language"] == "pl"


def test_no_training_text_is_an_error(tmp_path):
    triage = Triage(Triage.get_default_config(), LocalModelStorage(tmp_path), Resource("t"))
    with pytest.raises(NothingToLearn):
        triage.train(TrainingData([]))


@pytest.mark.parametrize("labels", [{"needs": ["gardening"]}, {"needs": [], "safety": "sadness"}])
def test_an_unknown_label_is_refused_with_its_text(labels):
    with pytest.raises(LabelError, match="my text"):
        labels_of(a_message("my text", "tell_need", **labels))


@pytest.mark.parametrize("wrong", [{"folds": 1}, {"ask_at_most": {"lookalikes": 2}}, {"fold": 3}])
def test_a_wrong_setting_is_refused(tmp_path, wrong):
    with pytest.raises(InvalidConfigException):
        Triage({**Triage.get_default_config(), **wrong}, None, None)
