"""A file is held against people who stand in no row of it: children, husbands and wives whom only the
register knows.
"""

from pathlib import Path

import pytest

from dancu.register.importing import kindred
from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    BO,
    HOA,
    HUNG,
    LAN,
    MAI,
    an,
    hoa,
    hung,
    lan,
    load,
    person,
    refused,
    warned,
)
from dancu.testing.database import rows
from dancu.testing.people import someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

WED = 2


def mai(**fields: str | int | None) -> dict[str, str | None]:
    return person(MAI, "Phạm Thị Mai", "1988-01-01", 2, **fields)


# Of years to come, so that they say nothing of birth or sex: a number that does keeps both (whose.py).
FATHER, MOTHER = "079290000041", "079392000051"


def father(**fields: str | int | None) -> dict[str, str | None]:
    return hung(pin=FATHER, **fields)


def mother(**fields: str | int | None) -> dict[str, str | None]:
    return hoa(pin=MOTHER, **fields)


def family(tmp_path: Path) -> None:
    """An and his parents Hùng and Hoa."""
    load(tmp_path, father(), mother(), an(father_pin=FATHER, mother_pin=MOTHER))


def couple(tmp_path: Path) -> None:
    """An and Lan, and Mai, who is single."""
    load(
        tmp_path,
        an(spouse_pin=LAN, marital_status=WED),
        lan(spouse_pin=AN, marital_status=WED),
        mai(marital_status=1),
    )


def marriages() -> dict[str, tuple[int | None, str | None]]:
    return {
        pin: (state, spouse)
        for pin, state, spouse in rows(
            "SELECT p.pin, p.marital_status, s.pin FROM person p LEFT JOIN person s ON s.person_id = "
            "p.spouse_id"
        )
    }


@pytest.fixture(params=["everywhere", "nearby"])
def _either_way(request, monkeypatch) -> None:
    """The register's relatives are found by reading it, or by household, home and recorded births."""
    if request.param == "nearby":
        size = kindred._sql.one
        monkeypatch.setattr(
            kindred._sql, "one", lambda name, **values: (size(name, **values) or {}) | {"everywhere": False}
        )


@pytest.mark.parametrize(
    ("parent", "problem"),
    [
        (
            father(birth_date="1990-01-05"),
            "birth_date: according to the register, a child was born before it",
        ),
        (
            father(birth_date="1980-01-05"),
            "birth_date: according to the register, a child was born before this person could be 12",
        ),
        (
            father(status=2, status_on="1984-01-01"),
            "status_on: according to the register, a child was born more than 300 days after it",
        ),
        (
            mother(status=2, status_on="1985-03-11"),
            "status_on: according to the register, a child was born after it",
        ),
        (mother(sex=1), "sex: according to the register, a child has this person as the mother"),
    ],
)
@pytest.mark.usefixtures("_either_way")
def test_a_parent_is_changed_into_none_who_could_not_be_one_of_a_child_in_no_file(
    tmp_path: Path, parent: dict[str, str | None], problem: str
) -> None:
    family(tmp_path)
    before = rows("SELECT * FROM person ORDER BY 1")
    report = load(tmp_path, parent)
    assert list(refused(report)) == [parent["pin"]]
    assert problem in refused(report)[str(parent["pin"])]
    assert rows("SELECT * FROM person ORDER BY 1") == before


def test_a_parent_who_becomes_doubtful_is_told(tmp_path: Path) -> None:
    family(tmp_path)
    report = load(tmp_path, father(birth_date="1971-01-05"), mother(status=3, status_on="1980-01-01"))
    assert (report.changed, report.rejected) == (2, 0)
    assert (
        "birth_date: according to the register, a child was born when this person may have been under 15"
        in warned(report)[1]
    )
    assert (
        "status_on: according to the register, a child was born after this person was missing"
        in warned(report)[2]
    )


def test_where_no_birth_death_or_marriage_changes_no_relative_is_looked_for(
    tmp_path: Path, monkeypatch
) -> None:
    family(tmp_path)
    monkeypatch.setattr(kindred, "_beside", lambda _everywhere: pytest.fail("looked for relatives"))
    assert load(tmp_path, father(phone="0912345678")).changed == 1


@pytest.mark.parametrize("row", [None, {}])
@pytest.mark.usefixtures("_either_way")
def test_a_death_by_file_widows_as_one_that_is_recorded_does(tmp_path: Path, row: dict | None) -> None:
    couple(tmp_path)
    others = [] if row is None else [an(**row)]
    load(tmp_path, lan(status=2, status_on="2026-10-01"), *others)
    assert marriages()[AN] == (3, LAN)
    assert (
        rows("SELECT count(*) FROM person_history h JOIN person p USING (person_id) WHERE p.pin = %s", AN)[0][
            0
        ]
        >= 1
    )
    again = load(tmp_path, lan(status=2, status_on="2026-10-01"), *others)
    assert (again.changed, again.warned, marriages()[AN]) == (0, 0, (3, LAN))


