"""A row is about whom its number says, or it is told; a name without marks takes none from the register."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.folding import fold
from dancu.register import lookups
from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    HOA,
    HUNG,
    LAN,
    an,
    hoa,
    hung,
    lan,
    load,
    person,
    refused,
    warned,
)
from dancu.register.marks import fuller
from dancu.register.tests.hangings import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]


def names() -> dict[str, str]:
    return dict(rows("SELECT pin, full_name FROM person"))


def test_a_wrong_number_makes_nobody_into_another_person(tmp_path: Path) -> None:
    load(tmp_path, an(), lan())
    report = load(tmp_path, person(AN, "Lò Văn Tủa", "1989-02-03", 1, status=2, status_on="2026-10-01"))
    assert (report.changed, report.rejected) == (0, 1)
    assert refused(report)[AN].startswith(
        "pin: is the number of another person, since neither full_name nor birth_date agrees"
    )
    assert "the register has Nguyễn Văn An, 1985-03-12; write the right number" in refused(report)[AN]
    found = lookups.by_number(AN)
    assert [(each.full_name, each.status) for each in found] == [("Nguyễn Văn An", 1)]


def test_two_numbers_that_were_exchanged_exchange_nobody(tmp_path: Path) -> None:
    load(tmp_path, an(), lan())
    report = load(tmp_path, {**lan(), "pin": AN}, {**an(), "pin": LAN})
    assert set(refused(report)) == {AN, LAN}
    assert names() == {AN: "Nguyễn Văn An", LAN: "Lê Thị Lan"}


def test_twins_whose_numbers_were_exchanged_are_not_exchanged(tmp_path: Path) -> None:
    """Brothers of one birth date, of whom each agrees with the other's number in all but the name."""
    brother = {**an(), "pin": HUNG, "full_name": "Nguyễn Văn Bảo", "phone": ""}
    load(tmp_path, an(), brother)
    report = load(tmp_path, {**brother, "pin": AN}, {**an(), "pin": HUNG})
    assert set(refused(report)) == {AN, HUNG}
    assert names() == {AN: "Nguyễn Văn An", HUNG: "Nguyễn Văn Bảo"}


def test_a_list_of_the_dead_with_a_wrong_number_kills_no_namesake(tmp_path: Path) -> None:
    load(tmp_path, an())
    report = load(tmp_path, {**an(), "birth_date": "1959-07-20", "status": 2, "status_on": "2026-10-01"})
    assert set(refused(report)) == {AN}
    assert [each.status for each in lookups.by_number(AN)] == [1]


def test_a_home_that_goes_with_another_persons_row_is_not_taken_either(tmp_path: Path) -> None:
    load(tmp_path, an())
    load(tmp_path, person(AN, "Lò Văn Tủa", "1989-02-03", 1, temporary_code="26740", temporary_since="2020-01-01"))
    assert rows("SELECT count(*) FROM residence WHERE kind = 2") == [(0,)]


@pytest.mark.parametrize("fields", [{}, {"birth_precision": "Y"}])
def test_the_year_alone_makes_no_stranger_the_same_person(tmp_path: Path, fields: dict[str, str]) -> None:
    load(tmp_path, an())
    report = load(tmp_path, person(AN, "Lò Văn Tủa", "1985-01-01", 1, **fields))
    assert list(refused(report)) == [AN]


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("Nguyễn Văn Ân", "1985-03-12"),
        ("An Nguyễn Văn", "1985-12-03"),
        ("Nguyễn Văn Ann", "1985-03-13"),
        ("Nguyễn An", "1986-03-12"),
    ],
)
def test_a_slip_in_name_or_birth_date_is_a_correction(tmp_path: Path, name: str, born: str) -> None:
    load(tmp_path, an())
    report = load(tmp_path, an(full_name=name, birth_date=born))
    assert (report.changed, report.rejected) == (1, 0)
    assert "wholly" not in "".join(warned(report).values())


def test_one_of_both_that_is_wholly_another_is_taken_and_told(tmp_path: Path) -> None:
    load(tmp_path, an(), lan())
    report = load(tmp_path, an(full_name="Trần Quốc Bảo"), lan(birth_date="1979-11-30"))
    assert (report.changed, report.rejected) == (2, 0)
    told = warned(report)
    assert told[1] == "full_name: is wholly another name than the register had: Nguyễn Văn An"
    assert "birth_date: is wholly another date than the register had: 1987-06-03" in told[2]


