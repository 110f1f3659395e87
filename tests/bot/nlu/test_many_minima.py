import numpy as np

from bot.nlu.many_minima import find_minima


def valleys(steepness, bottoms):
    """Long narrow valleys, one a column, and where each is lowest."""

    def loss_and_slope(points):
        away = points - bottoms
        return (steepness * away**2).sum(axis=0) / 2, steepness * away

    return loss_and_slope


def test_each_column_comes_to_its_own_minimum():
    steepness = np.array([[1.0, 500.0], [200.0, 1.0], [3.0, 0.5]])
    bottoms = np.array([[5.0, -2.0], [0.5, 7.0], [-1.0, 100.0]])
    found = find_minima(valleys(steepness, bottoms), np.zeros((3, 2)), rounds=60)
    assert np.allclose(found, bottoms, atol=1e-3)


def test_no_round_leads_uphill():
    loss_and_slope = valleys(np.array([[1.0], [900.0]]), np.array([[3.0], [4.0]]))
    losses = [
        loss_and_slope(find_minima(loss_and_slope, np.zeros((2, 1)), rounds))[0][0]
        for rounds in range(12)
    ]
    assert losses == sorted(losses, reverse=True)


def test_a_column_already_at_its_minimum_stays():
    loss_and_slope = valleys(np.ones((2, 2)), np.zeros((2, 2)))
    start = np.array([[0.0, 9.0], [0.0, 9.0]])
    assert np.allclose(find_minima(loss_and_slope, start, rounds=20), 0, atol=1e-6)
