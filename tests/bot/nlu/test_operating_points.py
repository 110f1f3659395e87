import numpy as np
import pytest

from bot.nlu.operating_points import (
    Calibration,
    OperatingPoints,
    lone_from,
    need_thresholds,
    plain_from,
    threshold_for_false_alarms,
    writer_folds,
)


def test_no_writer_is_in_two_folds():
    writers = ["a"] * 50 + ["b"] * 30 + ["c"] * 20 + ["d"] * 10
    folds = writer_folds(writers, writers, 3)
    for writer in set(writers):
        assert len({fold for fold, who in zip(folds, writers, strict=True) if who == writer}) == 1
    assert set(folds) == {0, 1, 2}


def test_a_writer_dealt_out_is_in_every_fold():
    texts = [f"text {number}" for number in range(20)]
    folds = writer_folds(["a"] * 5 + ["b"] * 5 + ["s"] * 10, texts, 2, dealt_out={"s"})
    assert set(folds[10:]) == {0, 1}


def test_more_texts_move_none_of_a_writer_dealt_out_to_another_fold():
    texts = [f"text {number}" for number in range(30)]
    writers = ["a", "b", *["s"] * 28]
    before = writer_folds(writers, texts, 2, dealt_out={"s"})
    after = writer_folds([*["s"] * 3, *writers], [*"xyz", *texts], 2, dealt_out={"s"})
    assert list(after[3:]) == list(before)


def test_one_writer_alone_makes_one_fold():
    assert set(writer_folds(["a"] * 5, ["x"] * 5, 4)) == {0}


def test_calibration_makes_confidence_honest():
    random = np.random.default_rng(0)
    truth = random.normal(size=4000)
    answers = random.random(4000) < 1 / (1 + np.exp(-truth))
    calibration = Calibration.fit(3 * truth + 1, answers)  # three times too sure, and shifted
    assert calibration.slope == pytest.approx(1 / 3, abs=0.05)
    sure = calibration.probability(3 * truth + 1) > 0.8
    assert answers[sure].mean() == pytest.approx(0.87, abs=0.05)


def test_a_threshold_keeps_false_alarms_within_the_share_in_every_group():
    chances = np.concatenate([np.linspace(0, 0.5, 100), np.linspace(0, 0.9, 100)])
    first, second = np.arange(200) < 100, np.arange(200) >= 100
    threshold = threshold_for_false_alarms(chances, [first, second], [0.01, 0.10])
    assert (chances[first] >= threshold).mean() <= 0.01
    assert (chances[second] >= threshold).mean() <= 0.10
    assert threshold < 0.9


def test_a_need_that_scores_high_when_it_is_there_gets_a_threshold_between():
    answers = np.array([[True]] * 20 + [[False]] * 80)
    chances = np.where(answers, 0.6, 0.2)
    assert 0.2 < need_thresholds(chances, answers)[0] < 0.6


def test_points_survive_being_written_down():
    points = OperatingPoints(Calibration(1.2, 0.1), Calibration(), (0.3, 0.4), 0.1, 0.6, 0.2, 0.5)
    assert OperatingPoints.from_json(points.to_json()) == points


def test_the_share_asked_which_is_of_texts_with_a_need():
    probabilities = np.array([[0.2, 0.1], [0.5, 0.1], [0.1, 0.9], [0.05, 0.01]])
    answers = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], bool)
    assert plain_from(probabilities, answers, 0.0) == 0.2
    assert plain_from(probabilities, answers, 0.5) == 0.5
    assert plain_from(probabilities[3:], answers[3:], 0.5) == 0.0


def test_a_lone_guess_falls_on_so_many_texts_without_a_need():
    probabilities = np.array([[0.05], [0.1], [0.15], [0.2], [0.5], [0.12]])
    answers = np.array([[0], [0], [0], [0], [0], [1]], bool)
    lone = lone_from(probabilities, answers, (0.3,), share=0.4)
    passed = (probabilities >= lone) & (probabilities < 0.3) & ~answers
    assert passed.sum() == 2
    assert lone_from(probabilities, answers, (0.3,), share=1.0) == 0.0
