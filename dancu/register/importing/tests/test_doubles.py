"""Nobody is entered a second time by a file, under a number with a wrong digit or one that was missing,
without a word.
"""

from pathlib import Path

import pytest

from dancu.register.importing.tests.test_rules_of_files import AN, an, hung, lan, load, refused, warned
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

SLIPPED, OTHER, EXCHANGED = "079085000016", "079085009315", "079085000051"
PHONE = {"phone": "0912345678"}


def people() -> int:
    return rows("SELECT count(*) FROM person")[0][0]


@pytest.mark.parametrize(
    ("held", "said", "why"),
    [
        ({}, {"pin": SLIPPED}, "number but for a digit"),
        ({}, {"pin": EXCHANGED}, "number but for a digit"),
        ({}, {"pin": SLIPPED, "full_name": "An Nguyễn Văn"}, "number but for a digit"),
        ({"household_no": "7"}, {"pin": OTHER, "household_no": "7"}, "household"),
        (PHONE, {"pin": OTHER, **PHONE, "permanent_code": "26743"}, "telephone"),
        ({"cmnd": "023456789"}, {"pin": OTHER, "cmnd": "023456789"}, "old card number"),
        ({"pin": None}, {"pin": OTHER, "household_no": "8"}, "commune"),
        ({"pin": None, "household_no": "7"}, {"household_no": "7"}, "household"),
        ({"household_no": "7"}, {"pin": None, "household_no": "7"}, "household"),
        (
            {"household_no": "7"},
            {"pin": OTHER, "household_no": "7", "full_name": "NGUYEN VAN AN"},
            "household",
        ),
    ],
)
def test_somebody_whom_the_register_holds_is_entered_by_no_other_number(
    tmp_path: Path, held, said, why
) -> None:
    load(tmp_path, an(**held))
    report = load(tmp_path, an(**{"household_no": "9", **said}), lan())
    assert (report.new, report.rejected, people()) == (1, 1, 2)
    (told,) = refused(report).values()
    assert "pin: the register has Nguyễn Văn An" in told
    assert f"of this birth date and {why}" in told


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({}, {"birth_date": "1985-12-03", "pin": SLIPPED}),  # day and month exchanged
        ({}, {"birth_date": "1985-01-01", "pin": SLIPPED}),
        ({}, {"birth_date": "1985-01-01", "birth_precision": "Y", "pin": None, "household_no": AN}),
        (
            {"birth_date": "1985-01-01", "birth_precision": "Y", **PHONE},
            {"pin": OTHER, **PHONE, "permanent_code": "26743"},
        ),
        ({}, {"birth_date": "1986-03-12", "pin": "079086000015", "full_name": "NGUYEN VAN AN"}),
        ({}, {"birth_date": "1985-03-22", "pin": SLIPPED, "household_no": AN}),
        (
            {"cmnd": "023456789"},
            {"birth_date": "1975-03-12", "pin": OTHER, "cmnd": "023456789", "permanent_code": "26743"},
        ),
        ({}, {"pin": SLIPPED, "permanent_code": "26743", "household_no": "9"}),  # who moved
    ],
)
def test_a_slip_in_the_birth_date_too_enters_nobody_a_second_time(
    tmp_path: Path, held: dict, said: dict
) -> None:
    load(tmp_path, an(**held))
    report = load(tmp_path, an(**{"household_no": "9", **said}), lan())
    assert (report.new, report.rejected, people()) == (1, 1, 2)
    (told,) = refused(report).values()
    assert "pin: the register has Nguyễn Văn An" in told


def test_a_namesake_without_a_number_of_the_same_year_and_commune_is_told(tmp_path: Path) -> None:
    load(tmp_path, an())
    report = load(tmp_path, an(pin=None, birth_date="1985-01-01", birth_precision="Y", household_no="9"))
    assert (report.new, report.rejected) == (1, 0)
    assert "born on 1985-03-12, and commune: this may be the same person" in warned(report)[1]


def test_a_namesake_of_the_same_day_and_commune_is_taken_and_told(tmp_path: Path) -> None:
    load(tmp_path, an())
    report = load(tmp_path, an(pin=OTHER, household_no="9"))
    assert (report.new, report.rejected) == (1, 0)
    assert (
        warned(report)[1]
        == f"pin: the register has Nguyễn Văn An with the number {AN}, of this birth date and commune: this "
        f"may be the same person"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"birth_date": "1985-03-29", "pin": OTHER},
        {"birth_date": "1986-03-12", "pin": OTHER.replace("085", "086")},
        {
            "birth_date": "1986-03-12",
            "full_name": "Nguyễn Văn Anh",
            "pin": OTHER.replace("085", "086"),
            "household_no": AN,
        },
        {"sex": 2, "pin": "079185000016"},
        {"full_name": "Trần Quốc An"},
    ],
)
def test_who_is_another_is_told_nothing_of(tmp_path: Path, other: dict) -> None:
    load(tmp_path, an())
    report = load(tmp_path, an(**{"pin": SLIPPED, "household_no": "9", **other}))
    assert (report.new, report.rejected, report.warned) == (1, 0, 0)


HELD = {"household_no": "7", **PHONE}


