"""What is deleted when a patient asks for it: every table is looked into, whoever adds one."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from social_prescribing.agreed_supports import agree_on_supports
from social_prescribing.asked_needs import record_asked_needs
from social_prescribing.bot_turns import BotTurn
from social_prescribing.callback_moves import (
    add_note,
    claim_callback,
    close_callback,
    record_attempt,
)
from social_prescribing.callback_requests import CallbackRequest, request_callback
from social_prescribing.callbacks import AttemptResult, Outcome, Status
from social_prescribing.consent import Purpose, opt_out, record_consent
from social_prescribing.conversations import Channel, Conversation, Message, State, send_reply
from social_prescribing.due import DUE_RULES
from social_prescribing.gaps import Gap, Kind, Why, record_gaps
from social_prescribing.held_data import DELETED, DataDeletion, delete_held, held_about
from social_prescribing.inbox import ask_for_person
from social_prescribing.need_corrections import correct_needs
from social_prescribing.notices import give_notice
from social_prescribing.patients import Patient
from social_prescribing.retention import WORDS, remove_past_their_time
from social_prescribing.safe_contact import keep_code_word
from social_prescribing.safety_alerts import (
    close_safety_alert,
    raise_safety_alert,
    take_safety_step,
)
from social_prescribing.signposting import Signposting
from social_prescribing.support_reports import SupportReport
from social_prescribing.supports import Support
from tests.factories import a_callback, a_link_worker, a_message, a_practice, checked_supports

pytestmark = pytest.mark.django_db

# What stays of a patient, and why. Everything else is empty, or its row is gone.
STAYS = {
    "The number that wrote: it shows who asked, and holds an opt-out back. retention.NUMBERS": {
        "Conversation": ["address", "opted_out_at"],
    },
    "That texts and a call came and went, when, and through whom": {
        "Conversation": ["reference", "channel", "started_at"],
        "Message": [
            "channel", "direction", "provider_id", "asks", "written_at", "answered_at", "attempts",
            "next_try_at", "state", "state_since", "failure", "failure_code", "segments", "key",
            "despite_opt_out", "is_correction", "kept_by_provider",
        ],
        "Consent": ["purpose", "wording", "given_at"],
        "Callback": [
            "reference", "status", "requested_at", "due_by", "promised_by", "claimed_at",
            "closed_at", "outcome", "asked_through", "next_step", "next_step_at", "forgotten_at",
            "looked_at", "follow_up_queued_at", "is_demo",
        ],
        "CallbackEvent": ["status", "what", "happened_at"],
        "Attempt": ["result", "rung_at", "told_at"],
        "Patient": ["is_demo"],
    },
    "That a support may be shut: a word about the support": {
        "SupportReport": ["reported_at", "checked_at"],
    },
    "That a need was left open: counted for the programme, in a row that leads to nobody": {
        "Gap": ["need", "kind", "why", "district", "month", "asker"],
    },
    "Danger: what was noticed, and what was done for them": {
        "Callback": ["safety", "is_urgent"],
        "SafetyAlert": [
            "kind", "words", "why", "raised_at", "due_at", "seen_at", "climbs", "climbed_at",
            "closed_at", "closing_reason", "closing_note",
        ],
        "SafetyStep": ["what", "taken_at"],
    },
    "Danger: that somebody else may read this phone, so that no text ever gives them away": {
        "Conversation": ["is_safe_to_text"],
    },
    "That it was deleted, when and why": {"DataDeletion": ["deleted_at", "why"]},
}  # fmt: skip
# A word that says so, where a field must not be empty.
SAYS_SO = {
    ("Callback", "name"): DELETED,
    ("Callback", "words"): DELETED,
    ("CallbackEvent", "note"): "The patient had everything deleted",
}


def tables_of_a_patient():
    """Every model from which a chain of foreign keys leads to a conversation or a patient."""
    found = {Conversation, Patient}
    while more := {
        model
        for model in apps.get_models()
        if model not in found
        and any(f.related_model in found for f in model._meta.concrete_fields if f.is_relation)
    }:
        found |= more
    return sorted(found, key=lambda model: model.__name__)


@pytest.fixture
def told_all():
    """The conversation of a patient about whom every table holds something."""
    checked_supports()
    practice = a_practice()
    sam = a_link_worker(practice)
    message = a_message("am skint", channel=Channel.SMS, address="+447700900123", practice=practice)
    conversation = message.conversation
    conversation.is_safe_to_text = False
    conversation.save()
    closed = a_callback(conversation=conversation, practice=practice)
    claim_callback(closed, link_worker=sam)
    record_attempt(closed, link_worker=sam, result=AttemptResult.NO_ANSWER, note="Shug's ma")
    add_note(closed, link_worker=sam, note="Shug has a dog")
    support = Support.objects.first()
    agree_on_supports(closed, [support], link_worker=sam)
    correct_needs(closed, link_worker=sam, needs=["food"])
    close_callback(
        closed, link_worker=sam, outcome=Outcome.REACHED, note="Shug will try",
        follow_up_on=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
    request_callback(conversation, everything_said(practice))
    give_notice(sam, callback=closed, text="Shug changed it")
    alert = raise_safety_alert(conversation, kind="suicide_self_harm", words="cannae go on")
    take_safety_step(alert, what="Rang Shug", link_worker=sam)
    close_safety_alert(alert, link_worker=sam, note="Spoke to them")
    record_consent(conversation, purpose=Purpose.CALLBACK, wording="Ring?", answer="aye, Shug")
    SupportReport.objects.create(conversation=conversation, support=support, words="that's shut")
    Signposting.objects.create(conversation=conversation, support=support, why="Near Possilpark")
    record_gaps(conversation, ["money"], {"money": (Kind.UNMET, Why.FAR)}, district="G22")
    BotTurn.objects.create(conversation=conversation, events=[{"text": "am skint"}])
    record_asked_needs(conversation, ["money"])
    keep_code_word(conversation, "my code word is thistle")
    ask_for_person(conversation)
    send_reply(message, "Thanks Shug", options=["Yes"])
    conversation.refresh_from_db()
    return conversation


def everything_said(practice):
    return CallbackRequest(
        needs=("money", "energy"), words="am skint", name="Shug", phone="+447700900123",
        area="Possilpark", safety="suicide_self_harm", is_urgent=True, time_preference="morning",
        days=("monday",), time_words="Monday morning", voicemail_ok=True,
        safe_contact="no if ma man lifts it", is_safe_to_ring=False, language="pl",
        interpreter=True, on_behalf_of="mum", age=15, practice=practice,
    )  # fmt: skip


def what_is_left():
    """`(model, field, value)` of all that stands in a patient's tables and is not empty."""
    for model in tables_of_a_patient():
        for row in model.objects.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                is_empty = value in (None, "", [], {}) or value == field.get_default()
                if not (field.primary_key or field.is_relation or is_empty):
                    yield model.__name__, field.name, value


