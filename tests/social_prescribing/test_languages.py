"""Which language a patient says they speak best."""

import pytest

from social_prescribing.languages import language_name, read_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no english good, arabic please", "ar"),
        ("i speak tigrinya little english", "ti"),
        ("Polski", "pl"),
        ("urdu or punjabi please", "pa"),
        ("my mum needs a Cantonese interpreter", "zh"),
        ("english is fine", "en"),
        ("my polish neighbour plays loud music every night", None),
        ("I want to learn english at college", None),
        ("ma english isnae great", None),
    ],
)
def test_the_language_that_is_said(text, code):
    assert read_language(text) == code


def test_staff_read_a_name_and_never_nothing():
    assert language_name("ar") == "Arabic"
    assert language_name("xx") == "xx"
