"""The records of one file or two, prepared, in a table of DuckDB on disk: what training, scoring and
clustering read.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from dancu.files.source import SourceFile, Troubles, column_key, opened
from dancu.linkage.building import SAMPLE, build
from dancu.linkage.errors import BadMapping, TooFewRecords
from dancu.linkage.mapping import KINDS, Mapping
from dancu.linkage.model.kinds import prepare_frame
from dancu.linkage.model.model import Model
from dancu.linkage.placeholders import Placeholders, placeholders_of

_ENOUGH_ROWS, _THE_SAME = 50, 0.95  # rows that have both; of them those in which two columns are one
_LONG = {"words", "address", "full_name"}  # kinds of model whose texts may be long


def load_records(
    db: DuckDBPyConnection, paths: Sequence[Path], mapping: Mapping, model: Model | None = None
) -> tuple[Model, list[Troubles], Placeholders]:
    """Make the tables `records` (rid, side, prepared columns) and `ids` (rid, side, row, id, label); values
    that stand for none are left empty.

    `model`: of another file of the same mapping; else one is made. Raises UnreadableFile, BadMapping,
    TooFewRecords.
    """
    with ExitStack() as stack:
        sources = [
            stack.enter_context(
                opened(path, mapping.separators[side], mapping.encodings[side], _is_header(mapping, side))
            )
            for side, path in enumerate(paths)
        ]
        for side, source in enumerate(sources):
            _columns(source, mapping, side)  # every missing column is told before hours are spent
        sample = _sample(sources, mapping)
        _refuse_one_column_twice(mapping, sample)
        missing = placeholders_of(mapping, sample)
        if model is None:
            model = build(mapping, missing.without(sample))
        rid = 0
        for side, source in enumerate(sources):
            before = rid
            for batch in source.batches(_columns(source, mapping, side), _long(mapping)):
                rid = _insert(db, model, missing.without(batch), side, rid, source.troubles)
            if rid == before or (len(sources) == 1 and rid < 2):
                raise TooFewRecords(source.path.name, rid - before)
        _leave_out_repeated_ids(db, sources)
        return model, [source.troubles for source in sources], missing


def _is_header(mapping: Mapping, side: int) -> Callable[[Sequence[str]], bool]:
    """Tells whether a row's values are the header: with all columns of the mapping."""
    wanted = {column_key(name) for name in _named(mapping, side).values()}
    return lambda names: wanted <= set(map(column_key, names))


def _columns(source: SourceFile, mapping: Mapping, side: int) -> dict[str, str]:
    return {name: source.column(column) for name, column in _named(mapping, side).items()}


def _named(mapping: Mapping, side: int) -> dict[str, str]:
    special = {"_id": mapping.ids[side], "_label": mapping.labels[side]}
    return {name: column for name, column in (mapping.names(side) | special).items() if column}


def _long(mapping: Mapping) -> list[str]:
    return [
        column.field
        for column in mapping.columns
        if KINDS[column.kind][0] in _LONG and column.kind != "full name"
    ]


def _sample(sources: Sequence[SourceFile], mapping: Mapping) -> pl.DataFrame:
    frames = []
    for side, source in enumerate(sources):
        taken = 0
        for batch in source.batches(_columns(source, mapping, side), _long(mapping)):
            frames.append(batch.select(list(mapping.names(side))))
            taken += len(batch)
            if taken >= SAMPLE:
                break
        source.troubles = Troubles()
    if not any(len(frame) for frame in frames):
        raise TooFewRecords(sources[0].path.name, 0)
    return pl.concat(frames)


def _refuse_one_column_twice(mapping: Mapping, sample: pl.DataFrame) -> None:
    """Two columns that hold the same would count one agreement twice."""
    for one, other in combinations(mapping.columns, 2):
        if KINDS[one.kind][0] != KINDS[other.kind][0]:
            continue
        both = sample.select(pl.col(one.field, other.field).str.to_lowercase()).drop_nulls()
        if len(both) >= _ENOUGH_ROWS and both[one.field].n_unique() > 2:
            same = (both[one.field] == both[other.field]).sum() / len(both)
            if same >= _THE_SAME:
                raise BadMapping(
                    "",
                    f'the columns "{one.left}" and "{other.left}" contain the same in {same:.0%} of rows: '
                    f"leave one of them out",
                )


def _insert(
    db: DuckDBPyConnection, model: Model, batch: pl.DataFrame, side: int, rid: int, troubles: Troubles
) -> int:
    named = "_id" in batch.columns
    batch = batch.with_columns(
        (pl.col("_id") if named else pl.col("row").cast(pl.String)).alias("_id"),
        (pl.col("_label") if "_label" in batch.columns else pl.lit(None, pl.String)).alias("_label"),
    )
    nothing = batch.select(pl.all_horizontal(pl.col(list(model.fields)).is_null())).to_series()
    unnamed = batch["_id"].is_null()
    for row in batch["row"].filter(nothing):
        troubles.add(row, "", "has nothing that is compared", left_out=True)
    for row in batch["row"].filter(unnamed & ~nothing):
        troubles.add(row, "", "has no id", left_out=True)
    batch = batch.filter(~nothing & ~unnamed)
    if batch.is_empty():
        return rid
    prepared = prepare_frame(model.fields, batch.select("row", "_id", "_label", *model.fields))
    _tell_impossible_dates(model, prepared, troubles)
    prepared = prepared.with_columns(
        pl.int_range(rid, rid + len(prepared), dtype=pl.Int32).alias("rid"),
        pl.lit(side, pl.Int8).alias("side"),
    )
    for table, columns in (
        ("records", ["rid", "side", *sorted(model.columns)]),
        ("ids", ["rid", "side", "row", "_id", "_label"]),
    ):
        db.register("batch", prepared.select(columns).to_arrow())
        exists = db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [table]).fetchall()
        db.execute(f"INSERT INTO {table} FROM batch" if exists else f"CREATE TABLE {table} AS FROM batch")
        db.unregister("batch")
    return rid + len(prepared)


def _tell_impossible_dates(model: Model, prepared: pl.DataFrame, troubles: Troubles) -> None:
    for field, kind in model.fields.items():
        if kind.startswith("date"):
            wrong = prepared[field].is_not_null() & prepared[f"{field}_days"].is_null()
            for row in prepared["row"].filter(wrong):
                troubles.add(row, field, "is no day of the calendar: compared by its digits", left_out=False)


def _leave_out_repeated_ids(db: DuckDBPyConnection, sources: Sequence[SourceFile]) -> None:
    twice = db.execute(
        "SELECT rid, side, row, _id FROM ids QUALIFY row_number() OVER (PARTITION BY side, _id ORDER BY "
        "rid) > 1"
    ).fetchall()
    for _rid, side, row, name in twice:
        sources[side].troubles.add(row, "", f'has the id "{name}" of an earlier row', left_out=True)
    if twice:
        db.register(
            "twice", pl.DataFrame({"rid": [each[0] for each in twice]}, schema={"rid": pl.Int32}).to_arrow()
        )
        for table in ("records", "ids"):
            db.execute(f"DELETE FROM {table} WHERE rid IN (SELECT rid FROM twice)")
