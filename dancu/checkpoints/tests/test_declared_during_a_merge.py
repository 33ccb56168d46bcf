"""What is declared, or decided of a declaration, while two records are wrongly one is about one of the
two, and goes to that one when they are parted.
"""

import datetime as dt

import pytest

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.tests.test_parted_again import LEFT_BEHIND, states, whose
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, cross, look
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import AN, add_an, commune, declare

BORN, HIS, HERS = dt.date(1981, 4, 20), "0901234567", "0977000000"
HOA = {
    "full_name": "Lê Thị Hoa",
    "sex": 2,
    "birth": PartialDate.of(BORN),
    "number": "079181001235",
    "phone": HERS,
}
HER_VALUES = ("full_name", "birth_date", "pin", "phone", "sex")
TAKEN = [
    HER_VALUES,
    ("birth_date", "pin"),
    ("full_name", "birth_date", "sex"),
    ("birth_date", "pin", "phone"),
]


@pytest.fixture
def steward(db):
    return acting_as(make_official("ha", "data_steward"))


@pytest.fixture
def his(country):
    return add_an(phone=HIS)


@pytest.fixture
def hoa(his):
    return add_an(full_name="Lê Thị Hoa", sex=2, pin="079181001235", cmnd=None, birth_date=BORN, phone=HERS)


def merge(steward, his, hoa, fields=HER_VALUES):
    merge_id = register.merge_people(steward, his, hoa, basis="so it seemed", fields=fields)
    actions.regrouped(his)
    return merge_id


def part(steward, merge_id) -> None:
    register.undo_merge(steward, merge_id, basis="two people")
    actions.parted(steward, merge_id)


def of(declared) -> int:
    return rows("SELECT person_id FROM declaration WHERE declaration_id = %s", declared.declaration_id)[0][0]


ILL = {"test_kind": "pcr", "test_result": "positive"}


@pytest.mark.parametrize("taken", TAKEN, ids=" ".join)
def test_her_illness_goes_with_her_whatever_the_merge_took(acting, station, steward, his, hoa, taken):
    merged = merge(steward, his, hoa, taken)
    ill = declare(**HOA, **ILL)
    part(steward, merged)
    if (
        of(ill) < 0
        # the merged record had another's name, so that she was nobody's: what she gave leads to her all the
        # same
    ):
        assert {row["who"] for row in arrivals_of(of(ill))} == {hoa}
    else:
        assert of(ill) == hoa
    assert look(acting, station, declare(**HOA)).for_a_reason
    assert look(acting, station, declare(**HOA)).colour == "red"
    assert look(acting, station, declare(phone=HIS)).colour == "green"
    assert all("positive" not in row["warned_elsewhere"] + row["warnings"] for row in arrivals_of(his))


def test_all_that_came_of_it_goes_along(acting, station, steward, his, hoa):
    merged = merge(steward, his, hoa)
    hers, of_his = (
        declare(acting, **HOA),
        declare(phone=HIS, destination_area=commune("Phường Hải Châu, Đà Nẵng")),
    )
    held = cross(acting, station, hers, "secondary", FEVER)
    cross(acting, station, hers, "through", Reason("well"))
    actions.undo_crossing(acting, cross(acting, station, hers, "back", POSITIVE))
    actions.revoke_pass(hers.pass_id, acting=acting, reason="used by somebody else")
    part(steward, merged)
    found = whose()
    assert (found.pop("declaration"), found.pop("pass"), found.pop("arrival")) == ({his, hoa},) * 3
    assert {table: people for table, people in found.items() if people} == {
        table: {hoa} for table in ("crossing", "retraction", "release", "revocation")
    }
    assert (of(hers), of(of_his)) == (hoa, his)
    assert lookups.pass_in_full(hers.pass_id)["person_id"] == hoa
    assert rows("SELECT DISTINCT person_id FROM release WHERE crossing_id = %s", held) == [(hoa,)]


def test_she_waits_and_he_does_not(acting, station, steward, his, hoa):
    merged = merge(steward, his, hoa)
    hers, of_his = declare(acting, **HOA), declare(acting, phone=HIS)
    cross(acting, station, hers, "secondary", POSITIVE)
    part(steward, merged)
    assert [row["full_name"] for row in lookups.waiting(acting, station)[0]] == ["Lê Thị Hoa"]
    assert [look(acting, station, one).colour for one in (hers, of_his)] == ["red", "green"]
    assert (states(hoa), states(his)) == (["held"], ["declared"])


