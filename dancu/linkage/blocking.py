"""Which keys candidates must share: counted on the file itself, so that any pair is likely to share one
and the number of pairs is bounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

from duckdb import DuckDBPyConnection

from dancu.linkage.model.candidates import LARGEST_BLOCK

EVERY_PAIR = 3_000_000  # at most so many pairs in all are compared without any key


@dataclass
class BlockChoice:
    """`blocks`: the keys chosen; `pairs`: how many pairs each gives; `left_out`: keys too wide, with
    their pairs.
    """

    blocks: list[list[str]] = field(default_factory=list)
    complete: list[list[str]] = field(
        default_factory=list
    )  # of them, those without a value shared by too many
    pairs: list[int] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def choose_blocks(
    db: DuckDBPyConnection, keys: dict[str, list[list[str]]], two_files: bool, limit: int | None = None
) -> BlockChoice:
    """Choose keys over the table `records` (rid, side, prepared columns).

    Of each one, two or three fields together the widest key is taken that stays within a share of `limit`
    pairs; a key is left out where a wider one of the same fields, or of fewer, is there. `limit`: pairs in
    all, by default 200 a record, 2 to 60 million.
    """
    counts = dict(db.execute("SELECT side, count(*) FROM records GROUP BY side").fetchall())
    records = sum(counts.values())
    every = counts.get(0, 0) * counts.get(1, 0) if two_files else records * (records - 1) // 2
    if every <= min(EVERY_PAIR, limit or EVERY_PAIR):
        return BlockChoice([[]], [[]], [every])
    limit = limit or max(2_000_000, min(200 * records, 60_000_000))
    fields = [f for f in keys if _is_worth(db, keys[f][-1])]
    chosen, each_at_most = BlockChoice(), limit // 16
    for many in (1, 2, 3):
        for together in combinations(fields, many):
            _choose_of(db, chosen, [keys[f] for f in together], two_files, each_at_most)
        if many == 2 and len(chosen.blocks) >= 8:
            break
    order = sorted(range(len(chosen.blocks)), key=lambda i: chosen.pairs[i])
    total, kept = 0, []
    for i in order:
        total += chosen.pairs[i]
        if total > 2 * limit and kept:  # keys overlap: the pairs of all are about half their sum
            chosen.left_out[" + ".join(chosen.blocks[i])] = chosen.pairs[i]
            continue
        kept.append(i)
    return BlockChoice([chosen.blocks[i] for i in kept], [], [chosen.pairs[i] for i in kept], chosen.left_out)


def _is_worth(db: DuckDBPyConnection, columns: list[str]) -> bool:
    """Whether a field is known in enough records, and of enough values, to find anybody by."""
    known, values = db.execute(
        f"SELECT count({columns[0]}), approx_count_distinct({columns[0]}) FROM records"
    ).fetchall()[0]
    return known > 1 and values > 3


def _choose_of(
    db: DuckDBPyConnection, chosen: BlockChoice, keys: list[list[list[str]]], two_files: bool, at_most: int
) -> None:
    options = sorted(_options(keys), key=len)
    counted: list[tuple[int, bool, list[str]]] = []
    for block in options:
        if any(_implies(block, there) for there in chosen.complete):
            continue
        counted.append((*count_pairs(db, block, two_files), block))
    good = sorted((each for each in counted if 0 < each[0] <= at_most), reverse=True)
    for pairs, complete, block in good[: 6 if len(keys) == 1 else 3]:
        if not any(_implies(block, there) for there in chosen.complete):
            chosen.blocks.append(block)
            chosen.pairs.append(pairs)
            chosen.complete += [block] if complete else []
    if not good and counted:
        pairs, _complete, block = min(counted)
        if pairs:
            chosen.left_out[" + ".join(block)] = pairs


def _options(keys: list[list[list[str]]]) -> Iterator[list[str]]:
    for parts in product(*keys):
        yield [column for part in parts for column in part]


def _implies(block: list[str], wider: list[str]) -> bool:
    """Whether records that share `block` always share `wider`: every column of it is there, or the whole
    that it is a part of.
    """
    return all(any(column == mine or _is_whole_of(mine, column, block) for mine in block) for column in wider)


def _is_whole_of(whole: str, part: str, block: list[str]) -> bool:
    return part.startswith(f"{whole}_") and not part.removeprefix(whole).startswith("__")


def count_pairs(db: DuckDBPyConnection, block: list[str], two_files: bool) -> tuple[int, bool]:
    """How many pairs share a key, blocks of more than LARGEST_BLOCK records left aside; and whether none
    was.
    """
    known = " AND ".join(f"{column} IS NOT NULL" for column in block)
    pairs = "a * b" if two_files else "(a + b) * (a + b - 1) // 2"
    counted, largest = db.execute(
        f"SELECT coalesce(sum({pairs}) FILTER (a + b <= {LARGEST_BLOCK}), 0)::BIGINT, coalesce(max(a + b), "
        f"0) FROM "
        f"(SELECT count(*) FILTER (side = 0)::BIGINT AS a, count(*) FILTER (side = 1)::BIGINT AS b "
        f"FROM records WHERE {known} GROUP BY {', '.join(block)} HAVING count(*) > 1)"
    ).fetchall()[0]
    return counted, largest <= LARGEST_BLOCK
