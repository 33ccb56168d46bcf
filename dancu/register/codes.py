"""The numbers by which the tables say a status and a kind of residence; dancu/register/words.py has them in words."""

ALIVE, DEAD, MISSING = 1, 2, 3
PERMANENT, TEMPORARY, ABSENT, CURRENT, STAY = 1, 2, 3, 4, 5
