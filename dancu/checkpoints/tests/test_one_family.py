"""A family gives one number, and its names are nearly one: what is found of the one is asked of the
other, and clears and closes nothing of theirs.
"""

import datetime as dt

import pytest
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.actions import Sender, ask_about_doubtful, follow
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.superseding import would_replace
from dancu.isolation import actions as isolation
from dancu.isolation import lookups as arrivals
from dancu.isolation.lookups import Filters
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, arrival, cross, look, state_of
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import ha
from dancu.testing.travellers import AN, add_an, commune, declare, journey

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"
HUNG = {
    "full_name": "Trần Văn Hùng",
    "birth": PartialDate(1980, 3, 12),
    "number": "079080001234",
    "phone": "0912000111",
}
HUNG_SON = HUNG | {"full_name": "Trần Văn Hưng", "birth": PartialDate(2012, 9, 5)}
HOA = {
    "full_name": "Nguyễn Thị Hòa",
    "birth": PartialDate(1985, 3, 12),
    "number": "079185001234",
    "sex": 2,
    "phone": "0912000222",
}
HOA_DAUGHTER = HOA | {"full_name": "Nguyễn Thị Hoa", "birth": PartialDate(2018, 9, 5)}
GRANDFATHER = HUNG | {"birth": PartialDate(1950, 3, 12)}
GRANDSON = HUNG | {"birth": PartialDate(2010, 3, 12)}
OF_YEARS = HUNG | {"birth": PartialDate(1980)}, HUNG | {"birth": PartialDate(2012)}
MINH_AN = {
    "full_name": "Nguyễn Minh An",
    "birth": PartialDate(2014, 5, 1),
    "sex": 1,
    "phone": "",
    "declared_by": "other",
    "declarer_name": "Nguyễn Văn An",
    "declarer_phone": "0901234567",
}
MINH_ANH = MINH_AN | {"full_name": "Nguyễn Minh Anh", "birth": PartialDate(2018, 9, 9), "sex": 2}
TWINS = MINH_AN, MINH_AN | {"full_name": "Nguyễn Minh Anh"}
TWIN_BROTHERS = MINH_AN | {"full_name": "Nguyễn Minh Hùng"}, MINH_AN | {"full_name": "Nguyễn Minh Hưng"}
NEWBORNS = (
    MINH_AN | {"full_name": "Con bà Trần Thị Lan"},
    MINH_AN | {"full_name": "Con bà Trần Thị Lan", "sex": 2},
)
FAMILIES = [
    (HUNG, HUNG_SON),
    (HUNG_SON, HUNG),
    (HOA, HOA_DAUGHTER),
    (HOA_DAUGHTER, HOA),
    (GRANDFATHER, GRANDSON),
    OF_YEARS,
    (MINH_AN, MINH_ANH),
    TWINS,
    TWIN_BROTHERS,
    NEWBORNS,
    [one | NAMELESS for one in TWINS],
    [one | NAMELESS for one in TWIN_BROTHERS],
]
TWO_SLIPS = {
    "full_name": "Nguyễn Văn Anh",
    "birth": PartialDate(2000, 2, 16),
}  # the register does not recognise it
SLIPS = [
    {"birth": PartialDate(2000)},
    {"birth": PartialDate(2000, 2, 16)},
    {"birth": PartialDate(1999, 2, 15)},
    {"full_name": "Nguyễn Văn Anh"},
    TWO_SLIPS,
]
NO_SLIPS = [
    {"birth": PartialDate(1991, 7, 9)}, {"birth": PartialDate(1980, 2, 15)}, {"birth": PartialDate(1999)},
    {"full_name": "Nguyễn Văn Ang", "birth": PartialDate(1991, 7, 9)},
    {"number_kind": "cmnd", "number": AN["cmnd"], "birth": PartialDate(1991, 7, 9)},
]  # fmt: skip


@pytest.fixture
def family(country):
    """Whose numbers are given is in the register."""
    add_an()
    add_an(full_name=HUNG["full_name"], birth_date=dt.date(1980, 3, 12), pin=HUNG["number"], cmnd=None)
    return add_an(
        full_name=HOA["full_name"], birth_date=dt.date(1985, 3, 12), pin=HOA["number"], cmnd=None, sex=2
    )


@pytest.fixture
def chi(country):
    return acting_as(make_official("chi", "commune_officer", "area", commune(HAI_CHAU)))


@pytest.fixture
def hai(db):
    return acting_as(ha())


def there(**changes):
    """A declaration to Hải Châu."""
    return declare(**changes, destination_area=commune(HAI_CHAU))


def people_coming(chi) -> int:
    return arrivals.how_many(chi, Filters())


def surely(shown) -> list[bool]:
    return [stop["sure"] for stop in shown.memory.stops]


