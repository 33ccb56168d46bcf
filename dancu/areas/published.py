"""The list of administrative units as the package `vietnamadminunits` publishes it: both eras, and what
became what.
"""

import csv
import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import polars as pl

from dancu.text.folding import fold

from .correcting import Links, corrected_links, corrected_places
from .rows import UnitColumns

# The list says what the units were on the eve of the reform, not since when. So the old era starts "as far
# back as the list goes": a date before any living person's registration, which nobody should read as a
# founding date.
AS_FAR_BACK_AS_THE_LIST_GOES = date(1900, 1, 1)
REFORM = date(2025, 7, 1)  # 34 provinces, no districts: Resolution 202/2025/QH15
ERAS = AS_FAR_BACK_AS_THE_LIST_GOES, REFORM

UNITS: dict[str, Any] = {
    "code": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "level": pl.Int16,
    "kind": pl.String,
    "name": pl.String,
    "short_name": pl.String,
    "parent_code": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "aliases": pl.List(pl.String),
}
LINKS: dict[str, Any] = {
    "old_code": pl.String,
    "old_valid_from": pl.Date,
    "new_code": pl.String,
    "new_valid_from": pl.Date,
    "main": pl.Boolean,
}
PROVINCE, DISTRICT, COMMUNE = 1, 2, 3
KINDS = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")

FORMER_DISTRICTS = Path(__file__).with_name("former_districts.csv")

# What people write for a province besides its name; the package knows only hn, hcm, baria, vungtau.
_PROVINCE_ALIASES = {
    "Hà Nội": ["HN", "TPHN", "Tỉnh Hà Tây", "Hà Tây"],  # merged in 2008
    "Bắc Kạn": ["Bắc Cạn"],
    "Huế": ["Tỉnh Thừa Thiên Huế", "Thừa Thiên Huế", "TT Huế"],
    "Kon Tum": ["Kontum"],
    "Gia Lai": ["Gialai"],
    "Đắk Lắk": ["Đắc Lắc", "Daklak"],
    "Đắk Nông": ["Đắc Nông", "Daknong"],
    "Bà Rịa - Vũng Tàu": ["Vũng Tàu", "Bà Rịa", "BRVT"],
    "Hồ Chí Minh": ["Sài Gòn", "Thành phố Sài Gòn", "SG", "TPHCM", "HCMC"],
}
_SHORTENED = re.compile(
    r"(tt|tx|tp)[a-z]|(p|f|q|ward|district|phuong0|quan0)\d"
)  # p08, txdian: said again in full


def units() -> pl.DataFrame:
    """Every unit of both eras, one row each: the columns of `UNITS`. Places that are another's are mended
    (correcting.py).

    `valid_to` is exclusive, and null while the unit stands. `parent_code` names the unit above that was valid
    at the same time. The five island districts that had no commune appear twice: as the district, and as a
    commune-level unit of the same name, so that someone can live there. Its code is that of the special zone
    it became in 2025: the statistics office had left those five numbers free among the old communes.
    """
    with _dataset() as dataset:
        rows = [*_with_former_districts(_old_units(dataset)), *_new_units(dataset)]
        links = [*_commune_links(dataset)]
    olds, news = (
        [row for row in rows if row["level"] == COMMUNE and row["valid_from"] == day] for day in ERAS
    )
    corrected_places(olds, news, links)
    frame = pl.DataFrame(rows, schema=UNITS).sort("valid_from", "level", "code")
    return frame.with_columns(aliases=pl.Series(_spaced(frame["aliases"].to_list(), frame["name"].to_list())))


def links() -> pl.DataFrame:
    """Which old province or commune went, wholly or partly, into which new one: the columns of `LINKS`.

    A commune that was divided has several rows; `main` is true for the unit that took most of it. What is
    wrong in the list is mended (correcting.py).
    """
    with _dataset() as dataset:
        links = dict.fromkeys(_province_links(dataset), True) | _commune_links(dataset)
    rows = [(old, AS_FAR_BACK_AS_THE_LIST_GOES, new, REFORM, main) for (old, new), main in links.items()]
    return pl.DataFrame(rows, schema=LINKS, orient="row").sort("old_code", "new_code")


def _dataset() -> closing[sqlite3.Connection]:
    with as_file(files("vietnamadminunits") / "data" / "dataset.db") as path:
        dataset = sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)
    dataset.row_factory = sqlite3.Row
    return closing(dataset)


def _old_units(dataset: sqlite3.Connection) -> Iterator[UnitColumns]:
    provinces, districts = set(), set()
    for row in dataset.execute("SELECT * FROM admin_units_legacy"):
        province, district, commune = row["provinceCode"], row["districtCode"], row["wardCode"]
        if province not in provinces:
            provinces.add(province)
            yield _old_unit(row, "province", PROVINCE, province, None)
        if district not in districts:
            districts.add(district)
            yield _old_unit(row, "district", DISTRICT, district, province)
        if commune:
            yield _old_unit(row, "ward", COMMUNE, commune, district)
        else:
            yield _old_unit(row, "district", COMMUNE, _code_of_the_special_zone(dataset, row), district)


