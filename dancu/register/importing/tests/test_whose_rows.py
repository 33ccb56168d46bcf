"""A row is about whom its number says, or it is told; a name without marks takes none from the register."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from dancu.testing.database import rows
from dancu.text.folding import fold

OTHER = "079085009315"

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]


_YEAR = "birth_date is another's, and the number was given for the year that the register has"


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


@pytest.mark.parametrize(
    ("born", "status"),
    [
        ("1974-03-01", 2),
        ("1975-03-12", 2),
        ("1984-10-02", 3),
        ("1986-09-27", 2),
        ("1995-03-12", None),
        ("1996-02-20", 2),
    ],
)
def test_a_row_of_a_namesake_of_nearly_ones_age_is_not_ones_own(
    tmp_path: Path, born: str, status: int | None
) -> None:
    """With the number of one who is some years older or younger; the namesake is in no register."""
    load(tmp_path, an())
    before = rows("SELECT * FROM person")
    report = load(tmp_path, an(birth_date=born, status=status, status_on=status and "2026-10-01"))
    assert _YEAR in refused(report)[AN]
    assert rows("SELECT * FROM person") == before


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"birth_date": "1985-11-27"}, {}),  # of the same year, so that the number tells nothing
        ({"birth_date": "1985-11-27", "permanent_code": "26743"}, {}),
        ({"birth_date": "1985-11-27"}, {"full_name": "NGUYEN VAN AN"}),
        (
            {"birth_date": "1986-03-12"},
            {},
        ),  # a year or a digit off, which may be a slip, but the commune is the other's
        (
            {"birth_date": "1985-03-15", "status": 2, "status_on": "2026-09-01"},
            {"full_name": "nguyễn văn an"},
        ),
        ({"full_name": "Nguyễn Văn Ân"}, {}),
        ({"full_name": "Nguyễn Văn Am"}, {"full_name": "NGUYỄN VĂN AM"}),
        ({"full_name": "Trần Quốc Bảo", "permanent_code": "26743"}, {"full_name": "Bảo Trần Quốc"}),
    ],
)
def test_a_row_that_somebody_else_in_the_register_fits_better_is_that_ones(
    tmp_path: Path, other, said
) -> None:
    load(tmp_path, an(), an(**{"pin": OTHER, "household_no": "9", **other}))
    before = rows("SELECT * FROM person ORDER BY 1")
    report = load(tmp_path, an(**{"status": 2, "status_on": "2026-10-01", **other, **said}))
    assert "full_name, birth_date and sex are those of" in refused(report)[AN]
    assert f"with the number {OTHER}" in refused(report)[AN]
    assert rows("SELECT * FROM person ORDER BY 1") == before


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            {"birth_date": "1985-03-13", "permanent_code": "26743"},
            {"birth_date": "1985-03-13"},
        ),  # a namesake far away
        ({"full_name": "Nguyễn Văn Ân", "sex": 2, "pin": "079185009315"}, {"full_name": "Nguyễn Văn Ân"}),
        ({"full_name": "Nguyễn Văn Am"}, {"full_name": "Nguyễn Văn Ann"}),
        ({}, {"birth_date": "1985-03-21"}),
    ],
)
def test_a_slip_stays_a_correction_where_nobody_fits_it_better(tmp_path: Path, other, said) -> None:
    load(tmp_path, an(), an(**{"pin": OTHER, "household_no": "9", **other}))
    report = load(tmp_path, an(**said))
    assert (report.changed, report.rejected) == (1, 0)


@pytest.mark.parametrize(
    ("write", "home", "status"),
    [
        (str.upper, "26740", None),
        (fold, "26740", 2),
        (lambda name: fold(name).upper(), "26743", 2),
        (str, "26743", None),
    ],
)
def test_twins_are_exchanged_by_no_writing_of_their_names_and_wherever_they_live(
    tmp_path: Path, write, home: str, status: int | None
) -> None:
    brother = {**an(), "pin": HUNG, "full_name": "Nguyễn Văn Bảo", "permanent_code": home, "mother_pin": HOA}
    load(tmp_path, an(mother_pin=HOA), brother, hoa())
    before = rows("SELECT * FROM person ORDER BY 1")
    died = {"status": status, "status_on": status and "2026-10-01"}
    report = load(
        tmp_path,
        {**brother, "pin": AN, "full_name": write("Nguyễn Văn Bảo"), **died},
        an(pin=HUNG, full_name=write("Nguyễn Văn An"), permanent_code=home),
    )
    assert set(refused(report)) == {AN, HUNG}
    assert rows("SELECT * FROM person ORDER BY 1") == before


def test_a_twins_name_with_a_letter_wrong_is_the_twins(tmp_path: Path) -> None:
    brother = {**an(), "pin": HUNG, "full_name": "Nguyễn Văn Bảo", "household_no": AN}
    load(tmp_path, an(), brother)
    report = load(tmp_path, an(full_name="Nguyễn Văn Bào"), {**brother, "full_name": "Nguyễn Văn Ani"})
    assert set(refused(report)) == {AN, HUNG}


@pytest.mark.parametrize("said", [{"full_name": "Trần Quốc Bảo"}, {"birth_date": "1985-11-27"}])
def test_nobody_is_dead_or_missing_by_a_row_of_another_name_or_date(tmp_path: Path, said: dict) -> None:
    load(tmp_path, an())
    for status in (2, 3):
        report = load(tmp_path, an(**said, status=status, status_on="2026-10-01"))
        assert (
            "is another's, and nobody is dead or missing by a row that may be another's"
            in refused(report)[AN]
        )
    assert [each.status for each in lookups.by_number(AN)] == [1]


def test_a_sex_that_the_number_contradicts_comes_back(tmp_path: Path) -> None:
    load(tmp_path, an(), lan())
    report = load(tmp_path, an(sex=2), lan(sex=1))
    assert {told.split(",")[0] for told in refused(report).values()} == {"sex: is not the register's"}
    assert rows("SELECT sex FROM person ORDER BY pin") == [(1,), (2,)]


def test_a_sex_that_the_number_says_is_told_with_what_stood_before(tmp_path: Path) -> None:
    load(tmp_path, lan(sex=1))
    report = load(tmp_path, lan())
    assert (report.changed, warned(report)) == (1, {1: "sex: differs from the register, which had: 1"})


def test_a_home_that_goes_with_another_persons_row_is_not_taken_either(tmp_path: Path) -> None:
    load(tmp_path, an())
    load(
        tmp_path,
        person(AN, "Lò Văn Tủa", "1989-02-03", 1, temporary_code="26740", temporary_since="2020-01-01"),
    )
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
        ("Nguyễn An", "1985-03-22"),
    ],
)
def test_a_slip_in_name_or_birth_date_is_a_correction(tmp_path: Path, name: str, born: str) -> None:
    load(tmp_path, an())
    report = load(tmp_path, an(full_name=name, birth_date=born))
    assert (report.changed, report.rejected) == (1, 0)
    assert "wholly" not in "".join(warned(report).values())


@pytest.mark.parametrize("born", ["1984-03-12", "1986-03-12", "1995-03-12", "1986-12-03"])
def test_a_year_that_the_number_contradicts_is_never_news(tmp_path: Path, born: str) -> None:
    load(tmp_path, an(), lan())
    report = load(tmp_path, an(birth_date=born), lan(phone="0912345678"))
    assert (report.changed, list(refused(report))) == (1, [AN])
    assert "the number was given for the year that the register has" in refused(report)[AN]
    assert rows("SELECT birth_date::text FROM person WHERE pin = %s", AN) == [("1985-03-12",)]


def test_a_year_that_the_number_says_is_news(tmp_path: Path) -> None:
    load(tmp_path, an(birth_date="1986-03-12"))
    assert (load(tmp_path, an()).changed, refused(load(tmp_path, an()))) == (1, {})
    assert rows("SELECT birth_date::text FROM person") == [("1985-03-12",)]


def test_who_is_called_as_a_hamlet_is_by_number_and_household_a_person_and_told(tmp_path: Path) -> None:
    load(tmp_path, hung())
    of_a_list = lan(full_name="Thôn Đông", household_no=None)
    of_another = hoa(full_name="Thôn Đông", sex=1)
    report = load(tmp_path, an(full_name="Thôn Đông Hải"), of_a_list, of_another)
    assert set(refused(report)) == {LAN, HOA}
    assert (report.new, warned(report)) == (1, {1: "full_name: is how a hamlet is called too"})


def test_nobody_is_called_as_a_hamlet_by_a_column_that_slipped(tmp_path: Path) -> None:
    load(tmp_path, an())
    report = load(tmp_path, an(full_name="Thôn Đông Hải"))
    assert refused(report)[AN].startswith("full_name: is a line from a list")
    assert names()[AN] == "Nguyễn Văn An"


def test_one_of_both_that_is_wholly_another_is_taken_and_told(tmp_path: Path) -> None:
    load(tmp_path, an(), lan())
    report = load(tmp_path, an(full_name="Trần Quốc Bảo"), lan(birth_date="1987-11-30"))
    assert (report.changed, report.rejected) == (2, 0)
    told = warned(report)
    assert told[1] == "full_name: is wholly another name than the register had: Nguyễn Văn An"
    assert "birth_date: is wholly another date than the register had: 1987-06-03" in told[2]


@pytest.mark.parametrize(
    ("held", "said", "why"),
    [
        (hung(marital_status=2), person(HUNG, "Nguyễn Văn Hưng", "2018-09-05", 1), _YEAR),
        (hung(), person(HUNG, "Nguyễn Văn Hùng", "2012-09-17", 1), _YEAR),
        (hoa(), person(HOA, "Trần Thị Hòa", "2012-02-16", 2, status=2, status_on="2026-10-01"), _YEAR),
        (an(), person(AN, "Nguyễn Văn Am", "1990-07-09", 2), _YEAR),
        (an(), person(AN, "Nguyễn Văn Am", "1985-07-29", 2), "sex and birth_date are another's"),
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
        st.sampled_from("Lê LÊ LE lê Nguyễn NGUYEN Đức DUC Duc đức Hòa Hoa Y Êban".split()),
        min_size=1,
        max_size=5,
    ),
    st.randoms(),
)
@pytest.mark.django_db(transaction=False)
def test_the_fuller_writing_says_the_same_and_has_no_fewer_marks(words: list[str], random) -> None:
    known = " ".join(words)
    said = " ".join(
        random.choice([word, word.upper(), fold(word), fold(word).upper(), fold(word).title()])
        for word in words
    )
    kept = fuller(known, said)
    assert fold(kept) == fold(known)
    assert kept.lower() == known.lower()
    assert fuller(kept, said) == kept
    assert fuller(known, known) == known


_ADDRESS = {"permanent_address": "12 Lê Lợi"}


@pytest.mark.parametrize("dated", [{"birth_precision": "Y"}, {}])
@pytest.mark.parametrize("news", [{"status": 2, "status_on": "2026-10-01"}, {"phone": "0987654321"}])
@pytest.mark.parametrize(
    ("namesakes", "own", "said"),
    [
        ({"permanent_code": "26743"}, {}, {"permanent_code": "26743"}),
        (_ADDRESS, {}, _ADDRESS),
        ({"phone": "0987654321"}, {}, {"phone": "0987654321"}),
        ({"household_no": "7"}, {}, {"household_no": "7"}),
        (
            {"permanent_code": "26743"},
            {"birth_date": "1985-01-01", "birth_precision": "Y"},
            {"permanent_code": "26743"},
        ),
        ({"permanent_code": "26743"}, {}, {"permanent_code": "26743", "full_name": "NGUYEN VAN AN"}),
    ],
)
def test_a_row_that_tells_only_the_year_and_shares_more_with_a_namesake_comes_back(
    tmp_path: Path, dated: dict, news: dict, namesakes: dict, own: dict, said: dict
) -> None:
    load(tmp_path, an(**own), an(pin=OTHER, birth_date="1985-11-27", **{"household_no": "8", **namesakes}))
    before = rows("SELECT * FROM person ORDER BY person_id")
    report = load(tmp_path, an(**{"birth_date": "1985-01-01", "household_no": None, **dated, **news, **said}))
    assert (
        f"birth_date: tells no day, and Nguyễn Văn An with the number {OTHER}, born on 1985-11-27"
        in refused(report)[AN]
    )
    assert rows("SELECT * FROM person ORDER BY person_id") == before


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ({"birth_precision": "Y", **_ADDRESS}, True),  # the own address
        ({"birth_precision": "Y", "household_no": AN}, True),
        ({"birth_precision": "Y", "household_no": None}, False),  # nobody can tell
        ({"birth_date": "1985-03-12", "household_no": None}, True),
    ],
)
def test_of_two_namesakes_in_one_commune_only_who_is_meant_dies_by_a_year(
    tmp_path: Path, said: dict, taken: bool
) -> None:
    load(tmp_path, an(**_ADDRESS), an(pin=OTHER, birth_date="1985-11-27", household_no="8"), hung())
    report = load(
        tmp_path, an(**{"birth_date": "1985-01-01", "status": 2, "status_on": "2026-10-01", **said}), hung()
    )
    assert (report.changed, report.rejected) == (1, 0) if taken else (0, 1)
    assert [each.status for each in lookups.by_number(OTHER)] == [1]
