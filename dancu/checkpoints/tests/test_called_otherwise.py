"""Who was found ill declares anew from the same telephone, by the name that people call them by."""

import pytest
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.actions import Sender
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.matching.likeness import is_called_so, is_shortened
from dancu.matching.lookups import ClaimedIdentity, PartialDate
from dancu.testing.at_the_station import POSITIVE, cross, look
from dancu.testing.travellers import commune, declare, journey

BORN = PartialDate(1990, 11, 23)
HUONG = {
    "full_name": "Vũ Thị Hường",
    "sex": 2,
    "birth": BORN,
    "number": "",
    "number_kind": "none",
    "phone": "0977111222",
    "home_area": None,
}
CALLED = [
    ("Vũ Thị Hường", "Huong"),
    ("Vũ Thị Hường", "Chị Hường"),
    ("Vũ Thị Hường", "Vũ T. Hường"),
    ("Vũ Thị Hường", "V.T. Hường"),
    ("Vũ Thị Hường", "VT Hường"),
    ("Vũ Thị Hường", "V.T.H."),
    ("Vũ Thị Hường", "Vux Thij Huongwf"),
    ("Vũ Thị Hường", "Hường Vũ"),
    ("Nguyễn Thị Bích", "Bích"),
    ("Y Bler", "Bler"),
    ("Hwang Jihoon", "Jihoon"),
    ("Hwang Jihoon", "Ji Hoon"),
    ("Hwang Ji Hoon", "Hwang Jihoon"),
    ("Nguyễn Văn Tý", "Tí"),
    ("Tôn Nữ Thị Ninh", "cô Ninh"),
]
OTHERS = [
    ("Vũ Thị Hường", "Vũ Thị Lan"),
    ("Vũ Thị Hường", "Vũ Thị"),
    ("Hồ Gia Hân", "Hồ Gia Bảo"),
    ("Hồ Gia Hân", "Bảo"),
    ("Y Bler", "Y Thon"),
    ("Vũ Thị Hường", "L.T.M."),
    ("Vũ Thị Hường", "..."),
]


@pytest.mark.parametrize(("whole", "called"), CALLED)
def test_a_name_may_stand_for_another_as_people_are_called(whole, called):
    assert is_called_so(whole, called)
    assert is_called_so(called, whole)


@pytest.mark.parametrize(("whole", "called"), [pair for pair in OTHERS if pair[1] != "Vũ Thị"])
def test_brothers_and_sisters_are_called_otherwise(whole, called):
    assert not is_called_so(whole, called)
    assert not is_called_so(called, whole)


def test_two_whole_names_with_one_given_name_are_not_shortened():
    assert is_called_so("Trần Quốc Anh", "Nguyễn Văn Anh")
    assert not is_shortened("Trần Quốc Anh", "Nguyễn Văn Anh")
    assert not is_shortened("", "")
    assert all(
        is_shortened("Vũ Thị Hường", called)
        for called in ("Hường", "bà Hường", "V.T. Hường", "VT Hường", "V.T.H.")
    )


@pytest.mark.parametrize(("whole", "called"), CALLED)
def test_with_the_same_telephone_and_whole_birth_date_the_officer_asks(
    country, acting, station, whole, called
):
    who = HUONG | {"full_name": whole, "sex": 0}
    cross(acting, station, declare(**who), "back", POSITIVE)
    again = declare(**who | {"full_name": called})
    shown = look(acting, station, again)
    assert shown.colour in ("amber", "red")
    assert [stop["reason_code"] for stop in shown.memory.stops] == ["positive"]
    with pytest.raises(ReasonNeeded):
        cross(acting, station, again)


@pytest.mark.parametrize(
    "but_for",
    [
        {"birth": PartialDate(2016, 5, 4)},
        {"birth": PartialDate(1990, 11, 24)},
        {"birth": PartialDate(1991, None, None)},
        {"birth": PartialDate(1991, 1, 1)},
        {"phone": "0977111333", "plate": "65A-22334"},
        {"phone": "", "plate": ""},
        {"full_name": "Lan"},
    ],
    ids=str,
)
def test_less_than_that_settles_nothing(country, acting, station, but_for):
    cross(acting, station, declare(**HUONG), "back", POSITIVE)
    assert look(acting, station, declare(**HUONG | {"full_name": "Hường"} | but_for)).memory.stops == []


@pytest.mark.parametrize(
    "by", [{"plate": "65A-22334"}, {"phone": "0977111333"}], ids=["telephone", "vehicle"]
)
@pytest.mark.parametrize(
    "birth", [BORN, PartialDate(1990), PartialDate(1990, 1, 1), PartialDate(1990, 11)], ids=str
)
def test_with_the_same_telephone_or_vehicle_the_year_is_enough_to_ask(country, acting, station, by, birth):
    cross(acting, station, declare(**HUONG), "back", POSITIVE)
    again = declare(**HUONG | {"full_name": "Bà Hường", "birth": birth} | by)
    assert [(stop["sure"], stop["of"]) for stop in look(acting, station, again).memory.stops] == [
        (False, "name")
    ]
    with pytest.raises(ReasonNeeded):
        cross(acting, station, again)


