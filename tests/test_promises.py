"""Domain, rules, data and code agree with each other."""

import csv
import re
from pathlib import Path

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions.answer_question import ANSWERS
from bot.turn import SENT_ALTHOUGH_OPTED_OUT, asked_by
from social_prescribing.needs import NEEDS
from social_prescribing.safety_alerts import Kind
from social_prescribing.self_referrals import INTERRUPTIONS, SelfReferral
from social_prescribing.supports import NAMED_IN_DANGER

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
RULES = [
    rule
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text())["rules"]
]
# Help lines as the texts write them.
NUMBER = re.compile(r"\b(?:0\d{3} ?\d{3} ?\d{3,4}|0800 1111|116 123|111|999|\d{5})\b")
# What a reply may wait for.
ASKS = {
    "need", "area", "want_callback", "practice", "name", "phone", "safe_contact", "time",
    "voicemail", "language", "age", "confirm", "safety_check", "feedback",
}  # fmt: skip


def steps_of(rule):
    """Every step of a rule, those behind an `or` too."""
    for step in rule["steps"]:
        yield from step.get("or", [step])


def intents_in(rules):
    return {step["intent"] for rule in rules for step in steps_of(rule) if "intent" in step}


def test_every_action_of_the_domain_exists_and_every_action_is_in_the_domain():
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == set(DOMAIN["actions"])


def test_every_intent_is_routed_at_any_time_and_in_the_middle_of_the_form():
    routed = intents_in(RULES)
    assert set(DOMAIN["intents"]) == routed


def test_what_interrupts_the_form_has_a_rule_for_it():
    in_form = [r for r in RULES if {"active_loop": "self_referral_form"} in r.get("condition", [])]
    anywhere = [r for r in RULES if "condition" not in r]
    assert intents_in(in_form + anywhere) >= INTERRUPTIONS


def test_every_response_that_rules_name_is_written():
    named = {s["action"] for r in RULES for s in steps_of(r) if "action" in s}
    written = set(DOMAIN["responses"]) | set(DOMAIN["actions"]) | set(DOMAIN["forms"])
    assert named <= written


def test_every_response_that_is_written_is_said_somewhere():
    code = "\n".join(
        path.read_text()
        for folder in ("actions", "bot", "data/rules", "social_prescribing", "desk")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".yml")
    )
    for name in DOMAIN["responses"]:
        # The variation comes last: `as_reached` adds "texted" to a name that may have one already.
        base, _, variation = name.rpartition("__") if "__" in name else (name, "", "")
        built = base.startswith(("utter_ask_", "utter_danger", "utter_nudge"))
        assert built or base in code, name
        in_a_language = variation.startswith("in_")  # see in_language in actions/conversation.py
        said = f'"{variation}"' in code or name in code or in_a_language
        assert not variation or said, name


def test_every_question_has_its_action_and_its_words():
    for name in DOMAIN["responses"]:
        if asks := asked_by(name):
            assert asks in ASKS
            # Feedback is asked by the clock, and after the form has ended.
            assert asks == "feedback" or f"action_ask_{asks}" in DOMAIN["actions"]
            assert f"utter_ask_{asks}" in DOMAIN["responses"]


@pytest.mark.parametrize("kind", Kind)
def test_every_danger_has_its_help_lines_and_999(kind):
    for wording in DOMAIN["responses"][f"utter_danger_{kind}"]:
        assert "999" in wording["text"]
    assert f"utter_danger_{kind}".startswith(SENT_ALTHOUGH_OPTED_OUT)


def test_the_lines_named_in_danger_are_the_directorys_own():
    """A wrong number harms: each said in danger is in the directory, and checked each month."""
    with (ROOT / "data" / "supports" / "supports.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    checked_monthly = {
        number
        for row in rows
        if row["crisis"] == "yes" or row["id"] in NAMED_IN_DANGER
        for number in (row["phone"], row["text_number"])
    }
    for kind in Kind:
        for wording in DOMAIN["responses"][f"utter_danger_{kind}"]:
            for number in NUMBER.findall(wording["text"]):
                assert number in checked_monthly, number


def test_every_slot_of_a_referral_is_in_the_domain():
    assert set(SelfReferral().to_slots()) <= set(DOMAIN["slots"])


def test_every_question_of_the_patients_own_has_an_answer():
    assert set(ANSWERS.values()) <= set(DOMAIN["responses"])


def test_needs_are_the_twenty_ids_that_are_stored():
    assert len(NEEDS) == 20


def test_the_rules_import_neither_rasa_nor_desk():
    for path in (ROOT / "social_prescribing").rglob("*.py"):
        code = path.read_text()
        assert not re.search(r"^\s*(?:from|import) (?:rasa|desk|bot|actions)\b", code, re.M)
