"""No file enters a mother's child a second time, nor two births that lie too near without a word."""

from pathlib import Path

import pytest

from dancu.register.importing import siblings
from dancu.register.importing.tests.test_rules_of_files import AN, HOA, an, hoa, load, person, refused, warned
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

OTHER = "079085009315"


@pytest.fixture(params=["everywhere", "nearby"])
def _either_way(request, monkeypatch) -> None:
    if request.param == "nearby":
        size = siblings._sql.one
        monkeypatch.setattr(siblings._sql, "one", lambda name: (size(name) or {}) | {"everywhere": False})


def child(**fields) -> dict[str, str | None]:
    return an(**{"mother_pin": HOA, "household_no": HOA, "pin": OTHER, **fields})


def people() -> int:
    return rows("SELECT count(*) FROM person")[0][0]


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize(
    "said",
    [
        {"birth_date": "1985-03-13"},
        {"birth_date": "1985-04-12"},
        {"birth_date": "1985-01-28", "pin": None},
        {"birth_date": "1985-03-22", "full_name": "NGUYEN VAN AN"},
        {"birth_date": "1986-03-12", "pin": "079086000017", "full_name": "Văn An"},
        {"birth_date": "1987-07-01", "pin": "079087000017"},
        {"birth_date": "1985-01-01", "birth_precision": "Y", "pin": None, "full_name": "Nguyễn Văn Ân"},
    ],
)
def test_a_mothers_child_is_entered_once(tmp_path: Path, said: dict) -> None:
    load(tmp_path, hoa(), child(pin=AN))
    report = load(tmp_path, child(**{"household_no": "9", **said}))
    assert (report.new, report.rejected, people()) == (0, 1, 2)
    (told,) = refused(report).values()
    assert "Nguyễn Văn An" in told
    assert "born on 1985-03-12" in told


def test_nor_twice_by_one_file(tmp_path: Path) -> None:
    load(tmp_path, hoa())
    report = load(tmp_path, child(pin=AN), child(birth_date="1985-03-21"))
    assert (report.new, list(refused(report))) == (1, [OTHER])


@pytest.mark.usefixtures("_either_way")
def test_births_too_near_each_other_are_told_and_twins_and_the_next_child_are_not(tmp_path: Path) -> None:
    load(tmp_path, hoa(), child(pin=AN))
    report = load(
        tmp_path,
        child(full_name="Nguyễn Thị Bưởi", sex=2, pin="079185000081"),
        child(full_name="Nguyễn Văn Cam", birth_date="1986-04-01", pin="079086000082"),
        child(full_name="Nguyễn Văn Ân", birth_date="1988-04-01", pin="079088000083"),
        child(full_name="Nguyễn Văn Đào", birth_date="1985-06-30", pin="079085000084"),
    )
    assert (report.new, report.rejected) == (4, 0)
    assert {row: told for row, told in warned(report).items() if "birth_date" in told} == {
        4: f"birth_date: the mother has the child Nguyễn Văn An, with the number {AN}, born on 1985-03-12, "
        f"less than 180 days from this one"
    }


def test_a_name_that_is_given_again_after_years_is_told(tmp_path: Path) -> None:
    load(tmp_path, hoa(), child(pin=AN))
    report = load(tmp_path, child(birth_date="1991-04-01", pin="079091000082"))
    assert (report.new, report.rejected) == (1, 0)
    assert warned(report)[1].startswith("full_name: the mother has the child Nguyễn Văn An")


def test_a_namesake_of_another_mother_is_no_child_of_hers(tmp_path: Path) -> None:
    load(tmp_path, hoa(), child(pin=AN))
    report = load(tmp_path, person(OTHER, "Nguyễn Văn An", "1985-04-12", 1, permanent_code="26743"))
    assert (report.new, report.rejected) == (1, 0)
