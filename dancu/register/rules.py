"""What cannot be of a person's dates and ages, each rule once, with its source.

The comparisons are plain operators, so that they hold for two days as well as for two columns of a file
(importing/problems.py).
"""

import datetime as dt
from typing import Any

from dancu.register.codes import FEMALE, MALE

EARLIEST_BIRTH = dt.date(1880, 1, 1)

# A parent younger than this is a mistake; one younger than the usual age may be, so it is asked. Youngest
# births recorded with any frequency are at 10 to 14 years; the United Nations count fertility at 15 to 49
# (World Fertility Report, "reproductive age").
LEAST_AGE_OF_PARENT = 12
USUAL_AGE_OF_PARENT = 15
LAST_USUAL_AGE_OF_MOTHER = 49

# Law on Marriage and Family 2014, art. 88: born within 300 days after the marriage ended is the husband's
# child.
DAYS_AFTER_FATHERS_DEATH = 300

# Two births of one mother that lie closer than this are twins, or one child registered twice (or a date is
# wrong).
LEAST_DAYS_BETWEEN_BIRTHS = 180

# Law on Marriage and Family 2014, art. 8(1)(a): full years. Before, by the laws of 1986 and 2000, who had
# *entered* the 20th or 18th year might marry (Resolution 02/2000/NQ-HĐTP, 1a).
LAW_OF_2014 = dt.date(2015, 1, 1)
_MARRIAGE = {MALE: 20, FEMALE: 18}


# Forbidden since then, and of before the law forbade it not: parents-in-law and children-in-law, step-parents
# and stepchildren, also once the marriage that made them so has ended (Law on Marriage and Family 2000, art.
# 10(4), in force on that day; of 2014, art. 5(2)(d)).
LAW_OF_2000 = dt.date(2001, 1, 1)


# The censuses ask from this age on who is married (Population and Housing Census 2019): nobody younger is.
# Those who are too young by the law but older than this occur in lists, since not all who live together have
# registered it.
LEAST_AGE_COUNTED_AS_MARRIED = 15


# Civil Code 2015, art. 20: who may act alone. A household's head does (Law on Residence 2020, art. 10),
# unless nobody of it may.
AGE_OF_MAJORITY = 18


def least_age_to_marry(sex: int, on: dt.date) -> int:
    """Full years that one of this sex must have had to marry on that day."""
    return _MARRIAGE[sex] - (0 if on >= LAW_OF_2014 else 1)


def is_before_birth(on: Any, birth_date: Any) -> Any:
    """Whether something is said to have happened to one not yet born. Of a birth date of which less is
    known, the first day counts.
    """
    return on < birth_date


def is_in_the_future(on: Any, today: Any) -> Any:
    """Whether a day has not come yet."""
    return on > today


def is_before_known_births(birth_date: Any) -> Any:
    """Whether somebody would be older than anybody ever was."""
    return birth_date < EARLIEST_BIRTH


def last_day_of_birth(birth_date: dt.date, precision: str) -> dt.date:
    """The last day on which one may have been born of whose birth so much is known ("D", "M", "Y")."""
    if precision == "Y":
        return birth_date.replace(month=12, day=31)
    if precision == "M":
        return (birth_date.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return birth_date


def years(since: dt.date, until: dt.date) -> int:
    """Full years between two days."""
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))
