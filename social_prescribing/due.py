"""What is due now: the rules that go by the clock.

Each rule is a function without arguments that does what is due at this moment and
finds nothing left to do when it is run again, by this clock or by another beside it.
`python -m desk clock` runs them all, again and again; `make run` starts it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from social_prescribing.call_reminders import remind_of_timed_calls, tell_of_slipped_calls
from social_prescribing.callback_work import (
    close_unreached_callbacks,
    queue_due_follow_ups,
    send_due_attempt_texts,
)
from social_prescribing.caseloads import pass_on_absent_caseloads, return_forgotten_claims
from social_prescribing.check_backs import check_back_after_danger
from social_prescribing.digests import send_due_digests
from social_prescribing.heartbeats import beat_the_clock
from social_prescribing.nudges import nudge_silent_patients
from social_prescribing.on_call import raise_unseen_alerts
from social_prescribing.retention import remove_past_their_time
from social_prescribing.support_feedback import ask_how_it_went

logger = logging.getLogger(__name__)

SOON, NOW_AND_THEN = timedelta(seconds=20), timedelta(minutes=5)
ONCE_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DueRule:
    """One rule: what it does, in words for the log, and how often the clock looks."""

    what: str
    run: Callable[[], object]
    every: timedelta = SOON


# Add a rule here and it is kept: nothing else has to know of it.
DUE_RULES = (
    DueRule("the clock is seen to run", beat_the_clock),
    DueRule("safety alerts that nobody looked at climb", raise_unseen_alerts),
    DueRule("patients are told of missed calls", send_due_attempt_texts),
    DueRule("forgotten claims come back", return_forgotten_claims, every=NOW_AND_THEN),
    DueRule("absent caseloads are passed on", pass_on_absent_caseloads, every=NOW_AND_THEN),
    DueRule("promised follow-ups are queued", queue_due_follow_ups, every=NOW_AND_THEN),
    DueRule("callbacks not reached are closed", close_unreached_callbacks, every=NOW_AND_THEN),
    DueRule("patients are reminded of timed calls", remind_of_timed_calls),
    DueRule("patients are told of calls that slip", tell_of_slipped_calls, every=NOW_AND_THEN),
    DueRule("after danger, one text asks how they are", check_back_after_danger),
    DueRule("who agreed is asked about a support", ask_how_it_went, every=NOW_AND_THEN),
    DueRule("practice staff get their weekly digest", send_due_digests, every=NOW_AND_THEN),
    DueRule("what is past its time goes", remove_past_their_time, every=ONCE_A_DAY),
    DueRule("silent patients get one nudge", nudge_silent_patients, every=NOW_AND_THEN),
)


def run_due_rules(rules=None):
    """Run each rule once. One that fails is logged and keeps no other from its turn.

    Returns what each rule that went well gave back, by its words.
    """
    done = {}
    for rule in DUE_RULES if rules is None else rules:
        try:
            done[rule.what] = rule.run()
        except Exception:
            logger.exception("Due rule failed: %s", rule.what)
    return done
