"""House numbers, streets and hamlets, as they are written in each part of the country."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from dancu.synthetic.population.name_lists import REGIONS
from dancu.synthetic.population.names import KINH, region

_STYLES = (*REGIONS, "upland", "plateau")
_LIKE_THEIR_NEIGHBOURS = [
    KINH,
    4,
    6,
    18,
    24,
]  # Hoa, Mường, Sán Dìu and Thổ call their hamlets as the Kinh there do
_QUARTERS = ["Tổ dân phố ", "Tổ dân phố ", "Tổ ", "Khu phố "]  # of a town, by region
_HIGHEST_NUMBER, _HIGHEST_LANE, _HIGHEST_QUARTER = 400, 60, 14


@dataclass(frozen=True)
class _Words:
    """All parts of addresses in one list, and where those of each kind begin in it (`kinds` and `hamlets`
    by style).
    """

    all: pl.Series
    numbers: int
    lanes: int
    streets: np.ndarray
    quarters: int
    comma: int
    kinds: np.ndarray
    hamlets: np.ndarray


def addresses(
    rng: np.random.Generator, urban: np.ndarray, province: np.ndarray, ethnicity: np.ndarray
) -> pl.Series:
    """What is written before the commune, for homes in communes that are `urban` or not, in each old
    province: "27/4 Lê Lợi", "Xóm 5", "Buôn Ea Sút"."""
    n, words = len(urban), _words()
    where = region(province)
    apart = ~np.isin(ethnicity, _LIKE_THEIR_NEIGHBOURS)
    style = np.select([apart & (province < 48), apart & (province >= 62) & (province <= 70)], [4, 5], where)
    dice = rng.random(n)
    in_street, in_quarter = urban & (dice < 0.8), urban & (dice >= 0.8)
    has_number = in_street | (~urban & (where == 3) & (dice < 0.5))
    number = words.numbers + 1 + rng.integers(0, _HIGHEST_NUMBER, n) // rng.integers(1, 5, n)
    lane = words.lanes + rng.integers(1, _HIGHEST_LANE, n)
    street = rng.choice(words.streets, n)
    hamlet = words.hamlets[style, rng.integers(0, words.hamlets.shape[1], n)]
    count = words.numbers + rng.integers(1, _HIGHEST_QUARTER + 1, n)
    named = rng.random(n) < np.where(style >= 4, 0.9, 0.55)
    parts = (
        np.where(has_number, number, 0),
        np.where(in_street & (rng.random(n) < 0.35), lane, 0),
        np.where(has_number & ~urban, words.comma, 0),
        np.select(
            [in_street, in_quarter],
            [street, words.quarters + where],
            words.kinds[style, rng.integers(0, 3, n)],
        ),
        np.select([in_street, in_quarter | ~named], [0, count], hamlet),
    )
    return pl.select(pl.concat_str(*(words.all.gather(part) for part in parts))).to_series()


@cache
def _words() -> _Words:
    with Path(__file__).with_name("addresses.toml").open("rb") as file:
        lists = tomllib.load(file)
    words = [""]

    def add(items: list[str]) -> int:
        words.extend(items)
        return len(words) - len(items)

    hamlets = [lists[style]["hamlets"] for style in _STYLES]
    longest = max(map(len, hamlets))
    found = _Words(
        all=pl.Series([""]),
        numbers=add([str(number) for number in range(_HIGHEST_NUMBER + 2)]),
        lanes=add([f"/{number}" for number in range(_HIGHEST_LANE + 1)]),
        streets=add([f" {street}" for street in lists["streets"]]) + np.arange(len(lists["streets"])),
        quarters=add(_QUARTERS),
        comma=add([", "]),
        kinds=np.array(
            [add([f"{kind} " for kind in lists[style]["kinds"]]) + np.arange(3) for style in _STYLES]
        ),
        hamlets=np.array([add(names) + np.arange(longest) % len(names) for names in hamlets]),
    )
    return _Words(**{**vars(found), "all": pl.Series(words)})
