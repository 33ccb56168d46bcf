"""Who is the same traveller: a number holds together those of nearly one name, and what is written
otherwise is found.
"""

import datetime as dt

import pytest
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import ClaimedIdentity, PartialDate
from dancu.register import actions as register_actions
from dancu.register import lookups as register
from dancu.testing.at_the_station import FEVER, NAMELESS, NO_PERMIT, POSITIVE, cross, look
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import AN, add_an, commune, declare, journey


def test_a_pass_that_the_register_did_not_recognise_remembers_by_its_number(an, acting, station):
    cross(acting, station, declare(), "secondary", FEVER)
    unrecognised = declare(full_name="Lê Thị Hoa", sex=2)
    assert look(acting, station, unrecognised).memory.stops
    cross(acting, station, unrecognised, "back", Reason("false"))
    stops = look(acting, station, declare()).memory.stops
    assert [(stop["decision"], stop["reason_code"]) for stop in stops] == [
        ("back", "false"),
        ("secondary", "fever"),
    ]


def test_without_a_number_name_and_birth_date_remember(country, acting, station, far_station):
    nameless = {"number_kind": "none", "number": "", "full_name": "Lò Văn Pá"}
    cross(acting, station, declare(**nameless), "secondary", FEVER)
    assert look(acting, station, declare(**nameless | {"full_name": "LO VAN PA"})).memory.stops
    brother = nameless | {"full_name": "Lò Văn Páo"}
    assert [stop["sure"] for stop in look(acting, station, declare(**brother)).memory.stops] == [False]
    by_another = declare(**brother | {"phone": "0909000111"})
    assert look(acting, station, by_another).memory.stops  # where he was held just now
    assert not look(acting, far_station, by_another).memory.stops


def test_somebody_else_is_not_held_for_it(an, acting, station):
    cross(acting, station, declare(), "secondary", FEVER)
    add_an(full_name="Lê Thị Hoa", sex=2, pin="079300001235", cmnd=None)
    hoa = declare(full_name="Lê Thị Hoa", sex=2, number="079300001235")
    assert (look(acting, station, hoa).colour, look(acting, station, hoa).memory.stops) == ("green", [])


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (NAMELESS, {}),
        ({}, NAMELESS),
        ({}, {"number": "079200009999"}),
        (NAMELESS, {"number": "079200009999"}),
    ],
)
def test_a_number_given_one_time_and_not_the_other_forgets_nothing(an, acting, station, first, then):
    cross(acting, station, declare(**first), "back", NO_PERMIT)
    again = look(acting, station, declare(**then, destination_area=commune("Phường Hải Châu, Đà Nẵng")))
    assert (again.colour, [stop["sure"] for stop in again.memory.stops]) == ("red", [True])


@pytest.mark.parametrize(("first", "then"), [(NAMELESS, {}), ({}, NAMELESS)])
def test_nor_does_an_illness_that_was_declared(an, acting, station, first, then):
    actions.declare(journey(**first, test_kind="pcr", test_result="positive"), uuid7(), acting)
    assert (
        look(acting, station, declare(**then, destination_area=commune("Phường Hải Châu, Đà Nẵng"))).colour
        == "red"
    )


def test_with_another_telephone_it_may_be_somebody_else_who_is_asked_and_not_cleared(an, acting, station):
    cross(acting, station, declare(**NAMELESS, phone="0977000000"), "back", NO_PERMIT)
    declared = declare()
    again = look(acting, station, declared)
    assert (again.colour, [stop["sure"] for stop in again.memory.stops]) == ("amber", [False])
    with pytest.raises(ReasonNeeded):
        cross(acting, station, declared)
    cross(acting, station, declared, "through", Reason("other_person"))
    assert look(acting, station, declare(**NAMELESS, phone="0977000000")).memory.stops


def test_whom_the_register_knows_as_somebody_else_is_somebody_else(an, acting, station):
    add_an(pin="079200005678", cmnd=None)  # born on the same day, of the same name
    cross(acting, station, declare(), "back", NO_PERMIT)
    other = declare(number="079200005678", phone="0977000000")
    assert (
        look(acting, station, other).colour == "green"
    )  # with one telephone they may be one who stands there twice


def test_the_desk_remembers_by_name_too_when_a_number_is_looked_up(an, acting, station):
    cross(acting, station, declare(**NAMELESS, phone=""), "secondary", FEVER)
    (traveller,) = lookups.identify(acting, "079200001234")
    assert [stop["decision"] for stop in traveller.memory.stops] == ["secondary"]


