"""Whom a station surely recognises the communes recognise too, and what a station found they know as long
as it counts there.
"""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions
from dancu.checkpoints.actions import Sender, ask_about_doubtful, follow
from dancu.checkpoints.reasons import Reason
from dancu.isolation import actions as isolation
from dancu.isolation import lookups as arrivals
from dancu.isolation.lookups import Filters
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, arrival, cross, look, pass_time, state_of
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import ha
from dancu.testing.travellers import add_an, commune, declare, journey

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"
LAN = {
    "full_name": "Trần Thị Lan",
    "birth": PartialDate(1988, 3, 5),
    "sex": 2,
    "phone": "0912333444",
    **NAMELESS,
}
JOHN = LAN | {"full_name": "John Michael Smith", "number_kind": "passport", "number": "B1234567", "phone": ""}
CHILD = LAN | {
    "full_name": "Trần Gia Bảo",
    "birth": PartialDate(2019, 3, 5),
    "phone": "",
    "declared_by": "other",
    "declarer_name": "Trần Thị Lan",
    "declarer_phone": "0912333444",
}


@pytest.fixture
def chi(country):
    return acting_as(make_official("chi", "commune_officer", "area", commune(HAI_CHAU)))


def there(**changes):
    """A declaration to Hải Châu."""
    return declare(**changes, destination_area=commune(HAI_CHAU))


def ago(hours: float, *declared) -> None:
    """These declared, and were given their passes, so much earlier; the passes still count."""
    with connection.cursor() as cursor:
        for one in declared:
            for table, columns in {
                "declaration": ("declared_at",),
                "arrival": ("declared_at", "moved_at", "ill_until", "warned_at", "warned_until", "met_at"),
                "pass": ("issued_at",),
            }.items():
                earlier = ", ".join(
                    f"{column} = {column} - make_interval(secs => %(s)s)" for column in columns
                )
                if table == "arrival":
                    earlier += "".join(
                        f", {column} = {_each_earlier(column)}"
                        for column in ("each_until", "elsewhere_until")
                    )
                cursor.execute(
                    f"UPDATE {table} SET {earlier} WHERE declaration_id = %(id)s",
                    {"s": hours * 3600, "id": one.declaration_id},
                )


def _each_earlier(column: str) -> str:
    """Of a column that has an end for each sign."""
    one = "jsonb_object_agg(key, value::timestamptz - make_interval(secs => %(s)s))"
    return f"(SELECT coalesce({one}, '{{}}') FROM jsonb_each_text({column}))"


def declarations_of(person_id: int) -> set[UUID]:
    return {row["declaration_id"] for row in arrivals.arrivals_of(person_id)}


def grades(chi) -> list[tuple[int, list[str]]]:
    """What Hải Châu sees: of each person how much it matters, and the signs of an illness."""
    found = arrivals.arrivals(chi, Filters())
    return [(row["attention"], sorted({*row["warnings"], *row["warned_elsewhere"]})) for row in found]


@pytest.mark.parametrize(
    ("who", "anew"),
    [
        (CHILD, {}),
        (CHILD, {"phone": "0912333444", "declarer_phone": "0977000000"}),
        (LAN, {"birth": PartialDate(1988)}),
        (LAN, {"birth": PartialDate(1988, 5, 3)}),
        (LAN, {"full_name": "TRAN THI LAN"}),
        (LAN, {"full_name": "Trần Lan"}),
        (LAN, {"phone": "", "declarer_phone": "0912333444"}),
        (JOHN, {"full_name": "Jon Michael Smith", "birth": PartialDate(1988, 5, 3)}),
        (JOHN, {"full_name": "John Smith", "birth": PartialDate(1988, 1, 1)}),
        (JOHN, {"number": "b 123.4567", "birth": PartialDate(1988)}),
        ({}, {"full_name": "Nguyễn Văn Ang", "birth": PartialDate(2000, 2, 16), "phone": ""}),
        (
            {},
            {
                "number_kind": "cmnd",
                "number": "025123456",
                "birth": PartialDate(1999, 2, 15),
                "phone": "",
                "sex": 0,
            },
        ),
        ({}, NAMELESS | {"home_area": None, "birth": PartialDate(2000)}),
    ],
)
@pytest.mark.parametrize("ill_first", [True, False])
def test_whom_a_station_surely_recognises_is_no_stranger_to_the_commune(
    an, acting, station, chi, who, anew, ill_first
):
    first, then = (who | anew, who) if not ill_first else (who, who | anew)
    if ill_first:
        cross(acting, station, declare(**first), "back", POSITIVE)
        coming = there(**then)
    else:
        coming = there(**first)
        cross(acting, station, declare(**then), "back", POSITIVE)
    shown = look(acting, station, coming)
    assert (shown.memory.colour, [stop["sure"] for stop in shown.memory.stops]) == ("red", [True])
    assert grades(chi) == [(4, ["positive"])]


