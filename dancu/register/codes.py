"""The numbers by which the tables say a sex, a status, a kind of residence, a marital status and a relation
to the head of a household; dancu/register/words.py has them in words."""

import csv
from pathlib import Path

from dancu.values.sexes import FEMALE as FEMALE
from dancu.values.sexes import MALE as MALE

ALIVE, DEAD, MISSING = 1, 2, 3
PERMANENT, TEMPORARY, ABSENT, CURRENT, STAY = 1, 2, 3, 4, 5
SINGLE, MARRIED, WIDOWED, DIVORCED, SEPARATED = 1, 2, 3, 4, 5
HEAD, SPOUSE, CHILD, PARENT, SIBLING, GRANDCHILD, CHILD_IN_LAW, GRANDPARENT, OTHER = range(1, 10)
BLOOD_GROUPS = ("O", "A", "B", "AB")

with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as _file:
    NATIONALITIES = {row["alpha3"]: row["alpha2"] for row in csv.DictReader(_file)}
"""ISO 3166's countries where people live, by their three letters: the two letters."""
