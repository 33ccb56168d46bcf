"""How often each fault is drawn: rates.toml, by profile."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_FILE = Path(__file__).with_name("rates.toml")
PROFILES: tuple[str, ...] = tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["profiles"])
"""declaration, no_number, paper"""
FAULTS = (
    "name_form",
    "name_spelling",
    "name_case",
    "typing",
    "spaces",
    "birth",
    "sex",
    "number",
    "phone",
    "home",
)
"""The groups of faults. Of one group a record has one fault at most."""


@dataclass(frozen=True)
class Rates:
    """Shares from 0 to 1, by group (a table of rates.toml) and code."""

    groups: dict[str, dict[str, float]]

    def __getitem__(self, group: str) -> dict[str, float]:
        return self.groups[group]

    def draw(self, group: str, rng: np.random.Generator, n: int) -> np.ndarray:
        """For each of `n`, which of the group's codes befalls it, as its place among them; -1 for none."""
        bounds = np.cumsum(list(self[group].values()))
        which = np.searchsorted(bounds, rng.random(n), side="right")
        return np.where(which < len(bounds), which, -1)


def read_rates(profile: str) -> Rates:
    """The rates of a profile. Raises KeyError where there is none of that name."""
    if profile not in PROFILES:
        raise KeyError(profile)
    at = PROFILES.index(profile)
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Rates(
        {
            group: {code: float(shares[at]) for code, shares in table.items()}
            for group, table in tables.items()
            if isinstance(table, dict)
        }
    )
