"""Cases are proposed, claimed by officials, answered and undone."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from uuid_utils.compat import uuid7

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import actions as registering
from dancu.register import lookups as register
from dancu.review import errors
from dancu.review.adjudication import DECIDED, DECISIONS, SAME, CaseDecision, CaseStanding, standing
from dancu.review.cases import Case, CaseCandidate, plain
from dancu.review.rows import CaseRow, StoredCandidate, StoredCase

__all__ = ["Case", "CaseCandidate", "claim", "decide", "propose", "reassign_decisions", "undo"]

HELD_FOR = dt.timedelta(minutes=10)  # before a case that was left lying goes to somebody else
UNDONE_WITHIN = dt.timedelta(hours=1)
LONGEST_REASON = 500
_AT_ONCE = 2_000

_sql = Queries(__file__)
_MINE = {part: _sql.part(part) for part in ("free", "mine")}  # `mine` stands in `free`
_FEW = 1_000


def propose(cases: Iterable[Case]) -> int:
    """Put cases into the queue, any number of them; gives how many are new.

    A question that was proposed before stays one case, with the records of both times. A case that somebody
    has claimed or answered stays as it is, apart from the added records. They are written in sets of 2,000.
    """
    waiting, new = iter(cases), 0
    while batch := list(islice(waiting, _AT_ONCE)):
        new += _propose(batch)
    return new


def claim(acting: Acting, kind: str = "") -> CaseRow | None:
    """The case that the official has claimed, else the next one, which is then theirs for ten minutes.

    `kind`: of this kind only. None where the official's jurisdiction has no case left that they have not
    answered.
    """
    asked = {"official_id": acting.official_id, "kind": kind, "areas": register.visible_areas(acting)}
    with transaction.atomic():
        held = _sql.of(StoredCase).one("held", _MINE, **asked)
        _sql.run("release", official_id=acting.official_id, but=held["case_id"] if held else 0)
        if held:
            _sql.run("extend", case_id=held["case_id"], official_id=acting.official_id, held_for=HELD_FOR)
        found = held or _next(asked)
    return _read(found) if found else None


@whole
def decide(
    acting: Acting, case_id: int, decision: str, person_id: int | None = None, reason: str = ""
) -> CaseStanding:
    """Record the official's answer to a case that they have claimed; gives the case's new standing.
    `person_id`: the person, for the answer "same".

    Raises UnknownDecision, WhichPerson, NoSuchCase, AlreadyDecided, HeldByAnother.
    """
    if decision not in DECISIONS:
        raise errors.UnknownDecision(decision[:40])
    now = registering.hold_people(
        [person_id] if person_id else []
    )  # before the case, as who merges holds them
    held = _hold(acting, case_id)
    chosen = now.get(person_id or 0, person_id)
    if held["status"] == DECIDED or acting.official_id in held["answered_by"]:
        raise errors.AlreadyDecided
    if held["claimed_by"] != acting.official_id:
        raise errors.HeldByAnother
    if decision == SAME and _place(held, chosen) is None:
        raise errors.WhichPerson
    _sql.run(
        "answer",
        case_id=case_id,
        answer_id=uuid7(),
        official_id=acting.official_id,
        role=acting.role,
        decision=decision,
        person_id=chosen if decision == SAME else None,
        reason=reason.replace("\0", "").strip()[:LONGEST_REASON],
    )
    audit.record(acting, "review.decided", _people_in(held), detail=f"case {case_id}")
    return _stand(held)


@whole
def undo(acting: Acting) -> int:
    """Undo the official's last answer and give them the case again. Gives its number. Raises NothingToUndo,
    TooLateToUndo.
    """
    last = _sql.one("last_answer", official_id=acting.official_id, within=UNDONE_WITHIN)
    if last is None:
        raise errors.NothingToUndo
    held = _hold(acting, last["case_id"], missing=errors.NothingToUndo)
    answers = _sql.all("answers", case_id=held["case_id"])
    is_last = bool(answers) and answers[-1]["official_id"] == acting.official_id
    is_before_another = held["claimed_by"] != acting.official_id and _is_claimed(held)
    if not is_last or is_before_another:
        raise errors.TooLateToUndo
    _sql.run("undo", **last)
    _sql.run("release", official_id=acting.official_id, but=held["case_id"])
    _stand(held, claimed_by=acting.official_id)
    audit.record(acting, "review.undone", _people_in(held), detail=f"case {held['case_id']}")
    return held["case_id"]


def reassign_decisions(sender: str, record_id: str, kind: str, from_id: int, to_id: int) -> None:
    """Move the decisions "same" of a sender's record from one person to another: the two were merged when it
    was decided, and their merge is undone.
    """
    _sql.run(
        "reassign_decisions", sender=sender, record_id=record_id, kind=kind, from_id=from_id, to_id=to_id
    )


def eyes(kind: str) -> int:
    """How many officials have to agree on a case of this kind: two where DANCU_FOUR_EYES names the kind or is
    "all", else one.
    """
    return 2 if settings.FOUR_EYES & {kind, "all"} else 1


def move_home(case: CaseRow, people: Collection[int]) -> None:
    """Move a case to where its people live now, after some have moved or their records were merged. `people`:
    those whom the register still has under their ids.

    Where no candidate is left to compare, the case is closed unanswered.
    """
    now = register.current_ids([candidate["person_id"] for candidate in case["candidates"]])
    beside: dict[int, StoredCandidate] = {}
    for candidate in case["candidates"]:
        person_id = now[candidate["person_id"]]
        if person_id != case["left_person"] and (person_id in people or person_id != candidate["person_id"]):
            beside.setdefault(person_id, {**candidate, "person_id": person_id})
    is_void = not beside or (case["left_person"] is not None and case["left_person"] not in people)
    compared = [*beside, *([case["left_person"]] if case["left_person"] else [])]
    area_ids = _areas_of(compared, _lived_in(compared), None)
    _sql.run(
        "rehome",
        case_id=case["case_id"],
        area_ids=area_ids,
        candidates=json.dumps(list(beside.values())),
        is_void=is_void,
    )


def _next(asked: dict[str, Any]) -> StoredCase | None:
    few = [row["case_id"] for row in _sql.all("few", _MINE, most=_FEW, **asked)]
    return _sql.of(StoredCase).one(
        "claim", _MINE, held_for=HELD_FOR, among=few if len(few) < _FEW else None, **asked
    )


@whole
def _propose(proposed: Sequence[Case]) -> int:
    cases = _of_now(proposed)
    questions = [case.question for case in cases]
    homes = _lived_in({person_id for case in cases for person_id in _of(case)})
    once = dict(zip(questions, cases, strict=True))
    rows = _sql.all(
        "propose", cases=json.dumps([_row(question, case, homes) for question, case in once.items()])
    )
    records = [case.record_id or question for question, case in zip(questions, cases, strict=True)]
    _sql.run("hang", questions=questions, record_ids=records)
    _sql.run("count_records", questions=list(once))
    return sum(row["is_new"] for row in rows)


def _of_now(cases: Sequence[Case]) -> list[Case]:
    """The cases with their people's present ids; the people are locked. A case about two records that were
    merged is left out.
    """
    now = registering.hold_people({person_id for case in cases for person_id in _of(case)})
    if all(one == other for one, other in now.items()):
        return list(cases)
    found = []
    for case in cases:
        left = now.get(case.left_person or 0, case.left_person)
        beside = {
            person_id: replace(one, person_id=person_id)
            for one in reversed(case.best_first)
            if (person_id := now.get(one.person_id, one.person_id)) != left
        }
        if beside or not case.candidates:
            found.append(replace(case, left_person=left, candidates=list(beside.values())))
    return found


def _row(question: str, case: Case, homes: Mapping[int, int]) -> dict[str, Any]:
    return {
        "question": question,
        "kind": case.kind,
        "source": case.source,
        "sender": case.sender,
        "province": case.province,
        "left_person": case.left_person,
        "value": case.value,
        "nearness": case.nearness,
        "area_id": case.area_id,
        "declared": plain(case.declared),
        "area_ids": _areas_of(_of(case), homes, case.area_id),
        "candidates": [
            {
                "person_id": one.person_id,
                "score": one.score,
                "waterfall": [dict(step) for step in one.waterfall],
            }
            for one in case.best_first
        ],
    }


def _of(case: Case) -> list[int]:
    people = [candidate.person_id for candidate in case.best_first]
    return [*people, case.left_person] if case.left_person else people


def _lived_in(person_ids: Iterable[int]) -> dict[int, int]:
    """The commune of each person's permanent residence, else of another; people without one are left out."""
    people = register.people(person_ids)
    elsewhere = register.homes([person_id for person_id, row in people.items() if not row["home_area"]])
    homes = {person_id: row["home_area"] for person_id, row in people.items() if row["home_area"]}
    return homes | {
        person_id: row["area_id"]
        for person_id, rows in elsewhere.items()
        for row in rows[:1]
        if row["area_id"]
    }


