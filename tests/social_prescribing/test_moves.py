"""What a text wants done, told by its plain words."""

import pytest

from social_prescribing.moves import says_shut


@pytest.mark.parametrize(
    "text",
    [
        "that wan's shut",
        "that wans shut",
        "the second wan is shut",
        "the food bank has closed doon",
        "that place doesny exist anymair",
        "it isnae there noo",
        "its no open",
        "it wisnae open",
        "they've moved",
        "been there, doors were locked",
        "nae answer on that number",
        "naebody answers that number",
        "number's deid",
        "the line is dead",
        "thats the wrong number",
        "it's been shut for months",
        "am just back fae there, its shut",
    ],
)
def test_a_support_that_is_not_there_any_more(text):
    assert says_shut(text)


@pytest.mark.parametrize(
    "text",
    [
        "is it shut on sundays",
        "are they shut the noo",
        "shut?",
        "they shut at 5",
        "shut up",
        "shut yer face",
        "am shut in the hoose a day",
        "ma library shut and am lonely",
        "our lunch club closed",
        "aye that wan is fine",
        "the pantry closed and then the library closed and she sees nobody at all",
    ],
)
def test_what_says_nothing_of_a_support_that_was_named(text):
    assert not says_shut(text)
