"""An alert that nobody looks at climbs: to the right people, once each time, without a name."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from social_prescribing.conversations import Conversation, Direction, Message
from social_prescribing.errors import NoteNeeded
from social_prescribing.on_call import (
    OnCallContact,
    When,
    raise_unseen_alerts,
    told_of_a_child,
)
from social_prescribing.safety_alerts import (
    ClosingReason,
    SafetyAlert,
    close_safety_alert,
    mark_seen,
    own_safety_alert,
    raise_safety_alert,
    take_safety_step,
)
from tests.factories import a_conversation, a_link_worker, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice(name="Possil Practice")


@pytest.fixture
def alert(practice, clock):
    now = clock("2026-11-26 10:00")
    alert = raise_safety_alert(
        a_conversation(practice=practice), kind="abuse_danger", words="he is at the door"
    )
    SafetyAlert.objects.update(raised_at=now, due_at=now)
    return alert


def on_call(practice, **given):
    fields = {"name": "Morag", "email": "morag@example.test", "phone": "+447700900999"}
    return OnCallContact.objects.create(practice=practice, **fields | given)


def test_nobody_is_told_before_its_time_and_then_once_by_email_and_text(practice, alert, clock):
    on_call(practice)
    clock("2026-11-26 10:14")
    assert raise_unseen_alerts() == 0
    clock("2026-11-26 10:16")
    assert raise_unseen_alerts() == 1
    assert raise_unseen_alerts() == 0
    assert [message.to for message in mail.outbox] == [["morag@example.test"]]
    text = Message.objects.get(direction=Direction.OUTBOUND)
    assert text.conversation.address == "+447700900999"
    assert "Possil Practice" in text.text
    assert "Told: Morag by email and text" in alert.steps.get().what


def test_of_a_child_in_danger_those_on_call_are_told_at_once_and_later_as_of_anybody(
    practice, alert, clock
):
    on_call(practice, phone="")
    SafetyAlert.objects.update(age=14)
    clock("2026-11-26 10:01")
    assert (raise_unseen_alerts(), raise_unseen_alerts()) == (1, 0)
    assert "Of somebody under 16. Told: Morag" in alert.steps.get().what
    assert "14" not in mail.outbox[0].body and "16" not in mail.outbox[0].body
    clock("2026-11-26 10:17")
    assert raise_unseen_alerts() == 1


def test_a_child_hears_by_name_who_is_told(practice, clock):
    now = clock("2026-11-28 21:00")  # a Saturday
    assert told_of_a_child(practice, now) == "a link worker"
    sam = a_link_worker(practice, name="Sam Reid")
    assert told_of_a_child(practice, now) == "Sam Reid (link worker)"
    a_link_worker(practice, name="Ann Bell")
    assert told_of_a_child(practice, now) == "Ann Bell and Sam Reid (link workers)"
    on_call(practice, name="Dr Orr", when=When.OUT_OF_HOURS)
    assert told_of_a_child(practice, now) == "Dr Orr (on call)"
    assert told_of_a_child(None, now) == "a link worker" and sam


def test_nothing_of_the_patient_leaves_the_desk(practice, alert, clock):
    on_call(practice)
    clock("2026-11-26 10:16")
    raise_unseen_alerts()
    told = mail.outbox[0].body + Message.objects.get(direction=Direction.OUTBOUND).text
    assert "door" not in told


def test_it_climbs_again_until_somebody_looks(practice, alert, clock):
    on_call(practice)
    for minute in (16, 32, 48):
        clock(f"2026-11-26 10:{minute}")
        assert raise_unseen_alerts() == 1
    alert.refresh_from_db()
    mark_seen(alert, link_worker=a_link_worker(practice))
    clock("2026-11-26 12:00")
    assert raise_unseen_alerts() == 0


@pytest.mark.parametrize(
    ("hour", "when", "is_told"),
    [
        ("2026-11-26 11:00", When.WORKING_HOURS, True),
        ("2026-11-26 11:00", When.OUT_OF_HOURS, False),
        ("2026-11-26 22:00", When.OUT_OF_HOURS, True),
        ("2026-11-26 22:00", When.WORKING_HOURS, False),
        ("2026-11-28 11:00", When.ALWAYS, True),
    ],
)
def test_the_list_says_who_is_told_when(practice, alert, clock, hour, when, is_told):
    on_call(practice, when=when)
    clock(hour)
    assert raise_unseen_alerts() == is_told


def test_out_of_hours_without_a_list_it_waits_and_climbs_with_the_working_day(
    practice, alert, clock
):
    on_call(practice, when=When.WORKING_HOURS)
    clock("2026-11-26 22:00")
    assert raise_unseen_alerts() == 0
    clock("2026-11-27 09:00")
    assert raise_unseen_alerts() == 1


def test_the_providers_list_is_told_of_all_its_practices(practice, alert, clock):
    OnCallContact.objects.create(provider=practice.provider, name="Lead", email="l@example.test")
    clock("2026-11-26 10:16")
    assert raise_unseen_alerts() == 1


def test_a_mail_server_that_is_down_does_not_stop_the_text(practice, alert, clock, monkeypatch):
    def refuse(*args):
        raise ConnectionRefusedError

    on_call(practice)
    monkeypatch.setattr("social_prescribing.on_call.send_mail", refuse)
    clock("2026-11-26 10:16")
    raise_unseen_alerts()
    assert "Morag by text" in alert.steps.get().what


def test_new_words_climb_afresh(practice, alert, clock):
    on_call(practice)
    clock("2026-11-26 10:16")
    raise_unseen_alerts()
    again = raise_safety_alert(alert.conversation, kind="abuse_danger", words="he is in")
    assert (again.climbs, again.climbed_at) == (0, None)


def test_an_alert_has_an_owner_steps_and_a_time_to_first_look(practice, alert, clock):
    sam = a_link_worker(practice, name="Sam Reid")
    clock("2026-11-26 10:04")
    own_safety_alert(alert, link_worker=sam)
    take_safety_step(alert, what="Rang, no answer", link_worker=sam)
    alert.refresh_from_db()
    assert alert.owner == sam
    assert alert.time_to_first_look == timedelta(minutes=4)
    assert [step.what for step in alert.steps.all()] == [
        "Sam Reid sees this through",
        "Rang, no answer",
    ]
    with pytest.raises(NoteNeeded):
        take_safety_step(alert, what=" ", link_worker=sam)


def test_it_closes_with_a_reason_and_never_without_a_note(practice, alert):
    sam = a_link_worker(practice)
    with pytest.raises(NoteNeeded):
        close_safety_alert(alert, link_worker=sam, note=" ", reason=ClosingReason.SAFE)
    close_safety_alert(alert, link_worker=sam, note="Spoke to her", reason=ClosingReason.SAFE)
    alert.refresh_from_db()
    assert alert.closing_reason == ClosingReason.SAFE


def test_the_database_refuses_a_contact_that_cannot_be_told_or_belongs_nowhere(practice):
    for given in ({"email": "", "phone": ""}, {"practice": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            on_call(given.pop("practice", practice), **given)


def test_the_on_call_person_is_no_patient(practice, alert, clock):
    on_call(practice)
    clock("2026-11-26 10:16")
    raise_unseen_alerts()
    assert Conversation.objects.get(address="+447700900999").patient is None
