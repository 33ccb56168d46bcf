"""What a part leaves open goes to people: doubtful records become cases for review, and discrepancies go on
the sites' lists.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from dancu.discrepancies import actions as discrepancies
from dancu.discrepancies.actions import Discrepancy
from dancu.linkage.model.scoring import PRIOR, EvidenceStep
from dancu.matching.answers import AnswerKind
from dancu.matching.batch.cascade import BatchMatches
from dancu.matching.batch.orders import prepared_in_order_of
from dancu.matching.batch.records import MALFORMED, NO_NUMBER
from dancu.matching.batch.results import DISAGREES, NOT_FOUND
from dancu.matching.batch.weighing import PairScorer
from dancu.review import actions as review
from dancu.review.actions import Case, CaseCandidate
from dancu.review.cases import IDENTITY, RECORD


def propose(
    records: pl.DataFrame, matches: BatchMatches, rows: pl.DataFrame, weighing: PairScorer, source: str
) -> None:
    """Make cases of the records whose answer is *several* or *review*; report those that disagree with the
    register as discrepancies. `source`: the name of the file.

    Doing it twice is the same as once: a part repeated after a crash adds nothing.
    """
    review.propose(_cases(records, matches, rows, weighing, source))
    discrepancies.report_discrepancies(_corrections(records, matches, rows, source))


def _cases(
    records: pl.DataFrame, matches: BatchMatches, rows: pl.DataFrame, weighing: PairScorer, source: str
) -> Iterator[Case]:
    limits = weighing.scorer.weights.thresholds
    open_ = matches.answers.filter(pl.col("answer").is_in([str(AnswerKind.SEVERAL), str(AnswerKind.REVIEW)]))
    people = (
        matches.ranked.filter((pl.col("score") >= limits["review"]) | pl.col("exact"))
        .join(open_, on="n", how="semi", maintain_order="left")
        .sort("n", "aside", "score", descending=[False, False, True])
    )
    explained = _waterfalls(records, people, weighing)
    candidates: dict[int, list[CaseCandidate]] = {}
    for (n, person_id, score), steps in zip(
        people.select("n", "person_id", "score").iter_rows(), explained, strict=True
    ):
        candidates.setdefault(n, []).append(CaseCandidate(person_id, score, steps))
    told = records.hstack(rows.select(told_province="province")).join(
        open_, on="n", how="semi", maintain_order="left"
    )
    for record in told.iter_rows(named=True):
        yield Case(
            RECORD,
            candidates[record["n"]],
            _declared(record),
            record_id=record["record_id"],
            source=source,
            sender=record["sender"],
            province=record["told_province"],
            area_id=record["area_id"],
            threshold=limits["match"],
        )


def _corrections(
    records: pl.DataFrame, matches: BatchMatches, rows: pl.DataFrame, source: str
) -> Iterator[Discrepancy]:
    """The discrepancies: of a record that disagrees, with the holder of its number; of one whose number is
    missing, malformed or nobody's, with the person whom everything else identifies. Where the record has no
    commune, the person's stands in.
    """
    told = records.hstack(rows.select("outcome", "answer"))
    meant = matches.ranked.unique("n", keep="first", maintain_order=True).select(
        "n", "person_id", "home_area"
    )
    holders = matches.holders.select("n", "person_id", "home_area")
    nobodys = pl.col("outcome").is_in([NOT_FOUND, NO_NUMBER, MALFORMED]) & (
        pl.col("answer") == str(AnswerKind.MATCH)
    )
    listed = pl.concat(
        told.filter(which).join(people, on="n", maintain_order="left")
        for which, people in ((pl.col("outcome") == DISAGREES, holders), (nobodys, meant))
    )
    for record in listed.iter_rows(named=True):
        if area_id := record["area_id"] or record["home_area"]:
            told = f"{record['number']} {record['full_name']}"
            own = (
                record["record_id"] or told[:200]
            )  # a record without the site's own id needs another, else all such records would be one
            yield Discrepancy(
                record["sender"] or source, own, area_id, _declared(record), record["person_id"]
            )


def _waterfalls(
    records: pl.DataFrame, people: pl.DataFrame, weighing: PairScorer
) -> Iterator[list[EvidenceStep]]:
    explained = weighing.explain(
        prepared_in_order_of(records[people["n"]], people, weighing), weighing.prepared_people(people)
    )
    fields = [comparison.field for comparison in weighing.model.comparisons]
    for row in explained.iter_rows(named=True):
        steps: list[EvidenceStep] = [
            {"field": name, "level": row[f"level_{name}"], "weight": round(row[f"bits_{name}"], 2)}
            for name in fields
        ]
        yield [{"field": PRIOR, "level": "", "weight": round(weighing.scorer.prior, 2)}, *steps]


def _declared(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in IDENTITY if record.get(name)}
