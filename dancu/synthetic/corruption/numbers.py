"""Numbers and telephones as they are declared."""

from collections.abc import Callable
from random import Random

import numpy as np
import polars as pl

from dancu.synthetic.corruption.rates import Rates

_UNUSED = ("055", "059", "087", "099")
"""Prefixes of mobile networks that a synthetic population has no numbers of."""
_SPACED = 0.05  # of numbers and telephones; estimated


def write_numbers(
    people: pl.DataFrame, rates: Rates, rng: np.random.Generator, dice: Random
) -> tuple[list[str], list[str | None]]:
    """The declared number of each, empty where there is none, and its fault.

    `people`: `pin`, `cmnd`, `relatives_pin` (of someone of the same household) and `another_pin` (of anyone,
    for those who may borrow one), each null where there is none. Who has no PIN declares the CMND, if any.
    """
    pins, cmnds = people["pin"].to_list(), people["cmnd"].to_list()
    relatives, others = people["relatives_pin"].to_list(), people["another_pin"].to_list()
    makers: dict[str, Callable[[int], str | None]] = {
        "number_missing": lambda at: "" if numbers[at] else None,
        "cmnd": lambda at: cmnds[at] if pins[at] else None,
        "zero_lost": lambda at: pins[at].lstrip("0") if pins[at] else None,
        "transposed": lambda at: _transposed(pins[at], dice) if pins[at] else None,
        "digit_wrong": lambda at: _digit_wrong(pins[at], dice) if pins[at] else None,
        "relatives_number": relatives.__getitem__,
        "number_of_another": others.__getitem__,
    }
    numbers = [pin or cmnd or "" for pin, cmnd in zip(pins, cmnds, strict=True)]
    faults = _befall(numbers, makers, rates, "number", rng)
    for at in np.flatnonzero(rng.random(len(numbers)) < _SPACED):
        if faults[at] is None and len(numbers[at]) == 12:
            numbers[at] = f"{numbers[at][:3]} {numbers[at][3:6]} {numbers[at][6:]}"
    return numbers, faults


def write_phones(
    people: pl.DataFrame, rates: Rates, rng: np.random.Generator, dice: Random
) -> tuple[list[str], list[str | None]]:
    """The declared telephone of each, empty where there is none, and its fault. `people`: `phone` and
    `relatives_phone`.
    """
    phones, relatives = people["phone"].to_list(), people["relatives_phone"].to_list()
    makers: dict[str, Callable[[int], str | None]] = {
        "phone_missing": lambda at: "" if phones[at] else None,
        "phone_changed": lambda at: dice.choice(_UNUSED) + f"{dice.randrange(10**7):07}",
        "relatives_phone": lambda at: relatives[at] if relatives[at] != phones[at] else None,
        "phone_digit_wrong": lambda at: _digit_wrong(phones[at], dice, since=3) if phones[at] else None,
    }
    declared = [phone or "" for phone in phones]
    faults = _befall(declared, makers, rates, "phone", rng)
    for at in np.flatnonzero(rng.random(len(declared)) < 2 * _SPACED):
        if len(number := declared[at]) == 10:
            declared[at] = dice.choice(
                [
                    "+84" + number[1:],
                    "84" + number[1:],
                    f"{number[:4]} {number[4:7]} {number[7:]}",
                    f"{number[:4]}.{number[4:7]}.{number[7:]}",
                ]
            )
    return declared, faults


def _befall(
    texts: list[str],
    makers: dict[str, Callable[[int], str | None]],
    rates: Rates,
    group: str,
    rng: np.random.Generator,
) -> list[str | None]:
    """Change `texts` where a fault of the group is drawn and can befall them; the fault of each."""
    drawn = rates.draw(group, rng, len(texts))
    faults: list[str | None] = [None] * len(texts)
    for place, code in enumerate(rates[group]):
        for at in np.flatnonzero(drawn == place):
            text = makers[code](int(at))
            if text is not None and text != texts[at]:
                texts[at], faults[at] = text, code
    return faults


def _transposed(number: str, dice: Random) -> str | None:
    places = [at for at in range(len(number) - 1) if number[at] != number[at + 1]]
    if not places:
        return None
    at = dice.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _digit_wrong(number: str, dice: Random, since: int = 0) -> str:
    at = dice.randrange(since, len(number))
    return (
        number[:at] + dice.choice([digit for digit in "0123456789" if digit != number[at]]) + number[at + 1 :]
    )
