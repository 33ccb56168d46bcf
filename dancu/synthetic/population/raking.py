"""Weights that make a sample agree with known totals (entropy balancing: Hainmueller, Political Analysis
2012).
"""

import numpy as np


class CannotBalance(Exception):
    """No weights make the sample agree with the totals: some total has too few households that could supply it."""  # noqa: E501


def balanced(features: np.ndarray, targets: np.ndarray, tolerance: float = 1e-6) -> np.ndarray:
    """Weights, summing to 1, under which the weighted mean of `features` (n × k) is `targets` (k), as even as
    can be.

    Minimises the convex dual by Newton's method with step halving. Raises CannotBalance where there are none.
    """
    scale = features.std(axis=0)
    centred = (features - targets) / scale
    tilt = np.zeros(len(targets))
    weights, height = _tilted(centred, tilt)
    for _ in range(100):
        gradient = weights @ centred
        if np.abs(gradient * scale).max() < tolerance:
            return weights
        hessian = (centred * weights[:, None]).T @ centred - np.outer(gradient, gradient)
        step = np.linalg.solve(hessian + 1e-9 * np.eye(len(tilt)), gradient)
        for halving in range(30):
            trial = tilt - step / 2**halving
            trial_weights, trial_height = _tilted(centred, trial)
            if trial_height < height:
                break
        else:
            break
        tilt, weights, height = trial, trial_weights, trial_height
    raise CannotBalance(CannotBalance.__doc__)


def _tilted(centred: np.ndarray, tilt: np.ndarray) -> tuple[np.ndarray, float]:
    exponents = centred @ tilt
    top = exponents.max()
    raised = np.exp(exponents - top)
    total = raised.sum()
    return raised / total, float(top + np.log(total))
