"""Days and opening hours as people say them: "Monday to Friday: 8:30am to 6pm"."""

from datetime import datetime, time, timedelta

from social_prescribing.day_words import DAYS
from social_prescribing.opening_hours import ALWAYS_OPEN, open_spans
from social_prescribing.spoken_times import clock
from social_prescribing.working_time import GLASGOW

DAYS_OF_A_WEEK = 7


def days_in_words(days):
    """`Monday to Friday`, `Tuesday and Thursday`, `Monday, Wednesday and Friday`.

    days: names of weekdays in lower case, in any order.
    """
    said = []
    for first, *others in _runs(sorted(DAYS.index(day) for day in days)):
        names = [DAYS[day].capitalize() for day in (first, *others)]
        said += [f"{names[0]} to {names[-1]}"] if len(names) > 2 else names
    return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def hours_in_words(hours, from_day):
    """The hours of a week, a line for each group of days that have the same ones.

    hours: OpenStreetMap's syntax, "" when nobody told us.
    from_day: the date on which the week begins, for hours that change with the season.
    """
    if not hours:
        return []
    if hours == ALWAYS_OPEN:
        return ["day and night"]
    days_by_spans = {}
    week = sorted(
        (from_day + timedelta(days=ahead) for ahead in range(DAYS_OF_A_WEEK)),
        key=lambda day: day.weekday(),
    )
    for day in week:
        if spans := _spans_of(hours, day):
            days_by_spans.setdefault(spans, []).append(DAYS[day.weekday()])
    return [f"{days_in_words(days)}: {spans}" for spans, days in days_by_spans.items()]


def _spans_of(hours, day):
    """`8:30am to 12:30pm and 1:30pm to 6pm`, or "" for a day on which it is shut."""
    midnight = datetime.combine(day, time.min, GLASGOW)
    following = datetime.combine(day + timedelta(days=1), time.min, GLASGOW)
    spans = list(open_spans(hours, midnight, following))
    if spans == [(midnight, following)]:
        return "all day"
    return " and ".join(
        f"{clock(opens)} to {clock(closes) if closes < following else 'midnight'}"
        for opens, closes in spans
    )


def _runs(numbers):
    """Numbers in runs of one after the other: 0 1 2 4 → [0, 1, 2], [4]."""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
