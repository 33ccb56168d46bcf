"""Writing many frames as one Parquet file, holding only a few of them in memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source


def write_parquet(frames: Iterator[pl.DataFrame], schema: dict[str, Any], out: Path, row_group: int) -> None:
    """Write `frames`, all of `schema`, to `out` as they come, in row groups of `row_group` rows.

    The file appears under its name only when it is whole; until then it is beside it as "….partial".
    """

    def source(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        return frames

    partial = out.with_name(out.name + ".partial")
    try:
        register_io_source(source, schema=schema).sink_parquet(partial, row_group_size=row_group)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
