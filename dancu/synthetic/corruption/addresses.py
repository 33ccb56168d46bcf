"""Where people say they live: a commune's code, and an address in words."""

from datetime import date
from random import Random

import numpy as np
import polars as pl

from dancu.synthetic.corruption.rates import Rates
from dancu.synthetic.corruption.units import STYLES, units_on

_STYLE_SHARES = [0.45, 0.25, 0.15, 0.15]  # of units.STYLES; estimated


def write_homes(
    people: pl.DataFrame, rates: Rates, rng: np.random.Generator, dice: Random, on: date
) -> tuple[list[str], list[str], list[str | None]]:
    """The commune's code (empty where it is not declared as one), the address, and the fault of each.

    `people`: `home_code`, `home_address` (permanent residence), `away_code`, `away_address` (where they
    really live, null: there).
    """
    n, known = len(people), units_on(on)
    home = people["home_code"].to_list()
    homes, away_homes = people["home_address"].to_list(), people["away_address"].to_list()
    away = people["away_code"].to_list()
    drawn = rates.draw("home", rng, n)
    codes = list(rates["home"])
    given = rng.random(n) < rates["writing"]["code_given"]
    styles = rng.choice(len(STYLES), n, p=_STYLE_SHARES)
    declared, addresses = [""] * n, [""] * n
    faults: list[str | None] = [None] * n
    for at in range(n):
        code, detail, fault = home[at], homes[at] or "", codes[drawn[at]] if drawn[at] >= 0 else None
        place = known.place.get(code or "")
        style, texts, said = STYLES[styles[at]], known.texts, place
        if fault == "commune_missing":
            said = None
            code = ""
        elif fault == "current_for_permanent":
            if away[at] is None or away[at] == code:
                fault = None
            else:
                code, detail = away[at], away_homes[at] or ""
                said = known.place.get(code)
        elif fault == "commune_neighbouring":
            others = known.neighbours[place] if place is not None else []
            if others:
                said = dice.choice(others)
                code = known.codes[said]
            else:
                fault = None
        elif fault == "old_units":
            former = known.former[place] if place is not None else []
            if former:
                said, texts, code = dice.choice(former), known.former_texts, ""
            else:
                fault = None
        words = texts[style][said] if said is not None else ""
        declared[at] = code if code and (given[at] or not words) else ""
        addresses[at] = ", ".join(part for part in (detail, words) if part)
        faults[at] = fault
    return declared, addresses, faults
