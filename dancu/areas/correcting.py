"""What is wrong in the published list, mended: by rule where one says it, else by `corrections.csv`, each
line with its source.

Checked in full against the National Statistics Office's table of new and old units of 1 July 2025 (10,566
links by code), in which three codes are misprinted (00553 for 00556, 01615 for 01651, 02485 for 02482) and
one link that Resolution 1671 has is missing (23053 to 23041); what the two differed in otherwise is mended
here.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from .namesakes import Lies, taken_for_each_other
from .places import Place, centre, km, middle
from .rows import UnitColumns

Links = dict[tuple[str, str], bool]  # (old code, new code): whether the new one took most of it
FAR_KM, FAR_TIMES = (
    15,
    4,
)  # a place so far from all that its links lead to, or from its district, is another's


def corrected_links(listed: Links, olds: Iterable[UnitColumns]) -> Links:
    """The links between communes without those of namesakes, and as `corrections.csv` says.

    `olds`: the old communes and districts.
    """
    links = dict(listed)
    for mistaken in taken_for_each_other(links, _where_they_lie(list(olds))):
        del links[mistaken]
    for old, new, verdict in _corrections():
        if verdict == "never":
            del links[old, new]
        elif verdict == "also":
            links[old, new] = False
        else:
            links |= {(other, became): became == new for other, became in links if other == old}
    whole = Counter(old for old, _ in links)
    return {(old, new): main or whole[old] == 1 for (old, new), main in links.items()}


def corrected_places(
    olds: list[UnitColumns], news: list[UnitColumns], links: Iterable[tuple[str, str]]
) -> None:
    """Give each commune whose place is another's, or only its district's, the middle of what it became or
    came from.

    The list's places were asked of a map service by name. Where no unit that a commune is linked with lies
    within 15 km, one of the two is wrong: the old one if it lies far from its district, or where another
    commune is said to lie too; else the new.
    """
    became, came = defaultdict[str, list[UnitColumns]](list), defaultdict[str, list[UnitColumns]](list)
    old_by_code, new_by_code = {row["code"]: row for row in olds}, {row["code"]: row for row in news}
    for old, new in links:
        became[old].append(new_by_code[new])
        came[new].append(old_by_code[old])
    doubtful = _doubtful(olds)
    wrong_olds = [row for row in olds if row["code"] in doubtful and _contradicted(row, became[row["code"]])]
    wrong = {row["code"] for row in wrong_olds}
    sources = {row["code"]: [old for old in came[row["code"]] if old["code"] not in wrong] for row in news}
    for new in [row for row in news if _contradicted(row, sources[row["code"]])]:
        _move(new, sources[new["code"]])
    for old in wrong_olds:
        _move(old, became[old["code"]])


def _where_they_lie(olds: list[UnitColumns]) -> dict[str, Lies]:
    province = {row["code"]: row["parent_code"] for row in olds if row["level"] == 2}
    return {
        row["code"]: Lies(row["name"], row["parent_code"], province[row["parent_code"] or ""])
        for row in olds
        if row["level"] == 3
    }


def _corrections() -> Iterator[tuple[str, str, str]]:
    with Path(__file__).with_name("corrections.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["old_code"], row["new_code"], row["verdict"]


def _doubtful(communes: list[UnitColumns]) -> set[str]:
    """Those far from the rest of their district, and those that share a place."""
    bearers = Counter(map(_place, communes))
    districts = defaultdict[str, list[UnitColumns]](list)
    for row in communes:
        districts[row["parent_code"] or ""].append(row)
    doubtful = {row["code"] for row in communes if bearers[_place(row)] > 1}
    for rows in districts.values():
        seat = middle(map(_place, rows))
        away = {row["code"]: km(_place(row), seat) for row in rows}
        usual = sorted(away.values())[len(away) // 2]
        doubtful |= {code for code, far in away.items() if far > max(FAR_KM, FAR_TIMES * usual)}
    return doubtful


def _contradicted(row: UnitColumns, linked: list[UnitColumns]) -> bool:
    return bool(linked) and min(km(_place(row), _place(other)) for other in linked) > FAR_KM


def _move(row: UnitColumns, linked: list[UnitColumns]) -> None:
    row["latitude"], row["longitude"] = (round(degrees, 6) for degrees in centre(map(_place, linked)))


def _place(row: UnitColumns) -> Place:
    assert row["latitude"] is not None and row["longitude"] is not None  # the package gives each of them
    return row["latitude"], row["longitude"]
