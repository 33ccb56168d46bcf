"""The queue as officials read it: within their jurisdiction, and written to the audit."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.linkage.model.scoring import EvidenceStep
from dancu.register import lookups as register
from dancu.review import actions
from dancu.review.adjudication import DISPUTED, CaseDecision
from dancu.review.cases import IDENTITY, KINDS, RECORD
from dancu.review.rows import CaseRow

COUNTED_TO = 1_000  # of each kind; beyond that nobody needs the exact number
SEEN_WITHIN = dt.timedelta(hours=1)
MOST_TO_MERGE = 100
_PASSED_OVER = 20  # cases whose people moved away since they were proposed

_sql = Queries(__file__)
_MINE = {"mine": _sql.part("mine")}


@dataclass(frozen=True)
class RankedCandidate:
    """A candidate of a case, with the register's record; `nth` counts from 1."""

    nth: int
    person: register.RegisteredPerson
    score: float
    waterfall: list[EvidenceStep]


@dataclass(frozen=True)
class ShownCase:
    """A case before an official. `left`: for a duplicate, the register's person on the left; `earlier`: the
    two earlier answers, if they disagree.
    """

    case_id: int
    kind: str
    value: int
    source: str
    sender: str
    province: str
    opened_at: dt.datetime
    declared: dict[str, Any]
    left: register.RegisteredPerson | None
    candidates: list[RankedCandidate]
    earlier: list[CaseDecision] = field(default_factory=list)


@dataclass(frozen=True)
class ReviewProgress:
    """How many cases are `left` for an official by kind (counted to COUNTED_TO), how many they answered
    `today`, and how many a minute.
    """

    left: dict[str, int]
    today: int
    per_minute: float


@dataclass(frozen=True)
class CaseOutcome:
    """The records of a case, the person where that is decided, and the people of the register who were
    `candidates`.
    """

    record_ids: Sequence[str] = ()
    person_id: int | None = None
    candidates: Sequence[int] = ()


def next_case(acting: Acting, kind: str = "") -> ShownCase | None:
    """The case that the official has claimed, else the next one, which is then theirs for ten minutes. None
    where none is left for them.

    All its people live in the official's jurisdiction, and are written to the audit.
    """
    for _case in range(_PASSED_OVER):
        with transaction.atomic():
            row = actions.claim(acting, kind)
            if row is None:
                return None
            asked = [candidate["person_id"] for candidate in row["candidates"]]
            asked += [row["left_person"]] if row["left_person"] else []
            people = register.people(asked)
            if people.keys() == set(asked) == register.may_see_of(acting, asked):
                audit.record(acting, "review.case", asked, detail=f"case {row['case_id']}")
                return _shown(row, people)
            actions.move_home(row, people)
    return None


def progress(acting: Acting) -> ReviewProgress:
    """The official's progress through the queue."""
    asked = {"official_id": acting.official_id, "areas": register.visible_areas(acting)}
    left = _sql.all("left_over", _MINE, kinds=list(KINDS), most=COUNTED_TO, **asked)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    done = _sql.one("done", official_id=acting.official_id, since=midnight) or {}
    minutes = (timezone.now() - done["lately_from"]).total_seconds() / 60 if done["lately"] else 0
    return ReviewProgress(
        left={row["kind"]: row["cases"] for row in left if row["cases"]},
        today=done["today"],
        per_minute=done["lately"] / max(minutes, 1) if done["lately"] else 0.0,
    )


def throughput(since: dt.datetime) -> pl.DataFrame:
    """Answers by day and official: columns day, official_id, answers, same, different, not_sure."""
    rows = _sql.all("throughput", since=since, zone=settings.TIME_ZONE)
    counts = dict.fromkeys(("official_id", "answers", "same", "different", "not_sure"), pl.Int64)
    return pl.DataFrame(rows, schema={"day": pl.Date, **counts})


