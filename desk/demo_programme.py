"""The demo programme: made-up practices, link workers and patients, plainly marked and removable.

Every number is from the ranges that Ofcom keeps for drama. Every row that can
carry the mark `is_demo` does, and `remove_demo` goes by that mark alone.
"""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from desk.demo_gaps import load_demo_gaps
from desk.demo_history import write_demo_history
from desk.demo_stories import tell_demo_stories
from social_prescribing.callback_moves import release_callback
from social_prescribing.callbacks import Callback, Status
from social_prescribing.conversations import Conversation
from social_prescribing.gaps import Gap
from social_prescribing.link_workers import DaysAtPractice, LinkWorker, Theme
from social_prescribing.on_call import OnCallContact
from social_prescribing.patients import Patient
from social_prescribing.practices import ContactNumber, Practice, Provider
from social_prescribing.staff import Role, StaffRole

DEMO_SIGN_IN = "sam@demo.example"
# What the sign-in page offers: one of each role.
DEMO_ACCOUNTS = (
    (DEMO_SIGN_IN, "link worker"),
    ("leila@demo.example", "thematic link worker"),
    ("reception@demo.example", "practice staff"),
    ("isla@demo.example", "provider lead"),
    ("programme@demo.example", "programme lead"),
    ("admin@demo.example", "administrator"),
)
DEMO_PASSWORD = "blether-demo-only"
DEMO_NOTICE = "Demo programme: made-up people and numbers"

NORTH, SOUTH = "Northside Links (Demo)", "Clydeside Links (Demo)"
PROVIDERS = (NORTH, SOUTH)

OFCOM_GLASGOW = "+441414960"  # kept for drama, three digits follow

# code, name, neighbourhood, district, provider, last digits of reception and of the number
# that a patient's phone shows
PRACTICES = (
    ("DEMO1", "Possil Demo Practice", "Possilpark", "G22", NORTH, "110", "111"),
    ("DEMO2", "Govan Demo Practice", "Govan", "G51", SOUTH, "120", "121"),
    ("DEMO3", "Drumchapel Demo Practice", "Drumchapel", "G15", NORTH, "130", "131"),
    ("DEMO4", "Easterhouse Demo Practice", "Easterhouse", "G34", NORTH, "140", "141"),
    ("DEMO5", "Castlemilk Demo Practice", "Castlemilk", "G45", SOUTH, "150", "151"),
    ("DEMO6", "Gorbals Demo Practice", "Gorbals", "G5", SOUTH, "160", "161"),
)  # fmt: skip

# A made-up page, so that a poster shows how the way to the chat looks.
WEB_CHAT_PAGES = {"DEMO1": "https://www.possilpractice.example/chat"}

# The last one is shared: who texts it has to say which practice is theirs.
CONTACT_NUMBERS = {
    "+447700900101": ("DEMO1",),
    "+447700900102": ("DEMO2",),
    "+447700900103": ("DEMO3",),
    "+447700900104": ("DEMO4",),
    "+447700900105": ("DEMO5", "DEMO6"),
}

HOURS = "Mo-Fr 08:30-18:00"
# name, practice, hours
BRANCHES = (("Balornock branch", "DEMO1", "Tu,Th 09:00-12:00"),)
OWN_WORDS = {"DEMO1": "Sam and Morag are our link workers."}
# sign-in, practice, days; whoever is not here is there every working day
DAYS = (("morag@demo.example", "DEMO1", ["monday", "tuesday", "wednesday"]),)

EVERY_PRACTICE = tuple(row[0] for row in PRACTICES)

# sign-in, name, provider, practices, theme
LINK_WORKERS = (
    # Sam covers everywhere, so that whoever tries Blether out finds their own callback.
    (DEMO_SIGN_IN, "Sam Reid", NORTH, EVERY_PRACTICE, None),
    ("morag@demo.example", "Morag Sinclair", NORTH, ("DEMO1",), None),
    ("ewan@demo.example", "Ewan Baird", NORTH, ("DEMO3",), None),
    ("agnieszka@demo.example", "Agnieszka Nowak", NORTH, ("DEMO4",), None),
    ("yusuf@demo.example", "Yusuf Malik", SOUTH, ("DEMO2",), None),
    ("catriona@demo.example", "Catriona Bell", SOUTH, ("DEMO5", "DEMO6"), None),
    ("leila@demo.example", "Leila Haddad", SOUTH, (), "asylum"),
    ("callum@demo.example", "Callum Doyle", NORTH, (), "youth"),
    ("shona@demo.example", "Shona McKay", SOUTH, (), "homelessness"),
)

# Told by email and text of an alert that nobody looks at; name, email, provider, phone.
ON_CALL = (
    ("Isla Fraser", "isla@demo.example", NORTH, "+447700900191"),
    ("Ruth Moffat", "ruth@demo.example", SOUTH, "+447700900192"),
)

# sign-in, name, role, provider, practices
STAFF = (
    ("isla@demo.example", "Isla Fraser", Role.PROVIDER_LEAD, NORTH, ()),
    ("reception@demo.example", "Pat Orr", Role.PRACTICE_STAFF, None, ("DEMO1",)),
    ("programme@demo.example", "Anwar Rashid", Role.PROGRAMME_LEAD, None, ()),
    ("admin@demo.example", "Kirsty Lamont", Role.ADMINISTRATOR, None, ()),
)


