"""Danger by rule: what must be noticed whatever the model makes of it.

The rules stand in `data/safety_rules.yml`, each with its reason, for people
who know about danger to review. They read the normalised text.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.shared.exceptions import RasaException
from rasa.shared.utils.io import read_yaml_file

from bot.nlu.files import DATA_FOLDER
from bot.nlu.labels import DANGERS

SAFETY_RULES = DATA_FOLDER / "safety_rules.yml"

ALARM = "alarm"
ASK = "ask"
NO_ACT = "none"
# A true denial: does nothing by itself, but may lower the model's alarm to ask.
DENIAL = "denial"
# What the bot does, from the least to the most.
ACTS = (NO_ACT, ASK, ALARM)

_KEYS = {"id", "kind", "act", "patterns", "unless", "reason"}


class SafetyRuleError(RasaException):
    """A safety rule cannot be read; says which and why."""


@dataclass(frozen=True)
class SafetyRule:
    """A kind of danger, what to do about it, and the words that show it."""

    id: str
    kind: str
    act: str
    patterns: tuple[re.Pattern, ...]
    unless: tuple[re.Pattern, ...]
    reason: str

    def fires(self, text: str) -> bool:
        """Whether the normalised text shows it, and nothing in it says otherwise."""
        return any(pattern.search(text) for pattern in self.patterns) and not any(
            pattern.search(text) for pattern in self.unless
        )


@dataclass(frozen=True)
class RuleFinding:
    """The strongest rule that fired, if any, and whether a true denial did."""

    rule: SafetyRule | None
    denied: bool


class SafetyRules:
    """All rules, in the file's order: of equally strong ones the first counts."""

    def __init__(self, rules: list[SafetyRule]) -> None:
        self.rules = rules

    def find(self, text: str) -> RuleFinding:
        """What the rules say of a normalised text."""
        fired = [rule for rule in self.rules if rule.fires(text)]
        dangers = [rule for rule in fired if rule.act != DENIAL]
        strongest = max(dangers, key=lambda rule: ACTS.index(rule.act), default=None)
        return RuleFinding(strongest, denied=len(dangers) < len(fired))


def read_safety_rules(path: Path = SAFETY_RULES) -> SafetyRules:
    """The rules of a file.

    Raises:
        SafetyRuleError: if a rule has an unknown key, kind or act, no reason, or
            a pattern that is no regular expression.
    """
    content = read_yaml_file(path)
    words = {name: "|".join(listed) for name, listed in content.get("words", {}).items()}
    rules = [_rule(fields, words) for fields in content["rules"]]
    doubled = {rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1}
    if doubled:
        raise SafetyRuleError(f"Several safety rules are called {', '.join(sorted(doubled))}.")
    return SafetyRules(rules)


def _rule(fields: dict[str, Any], words: dict[str, str]) -> SafetyRule:
    name = fields.get("id", "without id")
    unknown = set(fields) - _KEYS
    if unknown or not fields.get("reason") or not fields.get("patterns"):
        raise SafetyRuleError(
            f"Safety rule {name} needs patterns and a reason, and knows no "
            f"{', '.join(sorted(unknown)) or 'other keys'}."
        )
    if fields.get("act") not in (ALARM, ASK, DENIAL) or fields.get("kind") not in DANGERS:
        raise SafetyRuleError(f"Safety rule {name} has no act or kind that there is.")
    return SafetyRule(
        id=name,
        kind=fields["kind"],
        act=fields["act"],
        patterns=_compile(fields["patterns"], words, name),
        unless=_compile(fields.get("unless", []), words, name),
        reason=fields["reason"],
    )


def _compile(patterns: list[str], words: dict[str, str], name: str) -> tuple[re.Pattern, ...]:
    """Each pattern between word edges, with `{name}` standing for a list of words."""
    try:
        return tuple(re.compile(rf"\b(?:{_fill(pattern, words)})\b") for pattern in patterns)
    except (re.error, KeyError) as error:
        raise SafetyRuleError(f"Safety rule {name}: {error} in a pattern.") from error


def _fill(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{words[match[1]]})", pattern)
