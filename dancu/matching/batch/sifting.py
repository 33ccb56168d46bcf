"""The people whom a large part's records may mean, found in one pass over the register for all blocks by name and home."""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from dancu.matching.batch.pairing import Pairing
from dancu.register import one_pass
from dancu.register.candidates import people_about

FEWEST = 5_000
_SHARE = 10_000  # people for one record: looking one up takes 5 ms of reading, a pass 40 s in 100 million


def is_worth_a_pass(records: int) -> bool:
    """Whether reading all of the register takes less time than looking up the keys of so many records."""
    return records >= max(FEWEST, people_about() // _SHARE)


@dataclass
class Sought:
    """What one block looks for. `block`: as one_pass calls its keys; `keys`: n and the columns of a key; `near`: which of some pairs are
    kept; `found`: those.
    """

    block: str
    keys: pl.DataFrame
    near: Callable[[pl.DataFrame], pl.DataFrame]
    found: list[pl.DataFrame] = field(default_factory=list)
    capped: pl.DataFrame = field(default_factory=pl.DataFrame)


def sift(wanted: list[Sought]) -> None:
    """Fill `found` and `capped` of all that is wanted."""
    pairings = [Pairing(sought.keys, unlimited=False) for sought in wanted]
    for people in one_pass.people_under(_by_block(wanted)):
        for sought, pairing in zip(wanted, pairings, strict=True):
            under = people.join(pairing.sought, on=pairing.by, how="semi")
            sought.found += [sought.near(pairs) for pairs in pairing.pairs(under)] if len(under) else []
    for sought, pairing in zip(wanted, pairings, strict=True):
        sought.capped = pairing.capped()


def _by_block(wanted: list[Sought]) -> dict[str, pl.DataFrame]:
    """The keys of all that is wanted, each once."""
    keys: dict[str, list[pl.DataFrame]] = {}
    for sought in wanted:
        keys.setdefault(sought.block, []).append(sought.keys.select(one_pass.KEYS[sought.block]))
    return {block: pl.concat(each).unique() for block, each in keys.items()}