@pytest.mark.parametrize(
    ("held", "said", "why"),
    [
        (hung(marital_status=2), person(HUNG, "Nguyễn Văn Hưng", "2018-09-05", 1), "birth_date is a generation off"),
        (hung(), person(HUNG, "Nguyễn Văn Hùng", "2012-09-17", 1), "birth_date is a generation off"),
        (hoa(), person(HOA, "Trần Thị Hòa", "2012-02-16", 2, status=2, status_on="2026-10-01"), "a generation off"),
        (an(), person(AN, "Nguyễn Văn Am", "1990-07-09", 2), "sex and birth_date are another's"),
        (an(), person(AN, "Nguyễn Thị Lan", "1985-03-12", 2), "sex and full_name are another's"),
    ],
)
def test_a_childs_or_a_sisters_row_under_ones_number_is_not_ones_own(
    tmp_path: Path, held: dict, said: dict, why: str
) -> None:
    load(tmp_path, held, lan())
    before = rows("SELECT * FROM person ORDER BY 1")
    report = load(tmp_path, said)
    assert list(refused(report)) == [held["pin"]]
    assert refused(report)[held["pin"]].startswith("pin: is the number of another person, since ")
    assert why in refused(report)[held["pin"]]
    assert rows("SELECT * FROM person ORDER BY 1") == before


def test_a_birth_or_a_sex_that_the_number_says_is_a_correction(tmp_path: Path) -> None:
    load(tmp_path, an(birth_date="2005-03-17"), lan(sex=1))
    report = load(tmp_path, an(), lan(full_name="Lê Thị Lân"))
    assert (report.changed, report.rejected) == (2, 0)
    assert "birth_date: is wholly another date than the register had: 2005-03-17" in warned(report)[1]


def test_names_without_marks_and_in_capitals_leave_the_registers(tmp_path: Path) -> None:
    fields = {
        "father_name": "Lê Đức Thọ",
        "permanent_address": "12 Lê Lợi",
        "current_code": "26740",
        "current_address": "Xóm Đồi",
    }
    load(tmp_path, lan(full_name="Lê Nguyễn Thúy Thảo", **fields))
    before = rows("SELECT * FROM person"), rows("SELECT * FROM residence")
    bare = {name: value if name == "current_code" else fold(value).upper() for name, value in fields.items()}
    report = load(tmp_path, lan(full_name="LE NGUYEN THUY THAO", **bare))
    assert (report.changed, report.warned) == (0, 0)
    assert (rows("SELECT * FROM person"), rows("SELECT * FROM residence")) == before
    report = load(tmp_path, lan(full_name="lê nguyễn thúy thảo", phone="0912345678", **bare))
    assert (report.changed, names()[LAN]) == (1, "Lê Nguyễn Thúy Thảo")


def test_a_name_that_gains_marks_or_has_others_is_taken(tmp_path: Path) -> None:
    load(tmp_path, lan(full_name="LE THI LAN"), an(full_name="Nguyễn Văn Tuấn"))
    load(tmp_path, lan(full_name="Lê Thị Lan"), an(full_name="Nguyễn Văn Tuân"))
    assert names() == {LAN: "Lê Thị Lan", AN: "Nguyễn Văn Tuân"}


def test_a_word_that_loses_its_marks_among_others_that_have_them_stays_and_is_told(tmp_path: Path) -> None:
    load(tmp_path, lan(full_name="Nguyễn Thị Hòa"))
    report = load(tmp_path, lan(full_name="Nguyễn Thị Hoa"))
    assert warned(report) == {1: "full_name: has fewer marks than the register's, which stay: Nguyễn Thị Hòa"}
    assert names()[LAN] == "Nguyễn Thị Hòa"


@given(
    st.lists(
        st.sampled_from("Lê LÊ LE lê Nguyễn NGUYEN Đức DUC Duc đức Hòa Hoa Y Êban".split()), min_size=1, max_size=5
    ),
    st.randoms(),
)
@pytest.mark.django_db(transaction=False)
def test_the_fuller_writing_says_the_same_and_has_no_fewer_marks(words: list[str], random) -> None:
    known = " ".join(words)
    said = " ".join(
        random.choice([word, word.upper(), fold(word), fold(word).upper(), fold(word).title()]) for word in words
    )
    kept = fuller(known, said)
    assert fold(kept) == fold(known)
    assert kept.lower() == known.lower()
    assert fuller(kept, said) == kept
    assert fuller(known, known) == known