@pytest.mark.parametrize(
    ("who", "other"),
    [
        (CHILD, {"full_name": "Trần Gia Báu"}),  # a twin
        (CHILD, {"full_name": "Trần Bảo Gia"}),
        (CHILD, {"full_name": "Trần Gia Bảo Ngọc"}),
        (CHILD, {"birth": PartialDate(2021, 3, 5)}),
        (
            CHILD,
            {"full_name": "Trần Thị Lan", "birth": PartialDate(1988, 3, 5), "phone": "0912333444"},
        ),  # the mother
        (LAN, {"birth": PartialDate(1958, 3, 5)}),  # the grandmother, of one name
        (LAN, {"phone": "0977000000"}),
        (LAN, {"birth": PartialDate(1988, 3, 6)}),
        (LAN, {"full_name": "Trần Thị Lam"}),
        (JOHN, {"full_name": "Yuki Tanaka", "birth": PartialDate(1999, 5, 6)}),
        (JOHN, {"full_name": "John Smith", "birth": PartialDate(1979, 1, 1)}),
        ({}, {"birth": PartialDate(1991, 7, 9)}),
        ({}, {"full_name": "Nguyễn Văn Ang", "birth": PartialDate(1991, 7, 9), "phone": ""}),
        ({}, {"number_kind": "cmnd", "number": "025123456", "birth": PartialDate(1991, 7, 9), "phone": ""}),
    ],
)
def test_who_is_merely_alike_is_joined_to_nobody(an, acting, station, chi, who, other):
    cross(acting, station, declare(**who), "back", POSITIVE)
    coming = there(**who | other)
    assert not any(stop["sure"] for stop in look(acting, station, coming).memory.stops)
    assert [signs for _attention, signs in grades(chi)] == [[]]


def test_a_declaration_that_took_the_place_of_anothers_is_the_same_travellers(country, acting, station, chi):
    first = there(**LAN)
    cross(acting, station, first, "secondary", FEVER)
    changed = journey(**LAN | {"phone": "0912333555"}, destination_area=commune(HAI_CHAU))
    newer = actions.declare(changed, uuid7(), None, Sender(sent=(first.declaration_id,)))
    assert [stop["sure"] for stop in look(acting, station, newer).memory.stops] == [True]
    assert grades(chi) == [(4, ["symptoms"])]


def test_a_child_with_a_number_once_and_without_it_another_time_is_one_child(an, acting, station, chi):
    child = add_an(full_name="Nguyễn Gia Bảo", pin="079219001234", cmnd=None, birth_date=dt.date(2019, 3, 5))
    said = CHILD | {"full_name": "Nguyễn Gia Bảo", "sex": 1}
    well = there(**said | {"number_kind": "pin", "number": "079219001234"})
    assert well.person_id == child
    assert declare(**said, symptoms=("fever",)).withheld
    assert grades(chi) == [(4, ["symptoms"])]


@pytest.mark.parametrize(
    ("decision", "reason", "sign"), [("back", POSITIVE, "positive"), ("secondary", FEVER, "symptoms")]
)
@pytest.mark.parametrize("hours", [0, 2, 73, 24 * 20])
def test_what_a_station_found_does_not_fade_with_the_declaration(
    an, acting, station, chi, decision, reason, sign, hours
):
    stopped, at_the_same_time = declare(), there()
    ago(71, stopped, at_the_same_time)
    cross(acting, station, stopped, decision, reason)
    pass_time(hours)
    isolation.note_standing(stopped.person_id, stopped.declaration_id, state=state_of(stopped))
    assert grades(chi) == [(4, [sign])]
    later = declare(destination_area=commune(HAI_CHAU), departs_on=timezone.localdate() + dt.timedelta(9))
    assert look(acting, station, later).memory.colour != "green"
    assert (arrival(later)["attention"], arrival(later)["warned_elsewhere"]) == (4, [sign])
    assert arrival(later)["found_elsewhere"] == [sign]
    cross(acting, station, stopped, "through", Reason("negative"))
    assert (arrival(later)["attention"], arrival(later)["warned_elsewhere"]) == (1, [])