def test_her_stop_ends_with_her_own_new_pass_and_not_with_his(acting, station, steward, his, hoa):
    before = declare(**HOA)
    cross(acting, station, before, "secondary", FEVER)
    merged = merge(steward, his, hoa)
    cross(acting, station, declare(acting, **HOA), "through", Reason("well"))
    part(steward, merged)
    assert look(acting, station, before).memory.stops == []
    again = merge(steward, his, hoa)
    hers, of_his = declare(acting, **HOA), declare(acting, phone=HIS)
    cross(acting, station, hers, "secondary", FEVER)
    cross(acting, station, of_his, "through", Reason("well"))
    part(steward, again)
    assert [stop["reason_code"] for stop in look(acting, station, hers).memory.stops] == ["fever"]


def test_what_fits_both_alike_stays_with_the_kept_one(steward, his, hoa):
    twin = add_an(pin="079200009999", cmnd=None, phone=HIS)
    merged = merge(steward, his, twin, ("pin",))
    numberless = declare(acting_as(make_official("binh", "checkpoint_officer")), **NAMELESS, phone=HIS)
    part(steward, merged)
    assert of(numberless) in (his, numberless.person_id)


def test_declared_with_his_number_and_all_else_hers_it_is_hers(acting, station, steward, his, hoa):
    merged = merge(steward, his, hoa, ("full_name", "birth_date", "phone", "sex"))
    declared = declare(acting, **(HOA | {"number": AN["pin"]}))
    assert of(declared) == his
    part(steward, merged)
    assert of(declared) == hoa
    assert look(acting, station, declared).levels["number"] == "another"


def everything() -> dict[str, list[tuple[object, ...]]]:
    """What stands there, but for when the communes had their last news."""
    return {
        table: sorted(rows(f"SELECT (to_jsonb(t) - 'moved_at')::text FROM {table} t"))
        for table in (*LEFT_BEHIND, "stray_release")
    }


def test_merged_again_it_is_as_it_was_and_parted_again_too(acting, station, steward, his, hoa):
    of_his = declare(acting, phone=HIS)
    merged = merge(steward, his, hoa)
    hers = declare(acting, **HOA)
    cross(acting, station, hers, "secondary", FEVER)
    cross(acting, station, of_his, "through", Reason("well"))
    assert lookups.pass_in_full(of_his.pass_id)["superseded_by"] == hers.declaration_id
    as_one = everything()
    part(steward, merged)
    as_two = everything()
    again = merge(steward, his, hoa)
    assert everything() == as_one
    part(steward, again)
    assert everything() == as_two


def test_what_people_decided_while_they_were_one_is_of_the_one_who_was_told_of(
    acting, station, steward, his, hoa
):
    hers = declare(**(HOA | NAMELESS), permanent_area=commune("Phường Bến Thành, Hồ Chí Minh"), **ILL)
    merged = merge(steward, his, hoa)
    actions.ask_about_doubtful()
    case = reviewed.next_case(steward, "declaration")
    review.decide(steward, case.case_id, "same", his)
    actions.follow(steward, case.case_id)
    assert of(hers) == his
    part(steward, merged)
    assert of(hers) == hoa
    assert reviewed.outcome_of(case.case_id, "declaration").person_id == hoa
    assert look(acting, station, declare(**HOA)).colour == "red"
    assert look(acting, station, declare(phone=HIS)).colour == "green"
    again = merge(steward, his, hoa)
    assert of(hers) == his
    part(steward, again)
    actions.follow(steward, review.undo(steward))
    assert of(hers) == hers.person_id < 0


def test_what_people_found_to_be_neither_of_them_meanwhile_is_not_his_afterwards(steward, his, hoa):
    merged = merge(steward, his, hoa, ("full_name", "sex"))
    declared = declare(phone=HIS, permanent_area=commune("Phường Bến Thành, Hồ Chí Minh"))
    assert of(declared) < 0
    actions.ask_about_doubtful()
    case = reviewed.next_case(steward, "declaration")
    review.decide(steward, case.case_id, "different")
    actions.follow(steward, case.case_id)
    part(steward, merged)
    assert of(declared) == declared.person_id


def test_whom_the_record_of_both_did_not_fit_is_recognised_again(acting, station, steward, his, hoa):
    merged = merge(steward, his, hoa)
    of_his = declare(phone=HIS)
    assert (of(of_his) < 0, look(acting, station, of_his).colour) == (True, "red")
    part(steward, merged)
    assert of(of_his) == his
    assert (look(acting, station, of_his).colour, states(his)) == ("green", ["declared"])
    assert arrivals_of(his)[0]["differing"] == []