def _areas_of(person_ids: Iterable[int], homes: Mapping[int, int], declared: int | None) -> list[int]:
    """The areas of a case: an official whose jurisdiction covers them all may answer it. Empty, which means
    the nation, where somebody's commune is not known.
    """
    people = list(person_ids)
    if not people:
        return [declared] if declared else []
    return sorted({homes[person_id] for person_id in people}) if all(one in homes for one in people) else []


def _hold(acting: Acting, case_id: int, missing: type[Exception] = errors.NoSuchCase) -> CaseRow:
    held = _sql.of(StoredCase).one("hold", _MINE, case_id=case_id, areas=register.visible_areas(acting))
    if held is None:
        raise missing
    return _read(held)


def _stand(held: CaseRow, claimed_by: int | None = None) -> CaseStanding:
    answers = _sql.all("answers", case_id=held["case_id"])
    meant = registering.hold_people({row["person_id"] for row in answers if row["person_id"]})
    now = standing(
        [CaseDecision(row["decision"], meant.get(row["person_id"], row["person_id"])) for row in answers],
        eyes(held["kind"]),
    )
    _sql.run(
        "stand",
        case_id=held["case_id"],
        status=now.status,
        claimed_by=claimed_by,
        held_for=HELD_FOR if claimed_by else None,
        decision=now.answer and now.answer.decision,
        person_id=now.answer and now.answer.person_id,
        chosen=_place(held, now.answer.person_id) if now.answer else None,
        answered_by=[row["official_id"] for row in answers],
    )
    return now


def _place(held: CaseRow, person_id: int | None) -> int | None:
    """A person's place among the candidates, from 1."""
    now = register.current_ids([candidate["person_id"] for candidate in held["candidates"]])
    people = list(now.values())
    return people.index(person_id) + 1 if person_id in people else None


def _is_claimed(held: CaseRow) -> bool:
    until = held["claimed_until"]
    return until is not None and until > dt.datetime.now(dt.UTC)


def _people_in(case: CaseRow) -> list[int]:
    people = [candidate["person_id"] for candidate in case["candidates"]]
    return [*people, case["left_person"]] if case["left_person"] else people


def _read(row: StoredCase) -> CaseRow:
    return {
        **row,
        "declared": json.loads(row["declared"]),
        "candidates": json.loads(row["candidates"]),
    }