def _with_former_districts(olds: Iterator[UnitColumns]) -> Iterator[UnitColumns]:
    """The old units, with "Xã Tượng Sơn, Huyện Thạch Hà" among the aliases of a commune that lay in another
    district before.

    Cards of those years bear the former district. Where it is no more, the one that took it in is called so
    too.
    """
    with FORMER_DISTRICTS.open(encoding="utf-8", newline="") as file:
        former = {row["code"]: row for row in csv.DictReader(file)}
    for unit in olds:
        if row := former.get(unit["code"]):
            kindless = row["name"].split(" ", 1)[1]
            unit["aliases"] += (
                [row["name"], kindless]
                if unit["level"] == DISTRICT
                else [f"{row['name']}, {row['district']}"]
            )
        yield unit


def _new_units(dataset: sqlite3.Connection) -> Iterator[UnitColumns]:
    provinces = set()
    for row in dataset.execute("SELECT * FROM admin_units"):
        province = row["provinceCode"]
        if province not in provinces:
            provinces.add(province)
            yield _unit(row, "province", PROVINCE, province, None, REFORM, None)
        yield _unit(row, "ward", COMMUNE, row["wardCode"], province, REFORM, None)


def _old_unit(row: sqlite3.Row, column: str, level: int, code: str, parent: str | None) -> UnitColumns:
    return _unit(row, column, level, code, parent, AS_FAR_BACK_AS_THE_LIST_GOES, REFORM)


def _unit(
    row: sqlite3.Row, column: str, level: int, code: str, parent: str | None, since: date, until: date | None
) -> UnitColumns:
    kind = next(kind for kind in KINDS if row[column].lower().startswith(f"{kind} ".lower()))
    name = kind + row[column][len(kind) :]  # ten units are "Thành Phố" or "Thị Trấn" in the list
    short_name = re.sub(
        r" \(.*\)$", "", row[f"{column}Short"]
    )  # "Yên Viên (Thị trấn)": the kind has its own column
    aliases = json.loads(row[f"{column}Alias"] or "[]") + (
        _PROVINCE_ALIASES.get(short_name, []) if level == PROVINCE else []
    )
    latitude, longitude = row[f"{column}Lat"], row[f"{column}Lon"]
    return {
        "code": code,
        "valid_from": since,
        "valid_to": until,
        "level": level,
        "kind": kind,
        "name": name,
        "short_name": short_name,
        "parent_code": parent,
        "latitude": latitude,
        "longitude": longitude,
        "aliases": list(dict.fromkeys(aliases)),
    }


def _spaced(aliases: list[list[str]], names: list[str]) -> list[list[str]]:
    """The package runs an alias's words together (xaquangthinh); find the likeliest ones: xa quang thinh."""
    seen = Counter(fold(" ".join(names)).split())
    costs = {
        word: -math.log(count / seen.total()) + (9 if len(word) == 1 else 0) for word, count in seen.items()
    }
    return [
        list(dict.fromkeys(_words(alias, costs) for alias in some if not _SHORTENED.match(alias)))
        for some in aliases
    ]


def _words(alias: str, costs: dict[str, float]) -> str:
    if " " in alias or alias != alias.lower():
        return alias  # one of ours
    letters = fold(alias).rstrip("0123456789")
    number = fold(alias)[len(letters) :]
    best: list[tuple[float, list[str]]] = [(0.0, [])]  # of the first n letters: cost, words
    for end in range(1, len(letters) + 1):
        splits = []
        for start in range(max(0, end - 7), end):
            piece = letters[start:end]
            cost = costs.get(
                piece, 11 + 2.5 * len(piece)
            )  # a word no unit bears any more: dearer the longer it is
            splits.append((best[start][0] + cost, [*best[start][1], piece]))
        best.append(min(splits))
    return " ".join([*best[-1][1], number]).strip() if len(letters) > 3 else alias


def _code_of_the_special_zone(dataset: sqlite3.Connection, district: sqlite3.Row) -> str:
    name = "Đặc khu " + district["districtShort"]
    return dataset.execute("SELECT wardCode FROM admin_units WHERE ward = ?", [name]).fetchone()[0]


def _province_links(dataset: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    old, new = (
        dict(dataset.execute(f"SELECT DISTINCT provinceKey, provinceCode FROM {table}").fetchall())
        for table in ("admin_units_legacy", "admin_units")
    )
    for became, olds in _conversion()["DICT_PROVINCE"].items():
        for key in olds:
            yield old[key], new[became]


def _commune_links(dataset: sqlite3.Connection) -> Links:
    return corrected_links(dict(_listed_commune_links(dataset)), _old_units(dataset))


def _listed_commune_links(dataset: sqlite3.Connection) -> Iterator[tuple[tuple[str, str], bool]]:
    conversion = _conversion()
    new_communes = {
        (row[0], row[1]): row[2]
        for row in dataset.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
    }
    old_communes = {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": row["wardCode"]
        or _code_of_the_special_zone(dataset, row)
        for row in dataset.execute("SELECT * FROM admin_units_legacy")
    }
    for province, communes in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in communes.items():
            for old in olds:
                yield (old_communes[old], new_communes[province, new]), True
    for province, divided in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            for part in parts:
                yield (
                    (old_communes[old], new_communes[province, part["newWardKey"]]),
                    part["isDefaultNewWard"],
                )


def _conversion() -> dict[str, Any]:
    return json.loads((files("vietnamadminunits") / "data" / "converter_2025.json").read_text("utf-8"))