@transaction.atomic
def load_demo():
    """Load what is missing of the demo programme. Loading twice changes nothing."""
    for name in PROVIDERS:
        Provider.objects.get_or_create(name=name, defaults={"is_demo": True})
    for row in PRACTICES:
        _load_practice(*row)
    for e164, codes in CONTACT_NUMBERS.items():
        number, _ = ContactNumber.objects.get_or_create(e164=e164, defaults={"is_demo": True})
        number.practices.add(*Practice.objects.filter(code__in=codes))
    for row in LINK_WORKERS:
        _load_link_worker(*row)
    for row in DAYS:
        _load_days(*row)
    for row in STAFF:
        _load_staff_member(*row)
    for row in ON_CALL:
        _load_on_call(*row)
    tell_demo_stories()
    write_demo_history()
    load_demo_gaps()


@transaction.atomic
def remove_demo():
    """Remove what is marked as demo and what hangs on it, nothing else.

    Returns the link workers that had to stay: they stand in the history of
    callbacks outside the demo. They can sign in no more.
    """
    Gap.objects.filter(is_demo=True).delete()
    _remove_conversations()
    _free_other_callbacks()
    staying = _link_workers_in_other_history()
    get_user_model().objects.filter(link_worker__in=staying).update(is_active=False)
    get_user_model().objects.filter(
        Q(link_worker__is_demo=True) & ~Q(link_worker__in=staying)
    ).delete()
    get_user_model().objects.filter(staff_roles__is_demo=True).delete()
    OnCallContact.objects.filter(is_demo=True).delete()
    ContactNumber.objects.filter(is_demo=True).delete()
    Practice.objects.filter(is_demo=True).delete()
    Provider.objects.filter(is_demo=True, link_workers=None, practices=None).delete()
    return staying


def demo_is_loaded():
    """Whether made-up practices stand beside the real ones."""
    return Practice.objects.filter(is_demo=True).exists()


def _load_practice(code, name, neighbourhood, district, provider, reception, rings_from):
    practice, is_new = Practice.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "name_for_texts": name,
            "neighbourhood": neighbourhood,
            "postcode_district": district,
            "provider": Provider.objects.get(name=provider),
            "reception_phone": f"{OFCOM_GLASGOW}{reception}",
            "rings_from": f"{OFCOM_GLASGOW}{rings_from}",
            "web_chat_page": WEB_CHAT_PAGES.get(code, ""),
            "own_words": OWN_WORDS.get(code, ""),
            "is_demo": True,
        },
    )
    if is_new:
        _load_sites(practice)


def _load_sites(practice):
    where = {"address": "1 Demo Street", "postcode": f"{practice.postcode_district} 1AA"}
    practice.sites.create(hours=HOURS, **where)
    for name, code, hours in BRANCHES:
        if code == practice.code:
            practice.sites.create(is_branch=True, name=name, hours=hours, **where)


def _load_days(sign_in, code, days):
    at_practice = DaysAtPractice.objects.filter(practice__code=code, days=[])
    at_practice.filter(link_worker__user__username=sign_in).update(days=days)


def _load_user(sign_in, name):
    first_name, last_name = name.split()
    names = {"email": sign_in, "first_name": first_name, "last_name": last_name}
    user, is_new = get_user_model().objects.get_or_create(username=sign_in, defaults=names)
    if is_new:
        user.set_password(DEMO_PASSWORD)
    user.is_active = True  # one that had to stay at the last removal comes back
    user.save()
    return user


def _load_staff_member(sign_in, name, role, provider, codes):
    given, _ = StaffRole.objects.get_or_create(
        user=_load_user(sign_in, name),
        role=role,
        provider=provider and Provider.objects.get(name=provider),
        defaults={"is_demo": True},
    )
    given.practices.add(*Practice.objects.filter(code__in=codes))


def _load_on_call(name, email, provider, phone):
    on_call = Provider.objects.get(name=provider).on_call
    on_call.get_or_create(name=name, defaults={"email": email, "phone": phone, "is_demo": True})


def _load_link_worker(sign_in, name, provider, codes, theme):
    user = _load_user(sign_in, name)
    link_worker, _ = LinkWorker.objects.get_or_create(
        user=user,
        defaults={
            "name": name,
            "provider": Provider.objects.get(name=provider),
            "theme": theme and Theme.objects.get(pk=theme),
            "is_demo": True,
        },
    )
    link_worker.practices.add(*Practice.objects.filter(code__in=codes))


def _remove_conversations():
    """Conversations of the demo, with their callbacks, alerts, consents and patients."""
    conversations = Conversation.objects.filter(
        Q(contact_number__is_demo=True)
        | Q(practice__is_demo=True)
        | Q(patient__is_demo=True)
        | Q(callbacks__is_demo=True)
    )
    ids = list(conversations.values_list("pk", flat=True))
    patients = list(Patient.objects.filter(conversations__in=ids).values_list("pk", flat=True))
    Conversation.objects.filter(pk__in=ids).delete()
    Patient.objects.filter(Q(pk__in=patients) | Q(is_demo=True)).filter(
        conversations=None, callbacks=None
    ).delete()


def _free_other_callbacks():
    """A demo link worker may hold a callback outside the demo: it goes back to the queue."""
    held = Callback.objects.filter(status=Status.CLAIMED, link_worker__is_demo=True)
    for callback in held.select_related("link_worker"):
        release_callback(
            callback, link_worker=callback.link_worker, note="The demo programme was removed"
        )


def _link_workers_in_other_history():
    """Demo link workers in rows that remain after the demo's own conversations are gone."""
    stands_somewhere = (
        Q(callbacks__isnull=False)
        | Q(callbackevent__isnull=False)
        | Q(attempt__isnull=False)
        | Q(alerts_seen__isnull=False)
        | Q(alerts_closed__isnull=False)
    )
    return list(LinkWorker.objects.filter(stands_somewhere, is_demo=True).distinct())
