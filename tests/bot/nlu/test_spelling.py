import pytest

from bot.nlu.lexicon import LexiconError
from bot.nlu.normaliser import normalise
from bot.nlu.spelling import Corrector, read_known_words


@pytest.mark.parametrize(
    "misspelt, meant",
    [
        ("wnat", "want"),
        ("hlep", "help"),
        ("pelase", "please"),
        ("funreal", "funeral"),
        ("eletcric", "electric"),
        ("frends", "friends"),
        ("catalouge", "catalogue"),
    ],
)
def test_a_slip_of_the_thumb_is_put_right(misspelt, meant):
    assert normalise(f"the {misspelt} thing") == f"the {meant} thing"


def test_scrambled_danger_is_read():
    assert normalise("i wnat to dei, i relly do") == "i want to die, i really do"


@pytest.mark.parametrize(
    "word",
    ["dose", "lots", "alarm", "drumchapel", "easterhouse", "ramipril", "edf", "esol", "callum"],
)
def test_real_words_and_names_stay_as_they_are(word):
    assert normalise(f"the {word} thing") == f"the {word} thing"


def test_scots_is_read_by_the_lexicon_and_not_by_the_corrector():
    assert normalise("ma mooth is sair") == "my mouth is sore"
    assert normalise("tyin ma laces") == "tyin my laces"


@pytest.fixture
def corrector():
    return Corrector(frozenset({"cold", "code"}), {"cold": 100, "child": 90, "told": 40})


def test_a_known_word_is_left_alone(corrector):
    assert corrector.correct("code") == "code"


def test_swapped_letters_weigh_more_than_another_letter(corrector):
    assert corrector.correct("tlod chlid") == "told child"


def test_a_word_that_is_like_no_frequent_one_stays(corrector):
    assert corrector.correct("zebra") == "zebra"


def test_a_word_within_another_is_no_word(corrector):
    assert corrector.correct("2tlod clod'll") == "2tlod clod'll"


def test_a_line_that_is_no_word_and_number_is_named(tmp_path):
    path = tmp_path / "known_words.tsv"
    path.write_text("# words\nhelp\t12\nwant\n")
    with pytest.raises(LexiconError, match="line 3"):
        read_known_words(path)
