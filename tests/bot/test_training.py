"""Training again only what changed."""

import json

import pytest

from bot import training


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A folder for a model, and what was trained into it."""
    trained = []
    monkeypatch.setattr(training, "MODEL", tmp_path / "blether.tar.gz")
    monkeypatch.setattr(training, "STAMP", tmp_path / "blether.json")
    monkeypatch.setattr(training, "_train", lambda texts: trained.append("everything"))
    monkeypatch.setattr(training, "_train_conversation", lambda: trained.append("conversation"))
    training.train_if_changed()
    training.MODEL.touch()
    return trained


def _made_before(part):
    stamp = json.loads(training.STAMP.read_text())
    stamp["made_from"][part] = "other files"
    training.STAMP.write_text(json.dumps(stamp))


def test_nothing_is_trained_twice(models):
    assert models == ["everything"]
    assert not training.train_if_changed()


def test_new_wording_does_not_cost_minutes(models):
    _made_before("conversation")
    assert training.train_if_changed()
    assert models == ["everything", "conversation"]


def test_new_texts_are_learnt(models):
    _made_before("understanding")
    assert training.train_if_changed()
    assert models == ["everything", "everything"]


def test_only_the_packages_that_learn_cost_a_training():
    locked = training.locked_versions(("numpy", "spacy")).split()
    assert [name.split("==")[0] for name in locked] == ["numpy", "spacy"]
    assert set(training.LEARNT_WITH) == {
        version.split("==")[0] for version in training.locked_versions(training.LEARNT_WITH).split()
    }


def test_a_model_of_an_older_version_is_trained_anew(models):
    training.STAMP.write_text(json.dumps({"made_from": "one hash", "seconds": 5}))
    assert training.train_if_changed()
    assert models == ["everything", "everything"]


def test_the_policies_of_one_model_go_into_another(tmp_path):
    kept, new = tmp_path / "kept", tmp_path / "new"
    for model, words in ((kept, "old"), (new, "new")):
        for component in ("train_RulePolicy1", "finetuning_validator"):
            (model / "components" / component).mkdir(parents=True)
            (model / "components" / component / "file").write_text(words)
        metadata = {"domain": words, "trained_at": words, "model_id": words, "schema": words}
        (model / "metadata.json").write_text(json.dumps(metadata))
    (kept / "components" / "train_Triage6").mkdir()
    training._put_conversation_into(kept, new)
    assert (kept / "components" / "train_RulePolicy1" / "file").read_text() == "new"
    assert (kept / "components" / "train_Triage6").exists()
    metadata = json.loads((kept / "metadata.json").read_text())
    assert metadata["domain"] == "new" and metadata["schema"] == "old"
