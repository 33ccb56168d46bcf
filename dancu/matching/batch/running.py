"""A file compared with the register, part by part: read ahead, found, written, summed up."""

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
from dancu.matching.batch.columns import as_said, look_at
from dancu.matching.batch.errors import NobodyToCompareWith, OverItself
from dancu.matching.batch.mapping import FileMapping, header_by, load_mapping
from dancu.matching.batch.parts import ResultParts, digest_of, reserved
from dancu.matching.batch.results import NOBODY, result_rows, unreadable_rows
from dancu.matching.batch.summary import Summary, sum_up
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.batch.worker_pool import FEW, WorkerPool, gathered, hands
from dancu.register.lookups import number_of_people

PART = 1_000_000  # records, of which each block reads the register at most once


@dataclass
class Job:
    """`review`: whether people are asked about what is doubtful; `sender`: who is known to have sent the
    file, whatever its rows say; `told` hears what is being done and for how many records; `noted` what has to
    be known of the file, in a sentence each; `order`: of its birth dates (mapping.ORDERS), else found out.
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
    told: Callable[[str, int], None] = lambda step, records: None
    noted: Callable[[str], None] = lambda sentence: None
    order: str | None = None


def compare_file(job: Job) -> Summary:
    """Compare each record of `job.file` with the register, write `job.result` (.parquet or .csv,
    results.COLUMNS) and the summary beside it (RESULT.summary.json).

    A run that was cut off goes on after the last part that it finished; a file, mapping, model or weights
    that have changed since are begun anew. Raises BatchError, UnreadableFile, NotItsWeights; then what was
    finished stays.
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
        columns = look_at(source, mapping, asked=job.mapping is None)
        order = order_of(columns.births, job.order or mapping.order) if columns.has_births else BirthOrder()
        for sentence in filter(None, (*columns.told(), order.told())):
            job.noted(sentence)
        on = job.on or mapping.on or timezone.localdate()
        weighing = PairScorer(scorer())
        parts = ResultParts(job.result, _made_of(job, mapping, on, order, weighing))
        for changed in parts.begun_anew:
            job.noted(f"begun anew: another {changed} than in the run that was cut off")
        audit.record_system(
            "register.match_file", detail=f"file {digest_of(job.file)[:12]}", purpose="matching"
        )
        _run(job, source, mapping, on, order, weighing, parts)
        summary = replace(sum_up(parts.rows()), columns=dict(mapping.columns), not_taken=columns.not_taken)
        summary.warnings[:0] = filter(None, [order.told()])
        job.told("writing the result", summary.sent)
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
    with hands(weighing.names, on, processes) as reading:
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
    """The parts that are not there yet, each being read; to `nobody` go the rows that name none."""
    nth, held, rows = 0, 0, []
    for batch in as_said(source, mapping, order, job.sender, lambda row, why: nobody.append((row, why))):
        for start, end in _cuts(len(batch), held, job.part):
            some = batch[start:end]
            if parts.has(nth):
                job.told("done before", len(some))
            else:
                job.told("reading", len(some))
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
    records = gathered(reading)
    weighing.remember(records)
    with people_for(len(records), weighing, job.told) as people:
        found: BatchMatches = find(records, weighing, people, job.told)
    rows = result_rows(records, found, weighing)
    if job.review:
        proposing.propose(records, found, rows, weighing, job.file.name)
    parts.write(nth, rows)
    audit.record_system("register.match_file", detail=f"part {nth}: {len(rows)} records", purpose="matching")
    job.told("finished", len(rows))


def _processes(file: Path) -> int:
    """One for each processor; none for a file so small that they would take longer to start."""
    return 0 if file.stat().st_size < 100 * FEW else min(4, os.cpu_count() or 1)
