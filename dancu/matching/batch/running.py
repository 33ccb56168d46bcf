"""A file compared with the register, part by part: rows are read, compared and written, and then counted."""

import datetime as dt
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from django.utils import timezone

from dancu.audit import actions as audit
from dancu.files.source import SourceFile, opened
from dancu.matching.answers import people_model, scorer
from dancu.matching.batch import proposing
from dancu.matching.batch.birth_order import BirthOrder, order_of
from dancu.matching.batch.cascade import BatchMatches, find
from dancu.matching.batch.choosing import people_for
from dancu.matching.batch.columns import field_rows, inspect_columns
from dancu.matching.batch.errors import NobodyToCompareWith, OverItself
from dancu.matching.batch.mapping import FileMapping, header_by, load_mapping
from dancu.matching.batch.parts import ResultParts, digest_of, reserved
from dancu.matching.batch.results import NOBODY, result_rows, unreadable_rows
from dancu.matching.batch.summary import Summary, sum_up
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.batch.worker_pool import FEW, WorkerPool, collect_rows, worker_pool
from dancu.register.lookups import number_of_people

PART = 1_000_000  # records; for each part, a block reads the register once at most


@dataclass
class Job:
    """One comparison of a file with the register. `review`: whether doubtful records go to review; `sender`:
    who sent the file, whatever its rows say; `progress`: called with each step and how many records it is
    for; `notice`: called with each sentence that the operator should read; `order`: of day and month in birth
    dates (mapping.ORDERS), detected where it is None.
    """

    file: Path
    result: Path
    mapping: Path | None = None
    on: dt.date | None = None
    review: bool = False
    encoding: str | None = None
    separator: str | None = None
    part: int = PART
    processes: int | None = None
    sender: str = ""
    progress: Callable[[str, int], None] = lambda step, records: None
    notice: Callable[[str], None] = lambda sentence: None
    order: str | None = None


def compare_file(job: Job) -> Summary:
    """Compare each record of `job.file` with the register; write `job.result` (.parquet or .csv,
    results.COLUMNS) and its summary (RESULT.summary.json), and give the summary.

    An interrupted run continues after the last part that it finished. If the file, mapping, model or weights
    have changed since, it starts again. Raises BatchError, UnreadableFile, NotItsWeights; the finished parts
    stay.
    """
    if not number_of_people():
        raise NobodyToCompareWith
    if any(read and job.result.resolve() == read.resolve() for read in (job.file, job.mapping)):
        raise OverItself(job.result.name)
    with (
        reserved(job.result),
        opened(job.file, job.separator, job.encoding, header_by(job.mapping)) as source,
    ):
        mapping = load_mapping(job.mapping, job.file.name, source.columns, source.names)
        columns = inspect_columns(source, mapping, has_mapping=job.mapping is not None)
        order = order_of(columns.births, job.order or mapping.order) if columns.has_births else BirthOrder()
        for sentence in filter(None, (*columns.notices(), order.notice())):
            job.notice(sentence)
        on = job.on or mapping.on or timezone.localdate()
        weighing = PairScorer(scorer())
        parts = ResultParts(job.result, _made_of(job, mapping, on, order, weighing))
        for changed in parts.begun_anew:
            job.notice(f"starting again: {changed} changed since the run that was interrupted")
        audit.record_system(
            "register.match_file", detail=f"file {digest_of(job.file)[:12]}", purpose="matching"
        )
        _run(job, source, mapping, on, order, weighing, parts)
        summary = replace(sum_up(parts.rows()), columns=dict(mapping.columns), not_taken=columns.not_taken)
        summary.warnings[:0] = filter(None, [order.notice()])
        job.progress("writing the result", summary.sent)
        parts.finish(summary.as_json())
    return summary


def _made_of(
    job: Job, mapping: FileMapping, on: dt.date, order: BirthOrder, weighing: PairScorer
) -> dict[str, str | int]:
    weights = weighing.scorer.weights
    return {
        "file": digest_of(job.file),
        "mapping": mapping.digest,
        "day": str(on),
        "model": people_model().digest,
        "weights": digest_of_weights(weights),
        "prior": f"{weighing.scorer.prior:.3f}",
        "part": job.part,
        "sender": job.sender,
        "order": order.order,
    }


def digest_of_weights(weights: object) -> str:
    import hashlib

    return hashlib.sha256(repr(weights).encode()).hexdigest()[:16]


def _run(
    job: Job,
    source: SourceFile,
    mapping: FileMapping,
    on: dt.date,
    order: BirthOrder,
    weighing: PairScorer,
    parts: ResultParts,
) -> None:
    processes = job.processes if job.processes is not None else _processes(job.file)
    waiting: deque[tuple[int, list[Future[pl.DataFrame]]]] = deque()
    with worker_pool(weighing.names, on, processes) as reading:
        weighing.apart = reading.apart
        nobody: list[tuple[int, str]] = []
        for nth, rows in _rows_to_read(job, source, mapping, order, parts, reading, nobody):
            waiting.append((nth, rows))
            if len(waiting) > 1:
                _do(job, weighing, parts, *waiting.popleft())
        while waiting:
            _do(job, weighing, parts, *waiting.popleft())
    lost = [
        (trouble.row, f"{trouble.column} {trouble.reason}".strip())
        for trouble in source.troubles.kept
        if trouble.left_out
    ]
    if lost or nobody or not parts.any():  # of a file without a row, a result without one
        parts.write(99_999, pl.concat([unreadable_rows(lost), unreadable_rows(nobody, NOBODY)]))


def _rows_to_read(
    job: Job,
    source: SourceFile,
    mapping: FileMapping,
    order: BirthOrder,
    parts: ResultParts,
    reading: WorkerPool,
    nobody: list[tuple[int, str]],
) -> Iterator[tuple[int, list[Future[pl.DataFrame]]]]:
    """The parts still to do, each being read in the background. Rows that name nobody go to `nobody`."""
    nth, held, rows = 0, 0, []
    for batch in field_rows(source, mapping, order, job.sender, lambda row, why: nobody.append((row, why))):
        for start, end in _cuts(len(batch), held, job.part):
            some = batch[start:end]
            if parts.has(nth):
                job.progress("already done", len(some))
            else:
                job.progress("reading", len(some))
                rows += reading.read(some)
            held += len(some)
            if held == job.part:
                if rows:
                    yield nth, rows
                nth, held, rows = nth + 1, 0, []
    if rows:
        yield nth, rows


def _cuts(length: int, held: int, part: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < length:
        end = min(length, start + part - held)
        yield start, end
        start, held = end, (held + end - start) % part


def _do(
    job: Job, weighing: PairScorer, parts: ResultParts, nth: int, reading: list[Future[pl.DataFrame]]
) -> None:
    records = collect_rows(reading)
    weighing.remember(records)
    with people_for(len(records), weighing, job.progress) as people:
        found: BatchMatches = find(records, weighing, people, job.progress)
    rows = result_rows(records, found, weighing)
    if job.review:
        proposing.propose(records, found, rows, weighing, job.file.name)
    parts.write(nth, rows)
    audit.record_system("register.match_file", detail=f"part {nth}: {len(rows)} records", purpose="matching")
    job.progress("finished", len(rows))


def _processes(file: Path) -> int:
    """One for each processor; none for a file so small that starting them would take longer."""
    return 0 if file.stat().st_size < 100 * FEW else min(4, os.cpu_count() or 1)
