"""Whose declaration it is, where the register alone could not tell: people are asked, and what they decide is
followed.

The citizen was answered before and learns nothing of it: neither when people are asked nor what they decided.
Decision 0011.
"""

import json
from collections.abc import Collection, Mapping
from functools import partial
from uuid import UUID

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints.journeys import identity_of, subject_of, told_communes
from dancu.checkpoints.lookups import replaced_by, whose
from dancu.checkpoints.parted import look_again
from dancu.checkpoints.rows import AnsweredDeclaration, Declaration, GivenAnswer, JourneyKey
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.isolation import actions as isolation
from dancu.isolation import lookups as expected
from dancu.matching.lookups import (
    AnswerKind,
    IdentityComparison,
    Outcome,
    compare_decided,
    thresholds,
    who_is,
)
from dancu.register import actions as register
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.review.actions import Case, CaseCandidate
from dancu.review.cases import DECLARATION

AT_ONCE = 10  # declarations: a case takes 3 to 25 ms to find again, and a steward waits for the page
_sql = Queries(__file__)


@whole
def ask_about_doubtful(most: int = AT_ONCE) -> int:
    """Put declarations that may mean somebody before people, the oldest first; return how many were looked
    at.

    Before a steward is shown a case, and not while the citizen waits: a stranger would read from the time it
    takes that somebody like that exists. Declarations that declare the same are one question; where it was
    answered already, that answer counts.
    """
    rows = _sql.of(Declaration).all("take_doubtful", most=most)
    asked = {str(row["declaration_id"]): case for row in rows if (case := _case(row))}
    review.propose(asked.values())
    answers = reviewed.decisions("", asked, DECLARATION)
    _decided({UUID(record_id): answer.person_id for record_id, answer in answers.items()}, None)
    return len(rows)


@whole
def follow(acting: Acting, case_id: int) -> int:
    """The declarations of a case stand under the person who was decided on, or where that was taken back as
    nobody's; return how many moved.

    Of any other kind of case there are none.
    """
    decided = reviewed.outcome_of(case_id, DECLARATION)
    answers = {UUID(record_id): decided.person_id for record_id in decided.record_ids}
    return _decided(answers, acting, decided.candidates)


def hold_with_passes(moving: Collection[JourneyKey], people: Collection[int]) -> None:
    """What goes with these declarations (rows, which the caller has held), and what is known of their
    travellers and of these people, waits until the transaction ends.
    """
    which = [row["declaration_id"] for row in moving]
    _sql.run("hold_passes", declaration_ids=which)
    _sql.run("hold_crossings", declaration_ids=which)
    isolation.hold_travellers(which, {*people, *(row["person_id"] for row in moving)})


def move(
    row: Declaration,
    to_id: int,
    compared: IdentityComparison,
    told: GivenAnswer | None,
    *,
    is_vouched: bool,
) -> None:
    """This declaration (a row) stands under another person, with its pass, its crossings and its arrival,
    compared with the register so. The caller has held them all.

    `told`: how its citizen was answered, where people decided otherwise. Raises MovedRowGone.
    """
    declaration_id, from_id = row["declaration_id"], row["person_id"]
    register.carry_some(
        "declaration",
        [{"declaration_id": str(declaration_id)}],
        from_id,
        to_id,
        kept=partial(_sql.all, "carry_kept", declaration_id=declaration_id, from_id=from_id, to_id=to_id),
    )
    _note(row, to_id, compared, told, is_vouched)


def compared_anew(row: Declaration, compared: IdentityComparison) -> None:
    """This declaration (a row) of somebody whom the register does not recognise is compared with it so.
    The caller has held it and its arrival.
    """
    _note(row, row["person_id"], compared, None, row["official_id"] is not None)
    regroup(row["declaration_id"])


def regroup(declaration_id: UUID) -> None:
    """One that is nobody's of the register stands in the communes' lists with whoever it is of, and apart
    from those whom it was found not to be.
    """
    row = _sql.of(AnsweredDeclaration).one("declaration", declaration_id=declaration_id)
    if row and row["person_id"] < 0:
        replaces = [replaced["declaration_id"] for replaced in replaced_by(declaration_id)]
        isolation.regroup(declaration_id, whose(row), replaces)


def regroup_unknown(people: Collection[int]) -> None:
    """The same for all that is nobody's and stands with these people of the register, after what it stood
    there for has moved.
    """
    for person_id in sorted(one for one in people if one > 0):
        for declaration_id in expected.unknown_as(person_id):
            regroup(declaration_id)


