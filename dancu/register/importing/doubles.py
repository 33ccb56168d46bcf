"""People whom the register holds already, and whom a file would enter a second time: under a number with a
wrong digit, or with a number where they had none.

A row of somebody new whose name, birth date and sex are those of somebody in the register is refused where
something else is theirs too; where nothing is but the commune, and each has a whole number of their own, it
is taken and told: namesakes of one day occur. It is as for births (events/births.py). A birth date may have a
slip, or tell only the year, where the name is the same but for its marks; the sex may be wrong where name and
birth date are the same. The same holds of two rows of the files; but twins stand in one file, and are called
alike.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from rapidfuzz.distance import OSA

from dancu.db.queries import Queries
from dancu.register.importing.births import may_be_one_birth
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.lesser import is_given_name_of
from dancu.register.likeness import has_initials_of, is_near
from dancu.text.folding import fold
from dancu.values.numbers import check_pin

_sql = Queries(__file__, "doubles.sql")

Row = Mapping[str, Any]

_SHARED = {
    "same_household": "household",
    "same_cmnd": "old card number",
    "same_phone": "telephone",
}
_COMMUNE = "commune"


def judge() -> tuple[Told, Told]:
    """Rows of people who are surely in the register, or in a row before, are refused; return these, and
    those of people who may be.
    """
    gone, doubts = _part("alike")
    _sql.run("hash", nested="off")
    gone_twice, doubts_twice = _part("alike_in_files")
    _sql.run("hash", nested="on")
    doubts |= {person_id: words for person_id, words in doubts_twice.items() if person_id not in doubts}
    refused = pl.concat([gone, gone_twice])
    return refused, of_people([*doubts.items(), *_same_cards()])


def _part(question: str) -> tuple[Told, dict[int, str]]:
    refused: dict[int, str] = {}
    told: dict[int, str] = {}
    for row in _sql.all(question):
        why = _why(row) if _is_alike(row) else None
        if why and (_have_own_numbers(row) or ("held_row" in row and _may_be_two(row))):
            why = ""
        if why is not None:
            (refused if why else told).setdefault(row["person_id"], _words(row, why))
    return refuse(refused.items()), {each: words for each, words in told.items() if each not in refused}


def _may_be_two(row: Row) -> bool:
    """Of one file: twins, who stand in it together and are called alike, and namesakes whom it tells
    apart by their households.
    """
    has_others = row["same_household"] is False and not (row["same_phone"] or row["same_cmnd"])
    both = row["full_name"], row["held_name"]
    return has_others or not (_is_one_name(*both) or is_given_name_of(*both))


def _have_own_numbers(row: Row) -> bool:
    """A boy and a girl of one name, each with a number that was given for their sex and year: twins, or
    namesakes.
    """
    if row["same_sex"] or None in (row["pin"], row["held_pin"]) or _is_near_number(row):
        return False
    doubts = check_pin(row["pin"], row["sex"], row["birth_date"])
    return not (doubts or check_pin(row["held_pin"], row["held_sex"], row["held_date"]))


def _is_alike(row: Row) -> bool:
    """One birth date and nearly one name, or one name and nearly one birth date: a sister's have both
    only nearly. Of the other sex, both to the day and letter.
    """
    said, held = row["full_name"], row["held_name"]
    if not row["same_sex"]:
        return row["birth_date"] == row["held_date"] and _are_known(row) and _is_one_name(said, held)
    if row["birth_date"] == row["held_date"]:
        return is_near(said, held) or has_initials_of(said, held) or is_given_name_of(said, held)
    years = abs(row["birth_date"].year - row["held_date"].year)
    return _words_of(said) == _words_of(held) and may_be_one_birth(row) and (years <= 1 or _are_known(row))


def _is_one_name(one: str, other: str) -> bool:
    """But for its order, for words that are left out or shortened, and where one of both has no marks at
    all for these: Minh Anh and Minh Ánh may be twins.
    """
    words, others = set(one.lower().split()), set(other.lower().split())
    fewer = min(words, others, key=len)
    is_bare = (one.isascii() or other.isascii()) and _words_of(one) == _words_of(other)
    return is_bare or (len(fewer) > 1 and fewer <= words & others) or has_initials_of(one, other)


def _words_of(name: str) -> list[str]:
    return sorted(fold(name).split())


def _why(row: Row) -> str | None:
    """What makes two records, with one name, birth date and sex, one person's; "" where it may be a
    namesake's, and None where it is nothing to tell of.
    """
    shared = [words for field, words in _SHARED.items() if row[field]]
    if shared:
        return " and ".join(shared)
    if not row["same_sex"] and not _is_near_number(row):
        return None
    pins = row["pin"], row["held_pin"]
    is_same_day = row["birth_date"] == row["held_date"]
    if None in pins:
        return (_COMMUNE if is_same_day and _are_known(row) else "") if row["same_home"] else None
    if _is_near_number(row):
        return "number but for a digit"
    return "" if row["same_home"] and is_same_day else None


def _is_near_number(row: Row) -> bool:
    pins = row["pin"], row["held_pin"]
    return None not in pins and OSA.distance(*pins, score_cutoff=1) <= 1


def _are_known(row: Row) -> bool:
    """Whether both birth dates are known to the day."""
    return row["birth_precision"] == row["held_precision"] == "D"


def _words(row: Row, why: str) -> str:
    number = f"with the number {row['held_pin']}" if row["held_pin"] else "without a number"
    born = "of this birth date" if row["birth_date"] == row["held_date"] else f"born on {row['held_date']},"
    born = born if row["same_sex"] else f"{born} of the other sex"
    where = f"row {row['held_row']} of these files" if "held_row" in row else "the register"
    who = (
        f"{'pin' if row['pin'] or 'held_row' not in row else 'full_name'}: {where} has "
        f"{row['held_name']} {number}, {born}"
    )
    if why and "held_row" in row:
        return (
            f"{who} and {why}: that row was taken; if they are two people, ask a steward to record this one"
        )
    if not why:
        return f"{who}{' and commune' if row['same_home'] else ''}: this may be the same person"
    if not row["held_pin"]:
        return (
            f"{who} and {why}: ask a steward to give that person this number or, if they are two "
            f"people, to record this one"
        )
    return f"{who} and {why}: write that number or, if they are two people, ask a steward to record this one"


def _same_cards() -> Iterator[tuple[int, str]]:
    for row in _sql.all("same_card"):
        whose = f"{row['held_name']} in the register" if row["held_name"] else "another person of these files"
        yield row["person_id"], f"cmnd: is the number of {whose} too"
