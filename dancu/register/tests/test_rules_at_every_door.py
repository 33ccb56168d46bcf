"""What cannot be of a person's life comes in by no door, and what is unlikely by none unasked: a steward,
a file and a merge go by one rule.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dancu.accounts.lookups import Acting
from dancu.register import actions, importing, merging
from dancu.register.codes import DEAD
from dancu.register.errors import AskFirst, RegisterError
from dancu.testing.database import rows
from dancu.testing.family import BASIS, hai, held
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN = "001099000015"  # of a year that is nobody's here, so that the number speaks for neither birth date
WED, MOVED, CARD = dt.date(2008, 8, 8), dt.date(2012, 5, 5), dt.date(2021, 6, 1)
NEVER = dt.date(2999, 1, 1)
REFUSED, ASKED, TAKEN, KEPT = "refused", "asked", "taken", "kept as it was"


def wed(acting: Acting, an: int) -> None:
    actions.record_marriage(acting, an, None, WED, BASIS, spouse_name="Mary Smith", spouse_nationality="USA")


def divorced(acting: Acting, an: int) -> None:
    wed(acting, an)
    actions.record_divorce(acting, an, dt.date(2012, 2, 2), BASIS)


def moved(acting: Acting, an: int) -> None:
    actions.record_move(
        acting, an, area_id=area(BEN_THANH), address="5 Hàm Nghi", moved_on=dt.date(2025, 8, 1), basis=BASIS
    )


def came_back(acting: Acting, an: int) -> None:
    actions.record_missing(acting, an, dt.date(2012, 2, 2), BASIS)
    actions.record_return(acting, an, dt.date(2014, 2, 2), BASIS)


def missing(acting: Acting, an: int) -> None:
    actions.record_missing(acting, an, dt.date(2012, 2, 2), BASIS)


def died(acting: Acting, an: int) -> None:
    actions.record_death(acting, an, dt.date(2022, 2, 2), BASIS)


def thought_dead(acting: Acting, an: int) -> None:
    actions.record_death(acting, an, dt.date(2012, 2, 2), BASIS)
    actions.record_return(acting, an, dt.date(2014, 2, 2), BASIS)


def a_father(_acting: Acting, an: int) -> None:
    someone(
        full_name="Nguyễn Minh Khoa",
        birth_date=dt.date(2012, 9, 5),
        valid_from=dt.date(2012, 9, 5),
        father_id=an,
    )


def nothing(_acting: Acting, _an: int) -> None:
    """Nothing happened."""


@dataclass(frozen=True)
class Case:
    """Of An, born in 1985, of whom the register knows what `before` records, somebody says `change`."""

    rule: str
    before: Callable[[Acting, int], None]
    change: dict[str, Any]
    steward: str
    file: str = ""
    merge: str = ""
    fields: dict[str, Any] = field(default_factory=dict)  # of the record as it was entered
    has_home: bool = True  # since 2010

    def at(self, door: str) -> str:
        return getattr(self, door) or self.steward


def born(year: int, month: int = 3, day: int = 12, **more: Any) -> dict[str, Any]:
    return {"birth_date": dt.date(year, month, day), **more}


def gone(on: dt.date) -> dict[str, Any]:
    return {"status": DEAD, "status_on": on}


CASES = [
    Case("a birth of tomorrow", nothing, born(2999), REFUSED),
    Case("a birth of before 1880", nothing, born(1879), REFUSED),
    Case("a birth after the death", died, born(2022), REFUSED),
    Case("a birth after going missing", missing, born(2012), REFUSED),
    Case("a birth after the wedding", wed, born(2009), REFUSED),
    Case("a birth after the divorce", divorced, born(2013), REFUSED),
    Case("a birth after the return", came_back, born(2014, 3), REFUSED),
    Case("a birth after a death that was none", thought_dead, born(2013), REFUSED),
    Case("a birth after the move", moved, born(2025, 9), REFUSED),
    Case("a child at the wedding", wed, born(1995), ASKED, file=REFUSED),
    Case("too young at the wedding", wed, born(1990), ASKED),
    Case(
        "too young at the wedding, as a man",
        wed,
        {"sex": 1},
        ASKED,
        fields={"sex": 2, "birth_date": dt.date(1990, 1, 1)},
    ),
    Case(
        "a birth of which less is known",
        wed,
        {"birth_precision": "Y"},
        ASKED,
        file=KEPT,
        fields={"birth_date": dt.date(1989, 1, 1)},
    ),
    Case(
        "a child who is married",
        nothing,
        born(2015),
        ASKED,
        file=REFUSED,
        fields={"marital_status": 2},
        has_home=False,
    ),
    Case(
        "too young for a marriage", nothing, born(2009), ASKED, fields={"marital_status": 2}, has_home=False
    ),
    Case("a home before the birth", nothing, born(2011), ASKED),
    Case(
        "a card before the birth",
        nothing,
        born(2021, 7),
        ASKED,
        fields={"card_issued_on": CARD},
        has_home=False,
    ),
    Case("a card after the death", died, {"card_issued_on": dt.date(2023, 1, 1)}, ASKED),
    Case("a card of tomorrow", nothing, {"card_issued_on": NEVER}, REFUSED, merge=TAKEN),
    Case("a death of tomorrow", nothing, gone(NEVER), REFUSED),
    Case("a death of before the birth", nothing, gone(dt.date(1985, 3, 11)), REFUSED),
    Case("a death of before the wedding", wed, gone(dt.date(2008, 8, 7)), REFUSED),
    Case("a death of before the divorce", divorced, gone(dt.date(2012, 2, 1)), REFUSED),
    Case("a death of before a child's birth", a_father, gone(dt.date(2011, 1, 1)), REFUSED),
    Case("a death of before the move", moved, gone(dt.date(2025, 7, 31)), ASKED),
    Case("a death of before the home", nothing, gone(dt.date(2009, 1, 1)), ASKED),
    Case(
        "a death of before the card",
        nothing,
        gone(dt.date(2020, 1, 1)),
        ASKED,
        fields={"card_issued_on": CARD},
    ),
    Case("a birth that fits", wed, born(1984), TAKEN),
    Case("a death that fits", wed, gone(dt.date(2024, 1, 1)), TAKEN),
    Case("a card that fits", wed, {"card_issued_on": CARD}, TAKEN),
]


@pytest.fixture
def acting() -> Acting:
    return hai()


def an(case: Case, acting: Acting) -> int:
    person_id = someone(**{"pin": PIN, "valid_from": dt.date(2010, 1, 1), **case.fields})
    if not case.has_home:
        write(person_id, home_since=None)
    case.before(acting, person_id)
    return person_id


def write(person_id: int, **fields: Any) -> None:
    """As it may stand in a register of before these rules, and of the table's own that old rows break."""
    for rule in (
        "person_birth_known",
        "person_born_by_then",
        "person_gone_after_birth",
        "person_gone_by_then",
    ):
        rows(f"ALTER TABLE person DROP CONSTRAINT IF EXISTS {rule}")
    for name, value in fields.items():
        rows(f"UPDATE person SET {name} = %s WHERE person_id = %s", value, person_id)


