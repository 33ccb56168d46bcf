"""A name with its family name last, as tickets and foreign lists write it, leads to whose it is, and
makes no two people one.
"""

import datetime as dt

import polars as pl
import pytest

from dancu.matching.answers import AnswerKind, scorer, who_is
from dancu.matching.batch import cascade
from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.results import result_rows
from dancu.matching.batch.tests.country import declared_of
from dancu.matching.batch.tests.test_as_one import records_of
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.lookups import (
    Outcome,
    PartialDate,
    candidates_anywhere,
    declared_identity,
    identify,
    read_line,
    search_readings,
)
from dancu.matching.names import compare_names
from dancu.matching.normalising.orders import readings
from dancu.testing.officials import acting_as
from dancu.testing.people import CAU_GIAY, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

NAME, BORN, PIN = "Nguyễn Nhật Linh", dt.date(2009, 8, 4), "001309005612"
WRITTEN = [
    "Nhật Linh Nguyễn",
    "Nhat Linh Nguyen",
    "NGUYEN/NHATLINH MS",
    "NGUYEN/NHAT LINH",
    "Nhatlinh Nguyen",
    "Nguyễn, Nhật Linh",
    "Nguyen, Nhatlinh",
]


@pytest.fixture
def linh() -> int:
    someone(full_name="Nguyễn Nhật Minh", birth_date=BORN, sex=2, home_area=area("26743"))
    return someone(full_name=NAME, birth_date=BORN, sex=2, pin=PIN, phone="0912345678")


def said(name: str, number: str = "", home: str = CAU_GIAY, phone: str = ""):
    return declared_identity(number, name, PartialDate.of(BORN), 2, area(home) if home else None, phone)


@pytest.mark.parametrize("name", WRITTEN)
def test_it_finds_the_person_in_the_search_at_the_desk_and_by_all_that_is_declared(linh, name):
    _at, looked = search_readings(acting_as(ha()), read_line(f"{name} 04/08/2009"))
    assert looked.hits[0].person.person_id == linh
    assert [person.person_id for person in candidates_anywhere(said(name, home=""), 5)][:1] == [linh]
    assert who_is(said(name)).person_id == linh
    assert identify(said(name, PIN)).outcome.agrees


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_compared_in_a_file_with_the_holder_of_the_number_and_found_without_one(linh, name):
    rows = pl.DataFrame(
        {"number": [PIN, ""], "full_name": name, "birth": "04/08/2009", "sex": "Nữ", "commune_code": CAU_GIAY}
    )
    weighing = PairScorer(scorer())
    records = records_of(rows, weighing)
    found = cascade.find(records, weighing, IndexedCandidates(weighing))
    compared = result_rows(records, found, weighing)
    assert compared["person_id"].to_list() == [linh, linh]
    assert compared["answer"].to_list() == ["match", "match"]
    assert compared["outcome"].to_list() == ["agrees", "no_number"]
    for row in records.iter_rows(named=True):
        assert who_is(declared_of(row)).person_id == linh


@pytest.mark.parametrize("number", ["", PIN])
def test_of_twins_with_the_same_words_neither_is_taken_for_the_other(number):
    for name in ("Nguyễn Anh Minh", "Nguyễn Minh Anh"):
        someone(full_name=name, birth_date=BORN, sex=2, phone="0912345678")
    someone(full_name="Nguyễn Thị Lan", birth_date=dt.date(1980, 1, 2), sex=2, pin=PIN)
    declared = said("Minh Anh Nguyễn", number, phone="0912345678")
    assert who_is(declared).kind is AnswerKind.SEVERAL
    assert identify(declared).outcome in (Outcome.UNREADABLE, Outcome.DISAGREES)
    weighing = PairScorer(scorer())
    rows = {
        "number": [number],
        "full_name": "Minh Anh Nguyễn",
        "birth": "04/08/2009",
        "sex": "Nữ",
        "commune_code": CAU_GIAY,
        "phone": "0912345678",
    }
    found = cascade.find(records_of(pl.DataFrame(rows), weighing), weighing, IndexedCandidates(weighing))
    assert found.answers["answer"].to_list() == ["several"]


def test_who_bears_the_name_as_it_stands_is_meant_and_nobody_else():
    plain = someone(full_name="Hoàng Nhật Lê", birth_date=BORN, sex=2)
    someone(full_name="Lê Hoàng Nhật", birth_date=BORN, sex=2, home_area=area("26743"))
    assert who_is(said("Hoàng Nhật Lê")).person_id == plain


@pytest.mark.parametrize("name", ["Nguyễn Anh Minh", "Trần Minh Anh", "Maria Sharapova", "Y Bler Niê", "Hòa"])
def test_a_name_without_a_family_name_last_is_read_in_no_such_order(name):
    assert all(order.split()[0] not in ("Anh", "Sharapova") for order in readings(name, name))
    assert compare_names(name, NAME) == "different"


def test_with_the_family_name_first_another_order_is_another_name():
    assert compare_names("Nguyễn Linh Nhật", NAME) == "different"
    assert compare_names("Nguyễn, Linh Nhật", NAME) == "different"
    assert compare_names("Nguyen/Nhatlinh", NAME) == "close"
    assert compare_names("Nhatlinh Nguyen", NAME) == "order"
