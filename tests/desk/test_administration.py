"""The administration: people, practices, themes and their like, by an administrator alone."""

import re

import pytest
from django.contrib.admin import site
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from desk import second_factor
from social_prescribing.audit_log import Action, AuditEntry
from social_prescribing.callbacks import Callback
from social_prescribing.link_workers import LinkWorker, Theme
from social_prescribing.on_call import OnCallContact, When
from social_prescribing.practices import ContactNumber, Practice
from social_prescribing.staff import Person, Role, StaffRole
from tests.factories import (
    PASSWORD,
    a_callback,
    a_link_worker,
    a_practice,
    a_provider,
    a_staff_member,
    a_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(signed_in):
    return signed_in(a_staff_member(Role.ADMINISTRATOR))


def page_of(noun, *step):
    return reverse(f"admin:social_prescribing_{noun}_{step[0]}", args=step[1:])


def inlines(**given):
    """The parts of a person's form that are not filled in, and those that are."""
    empty = {}
    for prefix in ("link_worker", "staff_roles", "on_call", "sites", "days_of_link_workers"):
        for name in ("TOTAL", "INITIAL"):
            empty[f"{prefix}-{name}_FORMS"] = 0
    return empty | given


def add_person(admin, **given):
    data = {"email": "Morag@Example.test", "first_name": "Morag", "last_name": "Reid"}
    return admin.post(page_of("person", "add"), data | {"is_active": "on"} | inlines(**given))


def test_every_page_of_the_administration_has_a_door(admin):
    doors = admin.get(reverse("admin:index")).content.decode()
    for model in site._registry:
        assert f'href="{page_of(model._meta.model_name, "changelist")}"' in doors, model


# ----------------------------------------------------------------------------- people


def test_a_new_link_worker_is_invited_and_gets_to_their_queue(admin, settings):
    settings.SECOND_FACTOR = "optional"
    practice = a_practice()
    add_person(
        admin,
        **{
            "link_worker-TOTAL_FORMS": 1,
            "link_worker-0-provider": practice.provider.pk,
            "link_worker-0-practices": practice.pk,
            "link_worker-0-capacity": 15,
        },
    )
    worker = LinkWorker.objects.get(user__username="morag@example.test")
    assert (worker.name, list(worker.practices.all())) == ("Morag Reid", [practice])
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    client = Client()
    page = client.get(link, follow=True)
    new = "three words that do not belong"
    client.post(page.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    client.post(reverse("sign_in"), {"username": worker.user.email, "password": new})
    assert client.get(reverse("queue")).status_code == 200


def test_the_invitation_is_shown_for_who_sends_it_another_way(admin):
    page = admin.get(add_person(admin).url).content.decode()
    assert "/sign-in/new/" in page


def test_nobody_signs_in_with_a_new_account_before_the_invitation_was_used(admin):
    add_person(admin)
    assert not Person.objects.get(username="morag@example.test").has_usable_password()


def test_one_email_one_account(admin):
    add_person(admin)
    page = add_person(admin)
    assert "an account with this email already" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "wrong"),
    [
        (Role.PROVIDER_LEAD, "Choose the provider"),
        (Role.PRACTICE_STAFF, "Choose the practice"),
    ],
)
def test_a_role_says_where_it_holds(role, wrong, admin):
    page = add_person(admin, **{"staff_roles-TOTAL_FORMS": 1, "staff_roles-0-role": role.value})
    assert wrong in page.content.decode()
    assert not StaffRole.objects.filter(role=role).exists()


def save_person(admin, user, **given):
    data = {
        "email": user.email,
        "first_name": "Morag",
        "last_name": "Reid",
        "is_active": "on",
        **inlines(),
        **given,
    }
    roles = list(user.staff_roles.all())
    for number, role in enumerate(roles):
        data |= {
            "staff_roles-TOTAL_FORMS": len(roles),
            "staff_roles-INITIAL_FORMS": len(roles),
            f"staff_roles-{number}-id": role.pk,
            f"staff_roles-{number}-user": user.pk,
            f"staff_roles-{number}-role": role.role,
        }
    return admin.post(page_of("person", "change", user.pk), data)


def test_a_lost_phone_is_reset_and_stands_in_the_audit_log(admin):
    lead = a_staff_member(Role.PROGRAMME_LEAD)
    device = second_factor.new_app(lead)
    device.confirmed = True
    device.save()
    save_person(admin, lead, _reset_second_factor="1")
    assert not second_factor.has_second_factor(lead)
    assert AuditEntry.objects.filter(
        action=Action.ADMINISTER, details="Second factor reset"
    ).exists()


