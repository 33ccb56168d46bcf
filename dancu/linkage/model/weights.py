"""A weights file: what agreement at each level is worth, learnt from data, with where that data came from.

One file serves one pair at a time (model/scoring.py) and whole files (linkage/scoring.py); it names the model
it was learnt for.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import log2
from pathlib import Path
from typing import Any

from dancu.errors import DancuError
from dancu.linkage.model.model import Model

OTHERS = (
    ""  # among frequencies: how often any one value is that is not listed; no prepared value is an empty text
)
SMALLEST = 1e-9  # no probability counts for less: what was never seen may be


class NotItsWeights(DancuError):
    """The weights file {0} was learnt for another model: learn the weights anew (dancu match train)."""


class BadWeights(NotItsWeights):
    """The weights file {0} cannot be read ({1}): learn the weights anew (dancu match train)."""


@dataclass(frozen=True)
class Weights:
    """`levels`: field → level → (m, u); `frequencies`: prepared column → value → share of all records that
    have one.

    `prior`: the probability that two records drawn at random are one person, of the data it was learnt from;
    a register's own is passed to the scorer. `thresholds`: in bits: `match`, `review` and `ahead` (of the
    runner-up). `provenance`: what it was learnt from, when, by which versions. `measured`: precision and
    recall at those thresholds. `even`: the weight from which on a pair of the data itself is taken for the
    same: 0, more where much of it is similar but different (near.py). `households`: whether people of one
    household are told apart by what is their own (own.py).
    """

    model: str
    digest: str
    levels: Mapping[str, Mapping[str, tuple[float, float]]]
    frequencies: Mapping[str, Mapping[str, float]]
    prior: float
    thresholds: Mapping[str, float] = field(
        default_factory=lambda: {"match": 12.0, "review": 0.0, "ahead": 5.0}
    )
    provenance: Mapping[str, Any] = field(default_factory=dict)
    measured: Mapping[str, Any] = field(default_factory=dict)
    even: float = 0.0
    households: bool = False

    def bits(self, of: str, level: str) -> float:
        """The weight of a level without regard to how frequent the value is: log2(m / u), 0 where it is
        missing.
        """
        if level not in self.levels[of]:
            return 0.0
        m, u = self.levels[of][level]
        return log2(max(m, SMALLEST) / max(u, SMALLEST))

    def rarest(self, column: str) -> float:
        """The frequency of a value that is not listed: that under "", else half that of the rarest one
        that is.
        """
        listed = self.frequencies[column]
        return listed[OTHERS] if OTHERS in listed else min(listed.values(), default=1.0) / 2

    def chance(self, column: str) -> float:
        """How often two records drawn at random agree in a column: the sum of the squares of its
        frequencies.
        """
        return sum(share * share for value, share in self.frequencies[column].items() if value != OTHERS)

    def save(self, path: Path) -> None:
        """Write them in one step: whoever reads meanwhile, or after a crash, finds the old file or the
        new one. Raises OSError.
        """
        written = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        target = path.resolve()  # what a link leads to is replaced, not the link
        if target.exists() and not target.is_file():  # /dev/stdout
            target.write_text(written, encoding="utf-8")
            return
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def load_weights(path: Path, model: Model) -> Weights:
    """Read a weights file. Raises NotItsWeights, BadWeights, OSError."""
    try:
        weights = Weights(**json.loads(path.read_text(encoding="utf-8")))
        levels = {name: set(levels) for name, levels in weights.levels.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise BadWeights(path.name, error) from error
    expected = {comparison.field: set(comparison.level_names) for comparison in model.comparisons}
    if weights.digest != model.digest_of_levels or levels != expected:
        raise NotItsWeights(path.name)
    return weights