def test_who_was_met_and_is_found_ill_afterwards_is_looked_at_again(an, acting, station, chi):
    coming = there()
    ago(30, coming)
    isolation.meet(chi, coming.declaration_id)
    ago(20, coming)
    assert grades(chi) == [(0, [])]
    way_back = declare(origin_area=commune(HAI_CHAU))
    held = cross(acting, station, way_back, "back", POSITIVE)
    assert grades(chi) == [(4, ["positive"])]
    actions.undo_crossing(acting, held)
    assert grades(chi) == [(0, [])]
    cross(acting, station, coming, "back", POSITIVE)  # with the same pass
    assert grades(chi) == [(4, ["positive"])]


@pytest.mark.parametrize(
    ("sign", "days", "attention"),
    [
        ({"test_result": "positive"}, 13, 4),
        ({"test_result": "positive"}, 15, 1),
        ({"test_result": "positive", "tested_on": dt.date.today() - dt.timedelta(12)}, 1, 4),
        ({"test_result": "positive", "tested_on": dt.date.today() - dt.timedelta(12)}, 4, 1),
        ({"contact": True}, 13, 4),
        ({"symptoms": ("cough",)}, 2, 4),
        ({"symptoms": ("cough",)}, 4, 1),
    ],
)
def test_what_was_declared_counts_as_long_at_the_commune_as_at_the_station(
    an, acting, station, chi, sign, days, attention
):
    sick = declare(acting, **sign)
    ago(24 * days, sick)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE declaration SET tested_on = tested_on - %s::integer", [days])
    coming = there()
    assert (look(acting, station, coming).colour == "green") == (attention == 1)
    assert [grade for grade, _signs in grades(chi)] == [attention]


@pytest.mark.parametrize(
    "change",
    [{}, {"full_name": "Nguyễn An"}, {"home_area": None}, {"number": "079200007778"}, NAMELESS],
)
@pytest.mark.parametrize("ill_is_decided", [True, False])
def test_what_a_steward_decides_of_one_goes_for_all_that_the_same_unknown_one_declared(
    an, acting, station, chi, change, ill_is_decided
):
    other = add_an(pin="079200009999", cmnd="025999999")
    hai = acting_as(ha())
    ill, coming = declare(number="079200007777"), there(**{"number": "079200007777"} | change)
    assert ill.person_id < 0 > coming.person_id
    cross(acting, station, ill, "back", POSITIVE)
    assert grades(chi) == [(4, ["positive"])]
    decided = ill if ill_is_decided else coming
    with connection.cursor() as cursor:
        cursor.execute("UPDATE declaration SET doubtful = (declaration_id = %s)", [decided.declaration_id])
    ask_about_doubtful()
    case = reviewed.next_case(hai, "declaration")
    review.decide(hai, case.case_id, "same", an)
    assert follow(hai, case.case_id) == 1
    later = there(phone="0966000111", departs_on=timezone.localdate() + dt.timedelta(9))
    assert later.person_id == an
    assert grades(chi) == [(4, ["positive"])]
    assert look(acting, station, coming).memory.colour == "red"
    both = {ill.declaration_id, coming.declaration_id}
    assert declarations_of(an) == both | {later.declaration_id}
    review.undo(hai)
    follow(hai, case.case_id)
    assert declarations_of(ill.person_id) == declarations_of(coming.person_id) == both
    assert (declarations_of(an), look(acting, station, later).memory.colour) == (
        {later.declaration_id},
        "amber",
    )
    case = reviewed.next_case(hai, "declaration")
    review.decide(hai, case.case_id, "same", other)
    follow(hai, case.case_id)
    assert (declarations_of(other), declarations_of(an)) == (both, {later.declaration_id})
    assert sorted(grades(chi)) == [(1, []), (4, ["positive"])]


def test_what_was_decided_follows_a_merge_and_its_undoing(an, acting, station, chi):
    other = add_an(pin="079200009999", cmnd="025999999")
    hai = acting_as(ha())
    ill, coming = declare(number="079200007777"), there(number="079200007778")
    cross(acting, station, ill, "back", POSITIVE)
    ask_about_doubtful()
    case = reviewed.next_case(hai, "declaration")
    review.decide(hai, case.case_id, "same", other)
    follow(hai, case.case_id)
    both = {ill.declaration_id, coming.declaration_id}
    merge = register.merge_people(hai, an, other, basis="one person")
    assert declarations_of(an) == both
    assert grades(chi) == [(4, ["positive"])]
    register.undo_merge(hai, merge, basis="two people")
    assert (declarations_of(other), declarations_of(an)) == (both, set())