def _note(
    row: Declaration,
    person_id: int,
    compared: IdentityComparison,
    told: GivenAnswer | None,
    is_vouched: bool,
) -> None:
    declaration_id = row["declaration_id"]
    _sql.run(
        "compared_anew",
        person_id=person_id,
        declaration_id=declaration_id,
        outcome=str(compared.outcome),
        levels=json.dumps(compared.levels),
        told=json.dumps(told),
    )
    told_of = told_communes(compared, row["number_kind"], is_vouched=is_vouched)
    isolation.identify(row["person_id"], person_id, declaration_id, **told_of)


def _decided(answers: Mapping[UUID, int | None], acting: Acting | None, beside: Collection[int] = ()) -> int:
    """What follows from these answers; `beside`: the people of the register who were compared. Returns
    how many declarations moved.
    """
    before = _stand_under(answers)
    moved = _follow(answers, acting)
    for declaration_id in answers:
        regroup(declaration_id)
    people = {*before, *_stand_under(answers), *beside}
    if moved:  # what stood with them, because it is surely of the same one, goes along
        regroup_unknown(people)
    look_again(people)
    return moved


def _stand_under(declaration_ids: Collection[UUID]) -> set[int]:
    which = list(declaration_ids)
    rows = _sql.of(Declaration).all("declarations", declaration_ids=which) if which else []
    return {row["person_id"] for row in rows}


def _case(row: Declaration) -> Case | None:
    """The question; None where the register has changed since, and nobody may be meant. One who is meant for
    certain is asked about too, since the number did not lead to them: a declaration without one, or with a
    wife's.
    """
    declared = identity_of(row)
    answer = who_is(declared)
    if answer.kind == AnswerKind.NONE:
        return None
    home = areas.get(declared.home_area) if declared.home_area else None
    said = {
        "number": declared.number,
        "full_name": row["full_name"],
        "birth": str(declared.birth),
        "sex": row["sex"] or "",
        "phone": row["phone"],
        "commune_code": home.code if home else "",
        "address": row["permanent_detail"] or row["home_detail"],
    }
    candidates = [
        CaseCandidate(one.person.person_id, one.score.weight, one.score.as_json()) for one in answer.ranked
    ]
    return Case(
        DECLARATION,
        candidates,
        said,
        record_id=str(row["declaration_id"]),
        area_id=declared.home_area,
        threshold=thresholds()["match"],
    )


def _follow(answers: Mapping[UUID, int | None], acting: Acting | None) -> int:
    """Each of these declarations goes to that person, or (None) back to nobody; return how many moved. What
    the register recognised by itself stays as it is.

    All that moves is held before: who presses for one of them holds the pass and then whatever that traveller
    declared.
    """
    now = {person_id: register.hold_now(person_id) for person_id in sorted({*filter(None, answers.values())})}
    meant = {declaration_id: now.get(person_id or 0) for declaration_id, person_id in answers.items()}
    moving = [
        row
        for row in _sql.of(Declaration).all("hold_declarations", declaration_ids=list(meant))
        if (row["person_id"] < 0 or row["told"])
        and row["person_id"] != (meant[row["declaration_id"]] or subject_of(row["declaration_id"]))
    ]
    hold_with_passes(moving, now.values())
    for row in moving:
        _follow_one(row, meant[row["declaration_id"]], acting)
    return len(moving)


def _follow_one(row: Declaration, person_id: int | None, acting: Acting | None) -> None:
    declaration_id = row["declaration_id"]
    told: GivenAnswer = (
        json.loads(row["told"])
        if row["told"]
        else {"outcome": row["outcome"], "levels": json.loads(row["levels"])}
    )
    if person_id:
        compared = compare_decided(identity_of(row), person_id)
    else:
        compared = IdentityComparison(Outcome(told["outcome"]), levels=told["levels"])
    to_id = person_id or subject_of(declaration_id)
    is_vouched = person_id is not None or row["official_id"] is not None
    move(row, to_id, compared, told if person_id else None, is_vouched=is_vouched)
    action = "declaration.identified" if person_id else "declaration.parted"
    about = [person_id or row["person_id"]]
    if acting:
        audit.record(acting, action, about, detail=str(declaration_id))
    else:
        audit.record_system(action, about, detail=str(declaration_id), purpose="passage")
