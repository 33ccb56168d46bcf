"""Whether a row is about the one who holds its number: by name, birth date and sex, as people write them
(register/likeness.py), by the number itself, and by who else in the register fits it better (fitting.py).

A number that slipped, two that were exchanged, or a parent's number given to a child would make one person
into another. Where neither name nor birth date agrees, the row is refused, and also where the number itself,
which was given for a year and a sex, speaks for the one who holds it, where the row is somebody else's, and
where it tells a death under another name or date. Where else one of them is wholly another, the row is taken
and told. Numbers and names of people are put right by a steward.
"""

from collections.abc import Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register.codes import ALIVE
from dancu.register.importing.births import is_one_birth, may_be_one_birth
from dancu.register.importing.fitting import as_well, better
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.lesser import birth_says_less
from dancu.register.likeness import is_near
from dancu.text.asides import aside
from dancu.values.errors import BadNumber
from dancu.values.numbers import parse_pin

_sql = Queries(__file__, "whose.sql")

Row = Mapping[str, Any]


def part() -> tuple[Told, Told]:
    """Rows of other people's numbers are refused; return these, and those that are told."""
    refused, told = [], []
    rows = _sql.all("differing")
    others = better(rows)
    for row in rows:
        if why := _of_another(row, others.get(row["person_id"])):
            refused.append((row["person_id"], why))
        elif _has_the_numbers_sex(row):
            refused.append((row["person_id"], _SEX))
        elif aside(row["full_name"]) and not is_near(row["full_name"], row["held_name"]):
            refused.append((row["person_id"], _NO_NAME))
        else:
            told += [(row["person_id"], each) for each in _wholly_another(row)]
    gone = {person_id for person_id, _why in refused}
    for row, is_better in as_well():
        if row["person_id"] not in gone:
            comes_back = is_better or _tells_a_loss(row)
            (refused if comes_back else told).append((row["person_id"], _of_that_time(row, is_better)))
    return refuse(refused), of_people(told)


def part_years() -> tuple[Told, Told]:
    """After it was found which birth dates say less, or are off as many others are (lesser.py): rows of
    another year than the number's are refused.
    """
    refused = [(row["person_id"], _YEAR) for row in _sql.all("differing") if _has_the_numbers_year(row)]
    return refuse(refused), of_people([])


_SEX = (
    "sex: is not the register's, and the number was given for the sex that the register has; "
    "if that is wrong, ask a steward to correct the record first"
)
_YEAR = (
    "birth_date: is not of the register's year, and the number was given for the year that the register has; "
    "if that is wrong, ask a steward to correct the record first"
)

_NO_NAME = (
    "full_name: is a line from a list, it seems; if that is the name, ask a steward to correct "
    "the record first"
)


def _of_that_time(row: Row, is_better: bool) -> str:
    """Of a row that tells no day of birth: there is a namesake of that year of whom it may be."""
    number = f"with the number {row['other_pin']}" if row["other_pin"] else "without a number"
    beside = "more with this row than" if is_better else "as much with this row as"
    return (
        f"birth_date: tells no day, and {row['other_name']} {number}, born on {row['other_date']}, shares "
        f"{beside} {row['held_name']}, "
        f"{row['held_date']}, whose number this is: write the whole birth date, and the number of whoever "
        f"is meant"
    )


def _tells_a_loss(row: Row) -> bool:
    return row["status"] != ALIVE and row["status"] != row["held_status"]


def _of_another(row: Row, other: Row | None) -> str:
    """Why the number is another person's; "" where it need not be."""
    same_name, same_birth = is_near(row["full_name"], row["held_name"]), may_be_one_birth(row)
    if not same_name and not is_one_birth(row):
        why = "neither full_name nor birth_date agrees"
    elif other:
        number = f"with the number {other['pin']}" if other["pin"] else "without a number"
        why = f"full_name, birth_date and sex are those of {other['full_name']} {number}"
    elif _has_the_numbers_year(row) and not (same_birth and _is_a_years_slip(row)):
        why = "birth_date is another's, and the number was given for the year that the register has"
    elif not (same_name and same_birth) and _has_the_numbers_sex(row):
        name = "birth_date" if same_name else "full_name"
        why = f"sex and {name} are another's, and the number was given for the sex that the register has"
    elif not (same_name and same_birth) and _tells_a_loss(row):
        name = "birth_date" if same_name else "full_name"
        why = f"{name} is another's, and nobody is dead or missing by a row that may be another's"
    else:
        return ""
    return (
        f"pin: is the number of another person, since {why}: the register has {row['held_name']}, "
        f"{row['held_date']}; "
        "write the right number or, if this is the same person, ask a steward to correct the record first"
    )


def _wholly_another(row: Row) -> list[str]:
    told = (
        [f"sex: differs from the register, which had: {row['held_sex']}"]
        if row["sex"] != row["held_sex"]
        else []
    )
    if not is_near(row["full_name"], row["held_name"]):
        return [*told, f"full_name: is wholly another name than the register had: {row['held_name']}"]
    if not may_be_one_birth(row):
        return [*told, f"birth_date: is wholly another date than the register had: {row['held_date']}"]
    return told


def _is_a_years_slip(row: Row) -> bool:
    """A year off, or what lesser.py finds to say less; a digit of the decade makes a brother's or a
    father's date of one's own.
    """
    less = birth_says_less(row["held_date"], row["held_precision"], row["birth_date"], row["birth_precision"])
    return less is not None or abs(row["birth_date"].year - row["held_date"].year) <= 1


def _has_the_numbers_year(row: Row) -> bool:
    """A namesake's row, or a child's under a parent's number: the number speaks for the register's year,
    and against the row's.
    """
    return row["birth_date"].year != row["held_date"].year == _given_for(row)[0]


def _has_the_numbers_sex(row: Row) -> bool:
    """A sister's row under her brother's number, a wife's under her husband's, or a column of other codes."""
    return row["sex"] != row["held_sex"] == _given_for(row)[1]


def _given_for(row: Row) -> tuple[int | None, int | None]:
    """Year and sex that the number says."""
    try:
        number = parse_pin(row["pin"] or "")
    except BadNumber:
        return None, None
    return number.birth_year, number.sex
