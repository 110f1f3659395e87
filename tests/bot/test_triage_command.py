import io
import json

import pytest

from bot import triage as command
from bot.triage import BadLine, ModelMissing, newest_model, read_texts, triage_texts

TRIAGE = {"needs": [], "safety": {"id": "none", "confidence": 1.0, "act": "none"}, "language": "en"}


class FakeUnderstanding:
    def __init__(self, model):
        pass

    def parse(self, text):
        return {"text": text, "triage": TRIAGE}


@pytest.fixture
def answer(monkeypatch):
    monkeypatch.setattr(command, "Understanding", FakeUnderstanding)

    def run(*lines):
        answers, complaints = io.StringIO(), io.StringIO()
        code = triage_texts([f"{line}\n" for line in lines], answers, complaints, model="any")
        return (
            code,
            [json.loads(line) for line in answers.getvalue().splitlines()],
            complaints.getvalue(),
        )

    return run


def test_each_text_is_answered_in_order(answer):
    code, answers, complaints = answer('{"id": 2, "text": "a"}', '{"id": "x", "text": ""}')
    assert code == 0
    assert [list(found) for found in answers] == [["id", "needs", "safety", "language"]] * 2
    assert [found["id"] for found in answers] == [2, "x"]
    assert complaints == ""


@pytest.mark.parametrize("bad", ["{bad", '{"id": 1}', '["a"]', '{"id": 1, "text": 5}', "7"])
def test_a_bad_line_is_named_and_the_rest_is_answered(answer, bad):
    code, answers, complaints = answer('{"id": 1, "text": "a"}', bad, '{"id": 3, "text": "b"}')
    assert code == 1
    assert [found["id"] for found in answers] == [1, 3]
    assert "line 2" in complaints


def test_blank_lines_are_passed_over():
    assert list(read_texts(["\n", '{"id": 1, "text": "a"}\n', "  \n"])) == [(1, "a")]


def test_a_number_of_a_bad_line_counts_blank_lines_too():
    [bad] = read_texts(["\n", "{\n"])
    assert isinstance(bad, BadLine)
    assert "line 2" in str(bad)


def test_without_a_model_the_command_says_what_to_run(tmp_path):
    with pytest.raises(ModelMissing, match="make train"):
        newest_model(tmp_path)
