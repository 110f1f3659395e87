import pytest

from bot.nlu.lexicon import LexiconError, read_lexicon
from bot.nlu.normaliser import LONGEST, SCOTS, normalise

READ_AS = [
    # Scots
    ("a cannae pey the rent", "i can't pay the rent"),
    ("ma weans are greetin", "my children are crying"),
    ("nae food in the hoose", "no food in the house"),
    ("a'm no weel", "i'm not well"),
    ("how no?", "why not?"),
    ("he's aye moanin", "he's always moaning"),
    ("aye", "yes"),
    ("wan o the weans", "one of the children"),
    ("gonnae no dae that", "please don't do that"),
    ("am gonnae dae it", "i'm going to do it"),
    # A word with two meanings, by what stands beside it
    ("i ken her", "i know her"),
    ("ma neebor Ken", "my neighbour ken"),
    ("goin for the messages", "going for the shopping"),
    ("got your messages", "got your messages"),
    ("there is no food", "there is no food"),
    ("he's no happy", "he's not happy"),
    ("a greetin card", "a greeting card"),
    ("that was the day he died", "that was the day he died"),
    ("no good the day", "no good today"),
    ("a need help", "i need help"),
    ("for a need of it", "for a need of it"),
    # Text speak
    ("dnt no wat 2 do", "don't know what to do"),
    ("w8ing 4 the dr", "waiting for the doctor"),
    ("i hav 2 kids", "i have 2 kids"),
    ("pls ring me 2moro", "please ring me tomorrow"),
    # Stretched, masked, dotted
    ("sooo tired, neeeed help", "so tired, need help"),
    ("i will k!ll maself", "i will kill myself"),
    ("su1cide", "suicide"),
    ("unalive maself", "kill myself"),
    ("s.u.i.c.i.d.e", "suicide"),
    ("su\u200bicide", "suicide"),
    # Left alone
    ("G51 3TR", "g51 3tr"),
    ("07700 900123", "07700 900123"),
    ("certain rain in Dublin again", "certain rain in dublin again"),
    ("", ""),
    ("😀", "😀"),
]


@pytest.mark.parametrize(("written", "plain"), READ_AS)
def test_a_text_is_read_in_plain_english(written, plain):
    assert normalise(written) == plain


@pytest.mark.parametrize(("written", "plain"), READ_AS)
def test_plain_english_is_left_as_it_is(written, plain):
    assert normalise(plain) == plain


def test_a_very_long_text_is_read_only_so_far():
    assert len(normalise("help me " * 10_000)) <= LONGEST


def test_every_line_of_the_lexicon_can_be_read():
    read_lexicon(SCOTS)


def test_no_spelling_stands_twice_under_the_same_conditions():
    seen = set()
    lexicon = read_lexicon(SCOTS)
    for entries in lexicon._by_first_word.values():
        for entry in entries:
            key = (entry.written, entry.conditions)
            assert key not in seen, f"{' '.join(entry.written)} stands twice"
            seen.add(key)


def test_a_group_can_be_left_out(tmp_path):
    lexicon = tmp_path / "lexicon.tsv"
    lexicon.write_text("== words ==\naye\tyes\t\t\n== danger ==\nkms\tkill myself\t\t\n")
    assert not read_lexicon(lexicon, {"danger"}).starting_with("kms")
    assert read_lexicon(lexicon, {"danger"}).starting_with("aye")


@pytest.mark.parametrize("line", ["aye\tyes", "aye\tyes\tbeside a|b\t", "aye\tyes\tnot after\t"])
def test_a_broken_line_is_refused_with_its_number(tmp_path, line):
    lexicon = tmp_path / "lexicon.tsv"
    lexicon.write_text(f"# first\n{line}\n")
    with pytest.raises(LexiconError, match="line 2"):
        read_lexicon(lexicon)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Good morning, I hope you are well. My meter is empty. Kind regards, Margaret",
         "my meter is empty"),
        ("Dear Sir or Madam, my flat is damp. Yours faithfully, A B Smith", "my flat is damp"),
        ("sorry to bother you but i have no food", "i have no food"),
        ("Good morning", "good morning"),
        ("thanks for everything, goodbye", "thanks for everything, goodbye"),
        ("the bus is late cheers", "the bus is late"),
        ("regards to your mother from all of us here in govan", None),
    ],
)  # fmt: skip
def test_polite_phrases_around_a_text_are_left_out(text, read):
    assert normalise(text) == (read or text)
