"""How the communes are written in addresses: both eras' units, in full, abbreviated, and without their
kinds.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import polars as pl

from dancu.areas import published
from dancu.areas.published import COMMUNE, DISTRICT, REFORM

_SHORT = {
    "Thành phố": "TP",
    "Thị xã": "TX",
    "Thị trấn": "TT",
    "Phường": "P",
    "Quận": "Q",
    "Huyện": "H",
    "Xã": "X",
}
STYLES = ("full", "dotted", "tight", "bare")
"""Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh; P. Bến Nghé, Q. 1, TP. …; p.Bến Nghé, Q1, TP …; Bến
Nghé, Quận 1, …
"""
_KNOWN_AS = {
    "Hồ Chí Minh": {"dotted": "TP.HCM", "tight": "TPHCM", "bare": "Sài Gòn"},
    "Hà Nội": {"tight": "HN"},
    "Bà Rịa - Vũng Tàu": {"tight": "BRVT"},
}
_NEIGHBOURS = 4


@dataclass(frozen=True)
class Units:
    """The communes of a day. `place`: of each code; `texts`: by style, in the order of places; `neighbours`:
    the places of the nearest communes of the same province; `former`: of each place, those of the communes in
    `former_texts` that went into it."""

    place: dict[str, int]
    codes: list[str]
    texts: dict[str, list[str]]
    neighbours: list[list[int]]
    former: list[list[int]]
    former_texts: dict[str, list[str]]


@cache
def units(after_reform: bool) -> Units:
    """The units of before, or since, 1 July 2025."""
    listed = published.units()
    now, then = (_communes(listed, since) for since in (True, False))
    these = now if after_reform else then
    codes = these["code"].to_list()
    place = {code: at for at, code in enumerate(codes)}
    former: list[list[int]] = [[] for _ in codes]
    if after_reform:
        old_place = {code: at for at, code in enumerate(then["code"].to_list())}
        for old, new in published.links().select("old_code", "new_code").iter_rows():
            if new in place and old in old_place:
                former[place[new]].append(old_place[old])
    return Units(place, codes, _texts(these), _near(these), former, _texts(then) if after_reform else {})


def units_on(on: date) -> Units:
    """Those in force on a day."""
    return units(on >= REFORM)


def _communes(listed: pl.DataFrame, since_reform: bool) -> pl.DataFrame:
    """The communes of an era with the names of what is above them."""
    of_era = listed.filter(pl.col("valid_to").is_null() == since_reform)
    named = of_era.select(
        "code", "level", "name", "kind", "short_name", "parent_code", "latitude", "longitude"
    )
    communes = named.filter(pl.col("level") == COMMUNE)
    districts = named.filter(pl.col("level") == DISTRICT).select(
        parent_code="code", district="name", province="parent_code"
    )
    provinces = named.filter(pl.col("level") == 1).select(
        province="code", province_name="name", province_short="short_name"
    )
    if since_reform:
        with_district = communes.with_columns(district=pl.lit(None, pl.String), province="parent_code")
    else:
        with_district = communes.join(districts, on="parent_code", how="left")
    return with_district.join(provinces, on="province", how="left").sort("code")


def _texts(communes: pl.DataFrame) -> dict[str, list[str]]:
    rows = communes.select("name", "district", "province_name", "province_short").rows()
    return {
        style: [
            ", ".join(_written(name, style) for name in (commune, district) if name)
            + ", "
            + _province(name, short, style)
            for commune, district, name, short in rows
        ]
        for style in STYLES
    }


def _province(name: str, short: str, style: str) -> str:
    return _KNOWN_AS.get(short, {}).get(style) or (
        short if style != "full" and name.startswith("Tỉnh") else _written(name, style)
    )


def _written(name: str, style: str) -> str:
    """A unit's name with its kind as this style has it; numbers always keep theirs."""
    kind = next((kind for kind in _SHORT if name.startswith(kind + " ")), "")
    if style == "full" or not kind:
        return name
    own = name[len(kind) + 1 :]
    if style == "bare":
        return name if re.match(r"\d", own) else own
    if style == "dotted":
        return f"{_SHORT[kind]}. {own}"
    return f"{_SHORT[kind]}{own}" if own[0].isdecimal() else f"{_SHORT[kind]}.{own}"


def _near(communes: pl.DataFrame) -> list[list[int]]:
    neighbours: list[list[int]] = [[] for _ in range(len(communes))]
    at = np.arange(len(communes))
    where = communes.select("latitude", "longitude").to_numpy()
    provinces = communes["province"].to_numpy()
    for province in np.unique(provinces):
        here = at[provinces == province]
        apart = where[here, None, :] - where[None, here, :]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(distance, np.inf)
        nearest = np.argsort(distance, axis=1, kind="stable")[:, : min(_NEIGHBOURS, len(here) - 1)]
        for place, others in zip(here, here[nearest], strict=True):
            neighbours[place] = others.tolist()
    return neighbours
