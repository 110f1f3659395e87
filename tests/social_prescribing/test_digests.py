"""The weekly email: on Monday, once a week for each person, and off when they say so."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from social_prescribing import digests
from social_prescribing.asked_needs import AskedNeed, record_asked_needs
from social_prescribing.digests import (
    send_due_digests,
    switch_digest,
    switch_token,
    user_of_token,
    wants_digest,
)
from social_prescribing.out_there import this_week
from social_prescribing.staff import Role, StaffRole
from social_prescribing.support_changes import SupportChange
from tests.factories import a_conversation, a_link_worker, a_practice, a_staff_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("supports")]


@pytest.fixture
def practice(clock):
    clock("2026-12-07 09:02")
    return a_practice_where_people_ask(name="Possil Practice")


def a_practice_where_people_ask(**given):
    practice = a_practice(**given)
    for _ in range(6):
        record_asked_needs(a_conversation(practice=practice, text="nae food hen"), ["food"])
    AskedNeed.objects.update(asked_on=this_week() - timedelta(days=2))
    return practice


@pytest.fixture
def pat(practice):
    return a_staff_member(Role.PRACTICE_STAFF, practice)


def told():
    return [to for message in mail.outbox for to in message.to]


def test_it_says_what_is_out_there_in_text_and_html_and_names_nobody(practice, pat):
    assert send_due_digests() == 1
    message = mail.outbox[0]
    assert message.to == [pat.email]
    assert "Possil Practice" in message.subject
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for words in (message.body, html):
        assert "Food" in words and "6" in words
        assert "nae food hen" not in words
        assert "IN THE SPOTLIGHT" in words.upper()


def test_it_goes_once_a_week_however_often_the_clock_looks_or_is_restarted(practice, pat, clock):
    assert [send_due_digests() for _ in range(3)] == [1, 0, 0]
    clock("2026-12-07 15:00")
    assert send_due_digests() == 0
    clock("2026-12-14 09:00")
    AskedNeed.objects.update(asked_on=this_week() - timedelta(days=2))
    assert send_due_digests() == 1


@pytest.mark.parametrize(
    ("moment", "is_sent"),
    [
        ("2026-12-07 08:59", 0),
        ("2026-12-07 09:00", 1),
        ("2026-12-07 16:59", 1),  # the clock stood still in the morning
        ("2026-12-07 17:00", 0),
        ("2026-12-08 10:00", 0),
        ("2026-12-06 10:00", 0),
        ("2026-11-30 10:00", 0),  # a Monday, and St Andrew's Day
        ("2026-12-01 10:00", 1),  # the Tuesday after
    ],
)
def test_it_goes_out_in_the_working_hours_of_the_first_working_day(
    practice, pat, clock, moment, is_sent
):
    clock(moment)
    AskedNeed.objects.update(asked_on=this_week() - timedelta(days=2))
    assert send_due_digests() == is_sent


def test_two_clocks_at_once_send_one(practice, pat, monkeypatch):
    """The other clock is quicker, after this one has seen who is due."""
    due = digests._due

    def seen_then_overtaken(week):
        people = list(due(week))
        monkeypatch.setattr(digests, "_due", due)
        assert send_due_digests() == 1
        return people

    monkeypatch.setattr(digests, "_due", seen_then_overtaken)
    assert send_due_digests() == 0
    assert len(mail.outbox) == 1


def test_who_switched_it_off_gets_none_until_they_switch_it_on(practice, pat):
    switch_digest(pat, on=False)
    assert send_due_digests() == 0 and not wants_digest(pat)
    switch_digest(pat, on=True)
    assert send_due_digests() == 1


def test_it_is_for_practice_staff_who_can_sign_in_and_are_real(practice, pat):
    gone = a_staff_member(Role.PRACTICE_STAFF, practice)
    gone.is_active = False
    gone.save()
    made_up = a_staff_member(Role.PRACTICE_STAFF, practice)
    StaffRole.objects.filter(user=made_up).update(is_demo=True)
    a_staff_member(Role.PROGRAMME_LEAD)
    a_link_worker(practice)
    send_due_digests()
    assert told() == [pat.email]


def test_who_works_at_two_practices_gets_one_email_about_both(practice, pat):
    other = a_practice_where_people_ask(name="Govan Practice")
    pat.staff_roles.get().practices.add(other)
    send_due_digests()
    assert len(mail.outbox) == 1
    assert "POSSIL PRACTICE" in mail.outbox[0].body and "GOVAN PRACTICE" in mail.outbox[0].body


def test_an_email_with_nothing_in_it_is_not_sent(practice, pat):
    AskedNeed.objects.all().delete()
    SupportChange.objects.all().delete()
    assert send_due_digests() == 0


def test_while_the_mail_server_is_down_nobody_is_marked_as_told(practice, pat, monkeypatch):
    def down(self):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", down)
        assert send_due_digests() == 0
    assert send_due_digests() == 1


def test_an_address_that_is_refused_holds_nobody_up(practice, pat, monkeypatch):
    other, send = a_staff_member(Role.PRACTICE_STAFF, practice), EmailMultiAlternatives.send

    def refuses_pat(self):
        if self.to == [pat.email]:
            raise SMTPRecipientsRefused({})
        return send(self)

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuses_pat)
    assert send_due_digests() == 1
    assert told() == [other.email]
    assert send_due_digests() == 0


def test_the_clock_has_other_duties_and_sends_the_rest_next_time(practice, monkeypatch):
    monkeypatch.setattr(digests, "MOST_AT_ONCE", 2)
    for _ in range(3):
        a_staff_member(Role.PRACTICE_STAFF, practice)
    assert [send_due_digests() for _ in range(3)] == [2, 1, 0]


def test_the_link_in_it_is_theirs_alone(practice, pat):
    send_due_digests()
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in mail.outbox[0].body and stop in mail.outbox[0].alternatives[0][0]
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert user_of_token(switch_token(pat)) == pat
    assert user_of_token(switch_token(pat) + "x") is None
    assert user_of_token(f"{pat.pk}") is None
