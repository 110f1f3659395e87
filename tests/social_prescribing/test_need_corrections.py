"""What link workers correct is kept, so that triage can be judged by it."""

import pytest

from social_prescribing.callbacks import Status
from social_prescribing.errors import InvalidValue
from social_prescribing.need_corrections import correct_needs, count_triage_mistakes
from tests.factories import a_callback, a_link_worker, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return a_link_worker(a_practice())


def held(sam, *needs):
    return a_callback(
        status=Status.CLAIMED, practice=sam.practices.first(), link_worker=sam, needs=needs
    )


def test_corrected_needs_stand_in_their_order_and_what_stood_before_is_kept(sam):
    callback = held(sam, "money", "energy")
    correction = correct_needs(callback, link_worker=sam, needs=["housing", "money"])
    assert callback.need_ids == ["housing", "money"]
    assert (correction.found, correction.corrected) == (["money", "energy"], ["housing", "money"])
    assert callback.events.last().what == "Needs corrected"


def test_the_same_needs_are_no_correction(sam):
    assert correct_needs(held(sam, "money"), link_worker=sam, needs=["money"]) is None


@pytest.mark.parametrize("needs", [[], ["nonsense"], ["money", "nonsense"]])
def test_there_is_at_least_one_need_and_only_known_ones(sam, needs):
    with pytest.raises(InvalidValue):
        correct_needs(held(sam, "money"), link_worker=sam, needs=needs)


def test_mistakes_are_counted_from_the_first_found_to_the_last_corrected(sam):
    callback = held(sam, "money")
    correct_needs(callback, link_worker=sam, needs=["money", "food"])
    correct_needs(callback, link_worker=sam, needs=["food"])
    mistakes = count_triage_mistakes()
    assert mistakes.corrected == 1
    assert mistakes.missed == {"food": 1}
    assert mistakes.found_wrongly == {"money": 1}


def test_the_command_prints_them_for_people_and_for_programs(sam, capsys):
    from django.core.management import call_command

    correct_needs(held(sam, "money"), link_worker=sam, needs=["food"])
    call_command("corrections")
    assert "Food: missed 1 times" in capsys.readouterr().out
    call_command("corrections", json=True)
    assert '"found_wrongly": {"money": 1}' in capsys.readouterr().out
