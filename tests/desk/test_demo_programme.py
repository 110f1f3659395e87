"""The demo programme, loaded: what it holds, and what becomes of what people try out with it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.demo_programme import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    DEMO_SIGN_IN,
    load_demo,
    remove_demo,
)
from desk.demo_stories import STORIES
from social_prescribing.callback_moves import claim_callback
from social_prescribing.callbacks import Callback, Status, callbacks_for
from social_prescribing.conversations import Conversation, Message
from social_prescribing.inbox import conversations_to_answer
from social_prescribing.link_workers import LinkWorker, Theme
from social_prescribing.on_call import OnCallContact, When, raise_unseen_alerts
from social_prescribing.patients import Patient
from social_prescribing.practices import ContactNumber, Practice, Provider
from social_prescribing.safety_alerts import SafetyAlert
from tests.factories import a_callback, a_conversation, a_link_worker, a_practice

pytestmark = pytest.mark.django_db
FICTITIOUS = re.compile(r"\+(447700900|441414960)\d{3}")


def test_it_holds_the_programme(demo):
    assert Provider.objects.filter(is_demo=True).count() == 2
    assert Practice.objects.filter(is_demo=True).count() == 6
    assert set(LinkWorker.objects.values_list("theme", flat=True)) == {
        None,
        *Theme.objects.values_list("pk", flat=True),
    }
    assert LinkWorker.objects.filter(theme=None).count() == 6
    shared = [number.practices.count() for number in ContactNumber.objects.all()]
    assert sorted(shared) == [1, 1, 1, 1, 2]


def test_seven_open_callbacks_one_of_them_in_danger(demo):
    assert Callback.objects.filter(is_demo=True).exclude(status=Status.CLOSED).count() == 7
    assert Callback.objects.filter(status=Status.CLAIMED).count() == 2
    urgent = Callback.objects.get(is_urgent=True)
    assert SafetyAlert.objects.get().callback == urgent
    assert not any(callback.is_overdue for callback in Callback.objects.all())


def test_an_alert_that_nobody_looks_at_climbs_and_leaves_with_the_demo(demo, mailoutbox):
    due_at = timezone.now() - timedelta(minutes=16)
    SafetyAlert.objects.update(due_at=due_at)
    OnCallContact.objects.update(when=When.ALWAYS)
    assert raise_unseen_alerts() == 1
    (email,) = mailoutbox
    assert email.to == ["ruth@demo.example"]
    step = SafetyAlert.objects.get().steps.get()
    assert "Told: Ruth Moffat by email and text" in step.what
    remove_demo()
    assert not OnCallContact.objects.exists() and not Conversation.objects.exists()


def test_a_bot_that_runs_beside_answers_no_story_again(demo):
    assert conversations_to_answer(left_alone_for=0) == []


def test_patients_answer_what_is_asked_and_nothing_else(demo):
    for number, story in enumerate(STORIES, start=1):
        told = Message.objects.filter(provider_id__startswith=f"demo-{number}-").order_by("id")
        assert sorted(m.text for m in told[1:]) == sorted(story.answers.values())


def test_the_call_is_promised_before_it_is_summed_up_as_the_bot_does(demo):
    texts = Conversation.objects.get(address="+447700900211").messages.order_by("id")
    asked = [message.asks for message in texts if message.asks]
    assert asked == ["area", "want_callback", "name", "time", "voicemail", "confirm"]
    assert "A link worker will ring Shug on 07700 900211" in texts.get(asks="voicemail").text
    assert "Voicemail: yes" in texts.get(asks="confirm").text


def test_everybody_is_plainly_made_up(demo):
    for practice in Practice.objects.all():
        assert "Demo" in practice.name
        assert len(practice.name_for_texts) <= 30
        assert FICTITIOUS.fullmatch(practice.reception_phone)
        assert FICTITIOUS.fullmatch(practice.rings_from)
    numbers = [*ContactNumber.objects.values_list("e164", flat=True)]
    numbers += Callback.objects.values_list("phone", flat=True)
    assert all(FICTITIOUS.fullmatch(number) for number in numbers)


def test_nothing_in_a_conversation_was_left_unfilled(demo):
    assert not Message.objects.filter(text__contains="{").exists()


def test_the_demo_sign_in_works_and_sees_every_waiting_callback(demo, client):
    client.post(reverse("sign_in"), {"username": DEMO_SIGN_IN, "password": DEMO_PASSWORD})
    page = client.get(reverse("queue")).content.decode()
    for callback in Callback.objects.filter(status=Status.WAITING):
        assert callback.reference in page


def test_each_thematic_link_worker_finds_something_in_the_demo(demo):
    for link_worker in LinkWorker.objects.exclude(theme=None):
        assert callbacks_for(link_worker).filter(status=Status.WAITING).exists()


def test_removing_takes_what_people_tried_out_meanwhile(demo):
    """A text to a shared demo number has no practice, so no mark of its own."""
    number = ContactNumber.objects.get(e164="+447700900105")
    conversation = a_conversation()
    conversation.contact_number = number
    conversation.save()
    callback = a_callback(conversation=conversation, practice=Practice.objects.get(code="DEMO5"))
    remove_demo()
    assert not Callback.objects.filter(pk=callback.pk).exists()
    assert not Patient.objects.exists()


def test_a_demo_link_worker_in_real_history_stays_but_cannot_sign_in(demo, client):
    sam = LinkWorker.objects.get(user__username=DEMO_SIGN_IN)
    callback = a_callback(practice=a_practice())
    claim_callback(callback, link_worker=sam)
    assert remove_demo() == [sam]
    callback.refresh_from_db()
    assert (callback.status, callback.link_worker) == (Status.WAITING, None)
    sign_in = {"username": DEMO_SIGN_IN, "password": DEMO_PASSWORD}
    assert client.post(reverse("sign_in"), sign_in).status_code == 200
    load_demo()
    assert client.post(reverse("sign_in"), sign_in).status_code == 302


def test_a_real_link_worker_who_handled_a_demo_callback_stays(demo):
    practice = Practice.objects.get(code="DEMO1")
    real = a_link_worker(practice, provider=Provider.objects.create(name="Real"))
    claim_callback(Callback.objects.filter(status=Status.WAITING).first(), link_worker=real)
    remove_demo()
    assert LinkWorker.objects.get() == real


def test_in_earnest_no_made_up_person_signs_in_or_is_offered(demo, client, settings):
    settings.DEMO_ACCOUNTS = "closed"
    assert DEMO_PASSWORD not in client.get(reverse("sign_in")).content.decode()
    data = {"username": DEMO_SIGN_IN, "password": DEMO_PASSWORD}
    assert "real patients" in client.post(reverse("sign_in"), data).content.decode()
    assert client.get(reverse("account")).status_code == 302


def test_every_account_that_the_sign_in_page_offers_gets_in_with_one_step(demo, client):
    page = client.get(reverse("sign_in")).content.decode()
    for email, role in DEMO_ACCOUNTS:
        assert email in page and role in page
        client.post(reverse("sign_in"), {"username": email, "password": DEMO_PASSWORD})
        assert role in client.get(reverse("account")).content.decode()
        client.post(reverse("sign_out"))
