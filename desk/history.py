"""What has happened to a callback, oldest first."""

from dataclasses import dataclass
from datetime import datetime

from social_prescribing.callbacks import Status
from social_prescribing.link_workers import LinkWorker


@dataclass(frozen=True)
class Happening:
    """One line of a callback's history."""

    what: str
    when: datetime
    link_worker: LinkWorker | None
    note: str


def history_of(callback):
    """Moves and attempts of one callback as one list."""
    events = callback.events.select_related("link_worker")
    attempts = callback.attempts.select_related("link_worker")
    tried = "Texted" if callback.by_text else "Rang"
    happenings = [
        *_moves(callback, events),
        *(
            Happening(f"{tried}: {attempt.get_result_display().lower()}", attempt.rung_at,
                      attempt.link_worker, attempt.note)
            for attempt in attempts
        ),
    ]  # fmt: skip
    return sorted(happenings, key=lambda happening: happening.when)


def _moves(callback, events):
    before = None
    for event in events:
        what = _move_in_words(callback, before, event)
        yield Happening(what, event.happened_at, event.link_worker, event.note)
        before = event.status


def _move_in_words(callback, before, event):
    if event.what:
        return event.what
    if event.status == before:
        return "Changed"
    if event.status == Status.WAITING:
        return "Back in the queue" if before else "Queued"
    if event.status == Status.CLOSED:
        return f"Closed: {callback.get_outcome_display().lower()}"
    return event.get_status_display()
