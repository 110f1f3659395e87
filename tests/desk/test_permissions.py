"""Who gets which answer on which route: every route of the desk, every role."""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from desk import route_guard
from desk.admin_site import NOT_AN_ADMINISTRATOR
from desk.permissions import access_of, callbacks_seen_by
from social_prescribing.callbacks import Status
from social_prescribing.safety_alerts import raise_safety_alert
from social_prescribing.staff import Role
from tests.desk.routes import every_route
from tests.factories import (
    a_callback,
    a_contact_number,
    a_conversation,
    a_link_worker,
    a_practice,
    a_provider,
    a_staff_member,
    a_theme,
    a_user,
)

pytestmark = pytest.mark.django_db

TRYING_OUT = {"try", "try_website"}
PASSWORDS = {"forgotten_password", "password_link_sent", "new_password"}
# The directory of supports, for other programs: no patient is in it.
DIRECTORY = {"services", "service", "taxonomy_terms"}
# For whoever has the link that stands in their own email.
BY_LINK = {"stop_digest"}
PUBLIC = {"sign_in", "healthz"} | TRYING_OUT | PASSWORDS | DIRECTORY | BY_LINK
# The second step of signing in is for who showed a right password; others go to the first.
SECOND_STEP = {"sign_in_code", "sign_in_set_up"}
# Signing out is harmless to whoever is not signed in, and open to those with no role.
LEAVING = {"sign_out"}
SENDS_TO_SIGN_IN = {"admin:login"}

# Towards one practice's callback about homelessness, which the first of them holds.
LINK_WORKERS = {"holder", "of_the_practice", "of_the_provider", "of_the_theme", "stranger"}
LEADS = {"provider_lead", "other_provider_lead"}
PEOPLE = LINK_WORKERS | LEADS | {"practice_staff", "programme_lead", "administrator", "no_role"}

SEE_PATIENTS = LINK_WORKERS | LEADS
SEE_THIS_CALLBACK = {"holder", "of_the_practice", "of_the_theme", "provider_lead"}
MAY_WORK_ON_IT = SEE_THIS_CALLBACK - LEADS
SEE_ITS_ALERT = SEE_THIS_CALLBACK | {"of_the_provider"}

# Who is let in; everybody else is refused. A new route has to be added here.
PAGES = {
    "home": PEOPLE - {"no_role"},
    "queue": SEE_PATIENTS,
    "caseload": LINK_WORKERS,
    "safety": SEE_PATIENTS,
    "safety_banner": SEE_PATIENTS,
    "texts": SEE_PATIENTS,
    "mark_text_read": ("post", SEE_PATIENTS),
    "search": SEE_PATIENTS,
    "add_person": SEE_PATIENTS | {"practice_staff"},
    "out_there": SEE_PATIENTS | {"practice_staff", "programme_lead"},
    "out_there_email": SEE_PATIENTS | {"practice_staff", "programme_lead"},
    "choose_digest": ("post", {"practice_staff"}),
    "supports_to_check": SEE_PATIENTS | {"practice_staff", "programme_lead"},
    "posters": SEE_PATIENTS | {"practice_staff", "programme_lead"},
    "gaps": LEADS | {"programme_lead"},
    "gaps_csv": LEADS | {"programme_lead"},
    "audit_log": LEADS | {"programme_lead"},
    # One's own account, also before one has a role.
    "account": PEOPLE,
    "change_password": PEOPLE,
    "set_up_second_factor": PEOPLE,
    "renew_recovery_codes": ("post", PEOPLE),
    "still_here": PEOPLE,
}
# With the callback's reference in the address, or in the form.
ON_A_CALLBACK = {
    "callback": ("get", SEE_THIS_CALLBACK),
    "claim": ("post", MAY_WORK_ON_IT),
    "record_attempt": ("post", MAY_WORK_ON_IT),
    "close_callback": ("post", MAY_WORK_ON_IT),
    "release_callback": ("post", MAY_WORK_ON_IT),
    "call_sheet": ("get", SEE_THIS_CALLBACK),
    "text_ahead": ("post", MAY_WORK_ON_IT),
    "write_text": ("post", MAY_WORK_ON_IT),
    "hand_back": ("post", MAY_WORK_ON_IT),
    "hand_over": ("post", MAY_WORK_ON_IT),
    "correct_needs": ("post", MAY_WORK_ON_IT),
    "write_note": ("post", MAY_WORK_ON_IT),
}
# With the code of the practice in the address.
ON_A_PRACTICE = {
    "poster": (
        "get",
        {"holder", "of_the_practice", "of_the_theme", "provider_lead", "practice_staff",
         "programme_lead"},
    )
}  # fmt: skip
# With the number of a safety alert of the practice in the address.
ON_AN_ALERT = {
    "safety_alert": ("get", SEE_ITS_ALERT),
    "close_safety_alert": ("post", SEE_ITS_ALERT - LEADS),
    "own_safety_alert": ("post", SEE_ITS_ALERT - LEADS),
    "take_safety_step": ("post", SEE_ITS_ALERT - LEADS),
}
# About one's own work alone: posted without naming anybody else's.
ON_ONES_OWN = {"claim_next": [], "be_away": [], "read_notice": [1]}
REFERENCE_IN_THE_FORM = {"claim"}
DATA = {
    "record_attempt": {"attempt-result": "no_answer"},
    "close_callback": {"close-outcome": "reached"},
    "release_callback": {"release-note": "On leave from tomorrow"},
    "write_text": {"text-text": "Is the heating back on?"},
    "text_ahead": {"ringing-minutes": "10"},
    "correct_needs": {"needs-needs": ["housing"]},
    "write_note": {"note-note": "Has a dog"},
    "take_safety_step": {"step-what": "Rang, no answer"},
    "close_safety_alert": {"reason": "safe", "note": "Rang, she is safe at her sister's"},
}
# Found, sent on, or asked to fill in a form better: the person was let in.
LET_IN = {200, 204, 302, 422}
ROUTES = dict(every_route())
ADMINISTRATION = {name for name in ROUTES if name.startswith("admin:")}