def test_what_people_decided_before_the_merge_stands(steward, his, hoa):
    declared = declare(**(HOA | NAMELESS), permanent_area=commune("Phường Bến Thành, Hồ Chí Minh"))
    actions.ask_about_doubtful()
    case = reviewed.next_case(steward, "declaration")
    review.decide(steward, case.case_id, "same", hoa)
    actions.follow(steward, case.case_id)
    merged = merge(steward, his, hoa)
    later = declare(**(HOA | NAMELESS), permanent_area=commune("Phường Bến Thành, Hồ Chí Minh"))
    actions.ask_about_doubtful()
    assert of(later) == his
    part(steward, merged)
    assert (of(declared), of(later)) == (hoa, hoa)


def test_it_goes_along_through_two_merges(acting, station, steward, his, hoa):
    first = merge(steward, his, hoa)
    third = add_an(full_name="Trần Thị Lan", sex=2, pin="079300009999", cmnd=None, phone="0988000000")
    second = register.merge_people(steward, third, his, basis="so it seemed", fields=HER_VALUES)
    actions.regrouped(third)
    hers = declare(acting, **HOA)
    cross(acting, station, hers, "secondary", FEVER)
    assert of(hers) == third
    part(steward, second)
    assert of(hers) == his
    part(steward, first)
    assert of(hers) == hoa
    assert whose()["crossing"] == {hoa}


def test_both_may_read_that_it_was_handed_over(acting, steward, his, hoa):
    merged = merge(steward, his, hoa)
    hers = declare(acting, **HOA)
    part(steward, merged)
    said = rows(
        "SELECT person_id, action FROM audit_entry WHERE detail = %s ORDER BY person_id",
        str(hers.declaration_id),
    )
    assert {(his, "declaration.parted"), (hoa, "declaration.identified")} <= set(said)


def test_her_new_pass_does_not_take_the_place_of_his(acting, station, steward, his, hoa):
    of_his = declare(acting, phone=HIS)
    merged = merge(steward, his, hoa)
    hers = declare(acting, **HOA)
    assert (look(acting, station, of_his).code, states(his)[1]) == (
        look(acting, station, hers).code,
        "withdrawn",
    )
    part(steward, merged)
    assert look(acting, station, of_his).declaration["declaration_id"] == of_his.declaration_id
    assert (states(his), states(hoa)) == (["declared"], ["declared"])
    again = merge(steward, his, hoa)
    assert look(acting, station, of_his).declaration["declaration_id"] == hers.declaration_id
    assert sorted(states(his)) == ["declared", "withdrawn"]
    part(steward, again)
    assert (states(his), states(hoa)) == (["declared"], ["declared"])


def test_what_replaced_it_for_herself_replaces_it_still(acting, station, steward, his, hoa):
    merged = merge(steward, his, hoa)
    first, second = declare(acting, **HOA), declare(acting, **HOA)
    part(steward, merged)
    assert look(acting, station, first).declaration["declaration_id"] == second.declaration_id
    assert states(hoa) == ["declared", "withdrawn"]


ANH = {
    "full_name": "Nguyễn Văn Anh",
    "sex": 1,
    "birth": PartialDate(2000, 2, 16),
    "number": "079200005678",
    "phone": "0966000000",
}


def test_what_was_his_by_the_record_of_both_is_one_line_of_the_other_ones_afterwards(
    acting, station, steward, his
):
    anh = add_an(
        full_name=ANH["full_name"],
        pin=ANH["number"],
        cmnd=None,
        birth_date=dt.date(2000, 2, 16),
        phone=ANH["phone"],
    )
    merged = merge(steward, his, anh, ())
    by_number = declare(**ANH)
    declare(phone=HIS)
    nameless = [
        declare(**(ANH | NAMELESS), destination_area=commune(f"Phường {to}, Đà Nẵng"))
        for to in ("Hải Châu", "Hải Vân")
    ]
    cross(acting, station, by_number, "secondary", POSITIVE)
    assert of(by_number) < 0
    assert {arrivals_of(of(one))[0]["who"] for one in (by_number, *nameless)} == {his}
    part(steward, merged)
    later = declare(**(ANH | NAMELESS))
    assert of(by_number) == anh
    assert {arrivals_of(of(one))[0]["who"] for one in (by_number, *nameless, later)} == {anh}
    assert [set(row["warnings"] + row["found_elsewhere"]) for row in arrivals_of(anh)] == [{"positive"}] * 4
    assert all(row["warnings"] + row["found_elsewhere"] == [] for row in arrivals_of(his))
