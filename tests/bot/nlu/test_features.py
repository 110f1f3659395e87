import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.character_ngrams import CharacterNgrams
from bot.nlu.features import FeaturesMissing, feature_matrices
from bot.nlu.ngrams import NgramCounter
from bot.nlu.word_ngrams import WordNgrams
from tests.bot.nlu.conftest import WORDS, a_message


class Context:
    node_name = "node"


def counted(featurizer_class, tmp_path, texts, asked):
    """N-gram weights of a text by a featurizer trained on texts, written and read back."""
    config = {**featurizer_class.get_default_config(), "at_least": 1}
    storage, resource = LocalModelStorage(tmp_path), Resource(featurizer_class.__name__)
    component = featurizer_class.create(config, storage, resource, Context)
    messages = [Message({"text": text, "normalised_text": text}) for text in texts]
    component.train(TrainingData(messages))
    loaded = featurizer_class.load(config, storage, resource, Context)
    message = Message({"text": asked, "normalised_text": asked})
    loaded.process([message])
    return message.features[0].features


def test_a_misspelling_shares_letters_but_no_words(tmp_path):
    letters = counted(CharacterNgrams, tmp_path, ["electricity", "rent"], "electricty")
    words = counted(WordNgrams, tmp_path, ["electricity", "rent"], "electricty")
    assert letters.nnz > 0
    assert words.nnz == 0


def test_a_single_text_is_counted_as_scikit_learn_counts_it():
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32
    )
    vectorizer.fit(["no heating at all", "rent and heating", "too late, too late"])
    for text in ("heating the heating", "too late", "", "xyz"):
        expected = vectorizer.transform([text]).toarray()
        counted = NgramCounter(vectorizer).count(text).toarray()
        assert counted == pytest.approx(expected, abs=1e-6)


def test_pairs_of_words_count(tmp_path):
    assert counted(WordNgrams, tmp_path, ["no heating", "too late"], "no heating").nnz == 3


def test_senseless_lengths_are_refused():
    config = {**CharacterNgrams.get_default_config(), "shortest": 5, "longest": 3}
    with pytest.raises(InvalidConfigException):
        CharacterNgrams.validate_config(config)


def test_several_messages_make_matrices_row_by_row():
    vectors, ngrams = feature_matrices([a_message("rent"), a_message("food and die")])
    assert vectors.shape == ngrams.shape == (2, len(WORDS))
    assert vectors[1].sum() == 2


def test_a_classifier_without_featurizers_says_so():
    with pytest.raises(FeaturesMissing):
        feature_matrices([Message({"text": "hello"})])