def labels(since: dt.datetime | None = None) -> pl.DataFrame:
    """The decisions, for the next training: a row for every candidate of a decided case.

    Columns: case_id, kind, source, sender, left_person_id; the declared number, full_name, birth, sex, phone,
    commune_code and address (text); person_id, score (bits), decision ("same" or "different"), decided_at
    (UTC), decided_by. A case decided "same" is "different" for every other candidate; a case decided "not
    sure" is left out.
    """
    rows = _sql.all("labels", since=since or dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    for row in rows:
        declared = json.loads(row.pop("declared"))
        row |= {name: None if declared.get(name) is None else str(declared[name]) for name in IDENTITY}
        row["decided_at"] = row["decided_at"].astimezone(dt.UTC)
    return pl.DataFrame(rows, schema=_LABELS)


def decisions(sender: str, record_ids: Collection[str], kind: str = RECORD) -> dict[str, CaseDecision]:
    """The decisions about these records of a sender, by record_id; undecided ones are left out."""
    rows = _sql.all("decided_records", sender=sender, kind=kind, record_ids=list(record_ids))
    return {row["record_id"]: CaseDecision(row["decision"], row["person_id"]) for row in rows}


def decided_since(sender: str, person_id: int, since: dt.datetime, kind: str = RECORD) -> set[str]:
    """The records of a sender (record_ids) that were decided since then to be this person's."""
    rows = _sql.all("decided_since", sender=sender, kind=kind, person_id=person_id, since=since)
    return {row["record_id"] for row in rows}


def non_matches(sender: str, record_ids: Collection[str], kind: str = RECORD) -> dict[str, set[int]]:
    """The people whom reviewers decided these records of a sender not to be about, by record_id, under their
    present ids. Records without such a decision are left out.

    Always two statements, whatever they find.
    """
    rows = _sql.all("non_matches", sender=sender, kind=kind, record_ids=list(record_ids))
    now = register.current_ids([0, *(row["person_id"] for row in rows)])
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row["record_id"], set()).add(now[row["person_id"]])
    return found


def outcome_of(case_id: int, kind: str) -> CaseOutcome:
    """The outcome of a case of this kind, for the module that acts on it; empty for another kind."""
    row = _sql.one("outcome", case_id=case_id, kind=kind)
    if row is None:
        return CaseOutcome()
    return CaseOutcome(
        row["record_ids"], row["person_id"], sorted({*register.current_ids(row["candidates"]).values()})
    )


def settled(pairs: Iterable[tuple[int, int]], decision: str = "") -> set[tuple[int, int]]:
    """The pairs, each (smaller id, larger id), that people have already compared, among these pairs of people
    of the register. `decision`: only those with this answer.

    An answer about a record that was merged since counts for the record it was merged into.
    """
    asked = set(pairs)
    people = {person_id for pair in asked for person_id in pair}
    rows = _sql.all("settled", person_ids=list(people), decision=decision)
    now = register.current_ids({row[side] for row in rows for side in ("left_person", "person_id")})
    return asked & {
        (min(pair), max(pair)) for pair in ((now[row["left_person"]], now[row["person_id"]]) for row in rows)
    }


def to_merge(acting: Acting) -> list[tuple[int, int]]:
    """Pairs of people of the official's jurisdiction that were decided to be one person and are not merged
    yet, the oldest answer first. Pairs whose merge was undone are left out.
    """
    rows = _sql.all("to_merge", _MINE, areas=register.visible_areas(acting), most=MOST_TO_MERGE)
    pairs = [(row["left_person"], row["person_id"]) for row in rows]
    if not pairs:
        return []
    seen = register.may_see_of(acting, {person_id for pair in pairs for person_id in pair})
    parted = register.undone_merges((min(pair), max(pair)) for pair in pairs)
    return [pair for pair in pairs if seen.issuperset(pair) and (min(pair), max(pair)) not in parted]


_LABELS: dict[str, Any] = {
    "case_id": pl.Int64,
    "kind": pl.String,
    "source": pl.String,
    "sender": pl.String,
    "left_person_id": pl.Int64,
    **dict.fromkeys(IDENTITY, pl.String),
    "person_id": pl.Int64,
    "score": pl.Float64,
    "decision": pl.String,
    "decided_at": pl.Datetime("us", "UTC"),
    "decided_by": pl.Int64,
}


def _shown(row: CaseRow, people: Mapping[int, register.RegisteredPerson]) -> ShownCase:
    beside = [
        RankedCandidate(nth, people[one["person_id"]], one["score"], one["waterfall"])
        for nth, one in enumerate(row["candidates"], start=1)
    ]
    answers = _sql.all("answers", case_id=row["case_id"]) if row["status"] == DISPUTED else []
    return ShownCase(
        case_id=row["case_id"],
        kind=row["kind"],
        value=row["value"],
        source=row["source"],
        sender=row["sender"],
        province=row["province"],
        opened_at=row["opened_at"],
        declared=row["declared"],
        left=people.get(row["left_person"] or 0),
        candidates=beside,
        earlier=[CaseDecision(answer["decision"], answer["person_id"]) for answer in answers],
    )
