"""The lists of names beside this file, read into what `names` draws from."""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dancu.synthetic.population.drawing import Draw

COHORTS = np.array(
    [1955, 1970, 1985, 2000, 2010]
)  # births before the first of these years, the second … and after the last
_AGE_MIX = np.array([[1, 0, 0], [0.7, 0.3, 0], [0.15, 0.75, 0.1], [0, 0.45, 0.55], [0, 0.1, 0.9], [0, 0, 1]])
REGIONS = ("north", "north_central", "south_central", "south")
GROUPS = 57  # ethnic groups by code, 0 unused
KINH_ROWS = len(_AGE_MIX) * 2 * len(REGIONS)

_LEANS = {"": (1, 1, 1, 1), "n": (1.5, 1.2, 0.6, 0.3), "s": (0.3, 0.5, 1.4, 1.6)}
_TWO_WORDS = np.array([0.004, 0.002, 0.001, 0.0005, 0.0005, 0.0005])  # names without a middle, by cohort
_FOUR_WORDS = np.array(
    [[0.04, 0.06, 0.08, 0.12, 0.16, 0.19], [0.08, 0.10, 0.14, 0.21, 0.28, 0.32]]
)  # men, women


@dataclass(frozen=True)
class Forms:
    """How an ethnic group's names are built. `form`: 0 surname first, 1 clan last, 2 prefix only; `kinh_old`,
    `kinh_young`: the share with a Kinh middle and given name; `by_mother`: whose surname children take. All
    by group code."""

    form: np.ndarray
    kinh_old: np.ndarray
    kinh_young: np.ndarray
    by_mother: np.ndarray


@dataclass(frozen=True)
class NameLists:
    """`words`: every part of a name, without spaces around it. `surnames`: rows are REGIONS, then groups.
    `middles`, `givens`: rows are Kinh by cohort, sex and region (`kinh_row`), then groups by sex
    (`group_row`). All draw positions in `words`."""

    words: list[str]
    surnames: Draw
    middles: Draw
    givens: Draw
    forms: Forms


def kinh_row(birth_year: np.ndarray, sex: np.ndarray, region: np.ndarray) -> np.ndarray:
    cohort = np.searchsorted(COHORTS, birth_year, side="right")
    return (cohort * 2 + sex - 1) * len(REGIONS) + region


def group_row(ethnicity: np.ndarray, sex: np.ndarray) -> np.ndarray:
    return KINH_ROWS + ethnicity * 2 + sex - 1


@cache
def name_lists() -> NameLists:
    words = _Words()
    groups = _minorities()
    surnames = _Table(words, len(REGIONS) + GROUPS)
    middles, givens = _Table(words, KINH_ROWS + 2 * GROUPS), _Table(words, KINH_ROWS + 2 * GROUPS)
    for row in _csv("surnames.csv"):
        for place, region in enumerate(REGIONS):
            surnames.add(place, row["surname"], float(row[region]))
    for place in range(KINH_ROWS):
        cohort, sex, region = place // 8, place // 4 % 2 + 1, place % 4
        for name, weight in _kinh("given-names.csv", cohort, sex, region):
            givens.add(place, name, weight)
        for name, weight in _kinh_middles(cohort, sex, region):
            middles.add(place, name, weight)
    for code, group in groups.items():
        for name, weight in _weighted(group.get("surnames", "- 1")):
            surnames.add(len(REGIONS) + code, name, weight)
        for sex, who in ((1, "men"), (2, "women")):
            for name, weight in _weighted(group.get(f"middle_{who}", "- 1")):
                middles.add(KINH_ROWS + code * 2 + sex - 1, name, weight)
            for name, weight in _weighted(group.get(who, "- 1")):
                givens.add(KINH_ROWS + code * 2 + sex - 1, name, weight)
    return NameLists(words.all, surnames.draw(65536), middles.draw(8192), givens.draw(8192), _forms(groups))


class _Words:
    def __init__(self) -> None:
        self.all: list[str] = [""]
        self._places = {"": 0}

    def place(self, word: str) -> int:
        if word not in self._places:
            self._places[word] = len(self.all)
            self.all.append(word)
        return self._places[word]


class _Table:
    def __init__(self, words: _Words, rows: int) -> None:
        self._words = words
        self._weights: list[dict[int, float]] = [{} for _ in range(rows)]

    def add(self, row: int, word: str, weight: float) -> None:
        place = self._words.place("" if word == "-" else word)
        self._weights[row][place] = self._weights[row].get(place, 0) + weight

    def draw(self, cells: int) -> Draw:
        weights = np.zeros((len(self._weights), len(self._words.all)), np.float32)
        for row, items in enumerate(self._weights):
            weights[row, list(items)] = list(items.values())
            weights[row, 0] += not items  # a row for nobody
        return Draw(weights, cells)


def _csv(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def _kinh_rows(name: str) -> list[tuple[str, int, np.ndarray, str, str]]:
    return [
        (
            row["name"],
            int(row["sex"]),
            np.array([float(row[age]) for age in ("old", "middle", "young")]),
            row["lean"],
            row.get("place", ""),
        )
        for row in _csv(name)
    ]


def _kinh(name: str, cohort: int, sex: int, region: int, place: str = "") -> Iterator[tuple[str, float]]:
    for word, of_sex, ages, lean, at in _kinh_rows(name):
        if of_sex == sex and at == place:
            yield word, float(ages @ _AGE_MIX[cohort]) * _LEANS[lean][region]


def _kinh_middles(cohort: int, sex: int, region: int) -> Iterator[tuple[str, float]]:
    seconds = _shares(_kinh("middle-names.csv", cohort, sex, region, "second"))
    firsts = _shares(_kinh("middle-names.csv", cohort, sex, region, "first"))
    two, four = _TWO_WORDS[cohort], _FOUR_WORDS[sex - 1, cohort]
    yield "-", two
    for second, share in seconds.items():
        yield second, (1 - two - four) * share
    plain = {word: share for word, share in seconds.items() if word not in ("Thị", "Văn")}
    total = sum(plain.values())
    for first, share in firsts.items():
        for second, other in plain.items():
            if first != second:
                yield f"{first} {second}", four * share * other / total


def _shares(weighted: Iterator[tuple[str, float]]) -> dict[str, float]:
    found = {word: weight for word, weight in weighted if weight > 0}
    total = sum(found.values())
    return {word: weight / total for word, weight in found.items()}


def _minorities() -> dict[int, dict[str, Any]]:
    with Path(__file__).with_name("minority-names.toml").open("rb") as file:
        read = {int(code): group for code, group in tomllib.load(file).items()}
    for group in read.values():
        for like in (group.get("like"), group.get("like_names")):
            if like:
                group |= {key: value for key, value in read[int(like)].items() if key not in group}
    return read


def _weighted(text: str) -> Iterator[tuple[str, float]]:
    """The items of "Rơ Châm 13 Siu 15"."""
    for word, weight in re.findall(r"(\D+?) ([\d.]+)(?: |$)", text):
        yield word, float(weight)


def _forms(groups: dict[int, dict[str, Any]]) -> Forms:
    forms = Forms(np.zeros(GROUPS, np.int8), np.ones(GROUPS), np.ones(GROUPS), np.zeros(GROUPS, bool))
    for code, group in groups.items():
        forms.form[code] = ("surname", "clan-last", "prefix").index(group.get("form", "surname"))
        shares = group.get("kinh", [0, 0] if "men" in group else [1, 1])
        forms.kinh_old[code], forms.kinh_young[code] = shares
        forms.by_mother[code] = group.get("line") == "mother"
    return forms
