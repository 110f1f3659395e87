"""Between two needs the bot asks which, through the trained model."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Which of them leave the model unsure changes with every training; some always do.
COULD_BE_EITHER = [
    "my wife is leaving and i need somewhere",
    "everything costs too much",
    "nobody comes near us since the accident",
    "the house is too much for me now",
    "i need a hand with him",
    "cant face the shops",
    "the letters keep coming",
    "we are all on top of each other and fighting",
    "im stuck with it and nobody listens",
    "its the stairs",
    "he left me with all of it",
    "help with a form",
    "they stopped it",
    "i need out of here",
]


async def test_a_text_that_could_be_either_is_asked_about_and_the_answer_counts(patient):
    asked = None
    for text in COULD_BE_EITHER:
        parsed = await patient.agent.parse_message(text)
        if parsed["triage"]["unsure_between"] and parsed["triage"]["safety"]["act"] == "none":
            asked = text
            break
    assert asked, "the model is sure of all of them"
    replies = await patient.send(asked)
    assert replies[-1].asks == "need", patient.transcript
    first, second, _both = replies[-1].options
    assert f"{first}, or {second}, or both?" in replies[-1].text
    replies = await patient.send(second)
    assert replies[-1].asks == "area"
    assert second in replies[-1].text, patient.transcript
