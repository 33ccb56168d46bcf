"""Reading the queue, within the official's jurisdiction and on the record."""

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
from dancu.review.adjudication import DISPUTED, Decision
from dancu.review.cases import IDENTITY, KINDS, RECORD
from dancu.review.rows import CaseRow

COUNTED_TO = 1_000  # of each kind; whoever has more before them need not know how many
SEEN_WITHIN = dt.timedelta(hours=1)
MOST_TO_MERGE = 100
_PASSED_OVER = 20  # cases whose people moved away since they were proposed

_sql = Queries(__file__)
_MINE = {"mine": _sql.text("mine").split("\n", 1)[1]}


@dataclass(frozen=True)
class Beside:
    """One person on the right, as the register holds them; `nth` counts from 1."""

    nth: int
    person: register.RegisteredPerson
    score: float
    waterfall: list[EvidenceStep]


@dataclass(frozen=True)
class ShownCase:
    """A case before an official. `left`: the register's person, of a duplicate; `earlier`: the two
    answers that disagree, if they do.
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
    candidates: list[Beside]
    earlier: list[Decision] = field(default_factory=list)


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
    """The records that hang on a case, and who it is, where that is decided; `candidates`: with whom of
    the register they are compared.
    """

    record_ids: Sequence[str] = ()
    person_id: int | None = None
    candidates: Sequence[int] = ()


def next_case(acting: Acting, kind: str = "") -> ShownCase | None:
    """The case that the official has before them, else the next one, theirs for ten minutes. None where
    nothing is left for them.

    Everybody on it lives in the official's jurisdiction, and is written to the audit.
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
    """How far the official is."""
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
    """What people decided, for the next training: a row for every person that was beside a decided case.

    Columns: case_id, kind, source, sender, left_person_id; of what was declared number, full_name, birth,
    sex, phone, commune_code and address (text); person_id, score (bits), decision ("same" or "different"),
    decided_at (UTC), decided_by. A case decided "same" is "different" for every other person beside it; one
    that nobody was sure of is left out.
    """
    rows = _sql.all("labels", since=since or dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    for row in rows:
        declared = json.loads(row.pop("declared"))
        row |= {name: None if declared.get(name) is None else str(declared[name]) for name in IDENTITY}
        row["decided_at"] = row["decided_at"].astimezone(dt.UTC)
    return pl.DataFrame(rows, schema=_LABELS)


def decisions(sender: str, record_ids: Collection[str], kind: str = RECORD) -> dict[str, Decision]:
    """What was decided of these records of a sender, by record_id; what is not decided yet is left out."""
    rows = _sql.all("decided_records", sender=sender, kind=kind, record_ids=list(record_ids))
    return {row["record_id"]: Decision(row["decision"], row["person_id"]) for row in rows}


def decided_since(sender: str, person_id: int, since: dt.datetime, kind: str = RECORD) -> set[str]:
    """The records of a sender (record_ids) that people have found since then to be this person's."""
    rows = _sql.all("decided_since", sender=sender, kind=kind, person_id=person_id, since=since)
    return {row["record_id"] for row in rows}


def told_apart(sender: str, record_ids: Collection[str], kind: str = RECORD) -> dict[str, set[int]]:
    """Whose records of a sender people found them not to be, by record_id; of the others nothing is told.
    Whoever was merged since is meant.

    Two statements, whatever is found.
    """
    rows = _sql.all("told_apart", sender=sender, kind=kind, record_ids=list(record_ids))
    now = register.meant([0, *(row["person_id"] for row in rows)])
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row["record_id"], set()).add(now[row["person_id"]])
    return found


def outcome_of(case_id: int, kind: str) -> CaseOutcome:
    """What became of a case of this kind, for whoever has to follow it; of another kind, or none, nothing."""
    row = _sql.one("outcome", case_id=case_id, kind=kind)
    if row is None:
        return CaseOutcome()
    return CaseOutcome(
        row["record_ids"], row["person_id"], sorted({*register.meant(row["candidates"]).values()})
    )


def settled(pairs: Iterable[tuple[int, int]], decision: str = "") -> set[tuple[int, int]]:
    """Of these pairs of persons of the register, each (smaller id, larger id), those that people have
    compared already; where `decision` is given, with that answer.

    What was said of a record that was merged since counts for the record that was kept.
    """
    asked = set(pairs)
    people = {person_id for pair in asked for person_id in pair}
    rows = _sql.all("settled", person_ids=list(people), decision=decision)
    now = register.meant({row[side] for row in rows for side in ("left_person", "person_id")})
    return asked & {
        (min(pair), max(pair)) for pair in ((now[row["left_person"]], now[row["person_id"]]) for row in rows)
    }


def to_merge(acting: Acting) -> list[tuple[int, int]]:
    """Pairs of persons whom people found to be one and who are not merged yet, of the official's
    jurisdiction, the oldest answer first.

    Those that were merged and parted again are not among them.
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
        Beside(nth, people[one["person_id"]], one["score"], one["waterfall"])
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
        earlier=[Decision(answer["decision"], answer["person_id"]) for answer in answers],
    )