def test_every_table_of_a_patient_holds_something_before_so_that_this_test_sees_it(told_all):
    empty = {model.__name__ for model in tables_of_a_patient() if not model.objects.exists()}
    assert empty == {"DataDeletion"}


def test_nothing_of_the_patient_is_left_in_any_table_but_what_is_named_with_its_reason(told_all):
    delete_held(told_all)
    named = {
        (model, field)
        for tables in STAYS.values()
        for model, fields in tables.items()
        for field in fields
    }
    for model, field, value in what_is_left():
        if (model, field) in SAYS_SO:
            assert value == SAYS_SO[model, field]
        else:
            assert (model, field) in named, f"{model}.{field} still holds {value!r}"


def test_a_gap_that_stays_leads_to_nobody_and_counts_for_their_practice(told_all):
    Gap.objects.update(practice=None)  # not known when it was asked
    delete_held(told_all)
    gap = Gap.objects.get()
    assert gap.conversation is None
    assert gap.practice == told_all.practice


def test_what_stays_is_named_only_where_it_exists():
    names = {model.__name__: model for model in tables_of_a_patient()}
    for tables in STAYS.values():
        for model, fields in tables.items():
            assert set(fields) <= {field.name for field in names[model]._meta.concrete_fields}


def test_outside_the_notes_of_danger_no_name_number_or_word_is_left(told_all):
    delete_held(told_all)
    said = ("shug", "skint", "possil", "900123", "thistle", "mum", "ma man")
    allowed = {("Conversation", "address")}
    for model, field, value in what_is_left():
        if model not in ("SafetyAlert", "SafetyStep") and (model, field) not in allowed:
            assert not any(word in str(value).casefold() for word in said), (model, field, value)


