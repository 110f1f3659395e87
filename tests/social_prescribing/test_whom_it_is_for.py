"""Whom a call is for, where a text names somebody else."""

import pytest

from social_prescribing.whom_it_is_for import is_for

ABUSE = [{"id": "domestic_abuse"}]


@pytest.mark.parametrize(
    ("whom", "text", "needs", "wanted"),
    [
        ("daughter", "ma daughter is lettin me use her phone, a see naebody", [], False),
        ("sister", "my sister has lent me her mobile, no food in", [], False),
        ("son", "this is my son's phone, I need help with a form", [], False),
        ("mum", "I do everything for my mum", [], False),
        ("husband", "it's about my husband, he keeps all the money", ABUSE, False),
        ("boyfriend", "need help about my boyfriend, he scares me", ABUSE, False),
        ("husband", "it's for my husband, he needs a ramp", [], True),
        ("sister", "it's for my sister, her man controls everything", ABUSE, True),
        ("mum", "my mum needs a ramp", [], True),
        ("dad", "for my dad, he has no number of his own", [], True),
    ],
)
def test_whom_a_text_is_for(whom, text, needs, wanted):
    assert is_for(whom, text, needs=needs) is wanted
