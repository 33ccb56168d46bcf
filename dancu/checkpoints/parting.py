"""A merge is undone: what was declared while it stood, or decided of whose a declaration is, goes to
whichever of the two it is about.

By what was told, as everywhere (matching/sameness.py). docs/decisions/0007-merging.md
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints import identifying
from dancu.checkpoints.journeys import identity_of
from dancu.checkpoints.parted import regrouped
from dancu.checkpoints.rows import Declaration, JourneyKey
from dancu.checkpoints.telling import tell_communes
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.matching import partings, sameness
from dancu.matching.likeness import name_keys
from dancu.matching.lookups import IdentityComparison, compare_decided, identify
from dancu.register import lookups as register
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.review.cases import DECLARATION

_sql = Queries(__file__)

People = Mapping[int, Mapping[str, Any]]  # the register's rows of both


@whole
def parted(acting: Acting, merge_id: UUID) -> int:
    """What came while this merge stood, which was undone in the same transaction, goes with its pass, its
    crossings and its arrival to whichever of the two it is about; what fits both alike, or the kept one
    better, stays there. Whom the register did not recognise by the record that was both is looked for anew.
    What is known of an illness, and what was decided at the stations, is told of whoever it is about now.

    Returns how many stops stand again that ended by a decision on the other one's pass. Raises MovedRowGone.
    """
    merge = register.merge_of(merge_id)
    people = register.people([merge.kept_id, merge.other_id])
    for row, person_id in _held([*_recognised(merge, people), *_unknown(merge, people)], people):
        compared = _compared(row, person_id)
        if person_id != row["person_id"]:
            _hand_over(acting, row, people[person_id], compared)
        elif (str(compared.outcome), compared.levels) != (row["outcome"], json.loads(row["levels"])):
            identifying.compared_anew(row, compared)
    identifying.regroup_unknown([merge.kept_id])
    tell_communes(*_sql.of(JourneyKey).all("stray_supersessions", people=[*people]))
    return regrouped(*people)


Theirs = tuple[Declaration, int]  # and under whom it is to stand


def _recognised(merge: register.Merge, people: People) -> list[Theirs]:
    """What came to stand under the kept record meanwhile: that one's, or the other one's."""
    kept, other = people[merge.kept_id], people[merge.other_id]
    rows = _declared(_sql.all("since_merge", person_id=merge.kept_id, since=merge.merged_at))
    by_people = {str(row["declaration_id"]) for row in rows if row["told"]}
    decided = reviewed.decisions("", by_people, DECLARATION)
    lately = reviewed.decided_since("", merge.kept_id, merge.merged_at, DECLARATION)
    found = []
    for row in rows:
        record_id = str(row["declaration_id"])
        if record_id not in by_people or record_id in lately:
            is_others = sameness.fits_better(sameness.of_declaration(row), other, kept)
        else:  # what was decided before the merge stands
            is_others = record_id in decided and decided[record_id].person_id == merge.other_id
        if row["person_id"] == merge.kept_id and (is_others or not row["told"]):
            found.append((row, merge.other_id if is_others else merge.kept_id))
    return found


def _unknown(merge: register.Merge, people: People) -> list[Theirs]:
    """What was declared meanwhile by whom the register did not recognise: one of the two, where it does
    now, else still nobody's.
    """
    told = [sameness.of_person(person) for person in people.values()]
    born = [
        (person["birth_date"], key) for person in people.values() for key in name_keys(person["full_name"])
    ]
    rows = _sql.all(
        "unknown_since",
        since=merge.merged_at,
        numbers=sorted({one for each in told for one in each.numbers}),
        phones=sorted({phone for each in told for phone in each.phones}),
        born=[day for day, _key in born],
        given_keys=[key for _day, key in born],
    )
    found, unknown = [], [row for row in _declared(rows) if row["person_id"] < 0 and not row["told"]]
    apart = partings.people_ruled_out(unknown)
    for row in unknown:
        now, meant = _found(row), people.keys() - apart.get(row["declaration_id"], set())
        is_one = now.person is not None and now.person.person_id in meant and now.outcome.agrees
        found.append((row, now.person.person_id if now.person and is_one else row["person_id"]))
    return found


def _declared(which: list[dict[str, Any]]) -> list[Declaration]:
    ids = [row["declaration_id"] for row in which]
    return _sql.of(Declaration).all("hold_declarations", declaration_ids=ids) if ids else []


def _held(moving: list[Theirs], people: People) -> list[Theirs]:
    identifying.hold_with_passes([row for row, _to_id in moving], people.keys())
    return moving


def _hand_over(acting: Acting, row: Declaration, to: Mapping[str, Any], compared: IdentityComparison) -> None:
    from_id, to_id, declaration_id = row["person_id"], to["person_id"], row["declaration_id"]
    told = json.loads(row["told"]) if row["told"] else None
    identifying.move(
        row, to_id, compared, told, is_vouched=told is not None or row["official_id"] is not None
    )
    agrees = bool(sameness.phones_of(to) & sameness.phones_of(row))
    _sql.run("agrees_by_phone", person_id=to_id, declaration_id=declaration_id, agrees=agrees)
    if told:
        review.reassign_decisions("", str(declaration_id), DECLARATION, from_id, to_id)
    if from_id > 0:
        audit.record(acting, "declaration.parted", [from_id], detail=str(declaration_id))
    audit.record(acting, "declaration.identified", [to_id], detail=str(declaration_id))


def _compared(row: Declaration, person_id: int) -> IdentityComparison:
    """As the register answers now; where it means nobody, or another one, but what was told is this
    person's, as with whom people found to be meant.
    """
    found = _found(row)
    is_theirs = found.person is not None and found.person.person_id == person_id and found.outcome.agrees
    return found if is_theirs or person_id < 0 else compare_decided(identity_of(row), person_id)


def _found(row: Declaration) -> IdentityComparison:
    return identify(identity_of(row), by_official=row["official_id"] is not None)
