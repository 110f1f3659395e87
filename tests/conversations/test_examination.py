"""Whole conversations written by somebody who had not seen the bot: how many end as they should.

One file an examiner, in examinations/. A file is unseen only until its errors are
read; its head says whether they were. One conversation that goes wrong is not a
failing test; too many are.
"""

from pathlib import Path

import pytest
import yaml
from asgiref.sync import sync_to_async

from social_prescribing.callbacks import Callback, Status
from social_prescribing.conversations import Channel
from social_prescribing.safety_alerts import SafetyAlert
from tests.conversations.player import Player

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EXAMINATIONS = sorted(Path(__file__).with_name("examinations").glob("*.yml"))
# Where we want to be is all of them, nine in ten first; this is what was reached, and is kept,
# less two conversations: each training anew moves one or two either way.
RIGHT_AT_LEAST = {
    "first": 0.93,
    "second": 0.85,
    "third": 0.87,
    "fourth": 0.87,
    "fifth": 0.85,
    "sixth": 0.85,
    "seventh": 0.95,
    "eighth": 0.9,
    "ninth": 0.9,
    "tenth": 0.95,
    "eleventh": 0.75,
}
AREAS_MATCH_LOOSELY = str.maketrans("", "", " -'")


@pytest.mark.parametrize("examination", EXAMINATIONS, ids=lambda path: path.stem)
async def test_conversations_end_in_exactly_the_right_state_as_often_as_they_did(
    agent, patient, capsys, examination
):
    stories = yaml.safe_load(examination.read_text(encoding="utf-8"))
    wrong = []
    for story in stories:
        is_sms = story["channel"] == "simulated_sms"
        examinee = Player(
            agent=agent,
            address=story["from"] if is_sms else f"session of {story['title']}"[:80],
            contact_number=patient.contact_number if is_sms else None,
            channel=Channel.SIMULATED_SMS if is_sms else Channel.WEB,
        )
        await examinee.play_examination(story)
        differences = await _differences(examinee, story["expect"])
        if differences:
            wrong.append(f"{story['title']}: {differences}\n{examinee.transcript}\n")
    right = 1 - len(wrong) / len(stories)
    with capsys.disabled():
        print(f"\n{examination.stem}: {len(stories) - len(wrong)} of {len(stories)} right")
        print("\n".join(one.partition("\n")[0] for one in wrong))
    assert right >= RIGHT_AT_LEAST[examination.stem], "\n".join(wrong)


@sync_to_async
def _differences(examinee, expect):
    """What is not as the examiner wrote it down: `{name: (is, should be)}`."""
    conversation = examinee.conversation_now()
    callbacks = list(conversation.callbacks.exclude(status=Status.CLOSED))
    found = {
        "queued": bool(callbacks),
        "callbacks": len(callbacks),
        "alert": SafetyAlert.objects.filter(
            conversation=conversation, due_at__lte=_now(), closed_at=None
        ).exists(),
    }
    if callbacks:
        found |= _as_written_down(callbacks[0])
        if "needs" in expect:
            expect = expect | {"needs": _fair_needs(found["needs"], expect)}
    differences = {}
    for name, wanted in expect.items():
        if name in found and not _is_same(name, found[name], wanted):
            differences[name] = (found[name], wanted)
    return differences


def _now():
    from django.utils import timezone

    return timezone.now()


def _fair_needs(found, expect):
    """The needs found, where they hold all that must and only what may be there."""
    may = {*expect["needs"], *expect.get("needs_may_also_have", [])}
    fits = set(expect["needs"]) <= set(found) <= may
    return found if fits else expect["needs"]


def _is_same(name, found, wanted):
    if isinstance(found, str) and isinstance(wanted, str):
        found, wanted = (w.casefold().translate(AREAS_MATCH_LOOSELY) for w in (found, wanted))
    if name == "days":
        found, wanted = sorted(found), sorted(wanted)
    return found == wanted or (not found and not wanted)


def _as_written_down(callback: Callback):
    return {
        "needs": callback.need_ids,
        "name": callback.name,
        "phone": callback.phone,
        "area": callback.area,
        "time_preference": callback.time_preference,
        "days": list(callback.days),
        "not_before": callback.not_before and callback.not_before.strftime("%H:%M"),
        "not_after": callback.not_after and callback.not_after.strftime("%H:%M"),
        "voicemail_ok": callback.voicemail_ok,
        "language": callback.language,
        "interpreter": callback.interpreter,
        "on_behalf_of": callback.on_behalf_of,
        "safety": callback.safety or "none",
    }
