"""Two texts in a row go as one where that costs less."""

from bot.turn import in_few_texts
from social_prescribing.inbox import Reply


def test_two_that_fit_one_segment_are_one_and_the_question_stays_open():
    said = [Reply("It is free."), Reply("Is that right?", asks="confirm", options=("Yes", "No"))]
    assert in_few_texts(said) == [
        Reply("It is free.\nIs that right?", asks="confirm", options=("Yes", "No"))
    ]


def test_two_that_take_two_segments_stay_two():
    said = [Reply("a" * 130), Reply("b" * 30)]
    assert in_few_texts(said) == said


def test_letters_outside_the_gsm_alphabet_make_it_dearer():
    said = [Reply("ż" * 40), Reply("b" * 30)]
    assert in_few_texts(said) == said


def test_nothing_is_said_after_a_question_in_the_same_text():
    said = [Reply("Is that right?", asks="confirm"), Reply("Bye.")]
    assert in_few_texts(said) == said


def test_what_is_sent_after_stop_takes_nothing_else_along():
    said = [Reply("Ring 999.", despite_opt_out=True), Reply("May they ring you?", asks="name")]
    assert in_few_texts(said) == said