@pytest.mark.parametrize(
    "said",
    [
        {"sex": 2, "pin": SLIPPED, **HELD},
        {"sex": 2, "pin": None, **HELD},
        {"sex": 2, "pin": None, **HELD, "full_name": "NGUYEN VAN AN"},
        {"sex": 2, "pin": SLIPPED},
        {"pin": OTHER, **HELD, "full_name": "Nguyen V. An"},
        {"pin": None, "household_no": "7", "full_name": "N. V. An"},
    ],
)
def test_a_wrong_sex_or_initials_enter_nobody_a_second_time(tmp_path: Path, said: dict) -> None:
    load(tmp_path, an(**HELD))
    report = load(tmp_path, an(**{"household_no": "9", **said}), lan())
    assert (report.new, report.rejected, people()) == (1, 1, 2)
    assert "pin: the register has Nguyễn Văn An" in "".join(refused(report).values())


@pytest.mark.parametrize("said", ["An", "Chú An", "AN", "Ông An"])
def test_nobody_is_entered_a_second_time_by_the_given_name(tmp_path: Path, said: str) -> None:
    load(tmp_path, an(**HELD))
    report = load(tmp_path, an(pin=OTHER, full_name=said, household_no="9", phone="0912345678"), lan())
    assert (report.new, report.rejected, people()) == (1, 1, 2)
    in_one_file = load(tmp_path, hung(**HELD), hung(pin="079060009341", full_name="Hùng", **HELD))
    assert (in_one_file.new, in_one_file.rejected) == (1, 1)


def test_a_title_and_one_word_are_no_name(tmp_path: Path) -> None:
    load(tmp_path, hung())
    report = load(tmp_path, lan(full_name="Chị Linh"), an(full_name="Ông Linh"))
    assert list(refused(report).values()) == [
        "full_name: only says how someone is called; write the full name"
    ]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_boy_and_a_girl_of_one_name_and_day_with_numbers_of_their_own_are_two_and_told(
    tmp_path: Path, is_known: bool
) -> None:
    boy, girl = an(**HELD), an(sex=2, pin="079185000016", **HELD)
    load(tmp_path, boy if is_known else lan())
    report = load(tmp_path, *([girl] if is_known else [boy, girl]))
    assert (report.rejected, len(rows("SELECT pin FROM person WHERE full_name = %s", "Nguyễn Văn An"))) == (
        0,
        2,
    )
    assert "of the other sex and commune: this may be the same person" in "".join(warned(report).values())


@pytest.mark.parametrize(
    "second",
    [
        {"pin": SLIPPED},
        {"pin": None},
        {"pin": None, "birth_date": "1985-01-01", "birth_precision": "Y"},
        {"pin": SLIPPED, "birth_date": "1985-01-01"},
        {"pin": SLIPPED, "full_name": "NGUYEN VAN AN", "household_no": None, "phone": None},
        {"pin": SLIPPED, "full_name": "Nguyen V. An", "household_no": None},
        {"pin": OTHER, "full_name": "Nguyễn An"},
        {"pin": OTHER, "sex": 2},
        {"pin": OTHER, "household_no": "9", "birth_date": "1985-03-22", "permanent_code": "26743"},
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_who_is_new_and_stands_in_one_file_twice_is_entered_once(
    tmp_path: Path, second: dict, is_first: bool
) -> None:
    load(tmp_path, lan())
    both = [an(**HELD), an(**{**HELD, **second})]
    report = load(tmp_path, *(both if is_first else both[::-1]), lan(), hung())
    assert (report.new, report.rejected, people()) == (2, 1, 3)
    (told,) = refused(report).values()
    assert ": row 1 of these files has Ng" in told or ": row 1 of these files has NG" in told
    assert "ask a steward to record this one" in told


@pytest.mark.parametrize(
    ("twin", "warnings"),
    [
        ({"full_name": "Nguyễn Văn Anh", "pin": "079085009316"}, 1),
        ({"full_name": "Nguyễn Văn Ân", "pin": None}, 1),
        ({"full_name": "Nguyễn Văn Bảo", "pin": SLIPPED}, 0),
        ({"full_name": "Nguyễn Thị An", "pin": "079185000025", "sex": 2}, 0),
    ],
)
def test_twins_who_are_new_in_one_file_are_two(tmp_path: Path, twin: dict, warnings: int) -> None:
    load(tmp_path, lan())
    report = load(
        tmp_path, an(**HELD), an(**HELD) | {name: value and str(value) for name, value in twin.items()}
    )
    assert (report.new, report.rejected, report.warned) == (2, 0, warnings)


def test_namesakes_of_one_day_in_two_households_of_a_file_are_two_and_told(tmp_path: Path) -> None:
    load(tmp_path, lan())
    report = load(tmp_path, an(pin=None, household_no="7"), an(pin=None, household_no="8"))
    assert (report.new, report.rejected) == (2, 0)
    assert (
        "row 1 of these files has Nguyễn Văn An without a number, of this birth date and commune: this may "
        "be the same person" in warned(report)[2]
    )


def test_two_without_numbers_of_one_name_are_told_by_their_name(tmp_path: Path) -> None:
    load(tmp_path, lan())
    report = load(tmp_path, an(pin=None, household_no="7"), an(pin=None, household_no="7"))
    assert report.rejected == 1
    assert "full_name: is in the file twice with this birth date and household" in "".join(
        refused(report).values()
    )


def test_an_old_card_of_two_people_is_told(tmp_path: Path) -> None:
    load(tmp_path, an(cmnd="023456789"))
    report = load(tmp_path, lan(cmnd="023456789"), hung())
    assert (report.new, warned(report)) == (
        2,
        {1: "cmnd: is the number of Nguyễn Văn An in the register too"},
    )
    report = load(tmp_path, hung(cmnd="033456789"), lan(cmnd="033456789"))
    assert set(warned(report).values()) == {"cmnd: is the number of another person of these files too"}