def test_a_locked_account_is_opened_at_once(admin, password_is_enough):
    lead = a_staff_member(Role.PROGRAMME_LEAD)
    client, data = Client(), {"username": lead.username, "password": "not the password"}
    for _ in range(5):
        client.post(reverse("sign_in"), data)
    right = data | {"password": PASSWORD}
    assert client.post(reverse("sign_in"), right).status_code == 429
    save_person(admin, lead, _unlock="1")
    assert client.post(reverse("sign_in"), right).status_code == 302


def test_a_closed_account_signs_in_no_more_and_its_browser_is_out_at_once(admin, signed_in):
    lead = a_staff_member(Role.PROGRAMME_LEAD)
    theirs = signed_in(lead)
    save_person(admin, lead, is_active="")
    assert theirs.get(reverse("audit_log")).status_code == 302


def test_nobody_closes_their_own_account(signed_in):
    administrator = a_staff_member(Role.ADMINISTRATOR)
    save_person(signed_in(administrator), administrator, is_active="")
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_person_is_never_deleted(admin):
    worker = a_link_worker()
    assert admin.post(page_of("person", "delete", worker.user.pk)).status_code == 403


# --------------------------------------------------------------- practices and the rest


def a_practice_form(provider, **given):
    practice = {
        "code": "40001",
        "name": "Balmore Practice",
        "name_for_texts": "Balmore Practice",
        "provider": provider.pk,
        "neighbourhood": "Possilpark",
        "postcode_district": "G22",
        "reception_phone": "0141 496 0201",
        "rings_from": "(0141) 496 0202",
    }
    numbers = {
        field.name: field.default
        for field in Practice._meta.fields
        if field.get_internal_type() == "PositiveSmallIntegerField"
    }
    return inlines() | practice | numbers | given


def test_telephone_numbers_are_written_as_people_write_them(admin):
    admin.post(page_of("practice", "add"), a_practice_form(a_provider()))
    practice = Practice.objects.get(code="40001")
    assert practice.rings_from == "+441414960202"
    page = admin.get(page_of("practice", "change", practice.pk)).content.decode()
    assert "0141 496 0202" in page
    again = admin.post(
        page_of("practice", "add"), a_practice_form(a_provider(), reception_phone="ring us")
    )
    assert "not a telephone number" in again.content.decode()


def test_a_practice_sets_what_it_promises_how_it_tries_and_who_is_on_call(admin):
    practice = a_practice()
    on_call = {
        "on_call-TOTAL_FORMS": 1,
        "on_call-0-name": "Dr Ahmed",
        "on_call-0-email": "ahmed@example.test",
        "on_call-0-phone": "07700 900199",
        "on_call-0-when": When.ALWAYS,
    }
    settings = {"callback_within_days": 1, "attempts_allowed": 4, "alert_climbs_after_minutes": 5}
    page = page_of("practice", "change", practice.pk)
    admin.post(page, a_practice_form(practice.provider, code=practice.code, **settings, **on_call))
    practice.refresh_from_db()
    assert {name: getattr(practice, name) for name in settings} == settings
    contact = OnCallContact.objects.get(practice=practice)
    assert (contact.name, contact.phone) == ("Dr Ahmed", "+447700900199")
    nobody = on_call | {"on_call-0-email": "", "on_call-0-phone": ""}
    refused = admin.post(page, a_practice_form(practice.provider, code=practice.code, **nobody))
    assert "or nobody can be told" in refused.content.decode()
    shown = admin.get(page).content.decode()
    for words in ("We ring within", "We try", "Between two tries", "On call", "Dr Ahmed"):
        assert words in shown


def a_row(prefix, number=0, **given):
    """One new row of a part of a page."""
    row = {f"{prefix}-{number}-{name}": value for name, value in given.items()}
    return row | {f"{prefix}-TOTAL_FORMS": number + 1, f"{prefix}-INITIAL_FORMS": 0}


def test_a_practice_has_its_sites_its_link_workers_days_and_its_own_words(admin):
    practice, worker = a_practice(), a_link_worker()
    parts = (
        a_row("sites", address="138 Balmore Road", postcode="g226lj", hours="Mo-Fr 08:30-18:00")
        | a_row("sites", 1, is_branch="on", name="Balornock branch", postcode="G21 3AB")
        | a_row("days_of_link_workers", link_worker=worker.pk, days=["tuesday", "thursday"])
        | {"own_words": "We’re beside the library"}
    )
    page = page_of("practice", "change", practice.pk)
    form = a_practice_form(practice.provider, code=practice.code)
    admin.post(page, form | parts)
    surgery, branch = practice.sites.all()
    assert (surgery.postcode, branch.name) == ("G22 6LJ", "Balornock branch")
    assert practice.days_of_link_workers.get().days == ["tuesday", "thursday"]
    assert worker in practice.link_workers.all()
    shown = admin.get(page).content.decode()
    assert "Monday to Friday: 8:30am to 6pm" in shown
    assert "a computer at Balmore Practice. We&#x27;re beside the library. Link workers" in shown


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (a_row("sites", postcode="Govan"), "not a postcode"),
        (a_row("sites", hours="half eight to six"), "These hours cannot be read"),
        (a_row("sites", is_branch="on"), "Give the branch the name"),
        (
            a_row("sites", address="1 High St") | a_row("sites", 1, address="2 High St"),
            "one main surgery",
        ),
        ({"own_words": "Reply STOP to stop"}, "Leave out STOP"),
    ],
)
def test_what_a_practice_cannot_be_says_why(admin, part, why):
    practice = a_practice()
    form = a_practice_form(practice.provider, code=practice.code)
    refused = admin.post(page_of("practice", "change", practice.pk), form | part)
    assert why in refused.content.decode()
    assert not practice.sites.exists()


