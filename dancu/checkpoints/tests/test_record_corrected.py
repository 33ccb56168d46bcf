"""The register's record of who was let through says otherwise since: what their pass cleared stays
cleared, or was another's all along.
"""

import datetime as dt

import pytest

from dancu.checkpoints import actions
from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, arrival, cross, look, state_of
from dancu.testing.officials import acting_as
from dancu.testing.people import ha
from dancu.testing.travellers import add_an, commune, declare

BINH = {
    "full_name": "Lê Văn Bình",
    "birth_date": dt.date(1990, 5, 17),
    "pin": "079090009999",
    "cmnd": None,
    "phone": "0977111222",
}
SAID = {"full_name": "Lê Văn Bình", "birth": PartialDate(1990, 5, 17), "sex": 1}


@pytest.fixture
def steward(db):
    return acting_as(ha())


@pytest.fixture
def binh_of_the_register(country):
    return add_an(**BINH)


@pytest.fixture
def nameless(binh_of_the_register):
    """A stranger by Bình's name, birth date and telephone."""
    return declare(**SAID, **NAMELESS, phone="0977111222", home_area=None)


@pytest.fixture
def his(binh_of_the_register):
    """Bình's own pass, with the telephone that he has now."""
    return declare(
        **SAID, number=BINH["pin"], phone="0966000111", destination_area=commune("Phường Hải Châu, Đà Nẵng")
    )


def test_what_was_cleared_stays_cleared_when_a_telephone_that_changed_is_put_right(
    acting, station, steward, binh_of_the_register, nameless, his
):
    again = add_an(**BINH | {"pin": None, "phone": None, "cmnd": "025777777"})
    cross(acting, station, nameless, "secondary", FEVER)
    cross(acting, station, his, "through", Reason("well"))
    register.correct(steward, binh_of_the_register, {"phone": "0966000111"}, "a new telephone")
    actions.regrouped(binh_of_the_register)
    assert look(acting, station, nameless).memory.stops == []
    register.merge_people(steward, binh_of_the_register, again, basis="one person")
    actions.regrouped(binh_of_the_register)
    assert look(acting, station, nameless).memory.stops == []
    assert (state_of(nameless), arrival(nameless)["warnings"]) == ("declared", [])


def test_whom_a_wrong_record_took_for_another_is_stopped_again_when_it_is_put_right(
    acting, station, steward, binh_of_the_register, nameless, his
):
    cross(acting, station, nameless, "back", POSITIVE)
    cross(acting, station, his, "through", Reason("negative"))
    assert look(acting, station, nameless).colour != "red"
    register.correct(
        steward,
        binh_of_the_register,
        {"phone": "0966000111", "birth_date": dt.date(1990, 7, 5)},
        "they were another's",
    )
    actions.regrouped(binh_of_the_register)
    assert look(acting, station, nameless).colour == "red"
    assert (state_of(nameless), arrival(nameless)["warnings"]) == ("turned_back", ["positive"])
    register.correct(
        steward,
        binh_of_the_register,
        {"phone": "0977111222", "birth_date": dt.date(1990, 5, 17)},
        "they were his after all",
    )
    actions.regrouped(binh_of_the_register)
    assert look(acting, station, nameless).colour != "red"