@pytest.fixture
def people():
    """One of each role towards one practice."""
    provider, other = a_provider("The practice's provider"), a_provider("Another provider")
    practice, elsewhere = a_practice(provider=provider), a_practice(provider=other)
    return {
        "practice": practice,
        "holder": a_link_worker(practice),
        "of_the_practice": a_link_worker(practice),
        "of_the_provider": a_link_worker(a_practice(provider=provider)),
        "of_the_theme": a_link_worker(theme=a_theme("homelessness"), provider=other),
        "stranger": a_link_worker(elsewhere),
        "practice_staff": a_staff_member(Role.PRACTICE_STAFF, practice),
        "provider_lead": a_staff_member(Role.PROVIDER_LEAD, provider=provider),
        "other_provider_lead": a_staff_member(Role.PROVIDER_LEAD, provider=other),
        "programme_lead": a_staff_member(Role.PROGRAMME_LEAD),
        "administrator": a_staff_member(Role.ADMINISTRATOR),
        "no_role": a_user(),
    }


# With the id of a support in the address.
ON_A_SUPPORT = {"check_support": ("post", SEE_PATIENTS | {"practice_staff", "programme_lead"})}


def rows(table):
    for route, said in table.items():
        method, let_in = said if isinstance(said, tuple) else ("get", said)
        for person in sorted(PEOPLE):
            yield pytest.param(route, method, person, person in let_in, id=f"{route}-{person}")


def a_held_callback(people):
    return a_callback(
        status=Status.CLAIMED,
        practice=people["practice"],
        link_worker=people["holder"],
        needs=("homelessness",),
    )


def check_answer(response, is_let_in):
    assert response.status_code in (LET_IN if is_let_in else {403})


def test_the_tables_name_every_route():
    named = PAGES.keys() | ON_A_CALLBACK.keys() | ON_AN_ALERT.keys() | PUBLIC | LEAVING
    named |= ON_ONES_OWN.keys() | ON_A_SUPPORT.keys() | ON_A_PRACTICE.keys()
    assert named == ROUTES.keys() - ADMINISTRATION - SECOND_STEP


@pytest.mark.parametrize(("route", "method", "person", "is_let_in"), rows(PAGES))
def test_pages(route, method, person, is_let_in, people, signed_in):
    check_answer(getattr(signed_in(people[person]), method)(reverse(route)), is_let_in)


@pytest.mark.parametrize(("route", "method", "person", "is_let_in"), rows(ON_A_SUPPORT))
def test_on_a_support(route, method, person, is_let_in, people, signed_in, supports):
    client = signed_in(people[person])
    check_answer(client.post(ROUTES[route], {"answer": "still_right"}), is_let_in)


@pytest.mark.parametrize(("route", "method", "person", "is_let_in"), rows(ON_A_PRACTICE))
def test_on_a_practice(route, method, person, is_let_in, people, signed_in):
    a_contact_number(people["practice"])
    path = reverse(route, args=[people["practice"].code, "en", "card", "pdf"])
    check_answer(getattr(signed_in(people[person]), method)(path), is_let_in)


@pytest.mark.parametrize("route", ON_ONES_OWN)
def test_what_only_link_workers_do_for_themselves(route, people, signed_in):
    for person in PEOPLE:
        response = signed_in(people[person]).post(reverse(route, args=ON_ONES_OWN[route]))
        check_answer(response, person in LINK_WORKERS)


@pytest.mark.parametrize(("route", "method", "person", "is_let_in"), rows(ON_A_CALLBACK))
def test_routes_about_one_callback(route, method, person, is_let_in, people, signed_in):
    callback = a_held_callback(people)
    in_form = route in REFERENCE_IN_THE_FORM
    data = {"callback": callback.reference} if in_form else DATA.get(route, {})
    path = reverse(route, args=[] if in_form else [callback.reference])
    check_answer(getattr(signed_in(people[person]), method)(path, data), is_let_in)