def test_ticking_practices_on_a_persons_page_keeps_their_days(admin):
    practices = [a_practice(), a_practice()]
    worker = a_link_worker(practices[0])
    worker.days_at_practices.update(days=["friday"])
    save_person(
        admin,
        worker.user,
        **{
            "link_worker-TOTAL_FORMS": 1,
            "link_worker-INITIAL_FORMS": 1,
            "link_worker-0-id": worker.pk,
            "link_worker-0-user": worker.user.pk,
            "link_worker-0-provider": worker.provider.pk,
            "link_worker-0-capacity": 15,
            "link_worker-0-name": worker.name,
            "link_worker-0-practices": [practice.pk for practice in practices],
        },
    )
    days = dict(worker.days_at_practices.values_list("practice", "days"))
    assert days == {practices[0].pk: ["friday"], practices[1].pk: []}


def test_a_change_of_a_practice_is_in_the_audit_log(admin):
    practice = a_practice()
    form = a_practice_form(practice.provider, code=practice.code)
    admin.post(page_of("practice", "change", practice.pk), form)
    entry = AuditEntry.objects.get(action=Action.ADMINISTER)
    assert entry.reference == "practice Balmore Practice"
    assert "Name" in entry.details


def test_a_practice_that_patients_texted_cannot_be_deleted(admin):
    practice = a_callback().practice
    assert (
        admin.post(page_of("practice", "delete", practice.pk), {"post": "yes"}).status_code == 403
    )
    assert Callback.objects.filter(practice=practice).exists()


def test_several_practices_share_a_number(admin):
    practices = [a_practice(), a_practice()]
    admin.post(
        page_of("contactnumber", "add"),
        {"e164": "07700 900123", "practices": [practice.pk for practice in practices]},
    )
    assert set(ContactNumber.objects.get(e164="+447700900123").practices.all()) == set(practices)


def test_a_new_theme_has_its_queue(admin, signed_in):
    admin.post(
        page_of("theme", "add"),
        {"id": "families", "name": "Families", "needs": ["family", "youth"]},
    )
    worker = a_link_worker(theme=Theme.objects.get(pk="families"))
    callback = a_callback(needs=("family",))
    assert callback.reference in signed_in(worker).get(reverse("queue")).content.decode()


def test_every_page_of_it_opens_and_allows_nothing_inline(admin):
    worker, theme = a_link_worker(a_practice()), a_theme()
    rows = {
        "practice": worker.practices.get().pk,
        "provider": worker.provider.pk,
        "person": worker.user.pk,
        "linkworker": worker.pk,
        "theme": theme.pk,
    }
    pages = [page_of(noun, "changelist") for noun in (*rows, "contactnumber", "absence")]
    pages += [page_of(noun, "change", pk) for noun, pk in rows.items()]
    pages += [page_of(noun, "import") for noun in ("practice", "linkworker", "contactnumber")]
    for path in (reverse("admin:index"), *pages):
        response = admin.get(path)
        assert response.status_code == 200, path
        page = response.content.decode()
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", page), path


# -------------------------------------------------------------- the first administrator


def test_the_first_administrator_is_added_from_the_command_line(capsys, password_is_enough):
    call_command("add_person", "Kirsty@example.test", "Kirsty Lamont", desk="https://desk.test/")
    link = re.search(r"https://desk\.test(/\S+)", capsys.readouterr().out)[1]
    client = Client()
    new = "three words that do not belong"
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    client.post(reverse("sign_in"), {"username": "kirsty@example.test", "password": new})
    assert client.get(reverse("admin:index")).status_code == 200


def test_one_email_is_added_once_from_the_command_line_too():
    call_command("add_person", "kirsty@example.test", "Kirsty Lamont", verbosity=0)
    with pytest.raises(CommandError, match="already"):
        call_command("add_person", "Kirsty@example.test", "Kirsty Lamont")
