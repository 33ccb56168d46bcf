"""The policy of matching as data (policy.toml): which levels agree for which reader, and the blocks in which
candidates are looked up, in order.

`python -m dancu.matching.policy` writes docs/matching-policy.md from it and from people.toml.
"""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_GIVEN = tomllib.loads((_HERE / "policy.toml").read_text("utf-8"))
DOCUMENT = _HERE.parents[1] / "docs" / "matching-policy.md"


@dataclass(frozen=True)
class BlockRule:
    """A key under which candidates are looked up. `columns`: of the register; `again`: whether it is tried
    under other readings of the name too.
    """

    name: str
    columns: tuple[str, ...]
    again: bool = False


BLOCKS = tuple(
    BlockRule(each["name"], tuple(each["columns"]), each.get("again", False)) for each in _GIVEN["block"]
)
"""From the surest to the widest."""

_FIELDS = ("family_name", "middle_name", "given_name", "birth_date", "sex")

KEYS = {block.name: block.columns for block in BLOCKS}


def agreeing(reader: str, how: str = "same") -> frozenset[str]:
    """The levels that count as agreement for a reader (desk, batch, site, search). `how`: "same", or another
    grade that policy.toml has for that reader.
    """
    return frozenset(_GIVEN["agrees"][reader][how])


def document() -> str:
    """The text of docs/matching-policy.md."""
    model = tomllib.loads((_HERE / "people.toml").read_text("utf-8"))
    limits = json.loads((_HERE / "people-weights.json").read_text("utf-8"))["thresholds"]
    readers = {
        "desk": "a declaration, the desk, another system",
        "batch": "a file",
        "site": "a site’s list",
        "search": "a search",
    }
    levels = list(
        dict.fromkeys(
            level for reader in readers for how in _GIVEN["agrees"][reader].values() for level in how
        )
    )
    rows = [[f"`{level}`", *(_how(reader, level) for reader in readers)] for level in levels]
    return "\n".join(
        [
            "# The policy of matching",
            "",
            "Made from [policy.toml](../dancu/matching/policy.toml), "
            "[people.toml](../dancu/matching/people.toml) and the",
            "weights by `python -m dancu.matching.policy`; a test tells where it is not up to date.",
            "",
            "## Which levels agree, for whom",
            "",
            *_table(["level", *readers.values()], rows),
            "",
            "“agrees”: nothing is told. “near”: one such field leaves it at *differences*, two do not. "
            "“surely them”: that",
            "it is this person, where the number had to be repaired. Anything else differs.",
            "",
            "## Where people are looked for, in this order",
            "",
            *_table(
                ["key", "columns of the register", "again under other readings of the name"],
                [
                    [f"`{block.name}`", ", ".join(block.columns), "yes" if block.again else ""]
                    for block in BLOCKS
                ],
            ),
            "",
            "## What is a match without people deciding",
            "",
            f"A weight of {limits['match']:.1f} bits at least, {limits['ahead']:.1f} bits ahead of the next "
            f"(below {limits['review']:.1f} bits nobody is",
            "shown), and one of these ways: each field has one of the levels named (empty: any), and the "
            "condition holds.",
            "",
            *_table([*_FIELDS, "condition"], [_way(way) for way in model["automatic"]]),
            "",
        ]
    )


def _how(reader: str, level: str) -> str:
    words = {"same": "agrees", "close": "near", "surely": "surely them"}
    return next((words[how] for how, levels in _GIVEN["agrees"][reader].items() if level in levels), "")


def _way(way: dict[str, Any]) -> list[str]:
    return [
        *(", ".join(way.get(field, ())) for field in _FIELDS),
        f"`{way['when']}`" if "when" in way else "",
    ]


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(each)} |" for each in [heads, ["---"] * len(heads), *rows]]


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