def test_no_foreign_key_but_the_patients_own_tables_leads_to_them():
    """A new table shows up here: decide in delete_held what becomes of it."""
    assert {model.__name__ for model in tables_of_a_patient()} == {
        "AgreedSupport", "AskedNeed", "Attempt", "BotTurn", "Callback", "CallbackEvent",
        "CallbackNeed", "Consent", "Conversation", "DataDeletion", "Gap", "Message",
        "NeedCorrection", "Notice", "Patient", "SafetyAlert", "SafetyStep", "Signposting",
        "SupportReport",
    }  # fmt: skip


def test_what_is_held_after_a_deletion_is_nothing(told_all):
    delete_held(told_all)
    told_all.refresh_from_db()
    held = held_about(told_all)
    assert held.texts == 0 and not held.needs and not held.area


def test_nobody_is_rung_or_texted_by_the_clock_after_a_deletion(told_all):
    delete_held(told_all)
    before = Message.objects.count()
    for rule in DUE_RULES:
        rule.run()
    assert Message.objects.count() == before
    assert not told_all.callbacks.exclude(status=Status.CLOSED).exists()


def test_a_promised_follow_up_goes_with_the_rest(told_all):
    delete_held(told_all)
    assert not told_all.callbacks.filter(follow_up_on__isnull=False).exists()


def test_a_text_not_sent_yet_is_not_sent_but_help_in_danger_is():
    message = a_message("hi", channel=Channel.SMS, address="+447700900123")
    usual = send_reply(message, "Thanks Shug")
    help_lines = send_reply(message, "Samaritans 116 123", despite_opt_out=True)
    assert usual.state == State.QUEUED
    delete_held(message.conversation)
    texts = message.conversation.messages.filter(direction="out")
    assert [text.pk for text in texts] == [help_lines.pk]
    assert texts.get().text == "Samaritans 116 123"


def test_who_sees_a_danger_through_is_told_how_to_reach_the_patient_before_it_goes():
    callback = a_callback(phone="+447700900777")
    alert = raise_safety_alert(callback.conversation, kind="suicide_self_harm", words="x")
    delete_held(callback.conversation)
    callback.refresh_from_db()
    assert callback.phone == ""
    assert "07700 900777" in alert.steps.get().what and "Shug" in alert.steps.get().what


def test_another_patient_who_gave_the_same_number_keeps_theirs():
    mine, other = a_callback(), a_callback()
    delete_held(mine.conversation)
    other.refresh_from_db()
    assert other.name == "Shug" and other.phone == "+447700900123"


def test_an_opt_out_outlives_a_deletion():
    message = a_message("hi", channel=Channel.SMS, address="+447700900123")
    opt_out(message.conversation)
    delete_held(message.conversation)
    message.conversation.refresh_from_db()
    assert message.conversation.opted_out_at is not None


def test_who_writes_again_after_a_deletion_is_held_anew_and_only_for_the_time_it_takes():
    message = a_message("hi", channel=Channel.SMS, address="+447700900123")
    delete_held(message.conversation)
    again = a_message("am skint", channel=Channel.SMS, address="+447700900123")
    assert again.conversation == message.conversation
    remove_past_their_time(timezone.now() + WORDS.time - timedelta(days=1))
    again.refresh_from_db()
    assert again.text == "am skint"
    remove_past_their_time(timezone.now() + WORDS.time + timedelta(days=1))
    again.refresh_from_db()
    assert again.text == ""
    assert DataDeletion.objects.count() == 2


def test_one_rule_of_the_clock_keeps_to_the_time_that_things_are_kept():
    assert [rule.run for rule in DUE_RULES].count(remove_past_their_time) == 1