def test_two_who_hold_one_old_number_are_two(an, acting, station):
    other = (
        register.by_number(AN["pin"])[0].person_id,
        add_an(full_name="Lê Thị Hoa", sex=2, pin="079300005678", birth_date=dt.date(1975, 8, 22)),
    )
    hers = declare(
        full_name="Lê Thị Hoa",
        sex=2,
        number="079300005678",
        birth=PartialDate(1975, 8, 22),
        phone="0909000111",
    )
    his = declare(number_kind="cmnd", number=AN["cmnd"])
    cross(acting, station, his, "back", POSITIVE)
    assert (look(acting, station, hers).colour, look(acting, station, hers).memory.stops) == ("green", [])
    cross(acting, station, hers)
    assert look(acting, station, his).colour == "red"
    for traveller in lookups.identify(acting, AN["cmnd"]):
        assert bool(traveller.memory.stops) == (traveller.person.person_id == other[0])


def test_whoever_disagrees_is_shown_beside_the_holder_whom_they_fit_best(an, acting, station):
    hoa = add_an(full_name="Lê Thị Hoa", sex=2, pin="079300005678", birth_date=dt.date(1975, 8, 22))
    declared = declare(
        full_name="Lê Thị Hòa",
        sex=2,
        number_kind="cmnd",
        number=AN["cmnd"],
        birth=PartialDate(1975, 8, 23),
        phone="",
    )
    shown = look(acting, station, declared)
    assert shown.person["person_id"] == hoa


def test_who_gave_a_number_and_another_name_makes_its_holder_look_again_not_stop(an, acting, station):
    false = declare(full_name="Đặng Văn Gian", birth=PartialDate(1991, 3, 4), phone="0909000111")
    assert look(acting, station, false).colour == "red"  # the number is another's
    cross(acting, station, false, "back", Reason("false"))
    mine = declare()
    shown = look(acting, station, mine)
    assert (shown.colour, [(stop["sure"], stop["of"]) for stop in shown.memory.stops]) == (
        "amber",
        [(False, "number")],
    )
    cross(acting, station, mine, "through", Reason("papers"))
    assert [stop["sure"] for stop in look(acting, station, false).memory.stops] == [True]


def test_a_number_that_nobody_issued_holds_no_two_people_together(acting, station):
    hans = declare(
        full_name="Hans Müller",
        birth=PartialDate(1970, 1, 2),
        number_kind="passport",
        number="00000",
        phone="",
    )
    cross(acting, station, hans, "back", POSITIVE)
    yuki = declare(
        full_name="Yuki Tanaka",
        birth=PartialDate(1999, 5, 6),
        number_kind="passport",
        number="00000",
        phone="",
    )
    assert look(acting, station, yuki).colour == "amber"


@pytest.mark.parametrize(
    "anew",
    [
        {"birth": PartialDate(1990)},
        {"birth": PartialDate(1990, 11, 2)},
        {"full_name": "Smith John Michael"},
        {"full_name": "Smith John"},
    ],
)
def test_a_hold_is_not_lost_by_writing_the_same_otherwise(acting, station, anew):
    who = {
        "full_name": "John Michael Smith",
        "birth": PartialDate(1990, 2, 11),
        "number_kind": "none",
        "number": "",
        "nationality": "GBR",
    }
    cross(acting, station, declare(**who), "back", POSITIVE)
    for first, then in ((who, who | anew), (who | anew, who)):
        assert look(acting, station, declare(**then)).colour == "red", first
    assert look(acting, station, declare(**who | anew | {"phone": ""})).colour == "amber"


def test_what_took_the_place_of_a_stopped_declaration_is_stopped(acting, station):
    who = {"number_kind": "none", "number": "", "birth": PartialDate(1990, 2, 11), "full_name": "Hồ Văn Lạ"}
    first = declare(**who)
    cross(acting, station, first, "back", POSITIVE)
    sender = actions.Sender(sent=(first.declaration_id,))
    newer = actions.declare(journey(**who | {"phone": "0909000111"}), uuid7(), sender=sender)
    assert [look(acting, station, one).colour for one in (first, newer)] == ["red", "red"]
    cross(acting, station, newer, "through", Reason("negative"))
    assert look(acting, station, newer).memory.stops == []


def test_a_stranger_who_knows_number_name_and_year_makes_nobody_red(an, acting, station):
    mine = declare()
    declare(birth=PartialDate(2000), phone="", test_result="positive")
    shown = look(acting, station, mine)
    assert (shown.colour, [sign["sure"] for sign in shown.memory.signs]) == ("amber", [False])


