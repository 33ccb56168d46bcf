"""What was decided at a station goes with its declaration, and nowhere else, as the database user that
serves (dancu.db.grants).
"""

import json

import pytest
from django.db import ProgrammingError, transaction

from dancu.checkpoints import actions
from dancu.checkpoints.actions import IssuedPass
from dancu.checkpoints.reasons import Reason
from dancu.db import grants
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.testing.at_the_station import FEVER, cross
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import ha
from dancu.testing.travellers import declare

KEPT = ("crossing", "release", "retraction", "revocation")
NOBODYS = "079200007777"


@pytest.fixture
def serving(country):
    rows("CREATE ROLE serves_stations")
    grants.grant("serves_stations")
    rows("SET LOCAL ROLE serves_stations")
    yield
    rows("SET LOCAL ROLE NONE")


def under() -> dict[str, set[int]]:
    return {table: {one for (one,) in rows(f"SELECT person_id FROM {table}")} for table in KEPT}


def refuses(table: str, from_id: int, to_id: int, keys: str | None, declaration_id: object) -> bool:
    with (
        pytest.raises(ProgrammingError, match=r"No declaration carries|No rows of|permission denied"),
        transaction.atomic(),
    ):
        rows("SELECT carry_declared_rows(%s, %s, %s, %s, %s)", table, from_id, to_id, keys, declaration_id)
    return True


def when(crossing_id: object) -> str:
    return str(rows("SELECT crossed_at FROM crossing WHERE crossing_id = %s", crossing_id)[0][0])


def forge(person_id: int, crossing_id: object, declared: IssuedPass) -> None:
    """A second row of a crossing, which says that it was of another's declaration."""
    rows(
        "INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, declaration_id, official_id, "
        "station_id, origin_area,"
        " destination_area, direction, decision, vehicle)"
        " SELECT %s, crossed_at - interval '1 second', crossing_id, %s, %s, official_id, station_id, "
        "origin_area, destination_area, direction,"
        " 'through', vehicle FROM crossing WHERE crossing_id = %s LIMIT 1",
        person_id,
        declared.pass_id,
        declared.declaration_id,
        crossing_id,
    )


@pytest.fixture
def of_all_kinds(an, acting, station, serving):
    """A declaration in a number that nobody holds, with rows of every kept kind."""
    declared = declare(number=NOBODYS)
    held = cross(acting, station, declared, "secondary", FEVER)
    cross(acting, station, declared, "through", Reason("well"))
    actions.undo_crossing(acting, cross(acting, station, declared))
    actions.revoke_pass(declared.pass_id, "lost", acting)
    return declared, held


def test_it_goes_where_people_decide_that_the_declaration_belongs_and_back(of_all_kinds, an):
    declared, _held = of_all_kinds
    assert under() == {table: {declared.person_id} for table in KEPT}
    hai = acting_as(ha())
    actions.ask_about_doubtful()
    case = reviewed.next_case(hai, "declaration")
    review.decide(hai, case.case_id, "same", an)
    actions.follow(hai, case.case_id)
    assert under() == {table: {an} for table in KEPT}
    actions.follow(hai, review.undo(hai))
    assert under() == {table: {declared.person_id} for table in KEPT}


@pytest.mark.parametrize("table", KEPT)
def test_it_goes_nowhere_else(of_all_kinds, an, table):
    declared, held = of_all_kinds
    key = json.dumps([{"pass_id": declared.pass_id} if table == "revocation" else {"crossing_id": str(held)}])
    other = declare()
    before = under()
    assert refuses(
        table, declared.person_id, an, key, declared.declaration_id
    )  # which stands under nobody still
    assert refuses(table, declared.person_id, an, key, other.declaration_id)  # another's
    assert refuses(table, declared.person_id, an, None, other.declaration_id)
    assert refuses("audit_entry", an, declared.person_id, "[]", declared.declaration_id)
    assert under() == before


@pytest.mark.parametrize("table", KEPT)
def test_a_row_of_another_journey_does_not_go_along(of_all_kinds, an, acting, station, table):
    theirs, held = of_all_kinds
    declared = declare()  # by An, who carries nobody else's rows with it
    crossing_id = cross(acting, station, declared)
    key = json.dumps([{"crossing_id": str(held), "pass_id": theirs.pass_id, "crossed_at": when(held)}])
    own = json.dumps([{"crossing_id": str(crossing_id), "pass_id": declared.pass_id}])
    before = under()
    assert refuses(table, theirs.person_id, an, key, declared.declaration_id)
    forge(an, held, declared)
    before["crossing"].add(an)
    assert refuses(table, theirs.person_id, an, key, declared.declaration_id)
    assert refuses(table, theirs.person_id, an, own[:-1] + ", " + key[1:], declared.declaration_id)
    assert under() == before


@pytest.mark.parametrize(
    "table", ["life_event", "person_merge", "audit_entry", "person", "row_aside", "nothing"]
)
def test_a_declaration_carries_nothing_but_what_stations_decided(of_all_kinds, an, acting, station, table):
    theirs, _held = of_all_kinds
    declared = declare()
    event_id = rows("SELECT event_id FROM life_event WHERE person_id = %s", an)[0][0]
    key = {
        "crossing_id": str(cross(acting, station, declared)),
        "event_id": str(event_id),
        "pass_id": declared.pass_id,
    }
    assert refuses(table, theirs.person_id, an, json.dumps([key]), declared.declaration_id)
    assert refuses(table, an, an, json.dumps([key]), declared.declaration_id)
    assert refuses(table, an, an, "[]", declared.declaration_id)


@pytest.mark.parametrize("table", KEPT)
def test_it_is_neither_deleted_nor_rewritten(of_all_kinds, table):
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET person_id = 1"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(statement)
