"""Whose an illness is that a citizen declared: what the register recognised when it was declared stays
theirs, and asks for a reason; but nobody is stopped by what a stranger declared in their name.
"""

import datetime as dt

import pytest
from django.db import connection

from dancu.checkpoints import lookups
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.tests.test_one_answer import ago
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register
from dancu.testing.at_the_station import cross, look
from dancu.testing.officials import acting_as
from dancu.testing.people import ha
from dancu.testing.travellers import AN, add_an, commune, declare

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"
PHONE, OTHER_PHONE = "0901234567", "0977000000"
CHANGES = {
    "birth": {"birth_date": dt.date(2000, 2, 16)},
    "name": {"full_name": "Nguyễn Văn Ân"},
    "phone": {"phone": OTHER_PHONE},
    "all": {"birth_date": dt.date(1999, 10, 7), "full_name": "Trần Văn Ẩn", "phone": OTHER_PHONE, "sex": 2},
}


@pytest.fixture
def hai(country):
    return acting_as(ha())


def looked_up(acting):
    """An at the desk, by his number alone."""
    (traveller,) = lookups.identify(acting, AN["pin"])
    return traveller.memory


@pytest.mark.parametrize("change", CHANGES)
def test_a_positive_test_stays_who_declared_it_whatever_is_corrected_in_the_record(
    acting, hai, station, change
):
    an = add_an(phone=PHONE)
    declare(test_kind="pcr", test_result="positive")
    assert (looked_up(acting).colour, looked_up(acting).is_refused()) == ("red", True)
    register.correct(hai, an, CHANGES[change], "birth certificate")
    assert (looked_up(acting).colour, looked_up(acting).is_refused()) == ("red", True)
    record = AN | {"phone": PHONE} | CHANGES[change]
    anew = declare(
        full_name=record["full_name"],
        birth=PartialDate.of(record["birth_date"]),
        sex=record["sex"],
        phone=record["phone"],
        destination_area=commune(HAI_CHAU),
    )
    assert look(acting, station, anew).colour == "red"


@pytest.mark.parametrize(
    "fields", [(), ("birth_date",), ("full_name",), ("phone",), ("birth_date", "full_name", "phone")]
)
@pytest.mark.parametrize("ill_is_kept", [True, False])
def test_a_positive_test_stays_theirs_after_a_merge_and_when_it_is_undone(acting, hai, fields, ill_is_kept):
    ill = add_an(phone=PHONE)
    other = add_an(
        pin="079200009999",
        cmnd=None,
        full_name="Nguyễn Văn Ân",
        birth_date=dt.date(2000, 2, 16),
        phone=OTHER_PHONE,
    )
    declare(test_kind="pcr", test_result="positive")
    keep, gone = (ill, other) if ill_is_kept else (other, ill)
    merge = register.merge_people(hai, keep, gone, basis="one man", fields=fields)
    assert [(sign["sure"], sign["test_result"]) for sign in looked_up(acting).signs] == [(True, "positive")]
    register.undo_merge(hai, merge, basis="two men")
    assert looked_up(acting).colour == "red"


@pytest.mark.parametrize("sign", [{"test_result": "positive"}, {"symptoms": ("fever",)}, {"contact": True}])
def test_who_has_no_telephone_in_the_register_keeps_the_memory_of_what_they_declared(
    an, acting, station, sign
):
    declare(**sign)
    known = looked_up(acting)
    assert (known.colour, known.is_refused(), [one["sure"] for one in known.signs]) == (
        "amber",
        True,
        [False],
    )
    later = declare(phone="", destination_area=commune(HAI_CHAU))
    with pytest.raises(ReasonNeeded):
        cross(acting, station, later)
    assert look(acting, station, later).for_a_reason
    same_phone = declare(destination_area=commune(HAI_CHAU))
    assert look(acting, station, same_phone).colour == ("red" if "test_result" in sign else "amber")


@pytest.mark.parametrize("phone", ["", PHONE])
def test_nobody_is_locked_out_by_what_a_stranger_declared_in_their_name(acting, station, phone):
    add_an(phone=phone)
    mine = declare(phone=phone, destination_area=commune(HAI_CHAU))
    declare(phone=OTHER_PHONE, test_kind="pcr", test_result="positive", symptoms=("fever",))
    shown = look(acting, station, mine)
    assert (shown.colour, shown.for_a_reason) == ("amber", True)
    cross(acting, station, mine, "through", Reason("other_person"))
    assert (look(acting, station, mine).colour, look(acting, station, mine).for_a_reason) == ("green", False)
    declare(phone=OTHER_PHONE, test_kind="pcr", test_result="positive", destination_area=commune(HAI_CHAU))
    assert look(acting, station, mine).for_a_reason  # and what comes later is asked about


def test_a_card_that_was_checked_takes_no_illness_from_who_surely_declared_it(acting, station):
    add_an(phone=PHONE)
    declare(test_result="positive")
    mine = declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, mine, "through", Reason("other_person"))
    assert look(acting, station, mine).colour == "red"


@pytest.mark.parametrize(
    "whose",
    [
        {"full_name": "Lê Thị Hoa", "sex": 2, "phone": OTHER_PHONE},  # with An's number
        {"number": "", "number_kind": "none", "phone": OTHER_PHONE},  # of An's name and birth date
        {"birth": PartialDate(2000), "phone": ""},
    ],
)
def test_any_positive_test_asks_for_a_reason_also_where_it_is_perhaps_somebody_elses(
    an, acting, station, whose
):
    mine = declare(destination_area=commune(HAI_CHAU))
    declare(**whose, test_kind="pcr", test_result="positive")
    shown = look(acting, station, mine)
    assert (shown.colour, shown.for_a_reason, looked_up(acting).is_refused()) == ("amber", True, True)
    with pytest.raises(ReasonNeeded):
        cross(acting, station, mine)
    cross(acting, station, mine, "through", Reason("negative"))
    assert not look(acting, station, mine).for_a_reason


# Each sign for its own time


@pytest.mark.parametrize("beside", [{"contact": True}, {"test_kind": "pcr", "test_result": "positive"}])
def test_a_fever_is_over_when_it_would_be_alone_whatever_was_declared_beside_it(an, acting, station, beside):
    ill = declare(acting, symptoms=("fever",), **beside)
    mine = declare(destination_area=commune(HAI_CHAU))
    ago(24 * 2, ill)
    (sign,) = look(acting, station, mine).memory.signs
    assert sign["symptoms"] == ["fever"]
    ago(24 * 3, ill)
    (sign,) = look(acting, station, mine).memory.signs
    assert (sign["symptoms"], sign["contact"] or sign["test_result"]) == (
        [],
        beside.get("contact") or "positive",
    )
    assert look(acting, station, mine).for_a_reason
    ago(24 * 10, ill)
    assert look(acting, station, mine).memory.signs == []


def test_a_test_of_long_ago_beside_a_fever_counts_no_longer_than_alone(an, acting, station):
    ill = declare(acting, contact=True, test_result="positive", tested_on=dt.date.today() - dt.timedelta(14))
    mine = declare(destination_area=commune(HAI_CHAU))
    assert look(acting, station, mine).colour == "red"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE declaration SET tested_on = tested_on - 1 WHERE declaration_id = %s", [ill.declaration_id]
        )
    ago(24 * 5, ill)
    (sign,) = look(acting, station, mine).memory.signs
    assert (sign["contact"], sign["test_result"], look(acting, station, mine).colour) == (True, "", "amber")
