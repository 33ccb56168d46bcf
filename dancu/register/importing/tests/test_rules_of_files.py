"""No file brings in what a steward could not record: whether the register is empty, or holds people
already.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from dancu.register import importing, lookups
from dancu.register.errors import InTheFuture
from dancu.register.importing import loading, ruling
from dancu.register.importing.kin import Kin
from dancu.register.rules import last_day_of_birth, years
from dancu.testing.database import rows

TODAY = dt.date(2026, 11, 1)
AN, LAN, MAI, HUNG, HOA, BO = (
    "079085000015",
    "079187000025",
    "079188000035",
    "079060000041",
    "079162000051",
    "079062000061",
)

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    loading.clear()


def person(pin: str, name: str, born: str, sex: int, /, **fields: str | int | None) -> dict[str, str | None]:
    row = {
        "pin": pin,
        "full_name": name,
        "birth_date": born,
        "sex": sex,
        "permanent_code": "26740",
        "household_no": pin,
        **fields,
    }
    return {name: None if value is None else str(value) for name, value in row.items()}


def an(**fields: str | int | None) -> dict[str, str | None]:
    return person(AN, "Nguyễn Văn An", "1985-03-12", 1, **fields)


def lan(**fields: str | int | None) -> dict[str, str | None]:
    return person(LAN, "Lê Thị Lan", "1987-06-03", 2, **fields)


def hung(**fields: str | int | None) -> dict[str, str | None]:
    return person(HUNG, "Nguyễn Văn Hùng", "1960-01-05", 1, **fields)


def hoa(**fields: str | int | None) -> dict[str, str | None]:
    return person(HOA, "Trần Thị Hoa", "1962-02-06", 2, **fields)


def load(
    tmp_path: Path, *people: dict[str, str | None], at_once: bool = True, kind: str = "csv"
) -> importing.Report:
    columns = list({name: None for each in people for name in each})
    file = tmp_path / f"people.{kind}"
    frame = pl.DataFrame(
        [{name: each.get(name) for name in columns} for each in people],
        schema=dict.fromkeys(columns, pl.String),
    )
    (frame.write_csv if kind == "csv" else frame.write_parquet)(file)
    with nullcontext() if at_once else transaction.atomic():
        return importing.import_files([file], tmp_path / "rejected.csv", TODAY)


def refused(report: importing.Report) -> dict[str, str]:
    """By number, what is wrong."""
    if not report.rejects:
        return {}
    return {row["pin"]: row["problems"] for row in pl.read_csv(report.rejects, infer_schema=False).to_dicts()}


def warned(report: importing.Report) -> dict[int, str]:
    """By row, what is doubtful."""
    if not report.warnings:
        return {}
    return {
        int(row["row"]): row["warnings"]
        for row in pl.read_csv(report.warnings, infer_schema=False).to_dicts()
    }


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"spouse_pin": AN, "marital_status": 2}, "spouse_pin: is the person's own number"),
        ({"father_pin": AN}, "father_pin: is the person's own number"),
        ({"father_pin": HUNG, "mother_pin": HUNG}, "mother_pin: is the father's number too"),
        ({"mother_pin": HOA, "spouse_pin": HOA, "marital_status": 2}, "spouse_pin: is a parent's number too"),
        (
            {"status": 2, "status_on": "2020-01-01", "permanent_since": "2022-01-01"},
            "permanent_since: is after the death",
        ),
        (
            {
                "status": 2,
                "status_on": "2020-01-01",
                "temporary_code": "26740",
                "temporary_since": "2022-01-01",
            },
            "temporary_since: is after the death",
        ),
        ({"temporary_code": "26740", "temporary_since": "2199-01-01"}, "temporary_since: is in the future"),
        (
            {"temporary_code": "26740", "temporary_since": "2020-01-01", "temporary_until": "2020-01-01"},
            "temporary_until: is not after temporary_since",
        ),
        ({"card_issued_on": "2199-01-01"}, "card_issued_on: is in the future"),
        ({"card_issued_on": "1984-01-01"}, "card_issued_on: is before the birth date"),
        (
            {"birth_date": "2016-01-01", "marital_status": 2},
            "marital_status: says that someone under 15 is or was married",
        ),
        ({"full_name": "Nguyễn Văn A 1"}, "full_name: is not a name"),
        ({"full_name": "Nguy&xyz;n Lan"}, "full_name: is not a name"),
        ({"mother_name": "Trần Thị B 2"}, "mother_name: is not a name"),
    ],
)
def test_what_cannot_be_of_one_row_refuses_it(tmp_path: Path, way: str, fields: dict, problem: str) -> None:
    report = load(tmp_path, an(**fields), hung(), hoa())
    assert report.new == 2
    assert list(refused(report)) == [AN]
    assert problem in refused(report)[AN]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nguy&#7877;n V&#259;n A", "Nguyễn Văn A"),
        ("Nguy%E1%BB%85n Lan", "Nguyễn Lan"),
        ("Nguy&ecirc;n Lan", "Nguyên Lan"),
    ],
)
def test_a_name_written_in_codes_is_recorded_in_letters(
    tmp_path: Path, way: str, written: str, name: str
) -> None:
    load(tmp_path, an(full_name=written), hung())
    assert [person.full_name for person in lookups.by_number(AN)] == [name]


@pytest.mark.parametrize(
    ("child", "parent", "problem"),
    [
        ({"mother_pin": HUNG}, {}, "mother_pin: is a man's number"),
        ({"father_pin": HUNG}, {"sex": 2, "pin": HUNG}, "father_pin: is a woman's number"),
        (
            {"father_pin": HUNG},
            {"birth_date": "1983-03-12"},
            "father_pin: is the number of someone who was under 12 at this birth",
        ),
        (
            {"father_pin": HUNG},
            {"birth_date": "1990-01-01"},
            "father_pin: is the number of someone born later",
        ),
        (
            {"father_pin": HUNG},
            {"status": 2, "status_on": "1980-01-01"},
            "father_pin: is the number of someone who died more than 300 days before",
        ),
        (
            {"mother_pin": HUNG},
            {"sex": 2, "status": 2, "status_on": "1985-03-11"},
            "mother_pin: is the number of someone who died before this birth",
        ),
    ],
)
def test_who_cannot_be_a_parent_refuses_the_childs_row(
    tmp_path: Path, way: str, child: dict, parent: dict, problem: str
) -> None:
    report = load(tmp_path, an(**child), hung(**parent))
    assert list(refused(report)) == [AN]
    assert problem in refused(report)[AN]
    assert report.new == 1


def test_a_parent_whom_the_register_holds_is_looked_at_as_well(tmp_path: Path) -> None:
    load(tmp_path, hung(birth_date="1983-03-12"))
    report = load(tmp_path, an(father_pin=HUNG))
    assert "was under 12 at this birth" in refused(report)[AN]


def test_a_parent_is_not_changed_into_one_younger_than_the_child(tmp_path: Path) -> None:
    load(tmp_path, an(father_pin=HUNG), hung())
    report = load(tmp_path, an(father_pin=HUNG), hung(birth_date="1990-01-01"))
    assert list(refused(report)) == [HUNG]
    father = next(iter(lookups.by_number(HUNG)), None)
    assert father and father.birth_date == dt.date(1960, 1, 5)


def test_two_wives_do_not_have_one_living_husband(tmp_path: Path, way: str) -> None:
    wives = [
        lan(spouse_pin=AN, marital_status=2),
        person(MAI, "Phạm Thị Mai", "1988-01-01", 2, spouse_pin=AN, marital_status=2),
    ]
    named = load(tmp_path, *wives, an(spouse_pin=MAI, marital_status=2))
    assert refused(named) == {LAN: "spouse_pin: is the number of someone who is married to another person"}


def test_of_two_wives_of_a_husband_who_names_nobody_the_first_is_taken(tmp_path: Path, way: str) -> None:
    wives = [
        lan(spouse_pin=AN, marital_status=2),
        person(MAI, "Phạm Thị Mai", "1988-01-01", 2, spouse_pin=AN, marital_status=2),
    ]
    report = load(tmp_path, an(marital_status=2), *wives)
    assert list(refused(report)) == [MAI]
    again = load(tmp_path, an(marital_status=2), *wives)
    assert (list(refused(again)), again.changed) == ([MAI], 0)
    alone = load(tmp_path, wives[1])
    assert list(refused(alone)) == [MAI], "of another file too"


def test_a_widow_of_one_who_married_again_is_taken(tmp_path: Path, way: str) -> None:
    widow = hoa(spouse_pin=HUNG, marital_status=3)
    dead = hung(status=2, status_on="2010-01-01", spouse_pin=HOA, marital_status=2)
    second = person(BO, "Lê Văn Bo", "1962-05-05", 1, spouse_pin=HOA, marital_status=2)
    assert refused(load(tmp_path, {**widow, "spouse_pin": BO, "marital_status": "2"}, dead, second)) == {}


def test_two_boys_are_not_married_to_each_other(tmp_path: Path, way: str) -> None:
    boys = ("079216000015", "079215000025")
    report = load(
        tmp_path,
        *(
            person(pin, "Nguyễn Văn Bi", f"{born}-01-01", 1, spouse_pin=other, marital_status=2)
            for pin, other, born in ((boys[0], boys[1], 2016), (boys[1], boys[0], 2015))
        ),
    )
    assert set(refused(report)) == set(boys)
    men = load(tmp_path, an(spouse_pin=HUNG, marital_status=2), hung(spouse_pin=AN, marital_status=2))
    assert set(refused(men).values()) == {"spouse_pin: is the number of someone of the same sex"}
    assert rows("SELECT count(*) FROM person WHERE spouse_id IS NOT NULL") == [(0,)]


def test_what_is_doubtful_is_taken_and_told_with_row_and_field(tmp_path: Path, way: str) -> None:
    report = load(
        tmp_path,
        an(father_pin=HUNG, mother_pin=HOA),
        hung(birth_date="1971-05-05"),
        hoa(birth_date="1930-01-01"),
        person(LAN, "Lê Thị Lan", "2010-06-03", 2, marital_status=2),
        person(MAI, "Phạm Thị Mai", "1988-01-01", 2, spouse_pin=BO, marital_status=2),
        person(BO, "Lê Văn Bo", "1962-05-05", 1, marital_status=4),
    )
    assert (report.new, refused(report)) == (6, {})
    told = warned(report)
    assert "father_pin: is the number of someone who may have been under 15" in told[1]
    assert "mother_pin: is the number of someone who was over 49" in told[1]
    assert "marital_status: says that someone is married who is too young" in told[4]
    assert "pin: its century, sex or year disagrees" in told[4]
    assert told[5] == "spouse_pin: is the number of someone who is not married by their own row"
    assert report.warned == len(told)


def test_a_row_that_is_refused_takes_no_relative_with_it(tmp_path: Path, way: str) -> None:
    report = load(
        tmp_path,
        hung(birth_date="1983-01-01", mother_pin=HOA),
        hoa(birth_date="1990-01-01"),
        an(mother_pin=None, father_pin=HUNG),
    )
    assert set(refused(report)) == {HUNG, AN}
    assert report.new == 1


def test_the_way_into_an_empty_register_refuses_what_the_other_way_does(tmp_path: Path) -> None:
    people = [
        an(father_pin=HUNG, mother_pin=HOA, spouse_pin=LAN, marital_status=2, birth_precision="Y"),
        hung(birth_date="1973-12-31", birth_precision="M"),
        hoa(status=3, status_on="1984-01-01"),
        lan(spouse_pin=AN, marital_status=1),
        person(MAI, "Phạm Thị Mai", "1988-01-01", 2, spouse_pin=AN, marital_status=5),
        person(BO, "Lê Văn Bo", "1962-05-05", 1, spouse_pin="079199999999", marital_status=2),
    ]
    with transaction.atomic():
        later = load(tmp_path, *people)
        told = refused(later), warned(later)
        transaction.set_rollback(True)
    first = load(tmp_path, *people)
    assert (refused(first), warned(first)) == told
    assert set(told[0]) == {MAI}


def test_no_file_holds_from_a_day_to_come(tmp_path: Path, way: str) -> None:
    people, tomorrow = lookups.number_of_people(), dt.date.today() + dt.timedelta(days=1)
    pl.DataFrame([an()]).write_csv(tmp_path / "people.csv")
    with pytest.raises(InTheFuture, match=f"{tomorrow:%d/%m/%Y}"):
        importing.import_files([tmp_path / "people.csv"], tmp_path / "rejected.csv", tomorrow)
    assert lookups.number_of_people() == people


@given(
    st.dates(dt.date(1880, 1, 1), dt.date(2026, 1, 1)),
    st.sampled_from("DMY"),
    st.dates(dt.date(1880, 1, 1), dt.date(2026, 1, 1)),
    st.sampled_from("DMY"),
)
@pytest.mark.django_db(transaction=False)
def test_ages_of_columns_are_those_of_the_events(child, of_child, parent, of_parent) -> None:
    first = {"D": child, "M": child.replace(day=1), "Y": child.replace(month=1, day=1)}[of_child]
    theirs = {"D": parent, "M": parent.replace(day=1), "Y": parent.replace(month=1, day=1)}[of_parent]
    codes = {"D": 0, "M": 1, "Y": 2}
    frame = pl.DataFrame({
        "born": [int(f"{first:%Y%m%d}")], "precision": [codes[of_child]],
        "father_born": [int(f"{theirs:%Y%m%d}")], "father_precision": [codes[of_parent]],
    })  # fmt: skip
    least, most = (frame.select(each).item() for each in ruling._ages("father"))  # pyright: ignore
    assert least == years(last_day_of_birth(theirs, of_parent), first)
    assert most == years(theirs, last_day_of_birth(first, of_child))


def test_facts_of_a_million_rows_take_twenty_nine_bytes_each(tmp_path: Path) -> None:
    Kin(tmp_path, 1_000_000)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) == 29_000_000
