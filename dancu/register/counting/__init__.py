"""How many people there are, where, of what age and sex: counted where they change (cells.py), told to
officials (statistics.py), but no number so small that it tells of one person (groups.py, withheld.py).
docs/decisions/0009-counting-people.md
"""

from dancu.register.counting.cells import fold, note, recount, sum_up
from dancu.register.counting.impossible import OF_MARRIAGES, WRONG, Between, Impossible, between, impossible

__all__ = [
    "OF_MARRIAGES",
    "WRONG",
    "Between",
    "Impossible",
    "between",
    "fold",
    "impossible",
    "note",
    "recount",
    "sum_up",
]
