"""People, practices and callbacks for tests, built through the real rules."""

from itertools import count
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.utils import timezone

from social_prescribing.callback_moves import claim_callback, close_callback
from social_prescribing.callback_requests import CallbackRequest, request_callback
from social_prescribing.callbacks import Outcome, Status
from social_prescribing.conversations import Channel, Inbound, receive_message
from social_prescribing.directory_file import load_supports
from social_prescribing.gaps import Gap, Kind, Why
from social_prescribing.link_workers import LinkWorker, Theme
from social_prescribing.places import find_place
from social_prescribing.practices import ContactNumber, Practice, Provider
from social_prescribing.reporting_years import month_before
from social_prescribing.staff import Role, StaffRole
from social_prescribing.supports import Support

PASSWORD = "a long enough password"
_number = count(1)


def a_provider(name="A Provider"):
    return Provider.objects.get_or_create(name=name)[0]


def a_practice(**given):
    """A practice with a provider of its own kind; every field may be given."""
    number = next(_number)
    fields = {
        "code": f"P{number}",
        "name": f"Practice {number}",
        "name_for_texts": f"Practice {number}",
        "neighbourhood": "Possilpark",
        "postcode_district": "G22",
        "reception_phone": "+441414960100",
        "rings_from": "+441414960101",
    }
    return Practice.objects.create(
        provider=given.pop("provider", None) or a_provider(), **fields | given
    )


def a_contact_number(*practices, e164=None):
    """A number that these practices share."""
    number = ContactNumber.objects.create(e164=e164 or f"+4477009{next(_number):05}")
    number.practices.set(practices or [a_practice()])
    return number


THEME_NEEDS = {
    "asylum": ["asylum_immigration"],
    "youth": ["youth"],
    "homelessness": ["homelessness", "housing"],
}


def a_theme(theme_id="homelessness"):
    """One of the programme's themes. A test that empties the database has taken them with it."""
    given = {"name": theme_id.capitalize(), "needs": THEME_NEEDS[theme_id]}
    return Theme.objects.get_or_create(pk=theme_id, defaults=given)[0]


def a_user(kind="person"):
    """Somebody who can sign in with PASSWORD, and has no role yet."""
    email = f"{kind}{next(_number)}@example.test"
    return get_user_model().objects.create_user(email, email=email, password=PASSWORD)


def a_staff_member(role, *practices, provider=None):
    """A user with one role beside ringing patients: practice staff, a lead, an administrator."""
    if role == Role.PROVIDER_LEAD:
        provider = provider or a_provider()
    given = StaffRole.objects.create(user=a_user(role.value), role=role, provider=provider)
    given.practices.set(practices)
    return given.user


def a_link_worker(*practices, name=None, theme=None, provider=None):
    """A link worker who can sign in with PASSWORD; `theme` makes them a thematic one."""
    number = next(_number)
    user = a_user("worker")
    link_worker = LinkWorker.objects.create(
        user=user,
        name=name or f"Worker {number}",
        theme=theme,
        provider=provider or (practices[0].provider if practices else a_provider()),
    )
    link_worker.practices.set(practices)
    return link_worker


def a_message(
    text="am skint and the meter's oot", *, practice=None, address=None, channel=Channel.WEB
):
    """An inbound message, in a new conversation unless an address is given."""
    inbound = Inbound(
        channel=channel,
        address=address or f"address-{next(_number)}",
        text=text,
        provider_id=f"id-{next(_number)}",
        practice=practice,
    )
    return receive_message(inbound)[0]


def a_conversation(**given):
    return a_message(**given).conversation


def a_callback(
    *, status=Status.WAITING, practice=None, link_worker=None, conversation=None, **given
):
    """A callback in any status, moved there by the real rules."""
    practice = practice or a_practice()
    words = given.pop("words", "am skint and the meter's oot")
    request = {
        "needs": ("money", "energy"),
        "words": words,
        "name": "Shug",
        "phone": "+447700900123",
        "practice": practice,
    }
    conversation = conversation or a_conversation(text=words, practice=practice)
    callback = request_callback(conversation, CallbackRequest(**request | given))
    if status in (Status.CLAIMED, Status.CLOSED):
        link_worker = link_worker or a_link_worker(practice)
        claim_callback(callback, link_worker=link_worker)
    if status == Status.CLOSED:
        close_callback(callback, link_worker=link_worker, outcome=Outcome.REACHED)
    return callback


def some_gaps(patients, need="transport", district="G22", **given):
    """One gap of each of so many patients, of last month unless told otherwise."""
    fields = {"kind": Kind.UNMET, "why": Why.NONE, "month": month_before(timezone.localdate())}
    Gap.objects.bulk_create(
        Gap(need=need, district=district, asker=uuid4(), **fields | given) for _ in range(patients)
    )


def a_support(**given):
    """A club against loneliness in Govan that anybody may walk in to, checked today."""
    govan = find_place("Govan")
    fields = {
        "id": "club", "name": "Club", "organisation": "Club", "description": "A club.",
        "kind_of_place": "club", "phone": "0141 496 0000", "latitude": govan.latitude,
        "longitude": govan.longitude, "reach": "local", "area_served": "Govan",
        "way_in": "open", "source_url": "https://example.org", "checked_how": "rung",
        "checked_on": timezone.localdate(), "confirmed_on": timezone.localdate(),
        "confidence": "high",
    }  # fmt: skip
    support = Support.objects.create(**fields | given)
    support.need_rows.create(need="loneliness", position=0)
    return support


def checked_supports():
    """The directory as it ships, and as if somebody had rung every number today."""
    load_supports()
    Support.objects.update(confirmed_on=timezone.localdate(), confirmed_by="Sam Demo")