def decide(acting, decision: str) -> int:
    ask_about_doubtful()
    case = reviewed.next_case(acting, "declaration")
    assert case
    review.decide(acting, case.case_id, decision, case.candidates[0].person["person_id"])
    follow(acting, case.case_id)
    return case.case_id


@pytest.mark.parametrize(("one", "other"), FAMILIES)
def test_what_is_found_of_the_one_is_asked_of_the_other_and_is_not_cleared_by_them(
    family, acting, station, one, other
):
    ill, well = declare(**one), declare(**other)
    cross(acting, station, ill, "back", POSITIVE)
    shown = look(acting, station, well)
    assert (shown.memory.colour, surely(shown)) == ("amber", [False])
    with pytest.raises(ReasonNeeded):
        cross(acting, station, well)
    cross(acting, station, well, "through", Reason("negative"))
    assert (look(acting, station, ill).colour, surely(look(acting, station, ill))) == ("red", [True])
    assert (state_of(ill), arrival(ill)["warnings"]) == ("turned_back", ["positive"])
    assert (state_of(well), arrival(well)["warnings"], arrival(well)["warned_elsewhere"]) == (
        "on_the_way",
        [],
        [],
    )
    assert lookups.station_counts(station) == {"through": 1, "secondary": 0, "back": 1}


@pytest.mark.parametrize(("one", "other"), FAMILIES)
def test_each_of_them_has_a_line_and_is_met_alone(family, acting, station, chi, one, other):
    first, second = there(**one), there(**other)
    assert people_coming(chi) == 2
    isolation.meet(chi, first.declaration_id)
    assert (state_of(first), state_of(second)) == ("met", "declared")
    assert look(acting, station, second).status == "valid"


@pytest.mark.parametrize(("one", "other"), FAMILIES)
def test_nobodys_declaration_takes_the_place_of_anothers_pass(family, acting, station, one, other):
    first = declare(**one)
    sender = Sender(sent=(first.declaration_id,))
    assert would_replace(journey(**other), sender) == []
    second = actions.declare(journey(**other), uuid7(), None, sender)
    assert [lookups.pass_in_full(each.pass_id)["superseded_at"] for each in (first, second)] == [None, None]
    assert (state_of(first), state_of(second)) == ("declared", "declared")


def test_a_child_with_the_number_of_a_parent_who_signed_in_replaces_nothing(an, acting, station):
    mine = declare()
    child = journey(full_name="Nguyễn Văn Ân", birth=PartialDate(2019, 6, 3))
    assert would_replace(child, Sender(person_id=an)) == []
    actions.declare(child, uuid7(), None, Sender(person_id=an, sent=(mine.declaration_id,)))
    assert not lookups.pass_in_full(mine.pass_id)["superseded_at"]


@pytest.mark.parametrize("slip", SLIPS)
def test_who_wrote_a_slip_is_asked_about_their_own_pass(an, slip):
    first = declare()
    by_number, by_session = Sender(person_id=an), Sender(sent=(first.declaration_id,))
    for sender in (by_number, by_session):
        (found,) = would_replace(journey(**slip), sender)
        assert (found["pass_id"], found["full_name"], found["birth_year"]) == (
            first.pass_id,
            "Nguyễn Văn An",
            2000,
        )


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("slip_first", [True, False])
def test_who_was_stopped_is_stopped_with_a_slip_in_what_they_say(an, acting, station, chi, slip, slip_first):
    first, then = (slip, {}) if slip_first else ({}, slip)
    held, again = declare(**first), there(**then)
    cross(acting, station, held, "back", POSITIVE)
    assert (look(acting, station, again).colour, surely(look(acting, station, again))) == ("red", [True])
    assert arrival(again)["warned_elsewhere"] == ["positive"]


@pytest.mark.parametrize("said", NO_SLIPS)
@pytest.mark.parametrize("said_first", [True, False])
@pytest.mark.parametrize(("decision", "reason"), [("secondary", FEVER), ("back", POSITIVE)])
def test_nobody_slips_away_by_another_birth_date(an, acting, station, said, said_first, decision, reason):
    first, then = (said, {}) if said_first else ({}, said)
    cross(acting, station, declare(**first, phone=""), decision, reason)
    again = declare(**then, phone="")
    shown = look(acting, station, again)
    assert (shown.memory.colour, surely(shown), [stop["of"] for stop in shown.memory.stops]) == (
        "amber",
        [False],
        ["name"],
    )
    assert shown.colour != "green"
    with pytest.raises(ReasonNeeded):
        cross(acting, station, again)


def test_nor_by_declaring_to_be_well_with_another_birth_date(an):
    ill = declare(symptoms=("fever",))
    assert ill.withheld
    sender = Sender(sent=(ill.declaration_id,))
    assert actions.declare(journey(birth=PartialDate(1991, 7, 9)), uuid7(), None, sender).marked
    assert not actions.declare(journey(full_name="Lê Thị Hoa", sex=2), uuid7(), None, sender).marked


