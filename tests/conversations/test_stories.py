"""Whole conversations, through the trained model and the real channel code."""

from datetime import time
from pathlib import Path

import pytest
import yaml
from asgiref.sync import sync_to_async

from social_prescribing.callbacks import Callback, Status
from social_prescribing.safety_alerts import SafetyAlert
from tests.factories import a_link_worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

STORIES = [
    pytest.param(story, id=f"{path.stem}: {story['title']}")
    for path in sorted(Path(__file__).with_name("stories").glob("*.yml"))
    for story in yaml.safe_load(path.read_text())
]


@pytest.mark.parametrize("story", STORIES)
async def test_a_story_ends_as_it_should(patient, web_patient, practice, story):
    patient = web_patient if story.get("channel") == "web" else patient
    if "practice" in story:
        await _furnish(practice, **story["practice"])
    await patient.play(story)
    await _check_queue(patient, story)
    await _check_alert(patient, story)
    _check_manners(patient, least=0 if story.get("silent") else 1)


@sync_to_async
def _furnish(practice, *, own_words, address, hours, branch, link_worker_days):
    """Give the practice what a story says that it has."""
    practice.own_words = own_words
    practice.save()
    practice.sites.create(address=address, hours=hours)
    practice.sites.create(is_branch=True, **branch)
    a_link_worker(practice).days_at_practices.update(days=link_worker_days)


async def _check_queue(patient, story):
    callback = await _open_callback(patient)
    if story.get("ends", "unsaid") is None:
        assert callback is None, patient.transcript
    elif "ends" in story:
        assert callback is not None, patient.transcript
        wanted = story["ends"]
        shown = await sync_to_async(_shown_as)(callback, wanted)
        assert shown == wanted, patient.transcript


async def _check_alert(patient, story):
    kinds = await sync_to_async(list)(SafetyAlert.objects.values_list("kind", flat=True))
    assert kinds == ([story["alert"]] if "alert" in story else []), patient.transcript
    if "says_back" in story:
        assert any(story["says_back"] in reply for reply in patient.replies), patient.transcript


def _check_manners(patient, *, least):
    """What holds in every conversation: never silent, never more than two texts in a row."""
    for text, replies in patient.said:
        assert least <= len(replies) <= 2, f"{text!r}\n{patient.transcript}"
        assert all(reply.text for reply in replies)


@sync_to_async
def _open_callback(patient):
    return Callback.objects.exclude(status=Status.CLOSED).first()


def _shown_as(callback, wanted):
    return {name: _shown(callback, name) for name in wanted}


def _shown(callback, name):
    """One field of the queue entry, in the story's own terms."""
    if name == "needs":
        return callback.need_ids
    value = getattr(callback, name)
    if name == "safety":
        return value or "none"
    return value.strftime("%H:%M") if isinstance(value, time) else value