@pytest.mark.parametrize(("route", "method", "person", "is_let_in"), rows(ON_AN_ALERT))
def test_routes_about_one_alert(route, method, person, is_let_in, people, signed_in):
    callback = a_callback(practice=people["practice"], needs=("homelessness",))
    alert = raise_safety_alert(callback.conversation, kind="abuse_danger", words="he's at the door")
    client = signed_in(people[person])
    response = getattr(client, method)(reverse(route, args=[alert.pk]), DATA.get(route, {}))
    check_answer(response, is_let_in)


@pytest.mark.parametrize("route", sorted(ADMINISTRATION - SENDS_TO_SIGN_IN))
def test_the_administration_is_for_administrators_alone(route, people, signed_in):
    for person in PEOPLE - {"administrator"}:
        assert signed_in(people[person]).get(ROUTES[route]).status_code == 403, person
    page = signed_in(people["administrator"]).get(ROUTES[route])
    # Some of its pages are about a row that is not there, or want a POST.
    assert page.status_code in {200, 302, 403, 404, 405}
    assert NOT_AN_ADMINISTRATOR not in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(ROUTES.keys() - PUBLIC - LEAVING))
def test_no_route_without_signing_in(name, method):
    response = getattr(Client(), method)(ROUTES[name], follow=True)
    assert response.redirect_chain[0][1] == 302
    assert response.redirect_chain[-1][0].startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_routes_answer_without_signing_in(name):
    # There is no service of the made-up id, nor an email with the made-up link; saying so
    # needs no sign-in either.
    is_made_up = name in {"service", "stop_digest"}
    assert Client().get(ROUTES[name]).status_code == (404 if is_made_up else 200)


def test_only_the_public_routes_are_marked_public():
    public = {
        name
        for name, path in ROUTES.items()
        if not getattr(resolve(path).func, "login_required", True)
    }
    assert public - ADMINISTRATION == PUBLIC | SECOND_STEP | LEAVING


def test_a_view_that_does_not_say_who_may_see_it_is_for_nobody():
    assert not route_guard.says_who(lambda request: None, [])


def test_whoever_sees_an_open_safety_alert_may_open_its_callback(people, signed_in):
    callback = a_callback(practice=people["practice"])
    raise_safety_alert(callback.conversation, kind="abuse_danger", words="he's at the door")
    colleague = signed_in(people["of_the_provider"])
    assert colleague.get(reverse("callback", args=[callback.reference])).status_code == 200


def test_an_alert_of_an_unknown_practice_is_for_everybody(people, signed_in):
    alert = raise_safety_alert(a_conversation(), kind="suicide_self_harm", words="no point")
    stranger = signed_in(people["stranger"])
    assert stranger.get(reverse("safety_alert", args=[alert.pk])).status_code == 200


def test_a_lead_sees_all_of_their_provider_and_nothing_of_another(people):
    theirs, others = a_callback(practice=people["practice"]), a_callback(practice=a_practice())
    seen = callbacks_seen_by(access_of(people["provider_lead"]))
    assert theirs in seen and others not in seen


def test_a_lead_who_also_rings_patients_sees_both(people, signed_in):
    lead = people["provider_lead"]
    elsewhere = a_practice()
    worker = a_link_worker(elsewhere)
    worker.user = lead
    worker.save()
    callbacks = {a_callback(practice=people["practice"]), a_callback(practice=elsewhere)}
    assert set(callbacks_seen_by(access_of(lead))) == callbacks
    assert signed_in(lead).get(reverse("caseload")).status_code == 200


def test_a_lead_reads_and_has_nothing_to_press(people, signed_in):
    waiting = a_callback(practice=people["practice"])
    lead = signed_in(people["provider_lead"])
    for path in (reverse("queue"), reverse("callback", args=[waiting.reference])):
        page = lead.get(path).content.decode()
        assert waiting.words in page.replace("&#x27;", "'")
        main = page.split("<main")[1]
        assert main.count('method="post"') == main.count('id="claim" method="post"')
        assert ">Claim" not in main


def test_a_user_without_a_role_is_told_so_and_can_leave(people, signed_in):
    client = signed_in(people["no_role"])
    page = client.get(reverse("queue"))
    assert page.status_code == 403
    assert "no role" in page.content.decode()
    assert reverse("sign_out") in page.content.decode()
    assert client.post(reverse("sign_out")).status_code == 302


@pytest.mark.parametrize(
    ("person", "lands_on"),
    [("holder", "queue"), ("provider_lead", "queue"), ("practice_staff", None)],
)
def test_each_role_begins_where_their_work_is(person, lands_on, people, signed_in):
    response = signed_in(people[person]).get(reverse("home"))
    if lands_on:
        assert response.url == reverse(lands_on)
    else:
        assert people["practice"].name in response.content.decode()
