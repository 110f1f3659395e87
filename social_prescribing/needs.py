"""Need: what help is asked for.

The twenty ids are stored with every callback and printed by every export, so
an id never changes. `name` is what staff read. `in_patient_words` finishes the
sentence "It sounds like you could do with a hand with …", so it is plain,
short and GSM-7.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One of the twenty things a link worker can help with."""

    id: str
    name: str
    in_patient_words: str


NEEDS = {
    need.id: need
    for need in (
        Need("money", "Money", "money worries"),
        Need("food", "Food", "getting food in"),
        Need("energy", "Gas and electricity", "gas and electric"),
        Need("housing", "Housing", "your house"),
        Need("homelessness", "Homelessness", "somewhere to stay"),
        Need("mental_wellbeing", "Mental wellbeing", "how you are feeling"),
        Need("loneliness", "Loneliness", "having company"),
        Need("bereavement", "Bereavement", "losing someone"),
        Need("family", "Family", "family life"),
        Need("carers", "Caring", "looking after someone"),
        Need("domestic_abuse", "Domestic abuse", "being safe at home"),
        Need("addiction", "Addiction", "drink, drugs or gambling"),
        Need("asylum_immigration", "Asylum and immigration", "asylum or a visa"),
        Need("employment_learning", "Work and learning", "work or learning"),
        Need("healthy_living", "Healthy living", "keeping well"),
        Need("disability", "Disability", "living with a condition"),
        Need("digital", "Getting online", "getting online"),
        Need("transport", "Transport", "getting about"),
        Need("youth", "Young people", "being young just now"),
        Need("legal", "Legal", "your rights"),
    )
}

CHOICES = [(need.id, need.name) for need in NEEDS.values()]


def name_of(need_id):
    """What staff read for a need id, for example `Gas and electricity`."""
    return NEEDS[need_id].name


def in_patient_words(need_ids):
    """Join needs as a patient would say them: `money worries and getting food in`."""
    words = [NEEDS[need_id].in_patient_words for need_id in need_ids]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
