"""The records of a file beside their candidates, each name in the candidate's order of words where it can be
read in that order.
"""

import polars as pl

from dancu.matching.batch.weighing import PairScorer
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.orders import readings
from dancu.text.folding import fold, folded


def prepared_in_order_of(records: pl.DataFrame, people: pl.DataFrame, weighing: PairScorer) -> pl.DataFrame:
    """`weighing.prepared_records` of these records, each with its name in the order of the person in the same
    row of `people`: "Nhật Linh Nguyễn" as Nguyễn Nhật Linh where that is their name.
    """
    prepared = weighing.prepared_records(records)
    names = records.select("full_name", "ordered", theirs=people["full_name"])
    names = names.with_row_index("n").filter(folded(pl.col("ordered")) != folded(pl.col("theirs")))
    found = {n: order for n, *name in names.iter_rows() if (order := _their_order(*name))}
    if not found:
        return prepared
    place = pl.int_range(pl.len(), dtype=pl.UInt32)
    orders = pl.DataFrame(
        {"n": list(found), "meant": list(found.values())}, schema={"n": pl.UInt32, "meant": pl.String}
    )
    ordered = records.select(n=place, ordered="ordered").join(
        orders, on="n", how="left", maintain_order="left"
    )
    ordered = ordered.select("n", ordered=pl.coalesce("meant", "ordered"))
    return weighing.named_otherwise(prepared.with_columns(n=place), ordered)


def _their_order(full_name: str, ordered: str, theirs: str) -> str:
    """The reading of a name that is theirs, "" where none is; none has other letters."""
    key = fold(theirs)
    if _letters(key) != _letters(fold(ordered)):
        return ""
    return next(
        (order for order in readings(normalise_name(full_name).text, ordered) if fold(order) == key), ""
    )


def _letters(folded_name: str) -> list[str]:
    return sorted(folded_name.replace(" ", ""))
