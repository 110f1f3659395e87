"""What others answered to "did you get there?" moves a support a little, and is said."""

from datetime import datetime

import pytest

from social_prescribing.directory import directory
from social_prescribing.places import find_place
from social_prescribing.signposting import Signposting
from social_prescribing.suggestions import suggest_supports
from social_prescribing.support_feedback import record_went_there
from social_prescribing.working_time import GLASGOW
from tests.factories import a_conversation

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=GLASGOW)


@pytest.fixture
def asked():
    """Ask for help with money in Govan, without what fairness makes of earlier answers."""

    def ask(limit=8):
        found = suggest_supports(
            ["money"], find_place("Govan"), at=TUESDAY, limit=limit, unchecked_too=True
        )
        return [suggestion.support.id for suggestion in found]

    return ask


def answered(support_id, text, times=1):
    """So many patients who were named this support long ago answer this."""
    conversation = a_conversation()
    for _ in range(times):
        signposting = Signposting.objects.create(
            conversation=conversation, support_id=support_id, named_at=TUESDAY.replace(year=2025)
        )
        record_went_there(signposting, text)


def test_without_answers_nothing_moves(supports, asked):
    before = asked()
    answered(before[0], "not yet", times=9)
    assert asked() == before


def test_two_bad_answers_bury_nobody(supports, asked):
    first, *_ = asked(limit=3)
    answered(first, "naw it was shut", times=2)
    assert first in asked(limit=3)


def test_where_most_got_there_comes_before_where_most_did_not(supports, asked):
    before = asked()
    better, worse = before[2], before[1]
    answered(better, "aye", times=20)
    answered(worse, "no", times=20)
    after = asked()
    assert after.index(better) < after.index(worse)


def test_a_hundred_bad_answers_still_leave_it_among_those_that_fit(supports, asked):
    first, *_ = asked()
    answered(first, "no", times=100)
    assert first in asked()


def test_a_new_support_stands_between_the_good_and_the_bad(supports, asked):
    """Nobody was asked about it yet: neither ahead of all others nor behind them."""
    good, new, bad = asked(limit=3)
    answered(good, "yes", times=10)
    answered(bad, "no", times=10)
    index = directory.by_need("money")
    more = {id: index.missed_by_more[index.position[id]] for id in (good, new, bad)}
    assert more[good] < more[new] == 0 < more[bad]


def test_it_is_said_once_five_were_asked(supports, asked):
    first, *_ = asked()
    answered(first, "yes", times=3)
    answered(first, "no")
    assert "asked got there" not in why_of(first)
    answered(first, "yes")
    assert "4 of 5 patients asked got there" in why_of(first)


def test_an_answer_counts_at_once(supports, asked):
    """The directory is in memory; an answer has it read that support again."""
    first, *_ = asked()
    answered(first, "yes", times=5)
    assert "5 of 5" in why_of(first)
    answered(first, "no")
    assert "5 of 6" in why_of(first)


def why_of(support_id):
    found = suggest_supports(
        ["money"], find_place("Govan"), at=TUESDAY, limit=8, unchecked_too=True
    )
    return next(s.why for s in found if s.support.id == support_id)