def test_who_is_decided_on_for_two_of_one_stranger_differently_takes_only_their_own(an, acting, station, chi):
    other = add_an(pin="079200009999", cmnd="025999999")
    hai = acting_as(ha())
    one, two = declare(number="079200007777"), there(number="079200007778")
    third = declare(number="079200007779", departs_on=timezone.localdate() + dt.timedelta(9))
    ask_about_doubtful()
    for person_id in (an, other):
        case = reviewed.next_case(hai, "declaration")
        review.decide(hai, case.case_id, "same", person_id)
        follow(hai, case.case_id)
    assert {len(declarations_of(person_id)) for person_id in (an, other)} == {1}
    everything = {declared.declaration_id for declared in (one, two, third)}
    left = everything - declarations_of(an) - declarations_of(other)
    assert len(left) == 1
    case = reviewed.next_case(hai, "declaration")
    review.decide(hai, case.case_id, "same", other)
    follow(hai, case.case_id)
    assert len(declarations_of(other)) == 2


def test_an_illness_that_a_steward_decides_is_theirs_is_surely_theirs_at_the_station(an, acting, station):
    mine = declare()
    add_an(pin="079200009999", cmnd="025999999")
    ill = declare(**NAMELESS, phone="0977000000", home_area=None, test_kind="pcr", test_result="positive")
    assert look(acting, station, mine).colour == "amber"
    hai = acting_as(ha())
    ask_about_doubtful()
    case = reviewed.next_case(hai, "declaration")
    review.decide(hai, case.case_id, "same", an)
    assert follow(hai, case.case_id) == 1
    shown = look(acting, station, mine)
    assert (shown.colour, [sign["sure"] for sign in shown.memory.signs]) == ("red", [True])
    assert arrival(mine)["attention"] == 4
    assert ill.withheld


def test_a_replaced_journey_with_a_sign_of_illness_is_looked_after_whatever_is_pressed(an, acting, station):
    coughing, newer = declare(symptoms=("cough",)), declare()
    assert (state_of(coughing), state_of(newer)) == ("declared", "declared")
    actions.undo_crossing(acting, cross(acting, station, coughing, "secondary", Reason("no_paper")))
    assert state_of(coughing) == "declared"
    actions.revoke_pass(coughing.pass_id, "")
    assert state_of(coughing) == "withdrawn"


def test_a_replaced_journey_of_one_who_is_well_is_off_whatever_is_pressed(an, acting, station):
    first, _newer = declare(), declare()
    assert state_of(first) == "withdrawn"
    actions.undo_crossing(acting, cross(acting, station, first, "secondary", FEVER))
    assert state_of(first) == "withdrawn"


def test_of_two_signs_that_were_declared_the_commune_sees_each_as_long_as_the_station_does(
    an, acting, station, chi
):
    sick, coming = declare(acting, symptoms=("fever",), contact=True), there()
    assert grades(chi) == [(4, ["contact", "symptoms"])]
    ago(24 * 5, sick, coming)
    later = there(departs_on=timezone.localdate() + dt.timedelta(9))
    assert [arrival(one)["warned_elsewhere"] for one in (coming, later)] == [["contact"], ["contact"]]
    assert arrival(sick)["warnings"] == ["contact"]
    assert grades(chi) == [(4, ["contact"])]
    ago(24 * 10, sick, coming, later)
    assert [arrival(one)["warned_elsewhere"] for one in (coming, later)] == [[], []]
    assert arrivals.warned(chi, leaving=False)["people"] == 0


def test_a_fever_that_a_station_found_beside_one_that_was_declared_stays_until_it_is_cleared(
    an, acting, station, chi
):
    sick, coming = declare(acting, symptoms=("fever",), contact=True), there()
    cross(acting, station, sick, "secondary", FEVER)
    ago(24 * 5, sick, coming)
    assert arrival(coming)["warned_elsewhere"] == ["contact", "symptoms"]
    cross(acting, station, sick, "through", Reason("well"))
    assert arrival(coming)["warned_elsewhere"] == ["contact"]