def test_a_divorce_by_file_is_one_of_both_and_is_told(tmp_path: Path) -> None:
    couple(tmp_path)
    report = load(tmp_path, an(marital_status=4, spouse_pin=None))
    assert warned(report) == {
        1: "marital_status: the husband or wife, whom the files do not name, is divorced with them"
    }
    assert (marriages()[AN], marriages()[LAN]) == ((4, None), (4, None))
    report = load(tmp_path, an(marital_status=WED, spouse_pin=MAI), mai(marital_status=WED, spouse_pin=AN))
    assert (report.changed, report.rejected, report.warned) == (2, 0, 0)


def test_nobody_marries_a_second_one_while_the_first_is_married_to_them(tmp_path: Path) -> None:
    couple(tmp_path)
    report = load(tmp_path, an(marital_status=WED, spouse_pin=MAI), mai(marital_status=WED, spouse_pin=AN))
    assert "spouse_pin: according to the register, another husband or wife is alive" in refused(report)[AN]
    assert refused(report)[MAI] == "spouse_pin: is the number of someone who is married to another person"
    assert (marriages()[AN], marriages()[MAI]) == ((WED, LAN), (1, None))


@pytest.mark.usefixtures("_either_way")
def test_who_names_a_husband_and_says_nothing_else_is_married_to_him(tmp_path: Path) -> None:
    load(tmp_path, an(), lan(spouse_pin=AN, household_no=AN), mai())
    report = load(tmp_path, an(marital_status=WED, spouse_pin=MAI), mai(marital_status=WED, spouse_pin=AN))
    assert set(refused(report)) == {AN, MAI}
    assert marriages()[MAI] == (None, None)


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("state", [1, 3, 4])
@pytest.mark.parametrize("is_known", [True, False])
def test_nobody_marries_by_a_file_who_is_not_married_by_the_register_and_in_no_row(
    tmp_path: Path, state: int, is_known: bool
) -> None:
    load(tmp_path, mai(marital_status=state), *([an(marital_status=1)] if is_known else [hung()]))
    report = load(tmp_path, an(marital_status=WED, spouse_pin=MAI))
    assert (
        "spouse_pin: is the number of someone who is not married according to the register"
        in refused(report)[AN]
    )
    assert marriages()[MAI] == (state, None)
    said_otherwise = load(tmp_path, an(marital_status=WED, spouse_pin=MAI), mai(marital_status=state))
    assert list(refused(said_otherwise)) == [AN]
    both = load(tmp_path, an(marital_status=WED, spouse_pin=MAI), mai(marital_status=WED, spouse_pin=AN))
    assert refused(both) == {}
    assert (marriages()[AN], marriages()[MAI]) == ((WED, MAI), (WED, AN))


def test_of_whom_the_register_says_nothing_or_that_they_name_this_one_a_marriage_is_taken(
    tmp_path: Path,
) -> None:
    load(tmp_path, mai(), lan(marital_status=WED), an(), hung(marital_status=1))
    report = load(tmp_path, an(marital_status=WED, spouse_pin=MAI), hung(marital_status=WED, spouse_pin=LAN))
    assert refused(report) == {}
    assert (marriages()[AN], marriages()[HUNG]) == ((WED, MAI), (WED, LAN))


def test_two_couples_are_exchanged_by_no_file(tmp_path: Path) -> None:
    couple(tmp_path)
    wed = {"marital_status": WED}
    load(tmp_path, hung(spouse_pin=MAI, **wed), mai(spouse_pin=HUNG, **wed))
    before = marriages()
    report = load(
        tmp_path,
        an(spouse_pin=MAI, **wed),
        mai(spouse_pin=AN, **wed),
        hung(spouse_pin=LAN, **wed),
        lan(spouse_pin=HUNG, **wed),
    )
    assert set(refused(report)) == {AN, MAI, HUNG, LAN}
    assert "spouse_pin: according to the register, another husband or wife is alive" in refused(report)[AN]
    assert marriages() == before


def test_nobody_leaves_wife_or_husband_for_another_by_a_file_that_names_all_but_a_divorce(
    tmp_path: Path,
) -> None:
    couple(tmp_path)
    wed = {"marital_status": WED}
    report = load(tmp_path, an(spouse_pin=MAI, **wed), mai(spouse_pin=AN, **wed), lan(spouse_pin=AN, **wed))
    assert set(refused(report)) == {AN, MAI}
    assert (marriages()[AN], marriages()[MAI]) == ((WED, LAN), (1, None))
    divorced = load(tmp_path, an(spouse_pin=MAI, **wed), mai(spouse_pin=AN, **wed), lan(marital_status=4))
    assert refused(divorced) == {}
    assert (marriages()[AN], marriages()[LAN]) == ((WED, MAI), (4, None))


