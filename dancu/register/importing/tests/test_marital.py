"""No file makes a marriage as if it had never been: single is what many lists say of everybody of whom
nothing was asked.
"""

from pathlib import Path

import pytest

from dancu.register.importing.tests.test_rules_of_files import AN, LAN, an, lan, load, refused, warned
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

MARRIED = {"marital_status": 2}


def couple(**fields) -> list[dict[str, str | None]]:
    return [an(spouse_pin=LAN, **fields), lan(spouse_pin=AN, **fields)]


def states() -> list[tuple]:
    return rows("SELECT pin, marital_status, spouse_id IS NOT NULL FROM person ORDER BY pin")


@pytest.mark.parametrize("said", [["an"], ["lan"], ["an", "lan"]])
@pytest.mark.parametrize("held", [MARRIED, {}, {"marital_status": 5}])
def test_single_of_the_married_comes_back(tmp_path: Path, held: dict, said: list[str]) -> None:
    load(tmp_path, *couple(**held))
    before = states()
    single = {"an": an(marital_status=1, phone="0912345678"), "lan": lan(marital_status=1)}
    report = load(tmp_path, *(single[name] for name in said))
    assert (report.changed, report.rejected) == (0, len(said))
    state = "separated" if held.get("marital_status") == 5 else "married"
    assert {told.split(":")[1] for told in refused(report).values()} == {
        f" says single of someone who is {state} according to the register"
    }
    assert states() == before


@pytest.mark.parametrize(("state", "words"), [(3, "widowed"), (4, "divorced")])
def test_single_of_the_widowed_and_divorced_comes_back(tmp_path: Path, state: int, words: str) -> None:
    load(tmp_path, an(marital_status=state))
    report = load(tmp_path, an(marital_status=1))
    assert f"is {words} according to the register" in refused(report)[AN]
    report = load(tmp_path, an(marital_status=1, status=2, status_on="2026-10-01"))
    assert list(refused(report)) == [AN]


def test_widowed_of_a_living_wife_comes_back_and_of_one_who_dies_in_the_file_does_not(tmp_path: Path) -> None:
    load(tmp_path, *couple(**MARRIED))
    before = states()
    report = load(tmp_path, an(marital_status=3))
    assert "says widowed of someone whose husband or wife is alive" in refused(report)[AN]
    assert states() == before
    report = load(tmp_path, an(marital_status=3), lan(status=2, status_on="2026-10-01"))
    assert (report.changed, report.rejected) == (2, 0)
    assert states()[0][:2] == (AN, 3)


def test_what_a_life_may_bring_is_taken(tmp_path: Path) -> None:
    """A wedding, a divorce (which is told), a life apart, and a marriage of one who was widowed."""
    load(tmp_path, an(marital_status=1), lan(marital_status=3))
    assert load(tmp_path, *couple(**MARRIED)).changed == 2
    assert load(tmp_path, an(marital_status=5)).rejected == 0
    report = load(tmp_path, an(marital_status=4))
    assert "divorced with them" in warned(report)[1]
    assert states() == [(AN, 4, False), (LAN, 4, False)]


def test_single_of_who_is_single_or_of_whom_nothing_is_known_is_no_matter(tmp_path: Path) -> None:
    load(tmp_path, an(marital_status=1), lan())
    report = load(tmp_path, an(marital_status=1, phone="0912345678"), lan(marital_status=1))
    assert (report.changed, report.rejected, report.warned) == (2, 0, 0)
