"""Every action beside every value that cannot be: each is refused in words, by an error of the register's
own, and nothing is written.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.register import actions, counting, errors
from dancu.register.commands import population
from dancu.register.errors import AskFirst, RegisterError
from dancu.testing.database import rows
from dancu.testing.family import BASIS, DAY, couple, event_of, hai, held, man, woman
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, area, someone
from dancu.values.errors import BadValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

ANCIENT, UNBORN = dt.date(1850, 1, 1), dt.date(2100, 1, 1)
NOWHERE, PROVINCE, DISTRICT = 99_999_999, "province", "district"
NO_CODES: list[Any] = [0, 9, -1, 32_767, 100_000]

Do = Callable[..., Any]


def add(acting: Acting, _an: int, **fields: Any) -> Any:
    known: dict[str, Any] = {
        "full_name": "Trần Văn Mới",
        "birth_date": dt.date(1990, 1, 1),
        "sex": 1,
        "valid_from": DAY,
    }
    return actions.add_person(acting, **(known | {"home_area": area(CAU_GIAY), "basis": BASIS} | fields))


def bear(acting: Acting, an: int, **fields: Any) -> Any:
    known: dict[str, Any] = {"full_name": "Nguyễn Văn Bé", "birth_date": DAY, "sex": 1, "basis": BASIS}
    return actions.record_birth(acting, an, **(known | fields), confirmed=_All())


def correct(acting: Acting, an: int, **fields: Any) -> Any:
    return actions.correct(acting, an, fields, BASIS, _All())


def move(acting: Acting, an: int, **fields: Any) -> Any:
    known: dict[str, Any] = {
        "area_id": area(BEN_THANH),
        "address": "5 Hàm Nghi",
        "moved_on": DAY,
        "basis": BASIS,
    }
    return actions.record_move(acting, an, **(known | fields), confirmed=_All())


def marry(acting: Acting, an: int, **fields: Any) -> Any:
    known: dict[str, Any] = {"spouse_id": None, "on": DAY, "basis": BASIS, "spouse_name": "Mary Smith"}
    return actions.record_marriage(acting, an, **(known | fields), confirmed=_All())


def die(acting: Acting, an: int, on: dt.date) -> Any:
    return actions.record_death(acting, an, on, BASIS, _All())


def vanish(acting: Acting, an: int, on: dt.date) -> Any:
    return actions.record_missing(acting, an, on, BASIS)


def renumber(acting: Acting, an: int, new_pin: str = "001085000077", on: dt.date = DAY) -> Any:
    return actions.replace_pin(acting, an, new_pin, on, BASIS)


class _All(frozenset):
    """Whoever confirms everything that is asked."""

    def __contains__(self, _key: object) -> bool:
        return True


_AREAS: list[Any] = [NOWHERE, 0, -1, PROVINCE, DISTRICT]
_NAMES = [
    "",
    "   ",
    "\u200b",
    "\u202e",
    "123",
    "Nguyễn 2",
    "<b>An</b>",
    "An\x00",
    "?" * 5,
    "x" * 500,
    "con bà Hoa",
    "ユキ",
]
_PINS = ["1", "abc", "000000000000", "099085000015", "00108500001", "001085000077 5", "001985000077"]

CASES: list[tuple[Do, str, list[Any]]] = [
    (add, "full_name", _NAMES),
    (add, "sex", [*NO_CODES, None, "9"]),
    (add, "birth_date", [ANCIENT, UNBORN, dt.date.min, dt.date.max]),
    (add, "birth_precision", ["", "X", "d", None]),
    (add, "home_area", _AREAS),
    (add, "birth_area", _AREAS),
    (add, "native_area", _AREAS),
    (add, "valid_from", [ANCIENT, UNBORN, dt.date(1989, 12, 31)]),
    (add, "pin", _PINS),
    (add, "cmnd", ["1", "12345678", "abcdefghi", "001085000077"]),
    (add, "phone", ["1", "abc", "0912"]),
    (add, "ethnicity", ["00", "57", "1", "Kinh"]),
    (add, "nationality", ["", "XXX", "vnm", "VN", None]),
    (add, "marital_status", NO_CODES),
    (add, "relation", [0, 10, -1]),
    (add, "household_id", [-9_999_999, 7, 2_000_123]),
    (add, "card_issued_on", [ANCIENT, UNBORN, dt.date(1989, 12, 31)]),
    (add, "father_id", [NOWHERE, "woman", "child"]),
    (add, "mother_id", [NOWHERE, "man", "child"]),
    (add, "spouse_id", [NOWHERE]),
    (add, "shoe_size", [42]),
    (bear, "full_name", _NAMES),
    (bear, "sex", [*NO_CODES, None]),
    (bear, "birth_date", [ANCIENT, UNBORN, dt.date(1985, 3, 11), dt.date(1990, 1, 1)]),
    (bear, "registered_in", [NOWHERE, 0, PROVINCE, DISTRICT, "of another time"]),
    (bear, "ethnicity", ["00", "57"]),
    (bear, "other_parent_id", [NOWHERE, "himself", "man"]),
    (bear, "other_parent_name", ["123", "<b>"]),
    (correct, "full_name", _NAMES),
    (correct, "sex", [*NO_CODES, None]),
    (correct, "birth_date", [ANCIENT, UNBORN]),
    (correct, "birth_precision", ["", "X", None]),
    *((correct, field, _AREAS) for field in ("home_area", "birth_area", "native_area")),
    (correct, "home_since", [ANCIENT, UNBORN]),
    (correct, "status", [2, 3, 9]),
    (correct, "status_on", [ANCIENT, UNBORN, DAY]),
    (correct, "marital_status", NO_CODES),
    (correct, "relation", [0, 10]),
    (correct, "ethnicity", ["00", "57"]),
    (correct, "religion", ["00", "15", "Phật giáo"]),
    (correct, "nationality", ["XXX", None, ""]),
    (correct, "blood_group", ["C", "a", "AB+"]),
    (correct, "pin", [*_PINS, "001085000078"]),
    (correct, "cmnd", ["1", "abcdefghi"]),
    (correct, "phone", ["1", "abc"]),
    (correct, "email", ["an", "an@", "@b.vn", "an b@c.vn", "an@b"]),
    (correct, "card_issued_on", [ANCIENT, UNBORN]),
    (correct, "household_id", [-9_999_999, 7]),
    *((correct, field, [NOWHERE, "himself"]) for field in ("father_id", "mother_id")),
    (correct, "spouse_id", [NOWHERE]),
    (move, "area_id", [*_AREAS, "of another time"]),
    (move, "moved_on", [ANCIENT, UNBORN, dt.date(1985, 3, 11), dt.date(2009, 12, 31), dt.date(2010, 5, 1)]),
    (move, "kind", [0, 6, 9, None]),
    (move, "joins", [NOWHERE, "himself", "man"]),
    (marry, "on", [ANCIENT, UNBORN, dt.date(1985, 3, 11), dt.date(2000, 1, 1)]),
    (marry, "spouse_id", [NOWHERE, "himself", "man", "child"]),
    (marry, "spouse_name", ["", " ", "123", "\u202e"]),
    (marry, "spouse_nationality", ["", "XXX"]),
    (die, "on", [ANCIENT, UNBORN, dt.date(1985, 3, 11)]),
    (vanish, "on", [ANCIENT, UNBORN, dt.date(1985, 3, 11)]),
    (renumber, "new_pin", _PINS),
    (renumber, "on", [ANCIENT, UNBORN, dt.date(1985, 3, 11)]),
]  # fmt: skip
EACH = [(do, field, value) for do, field, values in CASES for value in values]


@pytest.fixture
def acting() -> Acting:
    return hai()


def meant(value: Any, field: str, an: int) -> Any:
    """What a word stands for that can be no value."""
    if not isinstance(value, str) or not field.endswith(("area", "area_id", "_in", "_id", "joins")):
        return value
    if value == PROVINCE:
        return areas.get(area(CAU_GIAY)).province_id
    if value == DISTRICT:
        return areas.get(area(DICH_VONG, BEFORE)).district_id
    others = {
        "of another time": lambda: area(DICH_VONG, BEFORE), "himself": lambda: an, "man": man, "woman": woman,
        "child": lambda: woman(born=dt.date(2020, 1, 1)),
    }  # fmt: skip
    return others[value]()


@pytest.mark.parametrize(
    ("do", "field", "value"), EACH, ids=lambda each: getattr(each, "__name__", None) or ascii(each)[:30]
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(
    do: Do, field: str, value: Any, acting: Acting
) -> None:
    an = someone(pin="001085000015")
    given_value = meant(value, field, an)
    before = (
        rows("SELECT * FROM person ORDER BY 1"),
        rows("SELECT * FROM residence"),
        rows("SELECT * FROM life_event"),
    )
    with pytest.raises((RegisterError, BadValue)) as refused, transaction.atomic():
        do(acting, an, **{field: given_value})
    assert not isinstance(refused.value, AskFirst)
    assert "None" not in str(refused.value)
    with translation.override("en"):
        assert str(refused.value)
    after = (
        rows("SELECT * FROM person ORDER BY 1"),
        rows("SELECT * FROM residence"),
        rows("SELECT * FROM life_event"),
    )
    assert after == before


def test_a_code_that_there_is_not_is_told_with_its_field_and_those_that_there_are(acting: Acting) -> None:
    an = someone()
    with translation.override("en"), pytest.raises(errors.NotOneOf) as refused:
        correct(acting, an, sex=9)
    with translation.override("en"):
        assert (
            str(refused.value)
            == "Sex: the register does not know “9”. Enter one of these: 1 (Male), 2 (Female)."
        )
    with translation.override("vi"):
        assert str(refused.value).startswith("Giới tính")


def test_the_dead_do_not_move_marry_found_households_or_get_a_home_by_correction(acting: Acting) -> None:
    an, lan = couple()
    die(acting, an, DAY)
    for deed in (
        lambda: move(acting, an, moved_on=dt.date(2026, 1, 1)),
        lambda: move(acting, an, moved_on=dt.date(2020, 1, 1), area_id=area(DICH_VONG, BEFORE)),
        lambda: move(acting, lan, joins=an),
        lambda: actions.record_head(acting, an, on=DAY, basis=BASIS),
        lambda: correct(acting, an, home_since=DAY),
        lambda: renumber(acting, an),
        lambda: vanish(acting, an, DAY),
    ):
        with pytest.raises((RegisterError, BadValue)):
            deed()
    assert held(an)["home_since"] is None


def test_the_commune_of_a_move_is_the_one_of_that_day(acting: Acting) -> None:
    an = someone(valid_from=dt.date(2005, 1, 1))
    on = dt.date(2010, 5, 1)
    with pytest.raises(errors.UnitDidNotStand):
        move(acting, an, area_id=area(CAU_GIAY), moved_on=on)
    move(acting, an, area_id=area(DICH_VONG, on), moved_on=on)
    assert held(an)["home_area"] == area(DICH_VONG, on)


def test_nobody_has_a_residence_of_before_their_birth(acting: Acting) -> None:
    old = someone(birth_date=dt.date(1957, 5, 5))
    with pytest.raises(errors.BeforeBirth):
        move(acting, old, kind=2, moved_on=ANCIENT, area_id=area(DICH_VONG, BEFORE))
    assert rows("SELECT * FROM residence") == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "sex": st.integers(-5, 12),
            "birth_date": st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
            "valid_from": st.dates(),
            "home_area": st.integers(-10, 20_000),
            "birth_area": st.integers(-10, 20_000),
            "marital_status": st.integers(-3, 9),
            "nationality": st.text(max_size=4),
            "pin": st.text("0123456789", max_size=13),
            "full_name": st.text(max_size=12),
            "card_issued_on": st.dates(),
            "ethnicity": st.text("0123456789", max_size=3),
            "relation": st.integers(-3, 12),
        },
    )
)
def test_whoever_came_in_could_be_and_all_others_are_refused_in_words(
    published_areas, db, fields: dict[str, Any]
) -> None:
    with transaction.atomic():
        try:
            add(None, 0, **fields)  # type: ignore[arg-type]
        except (RegisterError, BadValue) as refused:
            assert str(refused)
        assert counting.impossible() == []
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("full_name = ''", "person_has_name"),
        ("sex = 9", "person_sex_check"),
        ("birth_date = '1850-01-01'", "person_birth_known"),
        ("birth_date = '2100-01-01'", "person_born_by_then"),
        ("status = 2, home_since = NULL, status_on = '1985-03-11'", "person_gone_after_birth"),
        ("status = 2, home_since = NULL, status_on = '2100-01-01'", "person_gone_by_then"),
    ],
)
def test_the_table_takes_it_from_nobody(change: str, rule: str) -> None:
    an = someone()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        rows(f"UPDATE person SET {change} WHERE person_id = %s", an)


@pytest.mark.parametrize(
    ("since", "to", "until", "rule"),
    [
        ("2020-01-02", "2020-01-01", None, "residence_in_order"),
        ("2020-01-02", "2020-01-02", None, "residence_in_order"),
        ("2020-01-02", None, "2020-01-01", "residence_agreed_in_order"),
        ("1850-01-01", None, None, "residence_since_known"),
    ],
)
def test_nor_a_residence_out_of_order(since: str, to: str | None, until: str | None, rule: str) -> None:
    an = someone()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        _reside(an, since, to, until, area(CAU_GIAY))


def test_all_these_rules_hold_for_old_rows_too() -> None:
    left = rows("SELECT conname FROM pg_constraint WHERE contype = 'c' AND NOT convalidated")
    assert left == []


def test_recount_finds_what_stands_there_from_before_the_rules() -> None:
    an, be, cu = someone(), someone(full_name="Trần Thị Bé", sex=2), someone(full_name="Lê Cu")
    rows("UPDATE person SET home_area = 99999999 WHERE person_id = %s", an)
    rows("UPDATE person SET home_since = '1980-01-01' WHERE person_id = %s", be)
    rows("UPDATE person SET native_area = %s WHERE person_id = %s", areas.get(area(CAU_GIAY)).province_id, be)
    _reside(cu, "1980-01-01", None, None, area(CAU_GIAY))
    found = {each.wrong: each.some for each in counting.impossible()}
    assert found == {"home": [an], "home_since": [be], "native_area": [be], "residence_since": [cu]}
    told = CliRunner().invoke(population, ["recount"])
    assert told.exit_code == 0
    assert (
        f"Impossible: 1 registered in an area that is not a commune, so they are in no province's "
        f"statistics. Records no. {an}" in " ".join(told.output.split())
    )


def test_a_register_that_can_be_has_nothing_to_find(acting: Acting) -> None:
    an, lan = couple()
    bear(acting, an, other_parent_id=lan)
    move(acting, an)
    die(acting, lan, dt.date(2025, 9, 9))
    assert counting.impossible() == []
    assert "Cannot be" not in CliRunner().invoke(population, ["recount"]).output


def _reside(person_id: int, since: str, to: str | None, until: str | None, area_id: int) -> None:
    rows(
        "INSERT INTO residence (person_id, kind, valid_from, valid_to, until, area_id) VALUES (%s, 2, %s, "
        "%s, %s, %s)",
        person_id,
        since,
        to,
        until,
        area_id,
    )


def test_a_home_begins_with_the_birth_that_is_corrected_and_as_before_when_that_is_undone(
    acting: Acting,
) -> None:
    an = someone(birth_date=dt.date(1985, 3, 12))
    _reside(an, "1990-01-01", "1995-01-01", None, area(CAU_GIAY))
    _reside(an, "2008-01-01", "2012-01-01", None, area(CAU_GIAY))
    before = (held(an)["home_since"], rows("SELECT * FROM residence ORDER BY 1, 2, 3"))
    correct(acting, an, birth_date=dt.date(2011, 5, 5))
    assert held(an)["home_since"] == dt.date(2011, 5, 5)
    assert rows("SELECT valid_from, valid_to FROM residence") == [(dt.date(2011, 5, 5), dt.date(2012, 1, 1))]
    assert counting.impossible() == []
    actions.undo_event(acting, an, event_of(an), BASIS)
    assert (held(an)["home_since"], rows("SELECT * FROM residence ORDER BY 1, 2, 3")) == before


def test_whose_record_holds_what_cannot_be_from_before_is_told_so_until_that_is_corrected(
    acting: Acting,
) -> None:
    an = someone()
    for rule in ("person_gone_after_birth", "person_birth_known"):
        rows(f"ALTER TABLE person DROP CONSTRAINT {rule}")
    rows("UPDATE person SET birth_date = '1850-01-01' WHERE person_id = %s", an)
    rows("ALTER TABLE person ADD CONSTRAINT person_birth_known CHECK (birth_date >= '1880-01-01') NOT VALID")
    with pytest.raises(errors.CannotBe):
        correct(acting, an, phone="0912345678")
    correct(acting, an, birth_date=dt.date(1950, 1, 1))
    correct(acting, an, phone="0912345678")


def test_a_birth_that_is_given_back_is_not_after_a_death_that_came_since(acting: Acting) -> None:
    an = someone(birth_date=dt.date(2000, 1, 1))
    correct(acting, an, birth_date=dt.date(1950, 1, 1))
    corrected = event_of(an)
    die(acting, an, dt.date(1990, 1, 1))
    with pytest.raises((RegisterError, BadValue)):
        actions.undo_event(acting, an, corrected, BASIS)
    assert held(an)["birth_date"] == dt.date(1950, 1, 1)