def test_a_marriage_that_only_one_told_of_before_hinders_no_row(tmp_path: Path) -> None:
    load(tmp_path, an(), mai(marital_status=1))
    rows(
        "UPDATE person SET marital_status = 2, spouse_id = (SELECT person_id FROM person WHERE pin = %s) "
        "WHERE pin = %s",
        MAI,
        AN,
    )
    report = load(tmp_path, an(marital_status=WED, spouse_pin=MAI, phone="0912345678"))
    assert (report.changed, refused(report)) == (1, {})


def test_nobody_is_single_again_by_a_row(tmp_path: Path) -> None:
    couple(tmp_path)
    report = load(tmp_path, an(marital_status=1, spouse_pin=None))
    assert (
        "marital_status: says single of someone who is married according to the register"
        in refused(report)[AN]
    )
    assert marriages()[AN] == (WED, LAN)


CLOSE = "spouse_pin: is the number of someone related within three generations"


def test_brother_and_sister_do_not_marry_by_a_file(tmp_path: Path) -> None:
    load(tmp_path, hung(), an(father_pin=HUNG), lan(father_pin=HUNG))
    married = an(spouse_pin=LAN, marital_status=WED), lan(spouse_pin=AN, marital_status=WED)
    report = load(
        tmp_path, *({name: value for name, value in each.items() if name != "father_pin"} for each in married)
    )
    assert CLOSE in refused(report)[AN]
    assert CLOSE in refused(report)[LAN]
    assert marriages()[AN] == (None, None)


@pytest.mark.parametrize("first", ["father", "son"])
def test_nor_do_a_stepmother_and_a_stepson_or_a_father_in_law_and_a_daughter_in_law(
    tmp_path: Path, first: str
) -> None:
    load(tmp_path, hung(marital_status=4), an(father_pin=HUNG, marital_status=4), mai(marital_status=4))
    husband, next_one = (HUNG, AN) if first == "father" else (AN, HUNG)
    rows(
        "INSERT INTO person_history (person_id, version_id, valid_from, valid_to, recorded_at, record)"
        " SELECT p.person_id, gen_random_uuid(), p.valid_from - 9, p.valid_from, now(),"
        " to_jsonb(p) || jsonb_build_object('marital_status', 2, 'spouse_id', s.person_id)"
        " FROM person p, person s WHERE p.pin = %s AND s.pin = %s",
        MAI,
        husband,
    )
    groom = {AN: an, HUNG: hung}[next_one]
    report = load(
        tmp_path, groom(marital_status=WED, spouse_pin=MAI), mai(marital_status=WED, spouse_pin=next_one)
    )
    problem = "spouse_pin: is the number of someone who was married to a parent or a child"
    assert [told[: len(problem)] for told in refused(report).values()] == [problem, problem]
    groom = {AN: an, HUNG: hung}[husband]
    again = load(
        tmp_path, groom(marital_status=WED, spouse_pin=MAI), mai(marital_status=WED, spouse_pin=husband)
    )
    assert refused(again) == {}


@pytest.mark.parametrize("way", ["first", "later"])
@pytest.mark.parametrize(
    ("wife", "husband"),
    [
        ({"father_pin": HUNG}, {"father_pin": HUNG}),
        ({"father_pin": BO}, {"father_pin": HUNG}),
        ({"father_pin": BO}, {"mother_pin": HOA}),
    ],
)
def test_nor_do_an_uncle_and_a_niece_or_two_cousins_whichever_way_they_come(
    tmp_path: Path, way: str, wife: dict, husband: dict
) -> None:
    if way == "later":
        someone()
    bo = person(BO, "Nguyễn Văn Bo", "1962-05-05", 1, father_pin=HUNG)
    hoa_of_hung = person(HOA, "Nguyễn Thị Hoa", "1962-02-06", 2, father_pin=HUNG)
    couple = lan(spouse_pin=AN, marital_status=WED, **wife), an(spouse_pin=LAN, marital_status=WED, **husband)
    report = load(
        tmp_path,
        hung(birth_date="1940-01-05"),
        bo,
        hoa_of_hung,
        *couple,
        mai(spouse_pin=BO, marital_status=1),
    )
    assert {pin: problem.startswith(CLOSE) for pin, problem in refused(report).items()} == {
        LAN: True,
        AN: True,
    }
