"""What a device is told to ask about: whoever the desk would remember, and nobody else."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dancu.checkpoints import actions, ask_list, carried
from dancu.checkpoints.codes import pass_code
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.tests.test_one_family import decide
from dancu.isolation import actions as isolation
from dancu.matching.lookups import PartialDate
from dancu.modules import brought
from dancu.register import actions as register
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, cross, look
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.rules import document, in_force
from dancu.testing.travellers import AN, add_an, commune, declare

FAR = "Phường Hải Châu, Đà Nẵng"
HOA = NAMELESS | {
    "full_name": "Lê Thị Hoa",
    "sex": 2,
    "phone": "0977000000",
    "birth": PartialDate(1951, 9, 14),
    "plate": "65A-11111",
    "home_area": None,
}
LOAN = HOA | {
    "full_name": "Trần Kim Loan",
    "phone": "0911000000",
    "birth": PartialDate(1988, 3, 5),
    "plate": "66A-22222",
}
SAME_TRAVELLER = [
    {},
    {"full_name": "Lê Hoa", "phone": ""},
    {"full_name": "Lê Thị Loa", "birth": PartialDate(1951, 9, 15)},
    {"phone": "", "plate": ""},
    {"phone": "", "birth": PartialDate(1951, 14 - 2, 9), "plate": "65A-11111"},
    {"phone": "", "plate": "", "birth": PartialDate(1951, 1, 1)},
    {"phone": "", "plate": "", "birth": PartialDate(1951)},
]


def why(declared) -> int | None:
    return ask_list.to_ask_about("", 0).get(ask_list.asking_key(pass_code(declared.pass_id)))


def listed(declared) -> bool:
    return why(declared) == ask_list.REMEMBERED


def coming(**said):
    return declare(**said, destination_area=commune(FAR))


def test_of_most_travellers_there_is_nothing_to_ask(an, acting, station):
    mine = declare()
    cross(acting, station, declare(**LOAN), "back", POSITIVE)
    cross(acting, station, mine)
    assert why(mine) is None


def test_of_what_did_not_agree_with_the_register_in_full_that_is_told(an):
    differing = coming(birth=PartialDate(2000, 2, 16))
    assert [why(one) for one in (declare(), differing, coming(**HOA))] == [
        None,
        ask_list.UNCONFIRMED,
        ask_list.UNCONFIRMED,
    ]


@pytest.mark.parametrize("said", [{"symptoms": ("cough",)}, {"contact": True}])
def test_what_the_traveller_declared_of_an_illness_is_asked_about(an, said):
    with in_force(document("illness", otherwise="ordinary")):
        assert listed(declare(**said))


@pytest.mark.parametrize("anew", SAME_TRAVELLER)
@pytest.mark.parametrize(("decision", "reason"), [("secondary", FEVER), ("back", POSITIVE)])
def test_whoever_may_have_been_stopped_is_asked_until_it_is_cleared(
    country, acting, station, anew, decision, reason
):
    held = declare(**HOA)
    cross(acting, station, held, decision, reason)
    again = coming(**HOA | anew)
    assert listed(again)
    cross(acting, station, held, "through", Reason("negative"))
    cross(acting, station, held, "through", Reason("well"))
    assert listed(again) == bool(look(acting, station, again).memory.stops)


def test_a_stop_that_was_taken_back_is_nothing_to_ask_about(an, acting, station):
    declared = declare()
    crossing_id = cross(acting, station, declared, "secondary", FEVER)
    actions.undo_crossing(acting, crossing_id)
    assert not listed(declared)


UNKNOWN = NAMELESS | {
    "full_name": "Nguyễn Văn An",
    "sex": 1,
    "phone": "",
    "birth": PartialDate(2000, 2, 15),
    "plate": "",
    "home_area": None,
}


@pytest.mark.parametrize(
    ("said", "seen_plate"),
    [
        ({"phone": "0901234567", "birth": PartialDate(2001, 2, 15)}, ""),
        ({"plate": "59X1-12345", "birth": PartialDate(2001, 2, 15)}, ""),
        ({"plate": "51F-00001", "birth": PartialDate(2001, 2, 15)}, "59X1-12345"),
        ({"full_name": "An Nguyễn Văn"}, ""),
        ({"full_name": "AN NGUYEN VAN"}, ""),
        ({"birth": PartialDate(2000)}, ""),
        ({"number_kind": "pin", "number": AN["pin"], "full_name": "Trần Văn Cường"}, ""),
        ({"number_kind": "cmnd", "number": AN["cmnd"], "full_name": "Trần Văn Cường"}, ""),
    ],
)
def test_whoever_the_desk_may_take_for_a_stranger_who_was_stopped_is_asked(
    an, acting, station, said, seen_plate
):
    stranger = declare(**UNKNOWN | said)
    assert stranger.person_id < 0
    cross(acting, station, stranger, "back", POSITIVE, plate=seen_plate)
    mine = coming()
    assert look(acting, station, mine).for_a_reason
    assert listed(mine)


def test_the_registers_telephone_leads_to_a_stranger_too(country, acting, station):
    add_an(phone="0988000111")
    stranger = declare(**UNKNOWN | {"phone": "0988000111", "birth": PartialDate(2001, 2, 15)})
    cross(acting, station, stranger, "back", POSITIVE)
    assert listed(coming())


def test_what_a_steward_found_to_be_somebodys_leads_further(an, acting, station):
    words = {"full_name": "Nguyễn Văn Anh", "birth": PartialDate(2001, 2, 16), "phone": "0977123123"}
    declare(**UNKNOWN | words | {"number_kind": "pin", "number": AN["pin"]})
    assert decide(acting_as(make_official("ha", "data_steward")), "same")
    other = declare(**UNKNOWN | words)
    cross(acting, station, other, "back", POSITIVE)
    mine = coming()
    assert look(acting, station, mine).colour == "red"
    assert listed(mine)


def test_whose_journey_has_ended_is_asked(an, acting, station):
    declared = coming()
    cross(acting, station, declared)
    assert not listed(declared)
    isolation.meet(
        acting_as(make_official("chi", "commune_officer", "area", commune(FAR))), declared.declaration_id
    )
    assert look(acting, station, declared).status == "completed"
    assert listed(declared)


def test_who_was_missing_long_ago_and_is_so_again_is_asked(an):
    register.record_missing(None, an, timezone.localdate() - dt.timedelta(days=60), "Quyết định 3/2026")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE life_event SET recorded_at = recorded_at - interval '40 days'")
    register.record_return(None, an, timezone.localdate() - dt.timedelta(days=20), "Biên bản 5/2026")
    mine = declare()
    assert not listed(mine)
    event_id = next(one for one, kind in rows("SELECT event_id, kind FROM life_event") if kind == "return")
    register.undo_event(None, an, event_id, "Ghi nhầm người")
    assert listed(mine)


def test_whom_the_register_knows_is_not_asked_about_a_namesake_whom_it_knows_too(an, acting, station):
    add_an(pin="079200009999", cmnd=None, full_name="Nguyễn Thị An", sex=2)
    other = declare(full_name="Nguyễn Thị An", number="079200009999", sex=2, phone="0911111111", plate="")
    cross(acting, station, other, "back", POSITIVE)
    assert (listed(other), listed(coming())) == (True, False)


def test_what_was_declared_under_a_number_of_before_is_asked_about(an, acting, station):
    stranger = declare(
        number_kind="cmnd", number=AN["cmnd"], full_name="Nguyễn Văn Ân", birth=PartialDate(1991, 7, 9), phone="",
        plate="",
    )  # fmt: skip
    assert stranger.person_id < 0
    cross(acting, station, stranger, "back", POSITIVE)
    assert listed(coming())


def test_who_is_missing_since_the_pass_was_made_is_asked_about(an):
    declared = declare()
    register.record_missing(None, an, timezone.localdate() - dt.timedelta(days=1), "Quyết định 3/2026")
    assert listed(declared)


def test_a_pass_that_is_over_takes_no_place_in_the_list(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pass SET expires_at = now() - interval '1 minute'")
    assert ask_list.to_ask_about("", 0) == {}


def test_a_key_tells_nothing_and_is_the_device_s(an, acting, station):
    assert ask_list.asking_key("7K3M-9QX2-PF4Y") == "D_QjD"  # as in assets/tests/offline.test.js


def test_the_list_is_looked_at_more_often_than_a_device_counts_on(an):
    """A pass two minutes older than a bundle was there when its list was made (assets/checkpoint/passage.js)."""
    parts = brought(lambda module: module.bundle)
    assert parts["ask"].kept < dt.timedelta(minutes=2)


def test_what_remembering_nothing_comes_to_is_carried(country, station):
    assert carried.rules_of_passage("station", station)["nothing-remembered"] == "green"
    with in_force(document("remembered", otherwise="amber")):
        assert carried.rules_of_passage("station", station)["nothing-remembered"] == "amber"


def test_the_rules_of_a_station_are_its_own_province_s_first_and_those_of_tomorrow_too(country, station):
    tomorrow = (timezone.now() + dt.timedelta(days=1)).isoformat()
    next_month = (timezone.now() + dt.timedelta(days=30)).isoformat()
    with in_force(
        document("passage", otherwise="green"),
        document("passage", otherwise="amber", version=2, valid_from=tomorrow),
        document("passage", otherwise="red", version=3, valid_from=next_month),
        document("passage", otherwise="amber", id="vinh-long", area="86"),
        document("passage", otherwise="red", id="can-tho", area="92"),
    ):
        told = carried.rules_of_passage("station", station)["passage"]
    assert [[(rule["id"], rule["version"]) for rule in area] for area in told] == [
        [("vinh-long", 1)],
        [("passage-of-a-test", 2), ("passage-of-a-test", 1)],
    ]
