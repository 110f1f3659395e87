"""`python -m desk callbacks`, as DESIGN.md describes it."""

import json
from datetime import datetime, time

import pytest
from django.core.management import call_command

from social_prescribing.callbacks import Status
from tests.factories import a_callback, a_conversation, a_link_worker, a_practice

pytestmark = pytest.mark.django_db

KEYS = [
    "reference", "status", "conversation", "channel", "practice", "name", "phone", "needs",
    "safety", "area", "time_preference", "days", "not_before", "not_after", "voicemail_ok",
    "language", "interpreter", "on_behalf_of", "link_worker", "requested_at", "due_by",
    "words",
]  # fmt: skip


def exported(capsys):
    call_command("callbacks", "--json")
    return json.loads(capsys.readouterr().out)


def test_every_key_in_order_with_plain_values(capsys):
    practice = a_practice(code="46012")
    callback = a_callback(
        practice=practice,
        words="nae pals\nnae money – سلام",
        not_before=time(10),
        not_after=time(14, 30),
        days=("monday",),
        voicemail_ok=False,
    )
    (row,) = exported(capsys)
    assert list(row) == KEYS
    assert row["conversation"] == callback.conversation.reference
    assert row["channel"] == "web"
    assert row["practice"] == "46012"
    assert row["needs"] == ["money", "energy"]
    assert row["safety"] == "none"
    assert (row["not_before"], row["not_after"]) == ("10:00", "14:30")
    assert row["days"] == ["monday"]
    assert row["voicemail_ok"] is False
    assert row["link_worker"] is None
    assert row["words"] == "nae pals\nnae money – سلام"
    assert datetime.fromisoformat(row["requested_at"]) == callback.requested_at
    assert datetime.fromisoformat(row["due_by"]) == callback.due_by


def test_open_ones_in_queue_order_then_closed_ones_newest_first(capsys):
    practice = a_practice()
    for name, status in (("first closed", Status.CLOSED), ("last closed", Status.CLOSED)):
        a_callback(practice=practice, name=name, status=status)
    a_callback(practice=practice, name="waits")
    sam = a_link_worker(practice, name="Sam Reid")
    a_callback(practice=practice, name="claimed", status=Status.CLAIMED, link_worker=sam)
    a_callback(practice=practice, name="urgent", is_urgent=True, safety="abuse_danger")
    rows = exported(capsys)
    names = [row["name"] for row in rows]
    assert names == ["urgent", "waits", "claimed", "last closed", "first closed"]
    assert rows[0]["safety"] == "abuse_danger"
    assert rows[2]["link_worker"] == "Sam Reid"


def test_what_is_not_known_is_null(capsys):
    callback = a_callback(conversation=a_conversation())
    callback.practice = None
    callback.save()
    (row,) = exported(capsys)
    assert row["practice"] is None
    assert row["not_before"] is None
    assert row["not_after"] is None
    assert row["voicemail_ok"] is None


def test_an_empty_queue_is_an_empty_list(capsys):
    assert exported(capsys) == []


def test_without_json_a_person_can_read_it(capsys):
    callback = a_callback()
    call_command("callbacks")
    header, row = capsys.readouterr().out.splitlines()
    assert header.startswith("reference")
    assert callback.reference in row
    assert "money, energy" in row


def test_control_characters_in_a_name_do_not_reach_the_terminal_as_lines(capsys):
    a_callback(name="Shug\nFake row")
    call_command("callbacks")
    assert len(capsys.readouterr().out.splitlines()) == 2