def test_whom_a_steward_parts_from_the_holder_of_their_number_is_another(an, acting, station, chi, hai):
    mine, other = there(), there(**TWO_SLIPS, phone="")
    assert (other.person_id < 0, people_coming(chi)) == (True, 1)
    cross(acting, station, mine, "back", POSITIVE)
    assert surely(look(acting, station, other)) == [True]
    case_id = decide(hai, "different")
    assert look(acting, station, other).memory.stops == []
    assert (people_coming(chi), arrival(other)["warned_elsewhere"]) == (2, [])
    cross(acting, station, other, "through", Reason("papers"))
    assert look(acting, station, mine).colour == "red"
    isolation.meet(chi, other.declaration_id)
    assert state_of(mine) == "turned_back"
    review.undo(hai)
    follow(hai, case_id)
    assert surely(look(acting, station, other)) == [True]
    assert (people_coming(chi), arrival(other)["warned_elsewhere"]) == (1, ["positive"])


def test_whoever_was_parted_stays_so_when_they_declare_the_same_again(an, acting, station, chi, hai):
    said = TWO_SLIPS | {"phone": ""}
    mine, other = there(), there(**said)
    decide(hai, "different")
    again, mine_again = there(**said), there(departs_on=dt.date.today() + dt.timedelta(9))
    assert people_coming(chi) == 2
    cross(acting, station, other, "back", POSITIVE)
    assert surely(look(acting, station, again)) == [True]
    for each in (mine, mine_again):
        assert look(acting, station, each).memory.stops == []
        assert arrival(each)["warned_elsewhere"] == []
    (traveller,) = lookups.identify(acting, AN["pin"])
    assert traveller.memory.stops == []


def test_a_child_whom_a_steward_parts_from_its_father_is_not_asked_about_him(family, acting, station, hai):
    father, son = declare(**HUNG), declare(**HUNG_SON)
    cross(acting, station, father, "back", POSITIVE)
    assert surely(look(acting, station, son)) == [False]
    decide(hai, "different")
    assert look(acting, station, son).memory.stops == []
    cross(acting, station, son, "secondary", FEVER)
    assert [stop["reason_code"] for stop in look(acting, station, father).memory.stops] == ["positive"]


def test_a_child_whom_a_steward_finds_to_be_another_of_the_register_is_that_one(
    family, acting, station, chi, hai
):
    son = add_an(full_name="Trần Văn Hưng", birth_date=dt.date(2012, 9, 5), pin="079212001234", cmnd=None)
    father, declared = there(**HUNG), there(**HUNG_SON)
    ask_about_doubtful()
    case = reviewed.next_case(hai, "declaration")
    review.decide(hai, case.case_id, "same", son)
    follow(hai, case.case_id)
    cross(acting, station, father, "back", POSITIVE)
    assert look(acting, station, declared).memory.stops == []
    cross(acting, station, there(**HUNG_SON | {"number": "079212001234"}), "secondary", FEVER)
    assert surely(look(acting, station, declared)) == [True]
    assert people_coming(chi) == 2


def test_two_records_that_a_steward_found_to_be_two_people_are_two(an, acting, station, hai):
    twice = add_an(pin="079200005678", cmnd=None)
    mine, other = declare(), declare(number="079200005678")
    cross(acting, station, mine, "back", POSITIVE)
    assert surely(look(acting, station, other)) == [False]
    review.propose([review.Case("duplicate", [review.CaseCandidate(twice, 3.0)], left_person=an)])
    case = reviewed.next_case(hai, "duplicate")
    review.decide(hai, case.case_id, "different")
    assert look(acting, station, other).memory.stops == []


def test_records_that_were_merged_and_parted_again_are_two(an, acting, station, hai):
    twice = add_an(pin="079200005678", cmnd=None)
    mine, other = declare(), declare(number="079200005678")
    cross(acting, station, mine, "back", POSITIVE)
    register.undo_merge(hai, register.merge_people(hai, an, twice, basis="one person"), basis="two people")
    assert look(acting, station, other).memory.stops == []


def test_one_with_a_number_once_and_without_it_another_time_is_one_in_the_figures(country, acting, station):
    pa = {"full_name": "Lò Văn Pá"}
    held, through = declare(**pa, **NAMELESS), declare(**pa, number="079200009999")
    cross(acting, station, held, "secondary", FEVER)
    cross(acting, station, through, "through", Reason("well"))
    assert lookups.station_counts(station) == {"through": 1, "secondary": 0, "back": 0}


def test_whoever_of_the_register_also_passed_without_a_number_is_one_in_the_figures(an, acting, station):
    cross(acting, station, declare(**NAMELESS), "secondary", FEVER)
    cross(acting, station, declare(), "through", Reason("well"))
    assert lookups.station_counts(station) == {"through": 1, "secondary": 0, "back": 0}
