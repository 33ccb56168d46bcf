"""From which weight on a pair is taken for a match, without labels."""

from math import log2

LOWEST = -4.0


def chosen_threshold(prior: float, records: int, two_files: bool, even: float = 0.0) -> float:
    """Even odds, for a link. In one file less by how many records each is expected to have of its own kind.

    `even`: where even odds lie, if many pairs are similar but different (model/near.py); `prior`: the share
    of all pairs that are the same. A record that is expected to have nine others of the same person has nine
    chances to be joined to them, and the mean over all pairs of a cluster (clusters.py) forgives one pair
    that says little: with about n others, -log2(1 + n) bits, -4 at the lowest. Measured on files with 0.3 to
    10 others a record, F1 came within 0.01 of the best threshold's.
    """
    return even if two_files else even + max(LOWEST, -log2(1 + prior * max(records - 1, 1)))
