"""Conversations over days, with the clock moved: a silence, a nudge, and going on where it was."""

from datetime import datetime, timedelta

import pytest
import time_machine
from asgiref.sync import sync_to_async

from social_prescribing.callbacks import Callback
from social_prescribing.due import run_due_rules
from social_prescribing.safety_alerts import SafetyAlert
from social_prescribing.signposting import Signposting
from social_prescribing.working_time import GLASGOW
from tests.factories import a_link_worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# A Tuesday.
NOON = datetime(2026, 12, 1, 12, tzinfo=GLASGOW)
FROM_NAME_ON = ("Shug", "any time", "no", "yes")
# Who may pick up is asked only where it may matter.
AFRAID = "theres nae food in the hoose, ma husband keeps aw the money"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


async def say(patient, *texts):
    for text in texts:
        await patient.send(text)


@sync_to_async
def the_only_callback():
    return Callback.objects.get()


@sync_to_async
def last_text(patient):
    return patient.conversation_now().messages.last()


@pytest.mark.parametrize("days", [1, 6])
async def test_who_comes_back_days_later_goes_on_where_they_were(patient, clock, days):
    await say(patient, "am skint and theres nae food in the hoose", "possil", "aye please")
    assert patient.open_question == "name"
    clock.shift(timedelta(days=days))
    await say(patient, *FROM_NAME_ON)
    callback = await the_only_callback()
    assert (callback.name, callback.area) == ("Shug", "Possilpark"), patient.transcript
    assert "I am Blether" not in " ".join(patient.replies[1:]), patient.transcript


async def test_a_question_next_day_is_answered_and_the_open_one_asked_again(patient, clock):
    await say(patient, "am skint and theres nae food in the hoose", "possil", "aye please")
    clock.shift(timedelta(days=1))
    replies = await patient.send("is it free?")
    assert "free" in replies[0].text and replies[-1].asks == "name", patient.transcript


async def test_still_want_that_call_next_day_goes_on_with_the_call(patient, clock):
    await say(patient, "am skint and theres nae food in the hoose", "possil")
    assert patient.open_question == "want_callback"
    clock.shift(timedelta(days=1))
    await patient.send("aye sorry fell asleep, still want that call")
    assert patient.open_question == "name", patient.transcript


async def test_a_nudge_is_answered_like_the_question_itself(patient, clock):
    await say(patient, "am skint and theres nae food in the hoose", "possil", "aye please")
    clock.shift(timedelta(hours=3))
    await sync_to_async(run_due_rules)()
    nudge = await last_text(patient)
    assert nudge.key and nudge.asks == "name"
    await say(patient, *FROM_NAME_ON)
    assert (await the_only_callback()).name == "Shug", patient.transcript


async def test_who_comes_back_after_a_month_is_asked_anew_what_it_is_about(patient, clock):
    await say(patient, "am skint and theres nae food in the hoose", "possil", "aye please", "Shug")
    clock.shift(timedelta(days=30))
    await patient.send("hiya")
    assert patient.open_question == "need", patient.transcript
    await say(patient, "ma electric is aff and the hoose is freezing")
    assert patient.open_question == "want_callback", patient.transcript


async def test_an_unsafe_phone_is_never_nudged_and_the_code_word_is_kept(patient, clock):
    await say(patient, AFRAID, "possil", "aye please", "Ann", "any time", "no")
    assert patient.open_question == "safe_contact", patient.transcript
    await say(patient, "only tuesdays before 12. code word is bluebell")
    conversation = await sync_to_async(patient.conversation_now)()
    assert (conversation.is_safe_to_text, conversation.code_word) == (False, "bluebell")
    clock.shift(timedelta(hours=3))
    await sync_to_async(run_due_rules)()
    assert (await last_text(patient)).key is None, patient.transcript


@sync_to_async
def feedback():
    return list(Signposting.objects.exclude(went_there="").values_list("went_there", flat=True))


async def be_asked_a_week_later(patient, clock):
    await say(patient, "am skint and theres nae food in the hoose", "possil", "naw yer awright")
    assert patient.open_question == "feedback", patient.transcript
    await patient.send("aye ok")
    clock.shift(timedelta(days=7, hours=1))
    await sync_to_async(run_due_rules)()
    return await last_text(patient)


async def test_who_wants_only_information_is_asked_a_week_later_whether_they_got_there(
    patient, clock
):
    question = await be_asked_a_week_later(patient, clock)
    assert question.asks == "feedback" and "Did you get there?" in question.text
    await patient.send("1")
    assert await feedback() == ["yes"], patient.transcript


async def test_a_question_of_the_patients_own_leaves_the_one_about_a_support_open(patient, clock):
    await say(patient, "am skint and theres nae food in the hoose", "possil", "naw yer awright")
    await patient.send("is it free?")
    assert patient.open_question == "feedback", patient.transcript
    await patient.send("aye ok")
    clock.shift(timedelta(days=7, hours=1))
    await sync_to_async(run_due_rules)()
    await patient.send("who sees this")
    assert "Did you get to" in patient.replies[-1], patient.transcript
    await patient.send("3")
    assert await feedback() == ["not_yet"], patient.transcript


async def test_a_child_in_danger_hears_who_is_told(patient, clock):
    practice = await sync_to_async(patient.contact_number.practices.get)()
    await sync_to_async(a_link_worker)(practice, name="Sam Reid")
    await say(patient, "im 14 n ma da punches me every night im scared he will kill me")
    assert "I have told Sam Reid (link worker)." in " ".join(patient.replies), patient.transcript
    alert = await sync_to_async(SafetyAlert.objects.get)()
    assert alert.is_of_a_child


async def test_where_it_was_shut_a_call_is_offered_and_a_yes_goes_on_to_the_call(patient, clock):
    await be_asked_a_week_later(patient, clock)
    await patient.send("naw it was shut")
    assert await feedback() == ["no"], patient.transcript
    assert patient.open_question == "want_callback", patient.transcript
    await say(patient, "aye go on then", *FROM_NAME_ON)
    callback = await the_only_callback()
    assert (callback.name, callback.area) == ("Shug", "Possilpark"), patient.transcript


async def test_a_call_or_danger_in_the_answer_comes_before_the_feedback(patient, clock):
    await be_asked_a_week_later(patient, clock)
    replies = await patient.send("naw. a want tae end ma life")
    assert "116 123" in " ".join(reply.text for reply in replies), patient.transcript


async def test_a_phone_that_is_not_safe_gets_no_detail_from_then_on(patient, clock):
    await say(patient, AFRAID, "possil", "aye please", "Ann", "any time", "no")
    before = len(patient.replies)
    await say(patient, "only tuesdays before 12", "yes", "any other places?", "when will she ring?")
    after = " ".join(patient.replies[before:])
    for detail in ("food", "money", "Foodbank", "link worker", "Possil Practice"):
        assert detail not in after, patient.transcript
    assert (await the_only_callback()).is_safe_to_ring is False
