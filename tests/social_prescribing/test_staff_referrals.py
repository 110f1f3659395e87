"""Walk-ins: queued with those who texted, told by text, and never without a number to ring."""

import pytest

from social_prescribing.callbacks import AskedThrough, Callback, Status
from social_prescribing.conversations import Channel, Direction
from social_prescribing.errors import InvalidPhoneNumber, InvalidValue
from social_prescribing.staff_referrals import refer_patient
from tests.factories import a_contact_number, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    practice = a_practice(name_for_texts="Possil Practice")
    a_contact_number(practice)
    return practice


def refer(practice, **given):
    fields = {
        "name": "Wee Jeanie",
        "phone": "07700 900 123",
        "words": "damp in the bedroom",
        "referred_by": "Reception",
    }
    return refer_patient(practice=practice, **fields | given)


def test_a_walk_in_waits_in_the_queue_with_consent_and_is_told(practice):
    callback = refer(practice, needs=("housing",))
    assert (callback.status, callback.phone) == (Status.WAITING, "+447700900123")
    assert (callback.asked_through, callback.referred_by) == (AskedThrough.STAFF, "Reception")
    assert callback.conversation.channel == Channel.SMS
    assert callback.conversation.consents.get().answer == "Yes, told to Reception"
    text = callback.conversation.messages.get(direction=Direction.OUTBOUND).text
    assert text.startswith("Hi, Possil Practice has asked a link worker to ring you.")


def test_somebody_who_texts_already_joins_their_open_callback(practice):
    refer(practice)
    refer(practice, words="and the bairn has a cough")
    assert Callback.objects.count() == 1
    assert "cough" in Callback.objects.get().words


def test_a_landline_and_an_unsafe_phone_get_no_text(practice):
    for given in ({"phone": "0141 496 0555"}, {"is_safe_to_ring": False}):
        callback = refer(practice, **given)
        assert not callback.conversation.messages.exists()


def test_what_cannot_be_rung_or_says_nothing_is_refused(practice):
    with pytest.raises(InvalidPhoneNumber):
        refer(practice, phone="12")
    for empty in ({"name": " "}, {"words": ""}):
        with pytest.raises(InvalidValue):
            refer(practice, **empty)
    assert not Callback.objects.exists()