def outcome(deed: Callable[[], object]) -> str:
    try:
        deed()
    except AskFirst:
        return ASKED
    except RegisterError:
        return REFUSED
    return TAKEN


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_steward(case: Case, acting: Acting) -> None:
    person_id = an(case, acting)
    if "status" in case.change:
        deed = lambda: actions.record_death(acting, person_id, case.change["status_on"], BASIS)  # noqa: E731
    else:
        deed = lambda: actions.correct(acting, person_id, case.change, BASIS)  # noqa: E731
    assert outcome(deed) == case.at("steward")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_file(case: Case, acting: Acting, tmp_path: Path) -> None:
    person_id = an(case, acting)
    now = held(person_id)
    row = {"pin": PIN, **{name: now[name] for name in ("full_name", "birth_date", "sex")}, **case.change}
    row["permanent_code"] = BEN_THANH if case.before is moved else CAU_GIAY
    pl.DataFrame([{name: str(value) for name, value in row.items()}]).write_csv(tmp_path / "people.csv")
    report = importing.import_files([tmp_path / "people.csv"], tmp_path / "rejected.csv", dt.date.today())
    told = pl.read_csv(report.warnings)["warnings"][0] if report.warnings else ""
    about = [
        each
        for each in told.split("; ")
        if each
        and not each.startswith("pin: ")
        and "wholly another" not in each
        and "differs from the register, which had" not in each
    ]
    is_kept = case.at("file") == KEPT  # what is less is no news
    assert (REFUSED if report.rejected else ASKED if about else KEPT if is_kept else TAKEN) == case.at(
        "file"
    ), told
    if report.rejected or is_kept:
        assert {name: held(person_id)[name] for name in case.change} == {
            name: now[name] for name in case.change
        }
    else:
        assert {name: held(person_id)[name] for name in case.change} == case.change


@pytest.mark.parametrize("kept", ["this", "other"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_merge(case: Case, acting: Acting, kept: str) -> None:
    """With a record that says so, whichever of the two is kept and its value chosen."""
    person_id = an(case, acting)
    now = held(person_id)
    shared = {name: now[name] for name in ("birth_date", "birth_precision", "sex", "marital_status")}
    other = someone(valid_from=dt.date(2010, 1, 1))
    write(other, **(shared | {"home_since": None} | case.change))
    fields = [
        "status" if name == "status_on" else "birth_date" if name == "birth_precision" else name
        for name in case.change
    ]
    if kept == "this":
        deed = lambda: merging.merge_people(acting, person_id, other, basis=BASIS, fields=set(fields))  # noqa: E731
    else:
        card = {"card_issued_on"} & case.fields.keys()
        deed = lambda: merging.merge_people(acting, other, person_id, basis=BASIS, fields=card)  # noqa: E731
    assert outcome(deed) == case.at("merge")
