"""The funnel: where self-referrals stop, by the question that was asked last.

Read from the stored messages alone (`asks` stands with every outbound text), so it speaks
of any time of which texts are kept. It counts; no name, number or word of a patient.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from social_prescribing.callbacks import Callback
from social_prescribing.conversations import Direction, Message

# The order in which a patient meets them.
QUESTIONS = (
    "need", "safety_check", "area", "want_callback", "practice", "name", "phone", "language",
    "age", "time", "voicemail", "safe_contact", "confirm", "feedback",
)  # fmt: skip
# These are asked only of somebody who said yes to a call.
AFTER_A_YES = {"name", "phone", "time", "voicemail", "safe_contact", "confirm"}
# After such a silence the next text begins another self-referral.
ENDED_AFTER = timedelta(days=14)


class _Text(NamedTuple):
    conversation: int
    direction: str
    asks: str
    key: str | None
    written_at: datetime


@dataclass(frozen=True)
class Step:
    """One question, counted in self-referrals.

    asked, asked_again: once at least, and once more before another question.
    stopped: it is the last that was said.
    seconds: how long patients take to answer, at the median (None without answers).
    """

    asks: str
    asked: int
    asked_again: int
    stopped: int
    seconds: float | None


@dataclass(frozen=True)
class Funnel:
    """What became of the self-referrals as a whole, and each question's Step.

    started: with a text of the patient's; wanted: that said yes to a call; queued: of
    those, with a callback; stopped: left at an open question.
    """

    started: int
    wanted: int
    queued: int
    stopped: int
    steps: tuple[Step, ...]

    @property
    def completed(self):
        """The share of those who wanted a call that came into the queue, or None."""
        return self.queued / self.wanted if self.wanted else None


def funnel(*, since, practice=None, channel=""):
    """The Funnel of the self-referrals with texts since a moment (aware datetime).

    practice, channel: narrow it to one Practice, or one Channel.
    """
    counts = _Counts(queued_at=_queued_at(since))
    for texts in _self_referrals(since, practice, channel):
        counts.add(texts)
    return counts.as_funnel()


def _queued_at(since):
    """When each conversation's callbacks were asked for: {conversation id: [moments]}."""
    moments = defaultdict(list)
    rows = Callback.objects.filter(requested_at__gte=since)
    for conversation, requested_at in rows.values_list("conversation", "requested_at"):
        moments[conversation].append(requested_at)
    return moments


def _self_referrals(since, practice, channel):
    """The texts of each self-referral, a list at a time, so that a million texts need no memory."""
    messages = Message.objects.filter(written_at__gte=since)
    if practice is not None:
        messages = messages.filter(conversation__practice=practice)
    if channel:
        messages = messages.filter(channel=channel)
    rows = messages.order_by("conversation", "id").values_list(*_Text._fields)
    texts = (_Text(*row) for row in rows.iterator(chunk_size=5000))
    for _, of_one in groupby(texts, key=lambda text: text.conversation):
        yield from _split_at_silences(of_one)


def _split_at_silences(texts):
    current = []
    for text in texts:
        if current and text.written_at - current[-1].written_at > ENDED_AFTER:
            yield current
            current = []
        current.append(text)
    yield current


class _Counts:
    """Adds up self-referrals, each read once."""

    def __init__(self, *, queued_at):
        self._queued_at = queued_at
        self._totals, self._asked, self._again, self._left = (Counter() for _ in range(4))
        self._seconds = defaultdict(list)

    def add(self, texts):
        """Count one self-referral. Where only we wrote (a reminder), there is none."""
        if not any(text.direction == Direction.INBOUND for text in texts):
            return
        asked = [text.asks for text in texts if text.asks and not _is_nudge(text)]
        self._asked.update(set(asked))
        self._again.update({asks for asks, after in pairwise(asked) if asks == after})
        left = texts[-1].asks
        if left:
            self._left[left] += 1
        wanted = bool(AFTER_A_YES & set(asked))
        self._totals.update(
            started=1, wanted=wanted, queued=wanted and self._is_queued(texts), stopped=bool(left)
        )
        for question, answer in pairwise(texts):
            if question.asks and answer.direction == Direction.INBOUND:
                waited = answer.written_at - question.written_at
                self._seconds[question.asks].append(waited.total_seconds())

    def _is_queued(self, texts):
        first, last = texts[0], texts[-1]
        moments = self._queued_at.get(first.conversation, ())
        return any(first.written_at <= moment <= last.written_at for moment in moments)

    def as_funnel(self):
        names = ("started", "wanted", "queued", "stopped")
        steps = tuple(
            Step(
                asks=asks,
                asked=self._asked[asks],
                asked_again=self._again[asks],
                stopped=self._left[asks],
                seconds=median(self._seconds[asks]) if self._seconds[asks] else None,
            )
            for asks in QUESTIONS
            if self._asked[asks]
        )
        return Funnel(**{name: int(self._totals[name]) for name in names}, steps=steps)


def _is_nudge(text):
    return (text.key or "").startswith("nudge:")
