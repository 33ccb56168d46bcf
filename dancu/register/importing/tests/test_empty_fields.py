"""An empty field of a file says nothing: what the register knows stays."""

import datetime as dt
from pathlib import Path

import pytest

from dancu.accounts.lookups import Acting
from dancu.register import actions, lookups
from dancu.register.importing.tests.older import (
    ELSEWHERE,
    HERE,
    MARRIED,
    NEW,
    THERE,
    an,
    couple,
    load,
    one,
    record,
    recorded_yesterday,
)
from dancu.register.importing.tests.test_rules_of_files import AN, HOA, HUNG, LAN, hoa, hung, lan
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]


def test_whom_a_file_calls_single_or_divorced_has_no_husband_or_wife(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, couple())
    divorced = [
        an(marital_status=4, spouse_pin=None),
        lan(marital_status=4, spouse_pin=None, household_no=AN, phone="0987654321"),
    ]
    assert load(tmp_path, divorced, NEW).changed == 2
    assert [record(pin)["spouse_id"] for pin in (AN, LAN)] == [None, None]


def test_nor_one_whom_the_register_does_not_hold(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, [an()])
    actions.record_marriage(acting, one(AN), None, MARRIED, "Giấy", spouse_name="Anna Schmidt")
    recorded_yesterday()
    today = dt.date.today()
    assert load(tmp_path, [an(marital_status=None, spouse_pin=None)], today).changed == 0
    assert [who["full_name"] for who in lookups.record_of(one(AN)).relatives] == ["Anna Schmidt"]
    assert load(tmp_path, [an(marital_status=4)], today).changed == 1
    assert lookups.record_of(one(AN)).relatives == []


_KNOWN = {
    "cmnd": "023456789",
    "phone": "0912345678",
    "email": "an@example.com",
    "ethnicity": "02",
    "religion": "01",
    "nationality": "LAO",
    "blood_group": "O",
    "card_issued_on": "2022-02-02",
    "birth_precision": "Y",
    "birth_date": "1985-01-01",
    "status": "3",
    "status_on": "2024-04-04",
    "marital_status": "2",
    "spouse_pin": LAN,
    "father_pin": HUNG,
    "mother_pin": HOA,
    "father_name": "Nguyễn Văn Hùng",
    "mother_name": "Trần Thị Hoa",
    "household_no": "H-1",
    "relation_to_head": "1",
    "permanent_address": "12 Lê Lợi",
    "permanent_since": "2010-01-01",
    "native_code": HERE,
    "birth_registered_code": HERE,
    "temporary_code": THERE,
    "temporary_address": "3 Hàm Nghi",
    "temporary_since": "2024-01-01",
    "temporary_until": "2030-01-01",
    "current_code": ELSEWHERE,
    "current_address": "9 Pasteur",
    "former_code": HERE,
    "former_address": "1 Chợ",
    "former_since": "2000-01-01",
    "former_until": "2010-01-01",
}


def test_an_empty_field_says_nothing_whichever_it_is(tmp_path: Path, acting: Acting) -> None:
    family = [lan(spouse_pin=AN, marital_status=2), hung(), hoa()]
    load(tmp_path, [an(**_KNOWN), *family])
    before = rows("SELECT * FROM person ORDER BY 1"), rows("SELECT * FROM residence ORDER BY 1, 2, 3, 4")
    kept = {"birth_date": "1985-01-01"}
    for empty in (
        dict.fromkeys(_KNOWN) | kept,
        *({**_KNOWN, name: None} for name in _KNOWN if name not in kept),
    ):
        if empty["temporary_code"] and not empty["temporary_since"]:
            continue  # the row is refused
        if empty["former_code"] and not (empty["former_since"] and empty["former_until"]):
            continue
        if empty["status"] and not empty["status_on"]:
            continue
        report = load(tmp_path, [an(**empty)], NEW)
        assert (report.changed, report.rejected, report.warned) == (0, 0, 0), empty
    assert (
        rows("SELECT * FROM person ORDER BY 1"),
        rows("SELECT * FROM residence ORDER BY 1, 2, 3, 4"),
    ) == before


def test_a_birth_date_that_is_another_one_is_known_to_the_day_unless_the_file_says_less(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, [an(birth_date="1985-01-01", birth_precision="Y")])
    load(tmp_path, [an(birth_date="1985-03-12", birth_precision=None)], NEW)
    assert (record(AN)["birth_date"], record(AN)["birth_precision"]) == (dt.date(1985, 3, 12), "D")


def test_a_relative_who_is_refused_takes_the_known_one_from_nobody(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, [an(father_pin=HUNG), hung()])
    bad = hung(pin="079062000061", full_name="Lê Văn Bo", birth_date="1990-01-01")
    report = load(tmp_path, [an(father_pin="079062000061"), bad | {"mother_pin": "079062000061"}], NEW)
    assert report.rejected >= 1
    assert record(AN)["father_id"] == one(HUNG)
