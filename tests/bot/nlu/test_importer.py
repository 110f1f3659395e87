"""Our quick reader must read exactly what Rasa's own reads."""

import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.importers.rasa import RasaFileImporter

from bot.encoder.build import ADAPTER
from bot.encoder.held_back import adapted_writers, is_held_back
from bot.nlu.importer import TrainingTextsImporter, read_texts
from bot.nlu.labels import DANGER_WRITERS, EVERYDAY, kind_of_writer, writer_of
from bot.training import ROOT

OURS = """\
version: "3.1"

nlu:

- intent: tell_need
  metadata: {needs: [food], writer: plain}
  examples: |
    - nae food: "none" at a', #1 - honest
    - it's £5.50 & a 👍

- intent: greet
  examples: |
    - hiya
"""


def told(data):
    return [(m.get("text"), m.get("intent"), m.get("metadata")) for m in data.training_examples]


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "texts.yml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_it_reads_what_rasa_reads(file):
    paths = [str(file(OURS))]
    ours = TrainingTextsImporter(training_data_paths=paths).get_nlu_data()
    assert told(ours) == told(RasaFileImporter(training_data_paths=paths).get_nlu_data())
    assert len(told(ours)) == 3


def test_a_real_file_is_read_alike():
    paths = [str(ROOT / "data" / "nlu" / "safety" / "harm_to_others.yml")]
    ours = TrainingTextsImporter(training_data_paths=paths).get_nlu_data()
    assert told(ours) == told(RasaFileImporter(training_data_paths=paths).get_nlu_data())


@pytest.mark.parametrize(
    "other",
    [
        'version: "3.1"\nnlu:\n- lookup: place\n  examples: |\n    - Govan\n',
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - in [Govan](place)\n',
        'version: "3.1"\nnlu:\n- intent: greet\n  examples:\n  - text: hi\n',
        'version: "3.1"\nrules: []\n',
        "version: [",
    ],
)
def test_what_it_does_not_know_is_left_to_rasa(file, other):
    assert read_texts(file(other)) is None


def test_a_file_left_to_rasa_is_read_too(file):
    paths = [
        str(file('version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - in [Govan](place)\n'))
    ]
    data = TrainingTextsImporter(training_data_paths=paths).get_nlu_data()
    assert [entity["value"] for entity in data.training_examples[0].get("entities")] == ["Govan"]


def test_of_danger_and_chat_that_the_encoder_has_learnt_some_is_kept_and_all_else():
    paths = [str(ROOT / "data" / "nlu")]
    every = TrainingTextsImporter(training_data_paths=paths).get_nlu_data().training_examples
    kept = TrainingTextsImporter(training_data_paths=paths, one_in_known=3).get_nlu_data()
    kept_texts = {message.get("text") for message in kept.training_examples}
    known = adapted_writers(ADAPTER)

    def is_learnt(message):
        by = writer_of(message)
        is_thinned = kind_of_writer(by) in (EVERYDAY, *DANGER_WRITERS)
        return is_thinned and by in known and not is_held_back(message.get("text"))

    learnt = [message for message in every if is_learnt(message)]
    others = {message.get("text") for message in every if not is_learnt(message)}
    assert others <= kept_texts
    share = sum(message.get("text") in kept_texts for message in learnt) / len(learnt)
    assert share == pytest.approx(1 / 3, abs=0.02)


def test_a_share_that_means_nothing_is_refused():
    with pytest.raises(InvalidConfigException, match="one_in_known"):
        TrainingTextsImporter(one_in_known=0)