def test_what_was_declared_under_a_number_of_before_is_remembered(an, acting, station):
    strange = {"full_name": "Nguyễn Văn Anh", "birth": PartialDate(2000, 2, 15), "phone": ""}
    false = declare(**strange, sex=2)
    cross(acting, station, false, "back", Reason("false"))
    steward = acting_as(make_official("ha", "data_steward"))
    register_actions.replace_pin(steward, an, "079200009999", dt.date.today(), "decision 1")
    assert look(acting, station, declare(number="079200009999")).memory.stops


def test_a_stranger_who_knows_number_and_name_makes_nobody_red(an, acting, station):
    clean = declare()
    declare(birth=PartialDate(1961), sex=2, phone="0977000000", test_kind="pcr", test_result="positive")
    again = look(acting, station, clean)
    assert (again.colour, [sign["sure"] for sign in again.memory.signs]) == ("amber", [False])


def test_a_passport_written_otherwise_is_the_same_passport(country, acting, station):
    held = declare(number_kind="passport", number="C1234567", full_name="John Smith")
    cross(acting, station, held, "back", NO_PERMIT)
    again = declare(number_kind="passport", number="c1234567", full_name="John Smith", phone="0977000000")
    assert look(acting, station, again).colour == "red"


@pytest.mark.parametrize(
    "anew",
    [
        {"birth": PartialDate(1990, 2, 12)},
        {"birth": PartialDate(1991, 2, 11)},
        {"full_name": "Hồ Văn Lã", "birth": PartialDate(1990, 2, 12)},
    ],
)
def test_the_same_telephone_leads_to_who_was_held_a_letter_or_a_digit_apart(
    acting, station, far_station, anew
):
    who = {"full_name": "Hồ Văn Lạ", "birth": PartialDate(1990, 2, 11), "number_kind": "none", "number": ""}
    cross(acting, station, declare(**who), "back", POSITIVE)
    shown = look(acting, far_station, declare(**who | anew))
    assert (shown.colour, [stop["of"] for stop in shown.memory.stops]) == ("amber", ["name"])
    assert look(acting, far_station, declare(**who | anew | {"phone": "0909000111"})).memory.stops == []


def test_children_of_one_telephone_are_not_each_other(acting, station):
    who = {"full_name": "Hồ Gia Hân", "birth": PartialDate(2015, 2, 11), "number_kind": "none", "number": ""}
    cross(acting, station, declare(**who), "secondary", FEVER)
    twin = declare(**who | {"full_name": "Hồ Ngọc Diệp"})
    older = declare(**who | {"full_name": "Hồ Gia Bảo", "birth": PartialDate(2012, 7, 30)})
    assert [look(acting, station, one).memory.stops for one in (twin, older)] == [[], []]


@pytest.mark.parametrize(
    ("name", "birth"),
    [
        ("Huỳnh Thị Tuyế", (1975, 10, 27)),
        ("Huynh Thi Tuyet", (1975, None, None)),
        ("Huỳnh Thị Tuyết", (1975, 10, 28)),
    ],
)
def test_who_is_being_held_here_is_remembered_of_one_who_says_so_in_other_letters(
    acting, station, far_station, name, birth
):
    tuyet = {
        "full_name": "Huỳnh Thị Tuyết",
        "birth": PartialDate(1975, 10, 27),
        "number_kind": "none",
        "number": "",
        "phone": "",
    }
    cross(acting, station, declare(**tuyet), "secondary", FEVER)
    claimed = ClaimedIdentity("", name, PartialDate(*birth))
    assert lookups.remembered_of(acting, claimed, station).stops
    assert (
        lookups.remembered_of(acting, ClaimedIdentity("", "Lê Văn Tám", PartialDate(*birth)), station).stops
        == []
    )


def test_a_foreigner_who_was_stopped_is_remembered_by_the_passport(acting, station):
    hans = declare(
        full_name="Hans Müller",
        birth=PartialDate(1970, 1, 2),
        number_kind="passport",
        number="C01X00T47",
        phone="",
    )
    cross(acting, station, hans, "back", POSITIVE)
    known = lookups.remembered_of(
        acting, ClaimedIdentity("C01X00T47", "Hans Muller", PartialDate(1970, 1, 2)), station
    )
    assert [stop["sure"] for stop in known.stops] == [True]
