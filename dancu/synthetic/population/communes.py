"""The communes of both eras, how many people live in each of the older ones, and what became of them."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from dancu.areas import published
from dancu.areas.published import COMMUNE, DISTRICT, REFORM
from dancu.synthetic.population.census import URBAN_SHARE

WARD = "Phường"
KINDS = {
    WARD: 2.0,
    "Thị trấn": 1.3,
}  # the urban ones: people where a rural commune of its province has 1, before balancing


def communes() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The communes before the reform of 2025 (code, kind, district, province) and since (code, province),
    in order.
    """
    units = published.units()
    then, now = units.filter(pl.col("valid_to").is_not_null()), units.filter(pl.col("valid_to").is_null())
    districts = then.filter(pl.col("level") == DISTRICT).select(district="code", province="parent_code")
    old = then.filter(pl.col("level") == COMMUNE).select("code", "kind", district="parent_code")
    new = now.filter(pl.col("level") == COMMUNE).select("code", province="parent_code")
    return old.join(districts, on="district").sort("province", "code"), new.sort("province", "code")


def population(old: pl.DataFrame) -> np.ndarray:
    """People in each commune: its province's of 2019, spread so that the country's urban share comes out."""
    province = old["province"].cast(pl.Int64).to_numpy()
    urban = old["kind"].is_in(list(KINDS)).to_numpy()
    census = np.zeros(100)
    for row in rows("population-2019.csv"):
        census[int(row["province_code"])] = float(row["population_2019"])
    uneven = np.random.Generator(np.random.SFC64(1901)).lognormal(
        0, 0.35, len(old)
    )  # the same in every population
    size = old["kind"].replace_strict(KINDS, default=1.0, return_dtype=pl.Float64).to_numpy() * uneven

    def spread(factor: float) -> np.ndarray:
        sized = np.where(urban, size * factor, size)
        return sized * (census / np.maximum(np.bincount(province, sized, 100), 1e-9))[province]

    low, high = 0.01, 100.0
    for _ in range(40):  # by halves, to the factor that makes urban communes big enough
        factor = (low * high) ** 0.5
        people = spread(factor)
        low, high = (factor, high) if people[urban].sum() < URBAN_SHARE * people.sum() else (low, factor)
    return spread(low)


def parts(old: pl.Series, new: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """What each old commune went into: where its stretch of the second array begins (and after the last,
    ends), and the new communes' places, counted on after the old ones."""
    place = pl.DataFrame({"new_code": new, "place": np.arange(len(new)) + len(old)})
    became = (
        pl.DataFrame({"old_code": old, "at": np.arange(len(old))})
        .join(published.links(), on="old_code")
        .join(place, on="new_code")
        .sort("at", "place")
    )
    return np.searchsorted(became["at"].to_numpy(), np.arange(len(old) + 1)), became["place"].to_numpy()


@cache
def reform_day() -> int:
    """The first day of the communes of 2025, counted from 1970."""
    return int(np.datetime64(REFORM, "D").astype(int))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file beside this one."""
    with Path(__file__).with_name(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
