"""Religion, by province and ethnic group."""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np

from dancu.synthetic.population.communes import rows
from dancu.synthetic.population.drawing import Draw
from dancu.synthetic.population.names import KINH

NONE = 0
_PROVINCES, _GROUPS = 100, 57


def faiths(rng: np.random.Generator, province: np.ndarray, ethnicity: np.ndarray) -> np.ndarray:
    """A religion's code as a number for each, NONE for none, by old province and ethnic group."""
    draw, row = _draw()
    return draw(rng, row[province, ethnicity])


@cache
def _draw() -> tuple[Draw, np.ndarray]:
    """The shares where each group lives; and the row for each province and group: its Kinh's where the
    group is not at home.
    """
    people = np.zeros((_PROVINCES, _GROUPS))
    for row in rows("ethnic-groups.csv"):
        people[int(row["province_code"]), int(row["ethnicity"])] = float(row["people"])
    with Path(__file__).with_name("religions.toml").open("rb") as file:
        religions = {int(code): religion for code, religion in tomllib.load(file).items()}
    leaning = np.stack([_leaning(religions[code]) for code in sorted(religions)])
    wanted = np.array([religions[code]["share"] for code in sorted(religions)]) / 100 * people.sum()
    shares = leaning
    for _ in range(
        30
    ):  # to the country's shares; where a group has more than one religion's worth, they share it
        shares = shares * (wanted / (shares * people).sum(axis=(1, 2)))[:, None, None]
        shares = shares / np.maximum(shares.sum(axis=0) / 0.97, 1)
    without = 1 - shares.sum(axis=0)
    shares = np.concatenate([without[None], shares])
    lived = np.argwhere(people > 0)
    row = np.zeros(people.shape, int)
    row[tuple(lived.T)] = np.arange(len(lived))
    row = np.where(people > 0, row, row[:, [KINH]])
    return Draw(shares[:, lived[:, 0], lived[:, 1]].T), row


def _leaning(religion: dict[str, object]) -> np.ndarray:
    by_province = np.full(_PROVINCES, float(str(religion["elsewhere"])))
    for code, percent in _pairs(str(religion["provinces"])):
        by_province[code] = percent
    by_group = np.full(_GROUPS, float(str(religion["other_groups"])))
    by_group[KINH] = 1
    for code, times in _pairs(str(religion["groups"])):
        by_group[code] = times
    return np.outer(by_province, by_group)


def _pairs(text: str) -> list[tuple[int, float]]:
    words = text.split()
    return [(int(code), float(value)) for code, value in zip(words[::2], words[1::2], strict=True)]
