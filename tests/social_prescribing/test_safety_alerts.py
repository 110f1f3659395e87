"""A person is called in, sees it, and closes it with a note."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from social_prescribing.errors import NoteNeeded
from social_prescribing.safety_alerts import (
    ANSWER_WITHIN,
    Kind,
    SafetyAlert,
    close_safety_alert,
    mark_seen,
    note_hint,
    open_alerts,
    raise_safety_alert,
    withdraw_hint,
)
from tests.factories import a_callback, a_conversation, a_link_worker

pytestmark = pytest.mark.django_db


def test_an_alert_makes_the_open_callback_urgent():
    callback = a_callback()
    alert = raise_safety_alert(callback.conversation, kind=Kind.ABUSE_DANGER, words="he's ootside")
    callback.refresh_from_db()
    assert callback.is_urgent
    assert callback.safety == Kind.ABUSE_DANGER
    assert alert.callback == callback


def test_more_of_the_same_danger_joins_the_alert_and_wants_a_new_look():
    conversation, link_worker = a_conversation(), a_link_worker()
    alert = raise_safety_alert(conversation, kind=Kind.SUICIDE_SELF_HARM, words="cannae go on")
    mark_seen(alert, link_worker=link_worker)
    raise_safety_alert(conversation, kind=Kind.SUICIDE_SELF_HARM, words="tonight")
    alert.refresh_from_db()
    assert alert.words == "cannae go on\ntonight"
    assert alert.seen_at is None
    assert SafetyAlert.objects.count() == 1


def test_no_alert_closes_without_a_note():
    alert = raise_safety_alert(a_conversation(), kind=Kind.CHILD_PROTECTION, words="the wean")
    with pytest.raises(NoteNeeded):
        close_safety_alert(alert, link_worker=a_link_worker(), note="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyAlert.objects.update(closed_at=alert.raised_at)
    assert alert in open_alerts()


def test_a_closed_alert_keeps_who_closed_it_and_why():
    alert, link_worker = (
        raise_safety_alert(a_conversation(), kind=Kind.HARM_TO_OTHERS, words="…"),
        a_link_worker(),
    )
    close_safety_alert(alert, link_worker=link_worker, note="Spoke to them, GP told")
    alert.refresh_from_db()
    assert (alert.closed_by, alert.seen_by) == (link_worker, link_worker)
    assert alert not in open_alerts()


def later(monkeypatch, by):
    now = timezone.now() + by
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_a_hint_without_an_answer_calls_a_person_in_by_itself(monkeypatch):
    note_hint(a_conversation(), kind=Kind.SUICIDE_SELF_HARM, words="tidyin ma loose ends")
    assert not open_alerts().exists()
    later(monkeypatch, ANSWER_WITHIN)
    assert [alert.words for alert in open_alerts()] == ["tidyin ma loose ends"]


def test_a_hint_that_is_answered_safe_in_time_is_kept_and_calls_nobody(monkeypatch):
    conversation = a_conversation()
    note_hint(conversation, kind=Kind.SUICIDE_SELF_HARM, words="tidyin ma loose ends")
    withdraw_hint(conversation)
    later(monkeypatch, ANSWER_WITHIN)
    assert not open_alerts().exists()
    assert "answered that they are safe" in SafetyAlert.objects.get().closing_note


def test_safe_said_too_late_leaves_it_to_a_person(monkeypatch):
    conversation = a_conversation()
    note_hint(conversation, kind=Kind.ABUSE_DANGER, words="he checks ma phone")
    later(monkeypatch, ANSWER_WITHIN)
    withdraw_hint(conversation)
    assert open_alerts().exists()


def test_a_hint_that_is_answered_not_safe_is_one_alert_at_once():
    conversation = a_conversation()
    note_hint(conversation, kind=Kind.ABUSE_DANGER, words="he checks ma phone")
    raise_safety_alert(conversation, kind=Kind.ABUSE_DANGER, words="naw")
    assert [alert.words for alert in open_alerts()] == ["he checks ma phone\nnaw"]


def test_a_hint_while_an_alert_is_open_changes_nothing():
    conversation = a_conversation()
    raise_safety_alert(conversation, kind=Kind.ABUSE_DANGER, words="help")
    note_hint(conversation, kind=Kind.ABUSE_DANGER, words="hmm")
    assert [alert.words for alert in open_alerts()] == ["help"]
