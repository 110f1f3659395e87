"""The clock: every rule has its turn, and one that fails keeps no other from it."""

import logging
from datetime import timedelta

import pytest

from desk.management.commands.clock import keep_time
from social_prescribing.due import DUE_RULES, DueRule, run_due_rules


def test_a_rule_that_fails_is_logged_and_the_next_still_runs(caplog):
    def fail():
        raise RuntimeError("no")

    with caplog.at_level(logging.ERROR):
        done = run_due_rules([DueRule("fails", fail), DueRule("works", lambda: 3)])
    assert done == {"works": 3}
    assert "fails" in caplog.text


def test_each_rule_is_run_as_often_as_it_says():
    now, turns = [0], []
    often = DueRule("often", lambda: turns.append("often"), every=timedelta(seconds=10))
    rarely = DueRule("rarely", lambda: turns.append("rarely"), every=timedelta(seconds=60))

    def wait(seconds):
        now[0] += seconds
        if now[0] > 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep_time([often, rarely], clock=lambda: now[0], wait=wait)
    assert turns.count("often") == 7
    assert turns.count("rarely") == 2


@pytest.mark.django_db
@pytest.mark.parametrize("rule", DUE_RULES, ids=lambda rule: rule.what)
def test_every_rule_can_be_run_where_nothing_is_due(rule):
    rule.run()
    rule.run()


def test_every_rule_has_words_of_its_own():
    assert len({rule.what for rule in DUE_RULES}) == len(DUE_RULES)
