"""From which weight on a pair is taken for a match, without labels."""

import numpy as np

MATCH_IN_CLUSTERS = 0.0
MATCH_AS_LINK = 0.0


def chosen_threshold(weight: np.ndarray, two_files: bool) -> float:
    return MATCH_AS_LINK if two_files else MATCH_IN_CLUSTERS
