"""How good the suggestions are: data/supports/cases.yml held against what Blether names."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import yaml

from social_prescribing.circumstances import read_age, read_circumstances
from social_prescribing.languages import ENGLISH
from social_prescribing.opening_hours import open_now
from social_prescribing.places import find_place
from social_prescribing.suggestions import suggest_supports
from social_prescribing.supports import Reach
from social_prescribing.weighing import BUS_KM
from social_prescribing.working_time import GLASGOW

CASES = Path(__file__).resolve().parent.parent / "data" / "supports" / "cases.yml"
USUAL_TIME = "2026-11-24 11:00"  # a Tuesday
NAMED = 3


@dataclass(frozen=True)
class Case:
    """A question, and what a good answer to it is."""

    number: int
    words: str
    needs: tuple
    near: object  # a Place or None
    at: datetime
    language: str
    acceptable: frozenset
    never: frozenset

    @property
    def age(self):
        return read_age(self.words)

    @property
    def circumstances(self):
        return read_circumstances(self.words, needs=self.needs)


@dataclass(frozen=True)
class Answer:
    """What was named for a case."""

    case: Case
    suggestions: tuple

    @property
    def ids(self):
        return [suggestion.support.id for suggestion in self.suggestions]

    @property
    def precision(self):
        """The part of what was named that is acceptable; None where nothing was named."""
        good = sum(id in self.case.acceptable for id in self.ids)
        return Fraction(good, len(self.ids)) if self.ids else None

    @property
    def missed(self):
        """Nothing was named although the directory has something."""
        return not self.ids and bool(self.case.acceptable)

    @property
    def unsafe(self):
        """(id, reason) of each support that must not be named to this patient."""
        for suggestion in self.suggestions:
            for reason in _dangers(suggestion, self.case):
                yield suggestion.support.id, reason


def read_cases(path=CASES):
    """Every Case of the file."""
    return [_case(row) for row in yaml.safe_load(Path(path).read_text(encoding="utf-8"))]


def answer_cases(cases, *, unchecked_too=False):
    """Ask for supports as the conversation would; an Answer each."""
    return [Answer(case, tuple(_ask(case, unchecked_too))) for case in cases]


def report(answers):
    """The figures in words, and every answer that falls short."""
    named = [answer for answer in answers if answer.ids]
    unsafe = [(answer, *found) for answer in answers for found in answer.unsafe]
    lines = [
        f"{len(answers)} cases",
        f"precision at {NAMED}: {mean_precision(answers):.3f}",
        f"at least one that helps: {sum(a.precision > 0 for a in named) / len(answers):.3f}",
        f"nothing named: {len(answers) - len(named)}"
        f" (of these the directory has something for {sum(a.missed for a in answers)})",
        f"unsafe: {len(unsafe)}",
        "",
        "need                 cases  precision",
        *_by_need(answers),
    ]
    short = [answer for answer in named if answer.precision < 1]
    lines += ["", "What falls short:"] if short else []
    lines += [
        f"  {a.case.number} {'+'.join(a.case.needs)}, {a.case.words!r}: "
        f"{', '.join(id for id in a.ids if id not in a.case.acceptable)}"
        for a in short
    ]
    lines += [
        f"UNSAFE {a.case.number} {a.case.words!r}: {id}, {reason}" for a, id, reason in unsafe
    ]
    return "\n".join(lines)


def mean_precision(answers):
    """Over the cases for which anything was named."""
    parts = [answer.precision for answer in answers if answer.ids]
    return float(sum(parts) / len(parts))


def _case(row):
    at = datetime.fromisoformat(row.get("at", USUAL_TIME)).replace(tzinfo=GLASGOW)
    return Case(
        number=row["case"],
        words=row["words"],
        needs=tuple(row["needs"]),
        near=find_place(row["near"], is_asked_for=True) if row.get("near") else None,
        at=at,
        language=row.get("language", ENGLISH),
        acceptable=frozenset(row["acceptable"]),
        never=frozenset(row.get("never", ())),
    )


def _ask(case, unchecked_too):
    return suggest_supports(
        case.needs,
        case.near,
        limit=NAMED,
        at=case.at,
        age=case.age,
        circumstances=case.circumstances,
        language=case.language,
        unchecked_too=unchecked_too,
    )


def _dangers(suggestion, case):
    """Reasons of its own why a support must not be named, not those of the match."""
    support, said = suggestion.support, case.circumstances
    people = {who for group in support.for_whom for who in group}
    if support.id in case.never:
        yield "named as never"
    if support.closed_on or not support.listed:
        yield "closed"
    if case.age is not None and not (
        (support.min_age or 0) <= case.age <= (support.max_age or 200)
    ):
        yield "wrong age"
    if ("men" in said and people & {"women"}) or ("women" in said and people & {"men"}):
        yield "wrong sex"
    if support.reach == Reach.LOCAL and (suggestion.distance_km or 0) > BUS_KM:
        yield "too far"
    areas = {row.area for row in support.areas.all()}
    if support.reach == Reach.CITY and case.near and not areas & case.near.areas:
        yield "wrong area"
    if support.only_when_open and not open_now(support.hours, case.at):
        yield "shut"


def _by_need(answers):
    by_need = defaultdict(list)
    for answer in answers:
        by_need[answer.case.needs[0]].append(answer)
    for need, of_need in sorted(by_need.items()):
        yield f"{need:20} {len(of_need):5}  {mean_precision(of_need):9.3f}"
