"""The audit log: every view and change of a record is in it, and nobody can edit it."""

import os

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from social_prescribing.audit_log import Action, AuditEntry, protect_audit_log
from social_prescribing.callbacks import Status
from social_prescribing.safety_alerts import raise_safety_alert
from social_prescribing.staff import Role
from tests.factories import (
    PASSWORD,
    a_callback,
    a_conversation,
    a_link_worker,
    a_practice,
    a_provider,
    a_staff_member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice(provider=a_provider("Their provider"))


@pytest.fixture
def worker(practice):
    return a_link_worker(practice)


def entries(action):
    return list(AuditEntry.objects.filter(action=action))


def test_opening_a_record_is_in_the_log(worker, practice, signed_in):
    callback = a_callback(practice=practice)
    signed_in(worker).get(reverse("callback", args=[callback.reference]))
    (entry,) = entries(Action.VIEW)
    assert entry.who == worker.user.username
    assert entry.roles == Role.LINK_WORKER
    assert entry.reference == callback.reference
    assert entry.patient_number == callback.patient_id
    assert entry.practice_code == practice.code
    assert entry.address == "127.0.0.1"


def test_a_change_is_in_the_log_and_so_is_one_that_the_rules_refused(worker, practice, signed_in):
    callback = a_callback(status=Status.CLAIMED, practice=practice, link_worker=worker)
    client = signed_in(worker)
    client.post(
        reverse("record_attempt", args=[callback.reference]), {"attempt-result": "no_answer"}
    )
    client.post(reverse("close_callback", args=[callback.reference]), {})
    close, attempt = entries(Action.CHANGE)
    assert (attempt.what, attempt.reference) == ("record_attempt", callback.reference)
    assert attempt.details == ""
    assert close.what == "close_callback"
    assert close.details.startswith("Not done")


def test_who_was_refused_a_record_is_in_the_log(practice, signed_in):
    callback = a_callback(practice=practice)
    stranger = signed_in(a_link_worker(a_practice()))
    stranger.get(reverse("callback", args=[callback.reference]))
    (entry,) = entries(Action.REFUSED)
    assert entry.reference == callback.reference
    assert not entries(Action.VIEW)


def test_an_alert_is_a_record_too(worker, practice, signed_in):
    alert = raise_safety_alert(
        a_conversation(practice=practice), kind="abuse_danger", words="he's at the door"
    )
    signed_in(worker).get(reverse("safety_alert", args=[alert.pk]))
    assert entries(Action.VIEW)[0].reference == f"alert-{alert.pk}"


@pytest.mark.parametrize("route", ["queue", "caseload", "safety"])
def test_a_list_is_in_the_log_with_all_that_it_showed(route, worker, practice, signed_in):
    callbacks = [a_callback(practice=practice) for _ in range(2)]
    held = a_callback(status=Status.CLAIMED, practice=practice, link_worker=worker)
    alert = raise_safety_alert(
        a_conversation(practice=practice), kind="abuse_danger", words="he's at the door"
    )
    shown = {
        "queue": {callback.reference for callback in callbacks},
        "caseload": {held.reference},
        "safety": {f"alert-{alert.pk}"},
    }
    signed_in(worker).get(reverse(route))
    (entry,) = entries(Action.LIST)
    assert set(entry.listed.split()) == shown[route]


def test_a_poll_that_showed_nothing_new_is_not_in_the_log(worker, practice, signed_in):
    a_callback(practice=practice)
    client = signed_in(worker)
    page = client.get(reverse("queue"))
    seen = page.context["part"].version
    client.get(reverse("queue"), {"seen": seen}, headers={"HX-Request": "true"})
    assert len(entries(Action.LIST)) == 1
    a_callback(practice=practice)
    client.get(reverse("queue"), {"seen": seen}, headers={"HX-Request": "true"})
    assert len(entries(Action.LIST)) == 2


def test_signing_in_and_out_and_a_wrong_password_are_in_the_log(worker, password_is_enough):
    client, who = Client(), worker.user.username
    client.post(reverse("sign_in"), {"username": who, "password": "not the password"})
    client.post(reverse("sign_in"), {"username": who, "password": PASSWORD})
    client.post(reverse("sign_out"))
    assert [(entry.who, entry.action) for entry in AuditEntry.objects.order_by("id")] == [
        (who, Action.REFUSED),
        (who, Action.SIGN_IN),
        (who, Action.SIGN_OUT),
    ]


def test_the_log_names_no_patient_and_keeps_none_of_their_words(worker, practice, signed_in):
    callback = a_callback(practice=practice, name="Wee Jeanie", words="nae food in the hoose")
    client = signed_in(worker)
    client.get(reverse("queue"))
    client.get(reverse("callback", args=[callback.reference]))
    kept = " ".join(str(value) for row in AuditEntry.objects.values_list() for value in row)
    assert callback.reference in kept
    for word in ("Jeanie", "hoose", callback.phone):
        assert word not in kept


def test_records_written_out_at_the_server_are_in_the_log(capsys):
    callback = a_callback()
    call_command("callbacks", "--json")
    (entry,) = entries(Action.EXPORT)
    assert entry.listed == callback.reference
    assert entry.who.endswith("at the server")


# ---------------------------------------------------------------- nobody can edit it


@pytest.mark.parametrize("change", ["update", "delete", "save"])
def test_the_database_refuses_to_change_a_line(change):
    entry = AuditEntry.objects.create(who="sam@example.test", action=Action.VIEW, what="callback")
    changes = {
        "update": lambda: AuditEntry.objects.update(who="somebody else"),
        "delete": lambda: AuditEntry.objects.all().delete(),
        "save": entry.save,
    }
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        changes[change]()
    assert AuditEntry.objects.get().who == "sam@example.test"


def test_the_guard_is_put_back_when_it_was_lost():
    """SQLite makes a table anew when a migration changes it."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite loses triggers with a table")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_log_no_update")
    protect_audit_log()
    AuditEntry.objects.create(who="sam@example.test", action=Action.VIEW, what="callback")
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        AuditEntry.objects.update(who="somebody else")


# ------------------------------------------------------------------- leads can read it


def test_a_lead_reads_what_happened_to_their_practices_and_what_their_people_did(
    worker, practice, signed_in
):
    theirs, others = a_callback(practice=practice), a_callback(practice=a_practice())
    signed_in(worker).get(reverse("callback", args=[theirs.reference]))
    elsewhere = a_link_worker(others.practice)
    signed_in(elsewhere).get(reverse("callback", args=[others.reference]))
    lead = signed_in(a_staff_member(Role.PROVIDER_LEAD, provider=practice.provider))
    page = lead.get(reverse("audit_log")).content.decode()
    assert theirs.reference in page and worker.user.username in page
    assert others.reference not in page and elsewhere.user.username not in page
    everything = signed_in(a_staff_member(Role.PROGRAMME_LEAD)).get(reverse("audit_log"))
    assert others.reference in everything.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"reference": "BL-AAAAA"}, 2),  # opened, and seen in a list
        ({"who": "Sam@example.test"}, 2),
        ({"action": Action.LIST}, 1),
        ({"day": "2020-01-01"}, 0),
        ({"day": "not a day"}, 3),
        ({}, 3),
    ],
)
def test_the_log_is_searched(asked, found, signed_in):
    for who, action, reference, listed in (
        ("sam@example.test", Action.VIEW, "BL-AAAAA", ""),
        ("sam@example.test", Action.VIEW, "BL-BBBBB", ""),
        ("ewan@example.test", Action.LIST, "", "BL-AAAAA BL-BBBBB"),
    ):
        AuditEntry.objects.create(
            who=who, action=action, what="page", reference=reference, listed=listed
        )
    lead = signed_in(a_staff_member(Role.PROGRAMME_LEAD))
    page = lead.get(reverse("audit_log"), asked)
    # That the lead signed in is in the log as well.
    shown = [entry for entry, _ in page.context["rows"] if entry.action != Action.SIGN_IN]
    assert len(shown) == found


# ------------------------------------------------------------------------ PostgreSQL


@pytest.mark.postgresql
def test_postgresql_refuses_as_well():
    import psycopg

    from social_prescribing.audit_log import GUARDS, TABLE

    with psycopg.connect(os.environ["TEST_DATABASE_URL"]) as server:
        server.execute(f"CREATE TEMPORARY TABLE {TABLE} (who text)")
        for statement in GUARDS["postgresql"]:
            server.execute(statement)
        server.execute(f"INSERT INTO {TABLE} VALUES ('sam')")
        for change in (
            f"UPDATE {TABLE} SET who = 'other'",
            f"DELETE FROM {TABLE}",
            f"TRUNCATE {TABLE}",
        ):
            refused = pytest.raises(psycopg.errors.IntegrityError, match="cannot be changed")
            with refused, server.transaction():
                server.execute(change)
        server.rollback()
