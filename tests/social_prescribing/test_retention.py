"""What is past its time goes, and nothing else."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from social_prescribing.bot_turns import BotTurn
from social_prescribing.callbacks import Status
from social_prescribing.consent import opt_out
from social_prescribing.conversations import Channel
from social_prescribing.retention import MEMORY, WORDS, remove_past_their_time
from social_prescribing.safety_alerts import close_safety_alert, raise_safety_alert
from tests.factories import a_callback, a_link_worker, a_message

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.get_default_timezone())
A_DAY = timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def a_remembered_text(**given):
    message = a_message("am skint", channel=Channel.SMS, **given)
    BotTurn.objects.create(conversation=message.conversation, events=[], starts_session=True)
    return message


def test_what_the_bot_remembers_goes_after_its_time_and_the_texts_stay(clock):
    message = a_remembered_text()
    clock.shift(MEMORY.time - A_DAY)
    remove_past_their_time()
    assert BotTurn.objects.exists()
    clock.shift(2 * A_DAY)
    remove_past_their_time()
    assert not BotTurn.objects.exists()
    message.refresh_from_db()
    assert message.text == "am skint"


def test_the_bot_remembers_for_as_long_as_a_call_is_open(clock):
    message = a_remembered_text()
    a_callback(conversation=message.conversation)
    clock.shift(MEMORY.time * 2)
    remove_past_their_time()
    assert BotTurn.objects.exists()


def test_words_name_and_number_go_after_their_time(clock):
    callback = a_callback(status=Status.CLOSED)
    clock.shift(WORDS.time + A_DAY)
    remove_past_their_time()
    callback.refresh_from_db()
    assert "skint" not in callback.words and "Shug" not in callback.name
    assert callback.phone == ""
    assert not callback.conversation.messages.exclude(text="").exists()
    assert callback.conversation.address.startswith("deleted-")


def test_nothing_goes_while_a_call_or_a_safety_alert_is_open(clock):
    waiting, in_danger = a_callback(), a_message("a cannae go on")
    alert = raise_safety_alert(in_danger.conversation, kind="suicide_self_harm", words="x")
    clock.shift(WORDS.time + A_DAY)
    remove_past_their_time()
    waiting.refresh_from_db()
    in_danger.refresh_from_db()
    assert waiting.name == "Shug" and in_danger.text == "a cannae go on"
    close_safety_alert(alert, link_worker=a_link_worker(), note="Spoke to them")
    remove_past_their_time()
    in_danger.refresh_from_db()
    assert in_danger.text == ""


def test_an_opt_out_is_remembered_so_that_nobody_is_texted_again(clock):
    message = a_remembered_text(address="+447700900555")
    opt_out(message.conversation)
    clock.shift(WORDS.time + A_DAY)
    remove_past_their_time()
    message.refresh_from_db()
    message.conversation.refresh_from_db()
    assert message.text == ""
    assert message.conversation.address == "+447700900555"
    assert message.conversation.opted_out_at is not None


def test_twice_removes_once_and_a_dry_run_removes_nothing(clock):
    a_remembered_text()
    clock.shift(WORDS.time + A_DAY)
    out = StringIO()
    call_command("retention", "--dry-run", stdout=out)
    assert f"{WORDS.what}: 1 would go" in out.getvalue()
    assert BotTurn.objects.exists()
    first, second = remove_past_their_time(), remove_past_their_time()
    assert first[WORDS.what] == 1 and not any(second.values())