def test_a_child_on_its_mothers_telephone_is_not_she(country, acting, station):
    cross(acting, station, declare(**HUONG), "back", POSITIVE)
    child = HUONG | {
        "full_name": "Bé Hường",
        "birth": PartialDate(2020, 1, 2),
        "phone": "",
        "declarer_phone": HUONG["phone"],
        "declarer_name": "Vũ Thị Hường",
        "declared_by": "other",
    }
    assert look(acting, station, declare(**child)).memory.stops == []


def test_whoever_declared_for_both_links_them_too(country, acting, station):
    by = {"phone": "", "declarer_phone": "0909555666", "declarer_name": "Lê Thị Mai", "declared_by": "other"}
    cross(acting, station, declare(**HUONG | by), "back", POSITIVE)
    assert look(acting, station, declare(**HUONG | by | {"full_name": "Hường"})).memory.stops


def test_it_is_remembered_at_another_station_and_of_what_was_declared(country, acting, station, far_station):
    declare(**HUONG, test_result="positive")
    shown = look(acting, far_station, declare(**HUONG | {"full_name": "Chị Hường"}))
    assert (shown.colour, shown.for_a_reason) == ("amber", True)


def test_it_clears_nothing(country, acting, station):
    cross(acting, station, held := declare(**HUONG), "back", POSITIVE)
    cross(acting, station, declare(**HUONG | {"full_name": "Hường"}), "through", Reason("negative"))
    assert look(acting, station, held).colour == "red"


def test_the_desk_remembers_who_was_stopped_here_by_the_whole_date(country, acting, station, far_station):
    cross(acting, station, declare(**HUONG | {"full_name": "Nguyễn Thị Bích"}), "back", POSITIVE)
    claimed = ClaimedIdentity("", "Bích", BORN)
    assert lookups.remembered_of(acting, claimed, station).stops
    assert lookups.remembered_of(acting, claimed, far_station).stops == []
    assert (
        lookups.remembered_of(
            acting, ClaimedIdentity("", "Bích", PartialDate(1990, None, None)), station
        ).stops
        == []
    )


def test_who_sends_both_is_given_a_marked_pass(country):
    ill = uuid7()
    actions.declare(journey(**HUONG, symptoms=("cough",)), ill)
    well = journey(**HUONG | {"full_name": "Hường", "destination_area": commune("Phường Hải Châu, Đà Nẵng")})
    assert actions.declare(well, uuid7(), sender=Sender(sent=(ill,))).marked
    sister = journey(**HUONG | {"full_name": "Lan"})
    assert not actions.declare(sister, uuid7(), sender=Sender(sent=(ill,))).marked


SLIPS = [
    PartialDate(1991, 11, 23),
    PartialDate(1990, 11, 28),
    PartialDate(1990, 10, 23),
    PartialDate(1980, 11, 23),
]


@pytest.mark.parametrize("birth", SLIPS, ids=str)
@pytest.mark.parametrize("plate", ["59X1-12345", "65A-22334", ""])
def test_who_declares_anew_with_a_slip_is_asked_where_they_were_stopped(
    country, acting, station, far_station, birth, plate
):
    cross(acting, station, declare(**HUONG | {"phone": ""}), "secondary", POSITIVE)
    again = declare(**HUONG | {"birth": birth, "phone": "", "plate": plate})
    shown = look(acting, station, again)
    assert [(stop["reason_code"], stop["sure"]) for stop in shown.memory.stops] == [("positive", False)]
    with pytest.raises(ReasonNeeded):
        cross(acting, station, again)
    assert look(acting, far_station, again).memory.stops == []
    assert cross(acting, station, again, "through", Reason("other_person"))
    assert look(acting, station, again).memory.stops == []


def test_with_the_given_name_left_out_too_in_the_same_vehicle(country, acting, station):
    cross(
        acting,
        station,
        declare(**HUONG | {"full_name": "Đinh Thị Mỹ Duyên", "phone": ""}),
        "secondary",
        POSITIVE,
    )
    again = declare(**HUONG | {"full_name": "Đinh Thị Mỹ", "phone": ""})
    assert look(acting, station, again).memory.stops


def test_whom_the_register_recognises_now_is_asked_where_one_vehicle_holds_them_together(an, acting, station):
    slip = {
        "birth": PartialDate(2000, 2, 16),
        "phone": "",
        "number": "",
        "number_kind": "none",
        "home_area": None,
    }
    cross(acting, station, declare(**slip), "secondary", POSITIVE)
    assert look(acting, station, declare(phone="0977000000")).for_a_reason
    assert not look(acting, station, declare(phone="0977000000", plate="65A-22334")).memory.stops


def test_another_in_the_same_vehicle_and_a_namesake_are_not_asked(country, acting, station):
    cross(acting, station, declare(**HUONG | {"phone": ""}), "secondary", POSITIVE)
    for other in ({"full_name": "Vũ Thị Lan"}, {"birth": PartialDate(1962, 3, 5), "plate": "65A-22334"}):
        assert look(acting, station, declare(**HUONG | {"phone": ""} | other)).memory.stops == []
