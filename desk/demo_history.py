"""Calls of the demo programme that are over: what its figures are counted from.

A table of how many asked for what, no stories: nobody reads them one by one. The rows are
written straight, as a year of work through the real rules would take a minute to load.
"""

from datetime import datetime, time, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from social_prescribing.callbacks import (
    Attempt,
    AttemptResult,
    Callback,
    CallbackEvent,
    CallbackNeed,
    Outcome,
    Status,
)
from social_prescribing.conversations import Channel, Conversation, Direction, Message
from social_prescribing.needs import in_patient_words
from social_prescribing.out_there import ASKED_OVER, this_week
from social_prescribing.patients import Patient
from social_prescribing.practices import Practice
from social_prescribing.working_time import GLASGOW, end_of_working_day, next_working_moment

# Practice code → need → how many asked for it in the last four weeks, and in the four before.
ASKED = {
    "DEMO1": {
        "energy": (11, 5), "money": (9, 8), "food": (7, 3), "mental_wellbeing": (6, 7),
        "loneliness": (3, 5), "housing": (2, 4), "digital": (1, 0), "bereavement": (0, 2),
    },
    "DEMO2": {
        "asylum_immigration": (8, 6), "money": (7, 9), "housing": (6, 2), "food": (4, 3),
        "employment_learning": (3, 1), "domestic_abuse": (1, 1),
    },
    "DEMO3": {"loneliness": (7, 6), "carers": (5, 2), "money": (5, 5), "transport": (2, 3)},
    "DEMO4": {"youth": (6, 4), "money": (5, 6), "addiction": (3, 2), "family": (2, 1)},
    "DEMO5": {"carers": (6, 3), "disability": (5, 5), "energy": (4, 1), "healthy_living": (2, 2)},
    "DEMO6": {"housing": (9, 5), "mental_wellbeing": (5, 4), "homelessness": (2, 1)},
}  # fmt: skip
NAMES = (
    "Agnes", "Billy", "Cathy", "Davie", "Eileen", "Fatima", "Gus", "Hazel", "Ian", "Jessie",
    "Kenny", "Linda", "Mohammed", "Nan", "Olek", "Peggy", "Rena", "Stevie", "Theresa", "Wullie",
)  # fmt: skip
# Working days from asking to the first try; the promise is three.
WAITED = (0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 5)
OF_HISTORY = "demo-history-"  # what the references of its conversations begin with
FIRST_PHONE = 300  # of those that Ofcom keeps for drama, after those of the stories


def write_demo_history():
    """Write the calls of every practice of the demo, once."""
    # Not by the callback's reference: that of a story is drawn by lot, and may begin alike.
    if Conversation.objects.filter(reference__startswith=OF_HISTORY).exists():
        return
    numbers, random = count(FIRST_PHONE), Random(1)
    practices = {practice.code: practice for practice in Practice.objects.filter(code__in=ASKED)}
    calls = [
        _Call(practices[code], need, asked_at, next(numbers), random)
        for code, needs in ASKED.items()
        for need, asked in needs.items()
        for asked_at in _moments(asked, random)
    ]
    Patient.objects.bulk_create([call.patient for call in calls])
    Conversation.objects.bulk_create([call.conversation for call in calls])
    Message.objects.bulk_create([call.message for call in calls])
    Callback.objects.bulk_create([call.callback for call in calls])
    CallbackNeed.objects.bulk_create([call.need for call in calls])
    Attempt.objects.bulk_create([call.attempt for call in calls])
    CallbackEvent.objects.bulk_create([event for call in calls for event in call.events])


def _moments(asked, random):
    """When people asked: as many in the last four weeks and in those before as the table says."""
    for periods_ago, how_many in enumerate(asked, start=1):
        first = this_week() - periods_ago * ASKED_OVER
        for _ in range(how_many):
            day = first + timedelta(days=random.randrange(ASKED_OVER.days))
            yield datetime.combine(day, time(random.randrange(7, 22), 20), GLASGOW)


class _Call:
    """The rows of one call that is over."""

    def __init__(self, practice, need, asked_at, number, random):
        link_worker = random.choice(list(practice.link_workers.all()))
        words = f"Could I get a hand with {in_patient_words([need])}?"
        phone, name = f"+447700900{number}", random.choice(NAMES)
        rung_at = _first_try(asked_at, random)
        self.patient = Patient(name=name, phone=phone, practice=practice, is_demo=True)
        self.conversation = Conversation(
            reference=f"{OF_HISTORY}{number}",
            channel=Channel.SIMULATED_SMS,
            address=phone,
            contact_number=practice.contact_numbers.first(),
            practice=practice,
            patient=self.patient,
            started_at=asked_at,
        )
        self.message = Message(
            conversation=self.conversation,
            direction=Direction.INBOUND,
            channel=Channel.SIMULATED_SMS,
            provider_id=f"{OF_HISTORY}{number}",
            text=words,
            written_at=asked_at,
            answered_at=asked_at,
        )
        self.callback = Callback(
            reference=f"BL-H{number:04}",
            status=Status.CLOSED,
            outcome=Outcome.REACHED,
            conversation=self.conversation,
            patient=self.patient,
            practice=practice,
            name=name,
            phone=phone,
            words=words,
            requested_at=asked_at,
            due_by=end_of_working_day(asked_at, days=practice.callback_within_days),
            link_worker=link_worker,
            claimed_at=rung_at,
            closed_at=rung_at + timedelta(minutes=20),
            is_demo=True,
        )
        self.need = CallbackNeed(callback=self.callback, need=need, rank=0)
        self.attempt = Attempt(
            callback=self.callback,
            link_worker=link_worker,
            result=AttemptResult.REACHED,
            rung_at=rung_at,
            told_at=rung_at,
        )
        self.events = [
            CallbackEvent(callback=self.callback, status=Status.WAITING, happened_at=asked_at),
            CallbackEvent(
                callback=self.callback,
                status=Status.CLOSED,
                link_worker=link_worker,
                happened_at=self.callback.closed_at,
            ),
        ]


def _first_try(asked_at, random):
    """Some working days later, at some hour of that day, and never after now."""
    close_of_day = end_of_working_day(asked_at, days=random.choice(WAITED))
    tried_at = close_of_day - timedelta(hours=random.randrange(1, 7))
    tried_at = max(tried_at, next_working_moment(asked_at) + timedelta(minutes=30))
    return min(tried_at, timezone.now() - timedelta(hours=1))
