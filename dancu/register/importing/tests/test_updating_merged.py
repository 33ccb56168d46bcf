"""A file goes on naming a record without a number that Hà has merged into another: nobody comes back as a
new person by it.
"""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest

from dancu.register import actions, counting, lookups, merging
from dancu.register.importing.tests.test_updating import TODAY, code, load, problems
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]

PIN = "079184000025"


def be(**changes: str | None) -> dict[str, str | None]:
    """Trần Thị Bé as her village's list has her, without a number."""
    return {
        "pin": None,
        "full_name": "Trần Thị Bé",
        "birth_date": "1984-02-03",
        "sex": "2",
        "permanent_code": "26740",
        "permanent_address": "7 Lê Lợi",
        "permanent_since": "2012-01-01",
        "household_no": "H-7",
        "phone": "0912345678",
        "ethnicity": "01",
        "status": "1",
        "status_on": None,
        **changes,
    }


@pytest.fixture
def kept() -> int:
    return someone(
        full_name="Trần Thị Bé Ba",
        birth_date=dt.date(1984, 3, 2),
        sex=2,
        pin=PIN,
        home=code("26743"),
        phone="0987654321",
    )


@pytest.fixture
def merge_id(tmp_path: Path, kept: int) -> UUID:
    load(tmp_path, [be()])
    ((left,),) = rows("SELECT person_id FROM person WHERE pin IS NULL")
    return merging.merge_people(acting_as(ha()), kept, left, basis="Biên bản")


def everyone() -> list[tuple]:
    return rows("SELECT * FROM person ORDER BY person_id")


def test_the_same_file_again_brings_nobody_back_and_changes_nothing(
    tmp_path: Path, kept: int, merge_id: UUID
) -> None:
    before, homes = everyone(), lookups.record_of(kept).residences
    for row in (
        be(),
        be(full_name="TRAN THI BE", permanent_address="số 7 Lê Lợi"),
        be(household_no=None),
        be(permanent_since=None),
    ):
        report = load(tmp_path, [row])
        assert (report.new, report.changed, report.rejected) == (0, 0, 0), row
    assert everyone() == before
    assert lookups.record_of(kept).residences == homes


def test_what_the_record_that_left_did_not_say_is_news_of_the_person(
    tmp_path: Path, kept: int, merge_id: UUID
) -> None:
    report = load(tmp_path, [be(phone="0933333333", ethnicity=None)])
    assert (report.new, report.changed) == (0, 1)
    person = lookups.get(kept)
    assert (person["phone"], person["pin"], person["full_name"]) == ("0933333333", PIN, "Trần Thị Bé Ba")
    assert (person["birth_date"], person["home_area"]) == (dt.date(1984, 3, 2), code("26743"))


def test_a_death_is_news(tmp_path: Path, kept: int, merge_id: UUID) -> None:
    assert load(tmp_path, [be(status="2", status_on="2026-10-01")]).changed == 1
    assert (lookups.get(kept)["status"], lookups.homes([kept])) == (2, {})
    assert [
        row["valid_to"] for row in lookups.record_of(kept).residences if row["area_id"] == code("26743")
    ] == [dt.date(2026, 10, 1)]
    assert load(tmp_path, [be(status="2", status_on="2026-10-01")]).changed == 0
    counting.fold()
    assert counting.recount() == []


def test_one_whom_hà_knows_to_be_dead_gets_no_home_by_it(tmp_path: Path, kept: int, merge_id: UUID) -> None:
    actions.record_death(acting_as(ha(username="ha-2")), kept, dt.date(2026, 10, 1), "Giấy chứng tử")
    assert load(tmp_path, [be(permanent_code="26737")]).new == 0
    assert (lookups.get(kept)["status"], lookups.homes([kept])) == (2, {})


def test_a_move_of_the_household_is_news(tmp_path: Path, kept: int, merge_id: UUID) -> None:
    assert load(tmp_path, [be(permanent_code="26737", permanent_since="2026-10-05")]).changed == 1
    home = lookups.record_of(kept).residences[0]
    assert (home["area_id"], home["valid_from"]) == (code("26737"), dt.date(2026, 10, 5))
    assert home["valid_from"] < TODAY


def test_of_both_records_in_one_file_the_one_that_left_comes_back(
    tmp_path: Path, kept: int, merge_id: UUID
) -> None:
    own = be(
        pin=PIN,
        full_name="Trần Thị Bé Ba",
        birth_date="1984-03-02",
        permanent_code="26743",
        phone="0944444444",
    )
    report = load(tmp_path, [be(), own])
    assert (report.new, report.changed) == (0, 1)
    assert problems(report) == ["is the same person as another row: their records were merged"]
    assert lookups.get(kept)["phone"] == "0944444444"


def test_somebody_else_of_that_name_is_a_new_person(tmp_path: Path, kept: int, merge_id: UUID) -> None:
    unlike = (
        {"permanent_code": "00166"},
        {"birth_date": "1984-02-04"},
        {"full_name": "Trần Thị Bưởi"},
        {"pin": "079184000033"},
    )
    strangers = [
        be(**{"household_no": f"K-{nth}", "phone": None, **other}) for nth, other in enumerate(unlike)
    ]
    assert load(tmp_path, strangers).new == 4


def test_when_the_merge_is_undone_the_row_is_the_other_persons_again(
    tmp_path: Path, kept: int, merge_id: UUID
) -> None:
    merging.undo_merge(acting_as(ha(username="ha-2")), merge_id, basis="Nhầm")
    before = everyone()
    assert (load(tmp_path, [be()]).new, load(tmp_path, [be()]).changed) == (0, 0)
    assert everyone() == before
