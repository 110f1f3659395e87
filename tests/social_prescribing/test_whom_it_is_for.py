"""Whom a call is for, where a text names somebody else."""

import pytest

from social_prescribing.whom_it_is_for import is_for
from tests.social_prescribing.test_self_referrals import NOTHING

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
        ("mum", "my mum and dad are splitting up, its arguing all the time", [], False),
        ("mum", "my mum and dad need a ramp", [], True),
        ("dad", "for my dad, he has no number of his own", [], True),
    ],
)
def test_whom_a_text_is_for(whom, text, needs, wanted):
    assert is_for(whom, text, triage=NOTHING | {"needs": needs}) is wanted


@pytest.mark.parametrize(
    ("whom", "text", "kind", "wanted"),
    [
        ("brother", "my brother has texted us all goodbye", "suicide_self_harm", True),
        ("mum", "my mum has collapsed", "medical_emergency", True),
        ("dad", "my dad is hitting me", "child_protection", False),
        ("husband", "my husband is going to kill me", "abuse_danger", False),
        ("sister", "it's for my sister, he is going to kill her", "abuse_danger", True),
    ],
)
def test_in_danger_from_somebody_they_are_not_whom_it_is_for(whom, text, kind, wanted):
    danger = NOTHING | {"safety": {"id": kind, "act": "alarm"}}
    assert is_for(whom, text, triage=danger) is wanted
