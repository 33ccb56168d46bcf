"""What people declare: their data, with the faults drawn for each."""

from collections.abc import Iterable
from datetime import date
from random import Random

import numpy as np
import polars as pl

from dancu.synthetic.corruption.addresses import write_homes
from dancu.synthetic.corruption.dates import write_births
from dancu.synthetic.corruption.keyboard import CASE, NAME_ONLY, SPACES, TYPING
from dancu.synthetic.corruption.names import FORMS, Fault
from dancu.synthetic.corruption.numbers import write_numbers, write_phones
from dancu.synthetic.corruption.rates import Rates
from dancu.synthetic.corruption.spelling import SPELLING

SCHEMA = [
    "record_id", "number", "full_name", "birth", "sex", "phone", "commune_code", "address",
    "truth_pin", "truth_row", "in_register", "kind", "like_pin", "faults",
]  # fmt: skip
_SEXES = {1: ["Nam", "Nam", "1", "M"], 2: ["Nữ", "Nữ", "2", "F"]}


def declare(
    people: pl.DataFrame, rates: Rates, rng: np.random.Generator, dice: Random, on: date, ids: str, first: int
) -> pl.DataFrame:
    """A record for each of `people` (columns of drawing.PEOPLE, `kind`, `like_pin`, `another_pin`): the
    columns of SCHEMA.

    `ids`: the pattern of record ids, counted from `first`.
    """
    names = people["full_name"].to_list()
    codes, addresses, of_homes = write_homes(people, rates, rng, dice, on)
    of_names = list(_write_texts(names, addresses, rates, rng, dice))
    births, of_births = write_births(people["birth"], people["precision"], rates, rng, dice, on)
    sexes, of_sexes = _write_sexes(people["sex"], rates, rng, dice)
    numbers, of_numbers = write_numbers(people, rates, rng, dice)
    phones, of_phones = write_phones(people, rates, rng, dice)
    columns = [*of_names, of_births, of_sexes, of_numbers, of_phones, of_homes]
    return (
        pl.DataFrame(
            {
                "record_id": [ids.format(first + at) for at in range(len(people))],
                "number": numbers,
                "full_name": names,
                "birth": births,
                "sex": sexes,
                "phone": phones,
                "commune_code": codes,
                "address": addresses,
                "faults": _listed(columns),
            }
        )
        .hstack(_truth(people))
        .select(SCHEMA)
    )


def _listed(columns: list[list[str | None]]) -> pl.Series:
    """The faults of each record as a list; split from text, which is ten times as quick as from lists."""
    texts = pl.Series(
        [" ".join(filter(None, of_one)) for of_one in zip(*columns, strict=True)], dtype=pl.String
    )
    return texts.str.extract_all(r"\S+")


def _truth(people: pl.DataFrame) -> pl.DataFrame:
    within = pl.col("kind") == "person"
    return people.select(
        truth_pin=pl.when(within).then("pin"),
        truth_row=pl.when(within & pl.col("pin").is_null()).then("truth"),
        in_register=within,
        kind="kind",
        like_pin="like_pin",
    )


def _write_texts(
    names: list[str], addresses: list[str], rates: Rates, rng: np.random.Generator, dice: Random
) -> Iterable[list[str | None]]:
    """Change names, and addresses that the same hands typed; gives the faults of each, group by group."""
    for group, faults in _TEXT_FAULTS.items():
        befell: list[str | None] = [None] * len(names)
        drawn = rates.draw(group, rng, len(names))
        for place, code in enumerate(rates[group]):
            make = faults[code]
            for at in np.flatnonzero(drawn == place):
                if (changed := make(names[at], dice)) != names[at]:
                    names[at], befell[at] = changed, code
                    if group in ("typing", "name_case") and code not in NAME_ONLY:
                        addresses[at] = make(addresses[at], dice)
        yield befell


_TEXT_FAULTS: dict[str, dict[str, Fault]] = {
    "name_form": FORMS,
    "name_spelling": SPELLING,
    "name_case": CASE,
    "typing": TYPING,
    "spaces": SPACES,
}


def _write_sexes(
    sexes: pl.Series, rates: Rates, rng: np.random.Generator, dice: Random
) -> tuple[list[str], list[str | None]]:
    drawn, codes = rates.draw("sex", rng, len(sexes)), list(rates["sex"])
    faults = [codes[place] if place >= 0 else None for place in drawn]
    written = []
    for sex, fault in zip(sexes, faults, strict=True):
        said = 3 - sex if fault == "sex_wrong" else sex
        written.append("" if fault == "sex_missing" else dice.choice(_SEXES[said]))
    return written, faults
