"""A call stands in the queue before the last questions, through the trained model."""

import pytest
from asgiref.sync import sync_to_async

from social_prescribing.callbacks import Callback, Status
from social_prescribing.consent import Consent

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

UNTIL_THE_TIME = ("theres nae food in the hoose", "possil", "aye go on then", "Shug", "mornings")


async def say(patient, *texts):
    for text in texts:
        await patient.send(text)


@sync_to_async
def open_callbacks():
    return list(Callback.objects.exclude(status=Status.CLOSED))


@sync_to_async
def consents():
    return list(Consent.objects.order_by("id").values_list("wording", "answer"))


async def test_who_falls_silent_after_the_time_is_rung_all_the_same(patient):
    await say(patient, *UNTIL_THE_TIME)
    (callback,) = await open_callbacks()
    shown = (callback.name, callback.time_preference, callback.voicemail_ok)
    assert shown == ("Shug", "morning", None), patient.transcript
    assert patient.open_question == "voicemail", patient.transcript


async def test_the_offer_and_the_yes_are_kept_word_for_word_and_the_summary_too(patient):
    await say(patient, *UNTIL_THE_TIME)
    ((offer, yes),) = await consents()
    assert "Would you like a link worker to ring you?" in offer
    assert yes == "aye go on then"
    await say(patient, "naw", "aye thats right")
    _, (summary, right) = await consents()
    assert "Voicemail: no" in summary and right == "aye thats right", patient.transcript


async def test_each_answer_after_it_reaches_the_queue_at_once(patient):
    await say(patient, *UNTIL_THE_TIME, "aye leave wan")
    (callback,) = await open_callbacks()
    assert callback.voicemail_ok is True, patient.transcript
    await say(patient, "naw make it afternoons")
    (callback,) = await open_callbacks()
    assert callback.time_preference == "afternoon", patient.transcript


async def test_start_again_before_the_summary_is_confirmed_takes_the_call_back(patient):
    await say(patient, *UNTIL_THE_TIME, "naw", "start again")
    assert await open_callbacks() == [], patient.transcript
    await say(patient, "ma rent is in arrears", "govan", "aye", "Hugh", "any time", "naw", "aye")
    (callback,) = await open_callbacks()
    assert (callback.name, callback.area, callback.need_ids) == ("Hugh", "Govan", ["housing"])


async def test_who_tells_all_at_once_hears_of_supports_too(patient):
    await say(
        patient, "this is Shug, ma leccy meter is empty, am in G22, can someone phone me any time"
    )
    assert len(await open_callbacks()) == 1, patient.transcript
    await say(patient, "naw")
    assert any("gas and electric, try" in reply for reply in patient.replies), patient.transcript
