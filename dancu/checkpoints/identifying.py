"""Whose declaration it is, where the register alone could not tell: people are asked, and what they decide is followed.

The citizen was answered before and learns nothing of it: neither when people are asked nor what they decided. Decision 0011.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints.journeys import identity_of, subject_of, told_communes
from dancu.checkpoints.lookups import replaced_by, whose
from dancu.db.queries import Queries
from dancu.isolation import actions as isolation
from dancu.matching.lookups import (
    Comparison,
    Kind,
    Outcome,
    compare_decided,
    thresholds,
    who_is,
)
from dancu.matching.review import actions as review
from dancu.matching.review import lookups as reviewed
from dancu.matching.review.actions import Candidate, Case
from dancu.matching.review.cases import DECLARATION
from dancu.register import actions as register

AT_ONCE = 10  # declarations: a case takes 3 to 25 ms to find again, and a steward waits for the page
_sql = Queries(__file__)


@transaction.atomic
def ask_about_doubtful(most: int = AT_ONCE) -> int:
    """Put declarations that may mean somebody before people, the oldest first; return how many were looked at.

    Before a steward is shown a case, and not while the citizen waits: a stranger would read from the time it takes that
    somebody like that exists. Declarations that declare the same are one question; where it was answered already, that answer counts.
    """
    rows = _sql.all("take_doubtful", most=most)
    asked = {str(row["declaration_id"]): case for row in rows if (case := _case(row))}
    review.propose(asked.values())
    for record_id, answer in reviewed.decisions("", asked, DECLARATION).items():
        _follow_one(UUID(record_id), answer.person_id, None)
        _regroup(UUID(record_id))
    return len(rows)


@transaction.atomic
def follow(acting: Acting, case_id: int) -> int:
    """The declarations of a case stand under the person who was decided on, or where that was taken back as nobody's; return how many moved.

    Of any other kind of case there are none.
    """
    decided = reviewed.outcome_of(case_id, DECLARATION)
    records = [UUID(record_id) for record_id in decided.record_ids]
    moved = sum(_follow_one(declaration_id, decided.person_id, acting) for declaration_id in records)
    for declaration_id in records:
        _regroup(declaration_id)
    return moved


def _case(row: Mapping[str, Any]) -> Case | None:
    """The question; None where the register has changed since, and nobody may be meant. One who is meant for certain is asked about too, since
    the number did not lead to them: a declaration without one, or with a wife's.
    """
    declared = identity_of(row)
    answer = who_is(declared)
    if answer.kind == Kind.NONE:
        return None
    home = areas.get(declared.home_area) if declared.home_area else None
    said = {
        "number": declared.number, "full_name": row["full_name"], "birth": str(declared.birth), "sex": row["sex"] or "", "phone": row["phone"],
        "commune_code": home.code if home else "", "address": row["permanent_detail"] or row["home_detail"],
    }  # fmt: skip
    candidates = [Candidate(one.person.person_id, one.score.weight, one.score.as_json()) for one in answer.ranked]
    return Case(
        DECLARATION, candidates, said, record_id=str(row["declaration_id"]), area_id=declared.home_area, threshold=thresholds()["match"]
    )  # fmt: skip


def _follow_one(declaration_id: UUID, person_id: int | None, acting: Acting | None) -> bool:
    """One declaration goes to this person, or (None) back to nobody. What the register recognised by itself stays as it is."""
    person_id = person_id and register.hold_now(person_id)
    row = _sql.one("hold_declaration", declaration_id=declaration_id)
    if (
        row is None
        or (row["person_id"] > 0 and not row["told"])
        or row["person_id"] == (person_id or subject_of(declaration_id))
    ):
        return False
    told = json.loads(row["told"]) if row["told"] else {"outcome": row["outcome"], "levels": json.loads(row["levels"])}
    if person_id:
        compared = compare_decided(identity_of(row), person_id)
        now = {"outcome": str(compared.outcome), "levels": compared.levels, "told": told}
    else:
        compared = Comparison(Outcome(told["outcome"]), levels=told["levels"])
        now = told | {"told": None}
    to_id = person_id or subject_of(declaration_id)
    register.carry_some("declaration", [{"declaration_id": str(declaration_id)}], row["person_id"], to_id)
    _sql.run("compared_anew", person_id=to_id, declaration_id=declaration_id, **{name: json.dumps(now[name]) for name in ("levels", "told")},
             outcome=now["outcome"])  # fmt: skip
    isolation.identify(row["person_id"], to_id, declaration_id, **told_communes(compared, row["number_kind"]))
    action = "declaration.identified" if person_id else "declaration.parted"
    about = [person_id or row["person_id"]]
    if acting:
        audit.record(acting, action, about, detail=str(declaration_id))
    else:
        audit.record_system(action, about, detail=str(declaration_id), purpose="passage")
    return True


def _regroup(declaration_id: UUID) -> None:
    """One that is nobody's of the register stands in the communes' lists with whoever it is of, and apart from those whom it was found not to be."""
    row = _sql.one("declaration", declaration_id=declaration_id)
    if row and row["person_id"] < 0:
        replaces = [replaced["declaration_id"] for replaced in replaced_by(declaration_id)]
        isolation.regroup(declaration_id, whose(row), replaces)
