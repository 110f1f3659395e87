"""What a poster's QR code writes, sent as it is to the practice's own number."""

from urllib.parse import parse_qs, urlsplit

import pytest
from asgiref.sync import sync_to_async

from desk.posters.contents import poster_contents
from desk.posters.languages import poster_languages

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@sync_to_async
def what_the_code_writes(practice):
    link = poster_contents(practice, poster_languages()["en"])["sms"]
    return parse_qs(urlsplit(link).query)["body"][0]


async def test_the_bot_greets_and_asks_what_is_wrong(patient, practice):
    await patient.send(await what_the_code_writes(practice))
    assert practice.name_for_texts in patient.replies[0], patient.transcript
    assert patient.open_question == "need", patient.transcript


async def test_who_then_writes_polish_is_answered_in_polish(patient, practice):
    await patient.send(await what_the_code_writes(practice))
    await patient.send("Nie mam pieniędzy na jedzenie")
    assert "tłumaczem" in patient.replies[-1], patient.transcript
