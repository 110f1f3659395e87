import pytest
import yaml

from bot.nlu.normaliser import normalise
from bot.nlu.safety_rules import SafetyRuleError, read_safety_rules
from bot.nlu.triage import join_findings


def found(text):
    return read_safety_rules().find(normalise(text))


@pytest.mark.parametrize(
    ("text", "kind", "act"),
    [
        ("a want tae kill maself", "suicide_self_harm", "alarm"),
        ("kms the night", "suicide_self_harm", "alarm"),
        ("gonnae k!ll masel", "suicide_self_harm", "alarm"),
        ("i dont want to be here anymore", "suicide_self_harm", "alarm"),
        ("they'd all be better off without me", "suicide_self_harm", "alarm"),
        ("saved up ma tablets", "suicide_self_harm", "alarm"),
        ("my son says he wants to die", "suicide_self_harm", "alarm"),
        ("a cannae go on", "suicide_self_harm", "ask"),
        ("no gonnae lie, I am thinking of ending it all", "suicide_self_harm", "alarm"),
        ("no gonnae lie, i am thinking of ending it", "suicide_self_harm", "ask"),
        ("cannae dae this, gonnae end it the night", "suicide_self_harm", "alarm"),
        ("Lots of blood comes when I cough", "medical_emergency", "alarm"),
        ("coughed up a cup of blood", "medical_emergency", "alarm"),
        ("a've took aw ma tablets", "medical_emergency", "alarm"),
        ("ma da cannae breathe", "medical_emergency", "alarm"),
        ("chest pain doon ma arm", "medical_emergency", "alarm"),
        ("he says he'll kill me", "abuse_danger", "alarm"),
        ("ma ex is outside kickin the door", "abuse_danger", "alarm"),
        ("her boyfriend hits the wean", "child_protection", "alarm"),
        ("the voices are telling me to hurt him", "harm_to_others", "alarm"),
        ("I'm going to kill him", "harm_to_others", "alarm"),
        ("am gonnae murder ma neighbour", "harm_to_others", "alarm"),
        ("I'm scared I'll kill him", "harm_to_others", "alarm"),
        ("feel like a could strangle the wean", "harm_to_others", "alarm"),
        ("i could hurt him, i've been that angry", "harm_to_others", "alarm"),
        ("a could end up killin him", "harm_to_others", "alarm"),
        ("could kill him in his sleep", "harm_to_others", "alarm"),
        ("could murder him the night, he's asleep on the couch", "harm_to_others", "alarm"),
        ("could murder him, got a knife in my bag", "harm_to_others", "alarm"),
        ("I AM COMING TO THE SURGERY WITH A MACHETE", "harm_to_others", "alarm"),
        ("am walkin intae that jobcentre the morra wi ma da's auld gun", "harm_to_others", "alarm"),
        ("there's a blade in ma jaiket and the manager is getting it", "harm_to_others", "alarm"),
    ],
)
def test_danger_said_in_plain_words_is_noticed(text, kind, act):
    rule = found(text).rule
    assert rule is not None
    assert (rule.kind, rule.act) == (kind, act)


@pytest.mark.parametrize(
    "text",
    [
        "no food in the house",
        "am thinking of ending it with him, he's boring",
        "going to end it there and do the rest tomorrow",
        "got a cough and need a blood test",
        "they took blood on monday, when will it be back",
        "coming to the practice with a knife for the leaving cake",
        "the wee man is going to school with a sword for book day",
        "going to the surgery with a sore knee",
        "ma maw will kill me if she finds out",
        "killing myself laughing at that",
        "the ceiling collapsed and the council won't come",
        "the gas bill gave me a heart attack",
        "a could murder a fish supper",
        "ma boy's 12 an he's daein ma heid in, a could murder him",
        "honestly could kill my husband, left the milk out again",
        "he never lifts a finger, I could strangle him",
        "could just throttle they weans, six weeks aff the school",
        "a could swing for him so a could",
        "i could really murder my ex, still no maintenance",
        "i don't want to live in this flat any more",
        "not suicidal, just skint",
        "ten years ago i wanted to die, all behind me now",
        "they took 130 off my universal credit",
        "sat on the bus on the Kingston Bridge for an hour",
    ],
)
def test_harmless_words_raise_no_alarm_by_rule(text):
    rule = found(text).rule
    assert rule is None or rule.act == "ask"


def test_a_true_denial_is_noticed_and_a_half_one_is_not():
    assert found("not suicidal, just skint").denied
    assert not found("not suicidal but some nights i wonder").denied


@pytest.mark.parametrize(
    ("text", "model", "joined"),
    [
        ("a want tae kill maself", "none", "alarm"),  # the model cannot silence a rule
        ("no food in the house", "alarm", "alarm"),  # nor the rules the model
        ("no food in the house", "ask", "ask"),
        ("no food in the house", "none", "none"),
        ("not suicidal, just skint", "alarm", "ask"),  # a denial lowers, one step only
        ("not suicidal, just skint", "ask", "ask"),
    ],
)
def test_the_stronger_of_rules_and_model_counts(text, model, joined):
    finding = join_findings(found(text), "suicide_self_harm", 0.5, model)
    assert finding["act"] == joined
    assert (finding["id"] == "none") == (joined == "none")


@pytest.mark.parametrize(
    "change",
    [{"reason": ""}, {"kind": "sadness"}, {"act": "shout"}, {"patterns": ["("]}, {"colour": 1}],
)
def test_a_broken_rule_is_refused_by_name(tmp_path, change):
    rule = {
        "id": "a_rule", "kind": "suicide_self_harm", "act": "alarm", "patterns": ["x"],
        "reason": "because", **change,
    }  # fmt: skip
    path = tmp_path / "rules.yml"
    path.write_text(yaml.safe_dump({"rules": [rule]}))
    with pytest.raises(SafetyRuleError, match="a_rule"):
        read_safety_rules(path)
