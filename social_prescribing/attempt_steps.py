"""What comes after an attempt: the next step, when it falls due, and what the patient is told.

The rule, with each practice's own figures: tries of one day stand some hours apart; after
so many the next waits for another day; after the last one a kind text closes the callback and
leaves the door open, unless the patient answers first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from social_prescribing.callbacks import (
    AttemptResult,
    NextStep,
    Outcome,
    attempts_allowed,
    setting_of,
)
from social_prescribing.contact_times import next_good_time
from social_prescribing.days_there import next_day_of_work
from social_prescribing.working_time import end_of_working_day, local_day, start_of_day

# Days on which a patient can and a link worker cannot; beyond them the patient's say counts.
MOST_LOOKED_AT = 10
UNANSWERED = {AttemptResult.NO_ANSWER, AttemptResult.VOICEMAIL_LEFT}


@dataclass(frozen=True)
class Step:
    """The next step, when it falls due, and the response of domain.yml that tells the patient."""

    what: NextStep
    at: datetime
    tells: str = ""


def step_after(callback, attempt):
    """The Step that follows an attempt, by the rule of the callback's practice."""
    now = timezone.now()
    if attempt.result == AttemptResult.REACHED:
        return Step(NextStep.FINISH, now)
    if attempt.result == AttemptResult.WRONG_NUMBER:
        return Step(NextStep.FIND_NUMBER, now, tells="utter_desk_wrong_number")
    tries = unanswered(callback)
    if tries >= attempts_allowed(callback):
        days = setting_of(callback, "days_before_closing")
        return Step(
            NextStep.CLOSE, end_of_working_day(now, days=days), tells="utter_desk_tried_last"
        )
    again = _when_to_ring_again(callback, attempt.link_worker, tries, now)
    return Step(NextStep.RING, again, tells="utter_desk_tried")


def unanswered(callback):
    """How many tries nobody answered since the patient was last reached."""
    results = list(callback.attempts.values_list("result", flat=True))
    if AttemptResult.REACHED in results:
        results = results[len(results) - results[::-1].index(AttemptResult.REACHED) :]
    return sum(result in UNANSWERED for result in results)


def _when_to_ring_again(callback, link_worker, tries, now):
    if tries % max(1, setting_of(callback, "text_after_attempts")):
        soonest = now + timedelta(hours=setting_of(callback, "hours_between_attempts"))
    else:
        days = setting_of(callback, "days_to_next_attempt")
        soonest = start_of_day(local_day(end_of_working_day(now, days=days)))
    return _when_both_can(callback, link_worker, soonest)


def _when_both_can(callback, link_worker, soonest):
    """The next good time on a day on which the link worker works."""
    good = next_good_time(callback, soonest)
    for _ in range(MOST_LOOKED_AT):
        if good is None:
            return soonest
        day = next_day_of_work(link_worker, local_day(good))
        if day == local_day(good):
            return good
        good = next_good_time(callback, start_of_day(day))
    return soonest


# What a patient is told when a callback closes, where nothing else was agreed.
TOLD_ON_CLOSING = {
    Outcome.REACHED: "utter_desk_closed_reached",
    Outcome.REFERRED_ON: "utter_desk_closed_referred_on",
    Outcome.DECLINED: "utter_desk_closed_declined",
    Outcome.UNREACHABLE: "utter_desk_closed_unreachable",
}
