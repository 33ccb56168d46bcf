"""How many people there are, where, of what age and sex: counted where they change (cells.py), told to officials (statistics.py),
but no number so small that it tells of one person (small_numbers.py). docs/decisions/0009-counting-people.md
"""

from dancu.register.counting.cells import Difference, fold, note, recount, sum_up
from dancu.register.counting.impossible import WRONG, Impossible, impossible

__all__ = ["WRONG", "Difference", "Impossible", "fold", "impossible", "note", "recount", "sum_up"]
